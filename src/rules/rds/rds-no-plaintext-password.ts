import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::RDS::DBInstance': ['MasterUserPassword', 'TdeCredentialPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::Lightsail::Database': ['MasterUserPassword'],
};

const { pass, fail } = passwordExamples((MasterUserPassword) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', MasterUserPassword } },
}));

export default defineRule({
  id: 'RDS.22',
  slug: 'rds-no-plaintext-password',
  title: 'Passwords of databases are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation: 'Use `Credentials.fromGeneratedSecret("admin")`, or let RDS keep the password with `manageMasterUserPassword`.',
  references: ['CloudFormation Guard RDS_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  examples: {
    pass,
    fail: {
      ...fail,
      'the password of a Lightsail database stands in the template': {
        Database: { Type: 'AWS::Lightsail::Database', Properties: { MasterUserPassword: 'correct horse' } },
      },
    },
  },
});
