import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { emrCluster } from '../shared/emr-encryption';

export default defineRule({
  id: 'EMR.1',
  slug: 'emr-kerberos',
  title: 'EMR clusters have their users sign in by Kerberos',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'identity-management',
  severity: 'warning',
  resourceTypes: ['AWS::EMR::Cluster'],
  rationale: 'Without Kerberos, Hadoop believes whatever user name a program gives, and its logs are worth as much.',
  remediation:
    'Set `kerberosAttributes` on the cluster, and a Kerberos provider in its security configuration. The cluster is replaced by that change.',
  references: ['AWS Config EMR_KERBEROS_ENABLED', 'cdk-nag EMRKerberosEnabled', 'ElectricEye EMR.5', 'NIST 800-53 IA-2'],
  check: (cluster) => cluster.at('KerberosAttributes').mustBeSet('a realm and a password of its administrator'),
  examples: {
    pass: {
      'users sign in by Kerberos': emrCluster({
        KerberosAttributes: {
          Realm: 'EC2.INTERNAL',
          KdcAdminPassword: '{{resolve:secretsmanager:kdc:SecretString:password}}',
        },
      }),
    },
    fail: {
      'Kerberos is not mentioned': emrCluster({}),
      'nothing is said about Kerberos': emrCluster({ KerberosAttributes: {} }),
    },
    undetermined: {
      'the settings are a parameter': byParameter((KerberosAttributes) => emrCluster({ KerberosAttributes })),
    },
  },
});
