import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustNotBeWritten, passwordExamples } from '../shared/written-password';

const PASSWORDS = ['MasterUserPassword', 'TdeCredentialPassword'];

export default defineRule({
  id: 'RDS.22',
  slug: 'rds-no-plaintext-password',
  title: 'Passwords of databases are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation: 'Use `Credentials.fromGeneratedSecret("admin")`, or let RDS keep the password with `manageMasterUserPassword`.',
  references: ['CloudFormation Guard RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  applies: (resource) => PASSWORDS.some((path) => !resource.at(path).isAbsent),
  check: (resource) =>
    PASSWORDS.map((path) => resource.at(path)).flatMap((each) => (each.isAbsent ? [] : mustNotBeWritten(each))),
  examples: passwordExamples((password) => ({
    Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MasterUserPassword: password } },
  })),
});
