import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const cluster = (type: Json) => ({
  Cluster: {
    Type: 'AWS::MSK::Cluster',
    Properties: {
      ClusterName: 'events',
      BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large', ConnectivityInfo: { PublicAccess: { Type: type } } },
    },
  },
});

export default defineRule({
  id: 'MSK.6',
  slug: 'msk-not-public',
  title: 'MSK brokers are not reachable from the internet',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale: 'Brokers with public addresses put every topic one leaked credential away from everyone.',
  remediation:
    "Leave `connectivityInfo.publicAccess` of `brokerNodeGroupInfo` out, or set its type to `'DISABLED'`; reach the cluster over private connections.",
  references: ['Security Hub MSK.4', 'AWS Config MSK_CLUSTER_PUBLIC_ACCESS_DISABLED', 'NIST 800-53 AC-4'],
  check: (cluster) =>
    cluster
      .at('BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type')
      .mustBe('DISABLED', { absent: 'brokers of MSK have no public addresses unless they are asked for' }),
  examples: {
    pass: { 'nothing is said': cluster({ Ref: 'AWS::NoValue' }), 'public access is off': cluster('DISABLED') },
    fail: {
      'brokers have public addresses': cluster('SERVICE_PROVIDED_EIPS'),
      'brokers have public addresses in one branch of a condition': byStage(cluster, 'DISABLED', 'SERVICE_PROVIDED_EIPS'),
    },
    undetermined: { 'the kind is a parameter': byParameter(cluster) },
  },
});
