import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { USER_POOL, userPool } from '../shared/user-pools';
import { association, mustHaveWebAcl } from '../shared/web-acls';

export default defineRule({
  id: 'Cognito.4',
  slug: 'cognito-waf',
  title: 'User pools are behind a web application firewall',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'web-application-firewall',
  severity: 'warning',
  resourceTypes: [USER_POOL],
  rationale: 'The sign-in page is where stolen passwords are tried by the thousand; a rate limit in front of it stops that.',
  remediation: 'Create a `wafv2.CfnWebACLAssociation` with `resourceArn: userPool.userPoolArn`.',
  references: ['ElectricEye Cognito.4', 'NIST 800-53 SC-7'],
  check: (pool) => mustHaveWebAcl(pool, 'the user pool'),
  examples: {
    pass: { 'a web acl is associated': { ...userPool({}), ...association({ 'Fn::GetAtt': ['Users', 'Arn'] }) } },
    fail: {
      'there is no web acl': userPool({}),
      'the web acl is for something else': {
        ...userPool({}),
        ...association('arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1'),
      },
    },
    undetermined: {
      'what the association protects is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: { ...userPool({}), ...association({ Ref: 'Protected' }) },
      },
    },
  },
});
