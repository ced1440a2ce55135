import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { DATA_STORES, mustBeTagged } from '../shared/tags';

const KEYS = ['owner', 'team', 'contact', 'steward', 'ownedby'];

/** What somebody has to answer for, and the property with its tags. */
const OWNED: Readonly<Record<string, string>> = {
  ...DATA_STORES,
  'AWS::EC2::Instance': 'Tags',
  'AWS::ECS::Service': 'Tags',
  'AWS::EKS::Cluster': 'Tags',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Tags',
  'AWS::Lambda::Function': 'Tags',
};

const service = (...Tags: Json[]) => ({ Service: { Type: 'AWS::ECS::Service', Properties: { Tags } } });
const pair = (Key: Json, Value: Json): JsonObject => ({ Key, Value });

export default defineRule({
  id: 'Environment.2',
  slug: 'owner-tag',
  title: 'Servers, services and stores of data say who owns them',
  criteria: [Criterion.CC6_1, Criterion.CC2_1, Criterion.CC3_2],
  control: 'asset-inventory',
  // A tag of the stack does not show in a template.
  severity: 'info',
  resourceTypes: Object.keys(OWNED),
  inheritable: true,
  rationale: 'A list of resources is an inventory only when each has an owner, whom to ask when a finding is about it.',
  remediation: "Add a tag to everything at once, as in `Tags.of(app).add('owner', 'orders-team')`.",
  references: ['AWS Config REQUIRED_TAGS', 'NIST 800-53 CM-8', 'CIS Controls 1.1'],
  check: (resource) => mustBeTagged(resource, OWNED[resource.type], KEYS, 'owner', 'no tag says who owns it'),
  examples: {
    pass: {
      'a tag says so': service(pair('owner', 'orders')),
      'another word is used': service(pair('example:Team', 'orders')),
      'the environment declares it': {
        Metadata: { 'cdk-soc2': { environment: { owner: 'platform team' } } },
        Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
      },
    },
    fail: {
      'there are no tags': { Service: { Type: 'AWS::ECS::Service', Properties: {} } },
      'the tags are about something else': service(pair('stage', 'production')),
      'the tag says nothing': service(pair('owner', '')),
    },
    undetermined: {
      'the key is a parameter': { Parameters: { Key: { Type: 'String' } }, Resources: service(pair({ Ref: 'Key' }, 'orders')) },
    },
  },
});
