import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { isMultiAzCluster, isRdsCustom } from '../shared/database-kinds';
import { ofInstanceOrCluster } from '../shared/instance-monitoring';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});
const aurora = (MonitoringInterval: number) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql', MonitoringInterval } },
  Member: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-mysql', DBClusterIdentifier: { Ref: 'Cluster' } } },
});

export default defineRule({
  id: 'RDS.16',
  slug: 'rds-enhanced-monitoring',
  title: 'RDS instances report on their operating system',
  criteria: [Criterion.CC7_2, Criterion.A1_1],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  rationale: 'Processes, memory and disks within the instance show what the numbers from outside do not.',
  remediation: 'Set `monitoringInterval: Duration.seconds(60)` on the instance or the cluster.',
  references: [
    'Security Hub RDS.6',
    'AWS Config RDS_ENHANCED_MONITORING_ENABLED',
    'cdk-nag RDSEnhancedMonitoringEnabled',
    'Checkov CKV_AWS_118',
  ],
  ...about(
    (database) => (database.type === 'AWS::RDS::DBInstance' ? !isRdsCustom(database) : isMultiAzCluster(database)),
    (database) => ofInstanceOrCluster(database, ['MonitoringInterval', 'MonitoringInterval'], (value) => value.mustBeAtLeast(1)),
  ),
  examples: {
    pass: {
      'there is a report every minute': instance({ MonitoringInterval: 60 }),
      'the cluster asks its members for reports': aurora(30),
    },
    fail: {
      'reports are not mentioned': instance({}),
      'reports are off': instance({ MonitoringInterval: '0' }),
      'neither the cluster nor the member asks for them': aurora(0),
      'a Multi-AZ cluster has none': { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'mysql' } } },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Seconds: { Type: 'Number' } },
        Resources: instance({ MonitoringInterval: { Ref: 'Seconds' } }),
      },
      'the cluster is elsewhere': instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }),
    },
  },
});
