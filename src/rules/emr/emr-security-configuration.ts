import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byStage } from '../shared/deciding-examples';
import { emrCluster, emrSecurity } from '../shared/emr-encryption';

export default defineRule({
  id: 'EMR.3',
  slug: 'emr-security-configuration',
  title: 'EMR clusters have a security configuration',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::EMR::Cluster'],
  rationale: 'Encryption and sign-in of a cluster are all in its security configuration; a cluster without one has neither.',
  remediation:
    'Create a `CfnSecurityConfiguration`, and give its name as `securityConfiguration` of the cluster, which is replaced by that change.',
  references: ['ElectricEye EMR.1', 'CloudFormation Guard EMR_SECURITY_CONFIG_ENABLED_AND_CONFIGURED_RULE', 'NIST 800-53 SC-28'],
  check: (cluster) => cluster.at('SecurityConfiguration').mustBeSet('the name of a security configuration'),
  examples: {
    pass: {
      'the security configuration is of the same template': {
        ...emrCluster({ SecurityConfiguration: { Ref: 'Security' } }),
        ...emrSecurity({ EnableAtRestEncryption: true }),
      },
      'the security configuration is called by its name': emrCluster({ SecurityConfiguration: 'secure' }),
    },
    fail: {
      'there is no security configuration': emrCluster({}),
      'the name is empty': emrCluster({ SecurityConfiguration: '' }),
      'only production has one': byStage((SecurityConfiguration) => emrCluster({ SecurityConfiguration }), 'secure', {
        Ref: 'AWS::NoValue',
      }),
    },
    undetermined: {
      'the name is a parameter that may be empty': {
        Parameters: { Security: { Type: 'String' } },
        Resources: emrCluster({ SecurityConfiguration: { Ref: 'Security' } }),
      },
    },
  },
});
