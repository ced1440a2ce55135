import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const { pass, fail, undetermined } = flagExamples({
  type: 'AWS::Redshift::Cluster',
  path: 'PubliclyAccessible',
  wanted: false,
  safeByDefault: true,
});

export default defineRule({
  id: 'Redshift.5',
  slug: 'redshift-not-public',
  title: 'Redshift clusters are not public',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale: 'A data warehouse with a public address is one security group rule away from everyone who guesses passwords.',
  remediation: 'Set `publiclyAccessible: false` on `redshift.CfnCluster`, and place the cluster in private or isolated subnets.',
  references: [
    'Security Hub Redshift.1',
    'AWS Config REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK',
    'cdk-nag RedshiftClusterPublicAccess',
    'Checkov CKV_AWS_87',
  ],
  check: (cluster) => {
    const flag = cluster.at('PubliclyAccessible');
    if (!flag.isAbsent) return flag.mustBe(false);
    return [flag.undetermined('false', 'only clusters that were created since 10 January 2025 are surely private by default')];
  },
  examples: {
    pass: { 'it is off': pass['it is off'], 'it is off, as text': pass['it is off, as text'] },
    fail,
    undetermined: { ...undetermined, 'it is left to the age of the cluster': pass['it is not mentioned'] },
  },
});
