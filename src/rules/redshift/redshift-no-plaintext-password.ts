import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::RedshiftServerless::Namespace': ['AdminUserPassword'],
};

export default defineRule({
  id: 'Redshift.16',
  slug: 'redshift-no-plaintext-password',
  title: 'Passwords of Redshift warehouses are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation:
    'Set `manageMasterPassword` (`manageAdminPassword` of a namespace): Redshift then keeps the password in Secrets Manager.',
  references: ['CloudFormation Guard REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  examples: passwordExamples((password) => ({
    Warehouse: { Type: 'AWS::Redshift::Cluster', Properties: { MasterUserPassword: password } },
  })),
});
