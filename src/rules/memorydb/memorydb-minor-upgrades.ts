import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'MemoryDB.3',
  slug: 'memorydb-minor-upgrades',
  title: 'MemoryDB clusters take minor versions of their engine automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale:
    'Minor versions carry the security fixes of the engine; a cluster that waits for somebody to remember them falls behind.',
  remediation: 'Leave `autoMinorVersionUpgrade` of `memorydb.CfnCluster` at its default of `true`.',
  references: ['ElectricEye MemoryDB.3', 'NIST 800-53 SI-2'],
  check: (resource) =>
    resource
      .at('AutoMinorVersionUpgrade')
      .mustBe(true, { absent: 'MemoryDB applies minor versions automatically unless told otherwise' }),
  examples: flagExamples({ type: 'AWS::MemoryDB::Cluster', path: 'AutoMinorVersionUpgrade', safeByDefault: true }),
});
