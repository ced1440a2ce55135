import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';
import { PROTECTION, protection } from '../shared/shield';

const protectedSite = protection('arn:aws:cloudfront::111122223333:distribution/E1');
const access = (properties: JsonObject) => ({ Access: { Type: 'AWS::Shield::DRTAccess', Properties: properties } });

export default defineRule({
  id: 'Shield.2',
  slug: 'shield-srt-access',
  title: 'Where Shield Advanced is in use, its response team may help',
  criteria: [Criterion.CC7_4, Criterion.CC7_3],
  control: 'incident-response',
  // It gives people at AWS access to the rules of the firewall, and asks for a support plan.
  severity: 'info',
  scope: 'environment',
  resourceTypes: ['AWS::Shield::DRTAccess', PROTECTION],
  rationale: 'Access that is first asked for during an attack comes after the attack.',
  remediation:
    'Create a `shield.CfnDRTAccess` with a role that trusts `drt.shield.amazonaws.com` and has the managed policy `service-role/AWSShieldDRTAccessPolicy`; or declare who gave access as an inherited control of `shield-srt-access`.',
  references: ['AWS Config SHIELD_DRT_ACCESS', 'ElectricEye ShieldAdvanced.6', 'NIST 800-53 IR-7'],
  check: (environment) =>
    environment.accountResources(PROTECTION).length === 0
      ? [{ kind: 'note', text: 'these templates do not use Shield Advanced' }]
      : oneIsRight(
          environment.accountResources('AWS::Shield::DRTAccess'),
          (each) => each.at('RoleArn').mustBeSet('a role for the response team'),
          'it lets the response team help',
          missing('the response team of Shield has no access', `a role for it, ${orInherited('shield-srt-access')}`),
        ),
  examples: {
    pass: {
      'the team has a role': { ...protectedSite, ...access({ RoleArn: 'arn:aws:iam::111122223333:role/shield' }) },
      'Shield Advanced is not in use': { Topic: { Type: 'AWS::SNS::Topic' } },
    },
    fail: {
      'the team has no access': protectedSite,
      'the team has no role': { ...protectedSite, ...access({ RoleArn: '' }) },
    },
    undetermined: {
      'the role is a parameter that may be empty': {
        Parameters: { Role: { Type: 'String' } },
        Resources: { ...protectedSite, ...access({ RoleArn: { Ref: 'Role' } }) },
      },
    },
  },
});
