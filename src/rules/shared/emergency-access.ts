import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { eventPatternOf, matchesEvent } from './event-pattern';
import { anyIs, type Ternary } from './ternary';

const EMERGENCY = /break-?glass/i;

/** Types of what is for emergencies, and the property by which people know it. */
export const EMERGENCY_NAMES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::SSO::PermissionSet': 'Name',
};

/** Whether a role or a permission set is for emergencies, by its name. */
export function isForEmergencies(resource: Resource): boolean {
  return EMERGENCY.test(resource.at(EMERGENCY_NAMES[resource.type]).text);
}

/** Whether a rule of EventBridge matches the use of a role or a permission set. */
export function matchesUse(rule: Resource, emergency: Resource): Ternary {
  const pattern = eventPatternOf(rule);
  const name = emergency.at(EMERGENCY_NAMES[emergency.type]).text;
  const account = emergency.environment.account ?? '111122223333';
  const path = `arn:aws:iam::${account}:role/`;
  if (emergency.type === 'AWS::IAM::Role') {
    const named = namesIn(pattern, emergency);
    return matchesAssumption(pattern, named.length > 0 ? named : [`${path}${name}`], account);
  }
  // Where Identity Center is, or in an account in which it makes a role for the set.
  const made = `${path}aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${name}_0123456789abcdef`;
  const sessions = SESSIONS.map((eventName) =>
    matchesEvent(pattern.at('detail'), { eventName, serviceEventDetails: { role_name: name } }),
  );
  return anyIs([...sessions, matchesAssumption(pattern, [made], account)]);
}

/** What Identity Center tells of a session that it opens, in a browser or for the command line. */
const SESSIONS = ['Federate', 'GetRoleCredentials'];

const ASSUMPTIONS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

function matchesAssumption(pattern: Value, roles: readonly string[], account: string): Ternary {
  return anyIs(
    ASSUMPTIONS.flatMap((eventName) => roles.map((roleArn) => matchesEvent(pattern, assumption(eventName, roleArn, account)))),
  );
}

function assumption(eventName: string, roleArn: string, account: string): JsonObject {
  return {
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.sts',
    account,
    detail: { eventSource: 'sts.amazonaws.com', eventName, requestParameters: { roleArn } },
  };
}

/** How a pattern names a role: by a reference to it, or by an ARN of an account that only deployment knows. */
function namesIn(pattern: Value, role: Resource): string[] {
  const detail = pattern.at('detail');
  return [detail, ...detail.at('$or').items()]
    .flatMap((each) => each.at('requestParameters.roleArn').items())
    .flatMap((arn) => [arn, ...arn.at('anything-but').items()])
    .filter((arn) => arn.pointsTo(role) || arn.text.endsWith(`:role/${role.at('RoleName').text}`))
    .map(({ text }) => text);
}
