import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { isMultiAzCluster, isRdsCustom } from '../shared/database-kinds';
import { flagExamples } from '../shared/flag-examples';
import { ofInstanceOrCluster } from '../shared/instance-monitoring';

const PATHS = ['EnablePerformanceInsights', 'PerformanceInsightsEnabled'] as const;

const { pass, fail, undetermined } = flagExamples({
  type: 'AWS::RDS::DBInstance',
  path: PATHS[0],
  properties: { Engine: 'postgres' },
});
const aurora = (properties: object) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', ...properties } },
  Member: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-mysql', DBClusterIdentifier: { Ref: 'Cluster' } } },
});

export default defineRule({
  id: 'RDS.18',
  slug: 'rds-performance-insights',
  title: 'RDS instances record what they spend their time on',
  criteria: [Criterion.CC7_2, Criterion.A1_1],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  rationale:
    'When a database is slow or under attack, the record of its load says which statements, users and hosts are behind it.',
  remediation: 'Set `enablePerformanceInsights: true` on the instance or the cluster.',
  references: ['ElectricEye RDS.6', 'Checkov CKV_AWS_353'],
  ...about(
    (database) => (database.type === 'AWS::RDS::DBInstance' ? !isRdsCustom(database) : isMultiAzCluster(database)),
    (database) => ofInstanceOrCluster(database, PATHS, (value) => value.mustBe(true)),
  ),
  examples: {
    pass: { ...pass, 'the cluster says it for its members': aurora({ PerformanceInsightsEnabled: true }) },
    fail: { ...fail, 'neither the cluster nor the member says it': aurora({}) },
    undetermined,
  },
});
