import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { role, withParameter } from '../shared/iam-examples';

export default defineRule({
  id: 'IAM.22',
  slug: 'iam-role-description',
  title: 'Roles say what they are for',
  criteria: [Criterion.CC6_3, Criterion.CC2_1],
  control: 'access-review',
  severity: 'info',
  resourceTypes: ['AWS::IAM::Role'],
  rationale: 'Whoever reviews access must decide whether a role is still needed, and can only if it says what for.',
  remediation: 'Set `description` on the role.',
  references: ['NIST 800-53 AC-2', 'ISO 27001 A.5.18'],
  check: (role) => role.at('Description').mustBeSet('a description'),
  examples: {
    pass: { 'there is a description': role({ Description: 'Lets the order service write to its table' }) },
    fail: { 'there is no description': role(), 'the description is empty': role({ Description: '' }) },
    undetermined: { 'the description is a parameter': withParameter('Purpose', role({ Description: { Ref: 'Purpose' } })) },
  },
});
