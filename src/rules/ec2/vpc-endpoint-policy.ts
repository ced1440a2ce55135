import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { patternOf, type Reading, type Statement, statementsOf } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';

const EXPECTED = 'named principals, actions or resources, or a condition';
const WITH_POLICY = ['Gateway', 'Interface'];
const WHOLE_SERVICE = /^(\*|[a-z0-9-]+:\*)$/i;

const endpoint = (properties: JsonObject) => ({
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcId: 'vpc-1', ServiceName: 'com.amazonaws.eu-west-1.s3', VpcEndpointType: 'Gateway', ...properties },
  },
});
const allowing = (statement: JsonObject) =>
  endpoint({
    PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', ...statement }] },
  });
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } };

export default defineRule({
  id: 'EC2.31',
  slug: 'vpc-endpoint-policy',
  title: 'Policies of VPC endpoints say who may do what with what',
  criteria: [Criterion.CC6_3, Criterion.CC6_1, Criterion.CC6_7],
  control: 'egress-control',
  severity: 'info',
  resourceTypes: ['AWS::EC2::VPCEndpoint'],
  applies: (each) => {
    const type = each.at('VpcEndpointType');
    const hasPolicy = type.isAbsent || type.isUnknown || WITH_POLICY.includes(type.string ?? '');
    return hasPolicy && !each.at('ServiceName').text.startsWith('com.amazonaws.vpce.');
  },
  rationale:
    'An endpoint without a policy also leads to the buckets and accounts of others, and that is the way data leaves a closed network.',
  remediation:
    'Call `addToPolicy(…)` of the endpoint with the resources of the application, or with a condition on `aws:PrincipalOrgID` or `aws:ResourceOrgID`.',
  references: ['ElectricEye VPC.11', 'NIST 800-53 SC-7'],
  check: (each) => {
    const policy = fromJsonText(each.at('PolicyDocument'));
    if (policy.isAbsent) return [policy.fails(EXPECTED, 'without a policy, everyone may use the endpoint for everything')];
    if (policy.isUnknown) return [policy.undetermined(EXPECTED)];
    return statementsOf(policy).flatMap((statement) => {
      if (statement.isUnknown) return [statement.value.undetermined(EXPECTED)];
      if (isWide(statement, 'surely')) return [statement.value.fails(EXPECTED, 'everyone may do everything')];
      return isWide(statement, 'possibly')
        ? [statement.value.undetermined(EXPECTED, 'for all that is known, everyone may do everything')]
        : [];
    });
  },
  examples: {
    pass: {
      'the resources are named': allowing({ Action: 's3:*', Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'] }),
      'the actions are named': allowing({ Action: ['s3:GetObject', 's3:ListBucket'] }),
      'the principals are of the organisation': allowing({ Condition: inOrganization }),
    },
    fail: {
      'there is no policy': endpoint({}),
      'everyone may do everything': allowing({}),
      'everyone may do everything that the service can': allowing({ Principal: { AWS: '*' }, Action: 's3:*' }),
      'the policy is left out in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: endpoint({
          PolicyDocument: { 'Fn::If': ['IsProduction', { Statement: [] }, { Ref: 'AWS::NoValue' }] } satisfies Json,
        }),
      },
    },
    undetermined: {
      'the effect is a parameter': {
        Parameters: { Effect: { Type: 'String' } },
        Resources: allowing({ Effect: { Ref: 'Effect' } }),
      },
      'the resource is a parameter': {
        Parameters: { Bucket: { Type: 'String' } },
        Resources: allowing({ Resource: { Ref: 'Bucket' } }),
      },
    },
  },
});

function isWide(statement: Statement, reading: Reading): boolean {
  const isAnything = (value: Value) => /^\*+$/.test(patternOf(value, reading));
  return (
    statement.allows &&
    !statement.hasCondition &&
    (statement.isForEveryone || statement.principals.some(({ value }) => isAnything(value))) &&
    (statement.coversAllResources || statement.resources.some(isAnything)) &&
    statement.actions.some((action) => WHOLE_SERVICE.test(patternOf(action, reading)))
  );
}
