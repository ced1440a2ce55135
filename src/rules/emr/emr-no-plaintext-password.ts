import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { emrCluster } from '../shared/emr-encryption';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::EMR::Cluster': [
    'KerberosAttributes.KdcAdminPassword',
    'KerberosAttributes.CrossRealmTrustPrincipalPassword',
    'KerberosAttributes.ADDomainJoinPassword',
  ],
};

export default defineRule({
  id: 'EMR.9',
  slug: 'emr-no-plaintext-password',
  title: 'Passwords of Kerberos are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'Whoever has the password of the Kerberos administrator is any user of the cluster, and a template is read by many.',
  remediation: 'Pass `SecretValue.secretsManager("…").unsafeUnwrap()`, which becomes a reference that CloudFormation follows.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: passwordExamples((KdcAdminPassword) =>
    emrCluster({ KerberosAttributes: { Realm: 'EC2.INTERNAL', KdcAdminPassword } }),
  ),
});
