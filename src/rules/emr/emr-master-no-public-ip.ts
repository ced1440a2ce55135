import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { emrCluster } from '../shared/emr-encryption';
import { assignedBy } from '../shared/public-address';

const subnet = (MapPublicIpOnLaunch: Json) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch } },
});
const cluster = (instances: object = { Ec2SubnetId: { Ref: 'Subnet' } }) => emrCluster({ Instances: { ...instances } });

export default defineRule({
  id: 'EMR.2',
  slug: 'emr-master-no-public-ip',
  title: 'Nodes of EMR clusters have no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::EMR::Cluster'],
  rationale: 'The consoles of Hadoop and Spark ask for no password; only the network keeps strangers from running jobs.',
  remediation: 'Give the cluster an `ec2SubnetId` of a private subnet. It is replaced by that change.',
  references: ['Security Hub EMR.1', 'AWS Config EMR_MASTER_NO_PUBLIC_IP', 'NIST 800-53 SC-7'],
  check: (cluster) => {
    const choices = cluster.at('Instances.Ec2SubnetIds').items();
    return choices.length > 0 ? choices.flatMap(assignedBy) : assignedBy(cluster.at('Instances.Ec2SubnetId'));
  },
  examples: {
    pass: {
      'the subnet gives no addresses': { ...cluster(), ...subnet(false) },
      'no subnet to choose from gives addresses': { ...cluster({ Ec2SubnetIds: [{ Ref: 'Subnet' }] }), ...subnet('false') },
    },
    fail: {
      'the subnet gives addresses': { ...cluster(), ...subnet(true) },
      'no subnet is named': cluster({}),
      'a subnet to choose from gives addresses': { ...cluster({ Ec2SubnetIds: [{ Ref: 'Subnet' }] }), ...subnet(true) },
    },
    undetermined: {
      'the subnet is of another template': cluster({ Ec2SubnetId: 'subnet-1' }),
      'what the subnet gives is a parameter': byParameter((value) => ({ ...cluster(), ...subnet(value) })),
    },
  },
});
