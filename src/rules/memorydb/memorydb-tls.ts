import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'MemoryDB.1',
  slug: 'memorydb-tls',
  title: 'MemoryDB clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale: 'Without TLS, passwords and data cross the network in the clear, for everyone who can listen there.',
  remediation:
    'Leave `tlsEnabled` of `memorydb.CfnCluster` at its default of `true`. A deployed cluster is replaced by that change.',
  references: ['ElectricEye MemoryDB.1', 'Checkov CKV_AWS_202', 'NIST 800-53 SC-8'],
  check: (resource) => resource.at('TLSEnabled').mustBe(true, { absent: 'MemoryDB requires TLS unless told otherwise' }),
  examples: flagExamples({ type: 'AWS::MemoryDB::Cluster', path: 'TLSEnabled', safeByDefault: true }),
});
