import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

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
export function matchesUse(rule: Resource, emergency: Resource): boolean {
  const detail = rule.at('EventPattern.detail');
  // What is beside them holds for each of the alternatives.
  const wanted = (path: string) => [detail, ...detail.at('$or').items()].flatMap((each) => each.at(path).items());
  const events = wanted('eventName');
  const isAbout = (event: RegExp) => events.length === 0 || events.some(({ string = '' }) => event.test(string));
  const roles = isAbout(/^AssumeRole/) ? wanted('requestParameters.roleArn') : [];
  if (emergency.type === 'AWS::IAM::Role') return roles.some((arn) => isArnOf(arn, emergency));
  const name = emergency.at('Name').text;
  const sets = isAbout(/^(Federate|GetRoleCredentials)$/) ? wanted('serviceEventDetails.role_name') : [];
  // Where Identity Center is, or in an account in which it makes a role for the set.
  return (
    sets.some(({ string }) => string === name) || roles.some((arn) => arn.at('wildcard').text.includes(`AWSReservedSSO_${name}_`))
  );
}

/** A mapping would be about others: all that are not the role, for one. */
function isArnOf(arn: Value, role: Resource): boolean {
  return arn.entries().length === 0 && (arn.pointsTo(role) || arn.text.endsWith(`:role/${role.at('RoleName').text}`));
}
