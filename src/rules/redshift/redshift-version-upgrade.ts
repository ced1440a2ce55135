import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Redshift.9',
  slug: 'redshift-version-upgrade',
  title: 'Redshift clusters take new versions of the engine automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale:
    'New versions carry the security fixes of the engine; a cluster that waits for somebody to remember them falls behind.',
  remediation: 'Leave `allowVersionUpgrade` at its default of `true`, and choose the time with `preferredMaintenanceWindow`.',
  references: [
    'Security Hub Redshift.6',
    'AWS Config REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK',
    'cdk-nag RedshiftClusterVersionUpgrade',
  ],
  check: (resource) =>
    resource
      .at('AllowVersionUpgrade')
      .mustBe(true, { absent: 'Redshift applies new versions automatically unless told otherwise' }),
  examples: flagExamples({ type: 'AWS::Redshift::Cluster', path: 'AllowVersionUpgrade', safeByDefault: true }),
});
