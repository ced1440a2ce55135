import type { Resource } from '../../model/resource';

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
  const roles = detail.at('requestParameters.roleArn').items();
  if (emergency.type === 'AWS::IAM::Role') return roles.some((arn) => arn.pointsTo(emergency) || namesRole(arn.text, emergency));
  const name = emergency.at('Name').text;
  const sets = detail.at('serviceEventDetails.role_name').items();
  // Where Identity Center is, or in an account in which it makes a role for the set.
  return (
    sets.some(({ string }) => string === name) || roles.some((arn) => arn.at('wildcard').text.includes(`AWSReservedSSO_${name}_`))
  );
}

function namesRole(arn: string, role: Resource): boolean {
  return arn.endsWith(`:role/${role.at('RoleName').text}`);
}
