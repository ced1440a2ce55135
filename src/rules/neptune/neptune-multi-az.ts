import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustSpanZones, zoneExamples } from '../shared/cluster-members';

export default defineRule({
  id: 'Neptune.8',
  slug: 'neptune-multi-az',
  title: 'Neptune clusters have instances in two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'The storage spans zones, but a cluster with one instance is out for as long as a new one takes to start.',
  remediation: 'Set `instances: 2` or more, without an `availabilityZone`.',
  references: ['ElectricEye Neptune.1', 'Security Hub Neptune.9', 'cdk-nag NeptuneClusterMultiAZ'],
  check: (cluster) => mustSpanZones(cluster, 'AWS::Neptune::DBInstance'),
  examples: zoneExamples('Neptune'),
});
