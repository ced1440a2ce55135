import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustNotBeWritten, passwordExamples } from '../shared/written-password';

const PASSWORDS = ['MasterUserPassword', 'AdminUserPassword'];

export default defineRule({
  id: 'Redshift.16',
  slug: 'redshift-no-plaintext-password',
  title: 'Passwords of Redshift warehouses are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Namespace'],
  rationale: 'A template is read by many and kept for ever, and whoever has this password has all the data.',
  remediation:
    'Set `manageMasterPassword` (`manageAdminPassword` of a namespace): Redshift then keeps the password in Secrets Manager.',
  references: ['CloudFormation Guard REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  applies: (resource) => PASSWORDS.some((path) => !resource.at(path).isAbsent),
  check: (resource) =>
    PASSWORDS.map((path) => resource.at(path)).flatMap((each) => (each.isAbsent ? [] : mustNotBeWritten(each))),
  examples: passwordExamples((password) => ({
    Warehouse: { Type: 'AWS::Redshift::Cluster', Properties: { MasterUserPassword: password } },
  })),
});
