import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::DocDBElastic::Cluster': ['AdminUserPassword'],
};

const { pass, fail } = passwordExamples((MasterUserPassword) => ({
  Cluster: { Type: 'AWS::DocDB::DBCluster', Properties: { MasterUserPassword } },
}));

export default defineRule({
  id: 'DocDB.9',
  slug: 'docdb-no-plaintext-password',
  title: 'Passwords of DocumentDB clusters are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation: 'Leave `masterUser.password` of the `DatabaseCluster` out: the construct then generates a secret.',
  references: ['CloudFormation Guard DOCDB_DBCLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  examples: {
    pass,
    fail: {
      ...fail,
      'the password of an elastic cluster stands in the template': {
        Cluster: {
          Type: 'AWS::DocDBElastic::Cluster',
          Properties: { AuthType: 'PLAIN_TEXT', AdminUserName: 'orders', AdminUserPassword: 'correct horse' },
        },
      },
    },
  },
});
