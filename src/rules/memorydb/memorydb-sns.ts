import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::MemoryDB::Cluster', Properties: { ...properties } } });
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:operations';

export default defineRule({
  id: 'MemoryDB.4',
  slug: 'memorydb-sns',
  title: 'MemoryDB clusters tell a topic of their failures and failovers',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'alert-routing',
  severity: 'info',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale: 'A failover or a failed update that nobody hears of is not looked into.',
  remediation: 'Set `snsTopicArn` of `memorydb.CfnCluster`.',
  references: ['ElectricEye MemoryDB.4'],
  check: (cluster) => [
    ...cluster.at('SnsTopicArn').mustBeSet('a topic'),
    ...cluster.at('SnsTopicStatus').must("'ACTIVE'", ({ string }) => string?.toUpperCase() === 'ACTIVE', { absent: '' }),
  ],
  examples: {
    pass: { 'there is a topic': cluster({ SnsTopicArn: TOPIC }) },
    fail: {
      'there is no topic': cluster({}),
      'the topic is turned off': cluster({ SnsTopicArn: TOPIC, SnsTopicStatus: 'INACTIVE' }),
    },
    undetermined: {
      'the topic is a parameter that may be empty': {
        Parameters: { Topic: { Type: 'String' } },
        Resources: cluster({ SnsTopicArn: { Ref: 'Topic' } }),
      },
    },
  },
});
