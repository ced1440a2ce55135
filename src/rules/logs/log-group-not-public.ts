import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { noPublicPolicies } from '../shared/public-policies';

const document = (principal: Json, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: principal, Action: 'logs:PutLogEvents', Resource: '*', ...more },
});
const policy = (text: Json) => ({
  Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'delivery', PolicyDocument: text } },
});
const ofAccount = (account: Json) =>
  policy({ 'Fn::Join': ['', ['{"Statement":[{"Effect":"Allow","Action":"logs:*","Principal":{"AWS":"', account, '"}}]}']] });

export default defineRule({
  id: 'Logs.3',
  slug: 'log-group-not-public',
  title: 'No resource policy opens log groups, or what takes logs in, to everyone',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  ...noPublicPolicies({
    'AWS::Logs::ResourcePolicy': ['PolicyDocument'],
    'AWS::Logs::LogGroup': ['ResourcePolicyDocument'],
    'AWS::Logs::Destination': ['DestinationPolicy'],
    'AWS::Logs::DeliveryDestination': ['DeliveryDestinationPolicy.DeliveryDestinationPolicy'],
  }),
  rationale: 'Whoever may read logs learns what the system knows; whoever may write them can bury or forge what happened.',
  remediation: 'Name the service or the account as principal of the statement, and add a condition on `aws:SourceArn`.',
  references: ['Prowler cloudwatch_log_group_not_publicly_accessible', 'NIST 800-53 AC-3'],
  examples: {
    pass: {
      'a service may write': policy(JSON.stringify(document({ Service: 'es.amazonaws.com' }))),
      'everyone may, if the account is right': policy(
        JSON.stringify(document('*', { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })),
      ),
      'a role of the template may write': {
        ...ofAccount({ 'Fn::GetAtt': ['Writer', 'Arn'] }),
        Writer: { Type: 'AWS::IAM::Role', Properties: {} },
      },
      'the account may write': ofAccount({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }),
    },
    fail: {
      'everyone may write': policy(JSON.stringify(document('*'))),
      'everyone may send logs here': {
        Destination: {
          Type: 'AWS::Logs::Destination',
          Properties: { DestinationName: 'central', DestinationPolicy: JSON.stringify(document('*')) },
        },
      },
      'everyone may write, in text that names the Region': policy({
        'Fn::Sub': JSON.stringify(document({ AWS: ['*'] }, { Resource: 'arn:aws:logs:${AWS::Region}:*:*' })),
      }),
      'everyone may write to one log group': {
        Group: { Type: 'AWS::Logs::LogGroup', Properties: { ResourcePolicyDocument: document({ AWS: '*' }) } },
      },
      'all but one may write': policy(
        JSON.stringify({
          Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 'logs:*', Resource: '*' }],
        }),
      ),
    },
    undetermined: {
      'the principal is a parameter': { Parameters: { Writer: { Type: 'String' } }, Resources: ofAccount({ Ref: 'Writer' }) },
      'the text is no policy': policy('allow all'),
      'the policy is a parameter': { Parameters: { Text: { Type: 'String' } }, Resources: policy({ Ref: 'Text' }) },
    },
  },
});
