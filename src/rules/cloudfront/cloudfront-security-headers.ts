import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { behaviorsOf, DISTRIBUTION, distribution } from '../shared/distributions';

const EXPECTED = 'a policy with security headers';
const POLICY = 'AWS::CloudFront::ResponseHeadersPolicy';

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const MANAGED: ReadonlyMap<string, boolean> = new Map([
  ['67f7725c-6f97-4210-82d7-5512b31e9d03', true],
  ['e61eb60c-9c35-4d20-a928-2b84e02af89c', true],
  ['eaab4381-ed33-4a86-88ca-d9558dc6cd63', true],
  ['60669652-455b-4ae9-85a4-c4c02393f86c', false],
  ['5cc3b908-e619-4b99-88e5-2cf7f45965bd', false],
]);

const headers = (policy: Json) =>
  distribution({ DefaultCacheBehavior: { TargetOriginId: 'web', ResponseHeadersPolicyId: policy } });
const own = (config: Json) => ({
  Headers: { Type: POLICY, Properties: { ResponseHeadersPolicyConfig: { Name: 'own', SecurityHeadersConfig: config } } },
  ...headers({ Ref: 'Headers' }),
});

export default defineRule({
  id: 'CloudFront.12',
  slug: 'cloudfront-security-headers',
  title: 'Distributions add security headers to responses',
  criteria: [Criterion.CC6_7, Criterion.CC6_6],
  control: 'network-boundary',
  severity: 'info',
  resourceTypes: [DISTRIBUTION],
  rationale: 'With these headers browsers insist on HTTPS and refuse to be framed; the origin may send them as well.',
  remediation: 'Set `responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS` on the behaviors.',
  references: ['OWASP Secure Headers Project', 'checkov CKV2_AWS_32'],
  check: (distribution) =>
    behaviorsOf(distribution).flatMap((behavior) => mustAddHeaders(behavior.at('ResponseHeadersPolicyId'))),
  examples: {
    pass: {
      'the managed policy is used': headers('67f7725c-6f97-4210-82d7-5512b31e9d03'),
      'a policy of its own is used': own({ StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, Override: true } }),
    },
    fail: {
      'there is no policy': distribution({ DefaultCacheBehavior: { TargetOriginId: 'web' } }),
      'the managed policy is about other sites only': headers('60669652-455b-4ae9-85a4-c4c02393f86c'),
      'a policy of its own has other headers only': own({ Ref: 'AWS::NoValue' }),
    },
    undetermined: {
      'the policy is a parameter': { Parameters: { Policy: { Type: 'String' } }, Resources: headers({ Ref: 'Policy' }) },
      'the policy is not among the templates': headers('00000000-0000-0000-0000-000000000000'),
    },
  },
});

function mustAddHeaders(policy: Value): Observation[] {
  const target = policy.targets(POLICY)[0];
  if (target) return target.at('ResponseHeadersPolicyConfig.SecurityHeadersConfig').mustBeSet('security headers');
  if (policy.isAbsent) return [policy.fails(EXPECTED)];
  const isSecure = MANAGED.get(policy.string ?? '');
  if (isSecure === undefined) return [policy.undetermined(EXPECTED, 'the policy is not among the templates')];
  return isSecure ? [] : [policy.fails(EXPECTED, 'the managed policy has no security headers')];
}
