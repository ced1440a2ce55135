import { Criterion } from '../../criteria/criterion';
import { IDENTITY_POLICY_TYPES } from '../../model/policy';
import { defineRule } from '../rule';
import { allow, inlinePolicy, managedPolicy, withParameter } from '../shared/iam-examples';
import { forbid, statesGrants } from '../shared/iam-grants';

const SUBSCRIBE = 'aws-marketplace:Subscribe';

export default defineRule({
  id: 'IAM.10',
  slug: 'iam-no-marketplace-subscribe-wildcard',
  title: 'No policy allows to subscribe to every product of AWS Marketplace',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: IDENTITY_POLICY_TYPES,
  applies: statesGrants,
  rationale: 'A subscription buys software and lets it into the account; that takes the approval that any vendor needs.',
  remediation: 'Limit the statement with the condition `aws-marketplace:ProductId`: the action knows no resources to name.',
  references: ['Prowler iam_policy_no_wildcard_marketplace_subscribe', 'NIST 800-53 AC-6', 'NIST 800-53 CM-11'],
  check: (resource) =>
    forbid(resource, 'named products', (statement, reading) =>
      statement.allowsOnEvery('aws-marketplace:any', SUBSCRIBE, reading)
        ? `the statement allows '${SUBSCRIBE}' for any product`
        : undefined,
    ),
  examples: {
    pass: {
      'subscriptions may be seen': inlinePolicy(allow('aws-marketplace:ViewSubscriptions')),
      'products are named': inlinePolicy(
        allow(SUBSCRIBE, '*', { Condition: { 'ForAnyValue:StringEquals': { 'aws-marketplace:ProductId': ['prod-1234'] } } }),
      ),
    },
    fail: {
      'any product may be subscribed to': inlinePolicy(allow([SUBSCRIBE, 'aws-marketplace:Unsubscribe'])),
      'any product may be subscribed to, by a wildcard': managedPolicy(allow('aws-marketplace:*')),
      'a condition holds for every product that names no id': inlinePolicy(
        allow(SUBSCRIBE, '*', { Condition: { StringNotEquals: { 'aws-marketplace:ProductId': 'prod-1234' } } }),
      ),
    },
    undetermined: {
      'the resource is a parameter': withParameter('Resource', inlinePolicy(allow(SUBSCRIBE, { Ref: 'Resource' }))),
    },
  },
});
