import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { type PolicyCondition, patternOf, type Reading, type Statement } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';
import { publicGrants } from '../shared/public-grants';

const policy = (principal: Json, more: object = {}) => ({
  Policy: {
    Type: 'AWS::VpcLattice::AuthPolicy',
    Properties: {
      ResourceIdentifier: 'sn-0123456789abcdef0',
      Policy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: principal, Action: 'vpc-lattice-svcs:Invoke', Resource: '*', ...more }],
      },
    },
  },
});

export default defineRule({
  id: 'VpcLattice.3',
  slug: 'vpc-lattice-network-policy',
  aliases: ['vpc-lattice-service-policy'],
  title: 'Auth policies of VPC Lattice let nobody in without a name',
  criteria: [Criterion.CC6_3, Criterion.CC6_1, Criterion.CC6_6],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::VpcLattice::AuthPolicy'],
  rationale:
    'A policy for everyone without a condition admits requests that are not even signed, as if there were no authentication.',
  remediation:
    'Name roles or accounts as principals in the policy, or add a condition on `aws:PrincipalOrgID` or `vpc-lattice-svcs:SourceVpc`.',
  references: ['ElectricEye VPC-Lattice.5', 'ElectricEye VPC-Lattice.8', 'NIST 800-53 AC-3'],
  check: (each) => publicGrants(fromJsonText(each.at('Policy')), (statement, reading) => !isSigned(statement, reading)),
  examples: {
    pass: {
      'a role may call': policy({ AWS: 'arn:aws:iam::111122223333:role/Checkout' }),
      'the organisation may call': policy('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }),
      'a network may call': policy('*', { Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-1' } } }),
      'whoever signs may call': policy('*', {
        Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'Anonymous' } },
      }),
      'everyone is denied something': policy('*', { Effect: 'Deny' }),
    },
    fail: {
      'everyone may call': policy('*'),
      'everyone may call, as a list': policy({ AWS: ['*'] }),
      'the condition is about the request': policy('*', {
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
      }),
      'any network may call': policy('*', { Condition: { StringLike: { 'vpc-lattice-svcs:SourceVpc': '*' } } }),
      'the policy is a text': {
        Policy: {
          Type: 'AWS::VpcLattice::AuthPolicy',
          Properties: {
            ResourceIdentifier: 'svc-1',
            Policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
          },
        },
      },
    },
    undetermined: {
      'the caller is a parameter': {
        Parameters: { Caller: { Type: 'String' } },
        Resources: policy({ AWS: { Ref: 'Caller' } }),
      },
      'the pattern for the network is a parameter': {
        Parameters: { Networks: { Type: 'String' } },
        Resources: policy('*', { Condition: { StringLike: { 'vpc-lattice-svcs:SourceVpc': { Ref: 'Networks' } } } }),
      },
    },
  },
});

/** Whether a condition asks for a network of the account, or for a caller who signs; for sure, when what is not may be all. */
function isSigned({ conditions }: Statement, reading: Reading): boolean {
  return conditions.some((each) => !each.ifExists && !each.forAll && (isOfNetwork(each, reading) || isNotAnonymous(each)));
}

function isOfNetwork({ operator, key, values }: PolicyCondition, reading: Reading): boolean {
  const isNarrow = (value: Value) => !patternOf(value, operator.endsWith('like') ? reading : 'surely').includes('*');
  return NETWORK_KEYS.has(key) && operator.startsWith('string') && !operator.includes('not') && values.every(isNarrow);
}

const NETWORK_KEYS = new Set(['vpc-lattice-svcs:sourcevpc', 'vpc-lattice-svcs:sourcevpcowneraccount']);

function isNotAnonymous({ operator, key, values }: PolicyCondition): boolean {
  return (
    key === 'aws:principaltype' &&
    operator.startsWith('stringnotequals') &&
    values.some(({ string }) => string?.toLowerCase() === 'anonymous')
  );
}
