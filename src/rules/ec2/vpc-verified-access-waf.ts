import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';

const instance = { Access: { Type: 'AWS::EC2::VerifiedAccessInstance', Properties: { Description: 'Intranet' } } };
const protectedBy = (arn: Json) => ({
  ...instance,
  Association: { Type: ASSOCIATION, Properties: { ResourceArn: arn, WebACLArn: 'arn' } },
});
const ARN = 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:verified-access-instance/${Access}';

export default defineRule({
  id: 'EC2.35',
  slug: 'vpc-verified-access-waf',
  title: 'Verified Access is behind a web application firewall',
  criteria: [Criterion.CC6_6, Criterion.CC6_8],
  control: 'web-application-firewall',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::VerifiedAccessInstance'],
  inheritable: true,
  rationale: 'Its endpoints are on the internet, and what stands behind them was often written for an office network.',
  remediation: 'Add a `wafv2.CfnWebACLAssociation` with the ARN of the Verified Access instance as `resourceArn`.',
  references: ['ElectricEye VPC.7', 'NIST 800-53 SC-7'],
  check: (each) => {
    const [association] = each.pointedAtBy(ASSOCIATION, 'ResourceArn');
    if (association) return [metBy(association, 'it protects this instance')];
    const open = unnamedPointer(each, ASSOCIATION, 'ResourceArn', 'this instance');
    return open.length > 0 ? open : [each.fails('no web ACL is associated', `an '${ASSOCIATION}'`)];
  },
  examples: {
    pass: { 'a web acl is associated': protectedBy({ 'Fn::Sub': ARN }) },
    fail: {
      'there is no web acl': instance,
      'the web acl is for something else': protectedBy('arn:aws:apigateway:eu-west-1::/restapis/api/stages/live'),
    },
    undetermined: {
      'what the web acl protects is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: protectedBy({ Ref: 'Protected' }),
      },
    },
  },
});
