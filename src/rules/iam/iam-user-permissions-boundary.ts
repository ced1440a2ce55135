import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const user = (properties: Record<string, Json>) => ({ User: { Type: 'AWS::IAM::User', Properties: { ...properties } } });

export default defineRule({
  id: 'IAM.16',
  slug: 'iam-user-permissions-boundary',
  title: 'Users of IAM have a permissions boundary',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'info',
  resourceTypes: ['AWS::IAM::User'],
  rationale: 'A boundary keeps what is granted by mistake from ever being more than somebody once decided.',
  remediation: 'Set `permissionsBoundary` on the user, or `iam.PermissionsBoundary.of(scope).apply(policy)` for all of them.',
  references: ['ElectricEye IAM.2', 'NIST 800-53 AC-6'],
  check: (user) => user.at('PermissionsBoundary').mustBeSet('a managed policy'),
  examples: {
    pass: {
      'there is a boundary': {
        ...user({ PermissionsBoundary: { Ref: 'Boundary' } }),
        Boundary: { Type: 'AWS::IAM::ManagedPolicy' },
      },
    },
    fail: { 'there is no boundary': user({}), 'the boundary is empty': user({ PermissionsBoundary: '' }) },
    undetermined: {
      'the boundary is a parameter': withParameter('Boundary', user({ PermissionsBoundary: { Ref: 'Boundary' } })),
    },
  },
});
