import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';
import { orInherited } from '../shared/or-inherited';

/** Type, and property with the managed policies. */
const HOLDERS = [
  ['AWS::IAM::Role', 'ManagedPolicyArns'],
  ['AWS::IAM::Group', 'ManagedPolicyArns'],
  ['AWS::SSO::PermissionSet', 'ManagedPolicies'],
] as const;

const SUPPORT = ':policy/AWSSupportAccess';

const holder = (type: string, property: string, ...policies: Json[]) => ({
  Holder: { Type: type, Properties: { [property]: policies } },
});

export default defineRule({
  id: 'IAM.31',
  slug: 'iam-support-role',
  title: 'A role may open cases with AWS Support',
  criteria: [Criterion.CC7_4, Criterion.CC7_3],
  control: 'incident-response',
  // People usually have it by the permission sets of the organization.
  severity: 'info',
  scope: 'environment',
  resourceTypes: HOLDERS.map(([type]) => type),
  rationale: 'In an incident nobody should have to find out first who may ask AWS for help, or do it as root.',
  remediation:
    "Create a role or permission set with the managed policy `AWSSupportAccess`, as in `iam.ManagedPolicy.fromAwsManagedPolicyName('AWSSupportAccess')`; or declare who has it as an inherited control of `iam-support-role`.",
  references: ['Security Hub IAM.18', 'AWS Config IAM_POLICY_IN_USE', 'CIS AWS Foundations 1.17', 'ElectricEye IAM.19'],
  check: (environment) => {
    const holders = HOLDERS.flatMap(([type, property]) =>
      environment.accountResources(type).map((resource) => ({ resource, policies: resource.membersAt(property) })),
    );
    const right = holders.filter(({ policies }) => policies.some(({ text }) => text.endsWith(SUPPORT)));
    if (right.length > 0) return right.map(({ resource }) => metBy(resource, 'whoever has it may open cases with AWS Support'));
    const expected = `the managed policy AWSSupportAccess, ${orInherited('iam-support-role')}`;
    const open = holders.flatMap(({ policies }) => policies).find((policy) => policy.isUnknown && policy.mentions().length === 0);
    return [open ? open.undetermined(expected) : missing('nobody may open cases with AWS Support', expected)];
  },
  examples: {
    pass: {
      'a role may': holder('AWS::IAM::Role', 'ManagedPolicyArns', {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSSupportAccess']],
      }),
      'a permission set may': holder('AWS::SSO::PermissionSet', 'ManagedPolicies', 'arn:aws:iam::aws:policy/AWSSupportAccess'),
    },
    fail: {
      'there is no role': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the role may do something else': holder('AWS::IAM::Role', 'ManagedPolicyArns', 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    },
    undetermined: {
      'a policy of a role is a parameter': {
        Parameters: { Policy: { Type: 'String' } },
        Resources: holder('AWS::IAM::Role', 'ManagedPolicyArns', { Ref: 'Policy' }),
      },
    },
  },
});
