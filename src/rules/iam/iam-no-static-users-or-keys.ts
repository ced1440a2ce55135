import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const key = (more: Record<string, Json> = {}) => ({
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'uploader', ...more } },
});

export default defineRule({
  id: 'IAM.15',
  slug: 'iam-no-static-users-or-keys',
  title: 'Nobody and nothing signs in with a user or a key that does not end',
  criteria: [Criterion.CC6_1, Criterion.CC6_2, Criterion.CC6_3],
  control: 'credential-lifecycle',
  severity: 'error',
  resourceTypes: ['AWS::IAM::User', 'AWS::IAM::AccessKey'],
  rationale:
    'A user of IAM stays when its owner leaves, and a key that leaked works until somebody notices; sessions end by themselves.',
  remediation:
    'Let people sign in through IAM Identity Center, and give programs a `Role`: outside AWS with `OpenIdConnectProvider` or IAM Roles Anywhere.',
  references: ['checkov CKV_AWS_273', 'Security Hub IAM.3', 'CIS AWS Foundations 1.20', 'NIST 800-53 IA-5', 'NIST 800-53 AC-2'],
  check: (resource) =>
    resource.type === 'AWS::IAM::User'
      ? [resource.fails('the template creates a user', 'a role, or a person in IAM Identity Center', 'a user')]
      : resource.at('Status').mustBe('Inactive', { problem: 'the template creates a key that does not end' }),
  examples: {
    pass: { 'the key is switched off': key({ Status: 'Inactive' }) },
    fail: {
      'there is a user': { User: { Type: 'AWS::IAM::User', Properties: { UserName: 'ana', Groups: ['developers'] } } },
      'there is a key': key(),
      'the key is switched on': key({ Status: 'Active' }),
    },
    undetermined: { 'the status is a parameter': withParameter('Status', key({ Status: { Ref: 'Status' } })) },
  },
});
