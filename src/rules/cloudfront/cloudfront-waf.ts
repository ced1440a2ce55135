import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution } from '../shared/distributions';

export default defineRule({
  id: 'CloudFront.3',
  slug: 'cloudfront-waf',
  title: 'Distributions are behind a web application firewall',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'error',
  resourceTypes: [DISTRIBUTION],
  rationale: 'A web application firewall stops the known attacks that every public address receives before they reach the code.',
  remediation:
    "Set `webAclId` to the ARN of a web ACL with `scope: 'CLOUDFRONT'` in us-east-1. One that Firewall Manager attaches is not visible here: record an exception that names it.",
  references: [
    'Security Hub CloudFront.6',
    'AWS Config CLOUDFRONT_ASSOCIATED_WITH_WAF',
    'cdk-nag CloudFrontDistributionWAFIntegration',
    'checkov CKV_AWS_68',
  ],
  check: (distribution) => distribution.at('DistributionConfig.WebACLId').mustBeSet('the ARN of a web ACL'),
  examples: {
    pass: {
      'a web acl is named': distribution({ WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1' }),
      'a web acl of the template is named': {
        Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'CLOUDFRONT' } },
        ...distribution({ WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } }),
      },
    },
    fail: {
      'there is no web acl': distribution({}),
      'the web acl is empty': distribution({ WebACLId: '' }),
      'there is none in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: distribution({ WebACLId: { 'Fn::If': ['IsProduction', 'arn', { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the web acl is a parameter': {
        Parameters: { Acl: { Type: 'String' } },
        Resources: distribution({ WebACLId: { Ref: 'Acl' } }),
      },
    },
  },
});
