import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustSpanZones, zoneExamples } from '../shared/cluster-members';

export default defineRule({
  id: 'DocDB.6',
  slug: 'docdb-multi-az',
  title: 'DocumentDB clusters have instances in two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'The storage spans zones, but a cluster with one instance is out for as long as a new one takes to start.',
  remediation: 'Set `instances: 2` or more.',
  references: ['ElectricEye DocumentDB.4', 'NIST 800-53 CP-10'],
  check: (cluster) => mustSpanZones(cluster, 'AWS::DocDB::DBInstance'),
  examples: zoneExamples('DocDB'),
});
