import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const SHARING = 'CloudWatch-CrossAccountSharingRole';

const role = (name: Json) => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: { Statement: [] } } },
});

export default defineRule({
  id: 'CloudWatch.21',
  slug: 'cloudwatch-no-cross-account-sharing',
  title: 'No role opens all of CloudWatch to other accounts',
  criteria: [Criterion.CC6_6, Criterion.CC6_1, Criterion.CC6_3],
  control: 'least-privilege',
  // To watch all accounts from one is good design: the record is for the review.
  severity: 'info',
  scope: 'environment',
  resourceTypes: ['AWS::IAM::Role'],
  rationale:
    'The role lets another account read every metric, log and dashboard, and stays when nobody remembers who asked for it.',
  remediation:
    'Replace the role by an `oam.CfnLink` to the monitoring account, which shares only the kinds of data that it names.',
  references: ['Prowler cloudwatch_cross_account_sharing_disabled', 'NIST 800-53 AC-3'],
  check: (environment) =>
    environment.resources('AWS::IAM::Role').flatMap((role) => {
      const name = role.at('RoleName');
      // A name that begins otherwise is another role, whatever follows.
      if (name.isAbsent || !SHARING.startsWith(name.text.split('${', 1)[0].slice(0, SHARING.length))) return [];
      return name.must('another role, or none', ({ string }) => string !== SHARING, {
        problem: 'the role shares all of CloudWatch with another account',
      });
    }),
  examples: {
    pass: {
      'there is no such role': { Topic: { Type: 'AWS::SNS::Topic' } },
      'other roles': { ...role('orders'), Named: role({ 'Fn::Sub': 'orders-${AWS::Region}' }).Role },
    },
    fail: {
      'the role exists': role(SHARING),
      'the role exists in one branch of a condition': byStage(role, SHARING, 'orders'),
    },
    undetermined: { 'the name of a role is a parameter': byParameter(role) },
  },
});
