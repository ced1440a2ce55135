import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { behaviorsOf, DISTRIBUTION, distribution, HTTPS_POLICIES } from '../shared/distributions';

const viewers = (policy: Json, ...others: Json[]) =>
  distribution({
    DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: policy },
    CacheBehaviors: others.map((other) => ({ PathPattern: '/api/*', TargetOriginId: 'web', ViewerProtocolPolicy: other })),
  });

export default defineRule({
  id: 'CloudFront.1',
  slug: 'cloudfront-https-viewer',
  title: 'Distributions serve viewers over HTTPS only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [DISTRIBUTION],
  rationale: 'What is served over plain HTTP, sessions and personal data included, can be read and changed on its way.',
  remediation:
    'Set `viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS` on every behavior; the default allows plain HTTP.',
  references: ['Security Hub CloudFront.3', 'AWS Config CLOUDFRONT_VIEWER_POLICY_HTTPS', 'checkov CKV_AWS_34'],
  check: (distribution) =>
    behaviorsOf(distribution).flatMap((behavior) => behavior.at('ViewerProtocolPolicy').mustBe(HTTPS_POLICIES)),
  examples: {
    pass: {
      'viewers are redirected': viewers('redirect-to-https'),
      'plain http is refused': viewers('https-only', 'redirect-to-https'),
    },
    fail: {
      'plain http is served': viewers('allow-all'),
      'plain http is served on one path': viewers('https-only', 'redirect-to-https', 'allow-all'),
      'there is no policy': distribution({ DefaultCacheBehavior: { TargetOriginId: 'web' } }),
    },
    undetermined: {
      'the policy is a parameter': { Parameters: { Policy: { Type: 'String' } }, Resources: viewers({ Ref: 'Policy' }) },
    },
  },
});
