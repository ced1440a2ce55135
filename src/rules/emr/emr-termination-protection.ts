import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { emrCluster } from '../shared/emr-encryption';

const cluster = (instances: object) => emrCluster({ Instances: { ...instances } });

export default defineRule({
  id: 'EMR.7',
  slug: 'emr-termination-protection',
  title: 'EMR clusters that stay are protected against termination',
  criteria: [Criterion.A1_2, Criterion.PI1_5],
  control: 'deletion-protection',
  severity: 'warning',
  resourceTypes: ['AWS::EMR::Cluster'],
  rationale: 'What is in HDFS is gone with the cluster, and one wrong call, or one step that fails, ends it.',
  remediation: 'Set `instances.terminationProtected` to true on the cluster.',
  references: ['ElectricEye EMR.6', 'NIST 800-53 CP-10'],
  /** A cluster that ends when its work is done must be able to. */
  applies: (cluster) =>
    cluster.at('AutoTerminationPolicy').isAbsent && cluster.at('Instances.KeepJobFlowAliveWhenNoSteps').boolean !== false,
  check: (cluster) => {
    const primaries = cluster.at('Instances.MasterInstanceGroup.InstanceCount').number ?? 1;
    const absent = primaries >= 3 ? 'EMR protects a cluster with several primary nodes by itself' : undefined;
    return cluster.at('Instances.TerminationProtected').mustBe(true, { absent });
  },
  examples: {
    pass: {
      'the cluster is protected': cluster({ TerminationProtected: true }),
      'the cluster has three primary nodes': cluster({ MasterInstanceGroup: { InstanceCount: 3, InstanceType: 'm7g.xlarge' } }),
    },
    fail: {
      'protection is not mentioned': cluster({}),
      'protection is off': cluster({ TerminationProtected: 'false', KeepJobFlowAliveWhenNoSteps: true }),
    },
    undetermined: { 'protection is a parameter': byParameter((value) => cluster({ TerminationProtected: value })) },
  },
});
