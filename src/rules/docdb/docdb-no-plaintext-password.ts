import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustNotBeWritten, passwordExamples } from '../shared/written-password';

const PASSWORDS = ['MasterUserPassword'];

export default defineRule({
  id: 'DocDB.9',
  slug: 'docdb-no-plaintext-password',
  title: 'Passwords of DocumentDB clusters are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation: 'Leave `masterUser.password` of the `DatabaseCluster` out: the construct then generates a secret.',
  references: ['CloudFormation Guard DOCDB_DBCLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  applies: (resource) => PASSWORDS.some((path) => !resource.at(path).isAbsent),
  check: (resource) =>
    PASSWORDS.map((path) => resource.at(path)).flatMap((each) => (each.isAbsent ? [] : mustNotBeWritten(each))),
  examples: passwordExamples((password) => ({
    Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { MasterUserPassword: password } },
  })),
});
