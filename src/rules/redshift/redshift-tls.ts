import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { familyOf, mustHaveParameter, parameterOf } from '../shared/parameter-groups';
import { redshiftCluster, redshiftGroup } from '../shared/redshift-examples';

const NAME = 'require_ssl';

export default defineRule({
  id: 'Redshift.4',
  slug: 'redshift-tls',
  title: 'Redshift clusters accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale: 'Without TLS, passwords, queries and results cross the network in the clear, for everyone who can listen there.',
  remediation:
    "Give the cluster a `redshift.CfnClusterParameterGroup` with `{ parameterName: 'require_ssl', parameterValue: 'true' }` by `clusterParameterGroupName`.",
  references: [
    'Security Hub Redshift.2',
    'AWS Config REDSHIFT_REQUIRE_TLS_SSL',
    'cdk-nag RedshiftRequireTlsSSL',
    'Checkov CKV_AWS_105',
  ],
  check: (cluster) => {
    const setting = parameterOf(cluster, NAME);
    const family = setting.kind === 'default' ? familyOf(cluster) : undefined;
    if (setting.kind === 'default' && setting.at.isAbsent && family === undefined) {
      const reason = 'only clusters that were created since 10 January 2025 have a default parameter group that requires TLS';
      return [setting.at.undetermined(`'${NAME}' is true`, reason)];
    }
    const byDefault = family === 'redshift-2.0' ? 'parameter groups of redshift-2.0 require TLS by default' : undefined;
    return mustHaveParameter(cluster, { name: NAME, expected: 'true', test: (value) => value.boolean === true, byDefault });
  },
  examples: {
    pass: {
      'the parameter group requires TLS': redshiftGroup('redshift-1.0', [NAME, 'true']),
      'the default of the family requires TLS': redshiftCluster('default.redshift-2.0'),
      'a group of the newer family leaves it out': redshiftGroup('redshift-2.0', ['datestyle', 'ISO']),
    },
    fail: {
      'the parameter group does not require TLS': redshiftGroup('redshift-2.0', [NAME, 'false']),
      'a group of the older family leaves it out': redshiftGroup('redshift-1.0', ['datestyle', 'ISO']),
      'the default of the older family does not require TLS': redshiftCluster('default.redshift-1.0'),
      'TLS is not required in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: redshiftGroup('redshift-1.0', [NAME, { 'Fn::If': ['IsProduction', 'true', 'false'] }]),
      },
    },
    undetermined: {
      'there is no parameter group, and the age of the cluster decides': redshiftCluster(),
      'the parameter group is elsewhere': redshiftCluster('orders'),
      'a parameter decides': {
        Parameters: { Tls: { Type: 'String' } },
        Resources: redshiftGroup('redshift-1.0', [NAME, { Ref: 'Tls' }]),
      },
    },
  },
});
