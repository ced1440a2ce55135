import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { parameterExamples } from '../shared/parameter-examples';
import { type ExpectedParameter, mustHaveParameter } from '../shared/parameter-groups';

const WANTED: ExpectedParameter = {
  name: 'tls',
  expected: "a value other than 'disabled'",
  test: ({ string }) => string !== undefined && string.toLowerCase() !== 'disabled',
  byDefault: 'DocumentDB requires TLS unless a parameter group turns it off',
};

export default defineRule({
  id: 'DocDB.4',
  slug: 'docdb-tls-parameter',
  title: 'DocumentDB clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'Without TLS, passwords and documents cross the network in the clear, for everyone who can listen there.',
  remediation: "Leave the parameter `tls` at its default of `enabled`, or set it to `'tls1.2+'`.",
  references: ['ElectricEye DocumentDB.7', 'Checkov CKV_AWS_90', 'NIST 800-53 SC-8'],
  check: (cluster) => mustHaveParameter(cluster, WANTED),
  examples: parameterExamples({
    service: 'DocDB',
    family: 'docdb5.0',
    name: WANTED.name,
    right: 'tls1.2+',
    wrong: 'disabled',
    safeByDefault: true,
  }),
});
