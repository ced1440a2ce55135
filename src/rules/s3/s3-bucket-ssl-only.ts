import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import { patternOf, type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { bucketPolicies } from '../shared/bucket-policies';
import { unnamedPointer } from '../shared/unnamed-pointer';

const EXPECTED = "a Deny of s3:* for everyone, on the bucket and its objects, when aws:SecureTransport is 'false'";
const BOTH: Json[] = [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': '${Bucket.Arn}/*' }];
const ROLE = { AWS: 'arn:aws:iam::111122223333:role/App' };
const plainHttp = (value: Json) => ({ Bool: { 'aws:SecureTransport': value } });
const statement = (more: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: BOTH,
  Condition: plainHttp('false'),
  ...more,
});
const policy = (Statement: Json, Bucket: Json = { Ref: 'Bucket' }) => ({
  Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket, PolicyDocument: { Statement } } },
});
const bucket = (...statements: object[]) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders' } },
  ...policy(statements.map(statement)),
});

/** A second condition would let some plain requests through, and so would an exempted principal. */
function deniesPlainHttp({ denies, isForEveryone, notPrincipals, actions, conditions }: Statement): boolean {
  return (
    denies &&
    isForEveryone &&
    notPrincipals.length === 0 &&
    actions.some((action) => /^(s3:|\*:)?\*$/i.test(action.string ?? '')) &&
    conditions.length > 0 &&
    conditions.every(
      ({ key, operator, values }) =>
        key === 'aws:securetransport' && operator === 'bool' && values.some((value) => value.boolean === false),
    )
  );
}

function isOpen(value: Value): boolean {
  return patternOf(value, 'possibly') === '*';
}

function mayDenyPlainHttp(statement: Statement): boolean {
  const { isUnknown, denies, actions, conditions } = statement;
  return (
    isUnknown ||
    (denies &&
      (actions.some((action) => action.isUnknown && isOpen(action)) ||
        conditions.some(({ key, values }) => key === 'aws:securetransport' && values.some(isOpen))))
  );
}

/** S3 takes resources of the policy's own bucket only, so that their shape says what they cover. */
function coversAll(statements: readonly Statement[]): boolean {
  const named = statements.flatMap(({ resources }) => resources.filter((each) => each.isKnown || !isOpen(each)));
  const patterns = named.map((each) => each.textWith(() => '_'));
  return patterns.some((pattern) => !pattern.includes('/')) && patterns.some((pattern) => /^[^/]*\/?\*$/.test(pattern));
}

function judge(bucket: Resource, policies: readonly Resource[]): Observation[] {
  const [policy] = policies;
  if (!policy) {
    const open = unnamedPointer(bucket, 'AWS::S3::BucketPolicy', 'Bucket', EXPECTED);
    return open.length > 0 ? open : [bucket.fails('no bucket policy denies requests that are not sent over TLS', EXPECTED)];
  }
  const statements = policies.flatMap((each) => statementsOf(each.at('PolicyDocument')));
  const denials = statements.filter(deniesPlainHttp);
  if (coversAll(denials)) return policy === bucket ? [] : policies.map((each) => metBy(each, 'this policy denies plain HTTP'));
  const open = policies.find((each) => each.at('PolicyDocument').isUnknown)?.at('PolicyDocument');
  const unclear =
    open ??
    statements.find(mayDenyPlainHttp)?.value ??
    denials.flatMap(({ resources }) => resources).find((each) => !each.isKnown && isOpen(each));
  if (unclear) return [unclear.undetermined(EXPECTED)];
  const [denial] = denials;
  return denial
    ? [denial.value.at('Resource').fails(EXPECTED, 'the denial of plain HTTP does not cover both the bucket and its objects')]
    : [policy.at('PolicyDocument').fails(EXPECTED, 'the bucket policy does not deny every request that is not sent over TLS')];
}

export default defineRule({
  id: 'S3.3',
  slug: 's3-bucket-ssl-only',
  aliases: ['s3-bucket-policy-present'],
  title: 'S3 buckets refuse requests that are not sent over TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
  rationale:
    'S3 answers over plain HTTP as well; only a policy makes sure that objects and signatures never cross a network in the clear.',
  remediation: 'Set `enforceSSL: true` on the bucket, and `minimumTLSVersion: 1.2` where older clients may be refused.',
  references: [
    'Security Hub S3.5',
    'AWS Config S3_BUCKET_SSL_REQUESTS_ONLY',
    'cdk-nag S3BucketSSLRequestsOnly',
    'NIST 800-53 SC-8',
  ],
  /** A policy is judged by itself where its bucket is not among the templates: it is the only policy that the bucket has. */
  applies: (resource) => {
    if (resource.type === 'AWS::S3::Bucket') return true;
    const bucket = resource.at('Bucket');
    return bucket.targets('AWS::S3::Bucket').length === 0;
  },
  check: (resource) => judge(resource, resource.type === 'AWS::S3::Bucket' ? bucketPolicies(resource) : [resource]),
  examples: {
    pass: {
      'the policy denies plain HTTP': bucket({}),
      'the condition is a boolean and the resource a wildcard': bucket({
        Principal: { AWS: ['*'] },
        Resource: '*',
        Condition: plainHttp([false]),
      }),
      'the bucket and its objects are denied one by one': bucket({ Resource: BOTH[0] }, { Resource: BOTH[1] }),
      'the policy names the bucket': {
        ...bucket({}),
        ...policy(statement({ Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'] }), 'orders'),
      },
      'the policy is for a bucket of another template': policy([statement({ Resource: 'arn:aws:s3:::orders*' })], 'orders'),
    },
    fail: {
      'there is no policy': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'only objects are covered': bucket({ Resource: BOTH[1] }),
      'only the bucket is covered': bucket({ Resource: BOTH[0] }),
      'only objects under a prefix are covered': bucket({ Resource: [BOTH[0], { 'Fn::Sub': '${Bucket.Arn}/orders/*' }] }),
      'only reading is denied': bucket({ Action: 's3:GetObject' }),
      'TLS is what is denied': bucket({ Condition: plainHttp(true) }),
      'the statement allows': bucket({ Effect: 'Allow' }),
      'one role is denied': bucket({ Principal: ROLE }),
      'all but one role are denied': bucket({ Principal: [], NotPrincipal: ROLE }),
      'only old versions of TLS are denied': bucket({ Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
      'a second condition lets plain requests through': bucket({
        Condition: { ...plainHttp('false'), StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } },
      }),
      'the policy is only there in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: { ...bucket({}), Policy: { ...bucket({}).Policy, Condition: 'IsProduction' } },
      },
      'the policy of a bucket of another template does not mention TLS': policy(
        [{ Effect: 'Allow', Principal: ROLE, Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' }],
        'orders',
      ),
    },
    undetermined: {
      'what is denied is a parameter': {
        Parameters: { Secure: { Type: 'String' } },
        Resources: bucket({ Condition: plainHttp({ Ref: 'Secure' }) }),
      },
      'what is covered is a parameter': {
        Parameters: { Arn: { Type: 'String' } },
        Resources: bucket({ Resource: [{ Ref: 'Arn' }, BOTH[1]] }),
      },
      'which bucket the policy is for is a parameter': {
        Parameters: { Name: { Type: 'String' } },
        Resources: { ...bucket(), ...policy([statement({ Resource: '*' })], { Ref: 'Name' }) },
      },
    },
  },
});
