import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustHaveParameter } from '../shared/parameter-groups';
import { redshiftCluster, redshiftGroup } from '../shared/redshift-examples';

const NAME = 'enable_user_activity_logging';

export default defineRule({
  id: 'Redshift.6',
  slug: 'redshift-user-activity-logging',
  title: 'Redshift clusters log what users ask of the data',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale: 'The audit log says who connected; what they read is in it only with this parameter.',
  remediation:
    "Give the cluster a `redshift.CfnClusterParameterGroup` with `{ parameterName: 'enable_user_activity_logging', parameterValue: 'true' }`, and an audit log by `loggingProperties`.",
  references: ['ElectricEye Redshift.6', 'cdk-nag RedshiftClusterUserActivityLogging'],
  check: (cluster) => mustHaveParameter(cluster, { name: NAME, expected: 'true', test: (value) => value.boolean === true }),
  examples: {
    pass: { 'the parameter group says so': redshiftGroup('redshift-2.0', [NAME, 'true']) },
    fail: {
      'there is no parameter group': redshiftCluster(),
      'the parameter group is the default one': redshiftCluster('default.redshift-2.0'),
      'the parameter group leaves it out': redshiftGroup('redshift-2.0', ['require_ssl', 'true']),
      'the parameter group says otherwise': redshiftGroup('redshift-2.0', [NAME, 'false']),
    },
    undetermined: {
      'the parameter group is elsewhere': redshiftCluster('orders'),
      'a parameter decides': {
        Parameters: { Log: { Type: 'String' } },
        Resources: redshiftGroup('redshift-2.0', [NAME, { Ref: 'Log' }]),
      },
    },
  },
});
