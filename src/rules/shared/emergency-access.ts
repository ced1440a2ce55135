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
  return anyIs(usesOf(emergency, pattern).map((use) => matchesEvent(pattern, eventOf(use, rule))));
}

/** What is told of one use, and by which service. */
interface Use {
  readonly service: 'sso' | 'sts';
  readonly eventName: string;
  readonly more: JsonObject;
}

function usesOf(emergency: Resource, pattern: Value): Use[] {
  const name = emergency.at(EMERGENCY_NAMES[emergency.type]).text;
  const path = `arn:aws:iam::${emergency.environment.account ?? SOME_ACCOUNT}:role/`;
  if (emergency.type === 'AWS::IAM::Role') {
    const named = namesIn(pattern, emergency);
    return named.length > 0 ? named.flatMap(assumptionsOf) : assumptionsOf(`${path}${name}`);
  }
  // Where Identity Center is, or in an account in which it makes a role for the set.
  const made = `${path}aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${name}_0123456789abcdef`;
  const sessions = SESSIONS.map(
    (eventName): Use => ({ service: 'sso', eventName, more: { serviceEventDetails: { role_name: name } } }),
  );
  return [...sessions, ...assumptionsOf(made)];
}

/** What Identity Center tells of a session that it opens, in a browser or for the command line. */
const SESSIONS = ['Federate', 'GetRoleCredentials'];

const ASSUMPTIONS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

function assumptionsOf(roleArn: string): Use[] {
  return ASSUMPTIONS.map((eventName) => ({ service: 'sts', eventName, more: { requestParameters: { roleArn } } }));
}

const SOME_ACCOUNT = '111122223333';

/** An event on the bus of a rule. It has what each of these events has: a pattern that asks for something else leaves uses out. */
function eventOf({ service, eventName, more }: Use, { environment }: Resource): JsonObject {
  const { account = SOME_ACCOUNT, region = 'eu-west-1' } = environment;
  const [kind, eventType] = service === 'sso' ? ['Service Event', 'AwsServiceEvent'] : ['API Call', 'AwsApiCall'];
  const detail = {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    eventType,
    awsRegion: region,
    recipientAccountId: account,
  };
  return {
    version: '0',
    'detail-type': `AWS ${kind} via CloudTrail`,
    source: `aws.${service}`,
    account,
    region,
    detail: { ...detail, managementEvent: true, eventCategory: 'Management', ...more },
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
