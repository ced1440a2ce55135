import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { type LogsByEngine, mustExportLogs } from '../shared/exported-logs';

/** A Multi-AZ cluster of MySQL has no audit log: it takes no option group. */
const LOGS: LogsByEngine = [
  [/^(aurora-postgresql|postgres)$/, ['postgresql']],
  [/^aurora(-mysql)?$/, ['audit', 'error']],
  [/^mysql$/, ['error']],
];

const cluster = (Engine: string, logs?: Json) => ({
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { Engine, ...(logs !== undefined && { EnableCloudwatchLogsExports: logs }) },
  },
});

export default defineRule({
  id: 'RDS.7',
  slug: 'rds-cluster-logs-exported',
  title: 'RDS clusters send the logs of access and errors to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBCluster'],
  /** Serverless v1 sends its logs without being asked. */
  applies: (cluster) => cluster.at('EngineMode').string !== 'serverless',
  rationale: 'Who read or changed data in the database is only known from its own logs, and they must outlive its instances.',
  remediation:
    "Set `cloudwatchLogsExports`: `['postgresql']` for PostgreSQL, `['audit', 'error']` for Aurora MySQL, `['error']` for a Multi-AZ cluster of MySQL; and turn on auditing in the parameter group of the cluster.",
  references: ['Security Hub RDS.34', 'Security Hub RDS.37', 'Control Tower CT.RDS.PR.25', 'cdk-nag RDSLoggingEnabled'],
  check: (cluster) => mustExportLogs(cluster, LOGS),
  examples: {
    pass: {
      'Aurora PostgreSQL exports its log': cluster('aurora-postgresql', ['postgresql']),
      'Aurora MySQL exports the audit and error logs': cluster('aurora-mysql', ['audit', 'error', 'slowquery']),
      'a Multi-AZ cluster of MySQL exports the error log': cluster('mysql', ['error']),
    },
    fail: {
      'no log is exported': cluster('aurora-postgresql'),
      'the list is empty': cluster('aurora-postgresql', []),
      'Aurora MySQL exports no audit log': cluster('aurora-mysql', ['error', 'general']),
    },
    undetermined: {
      'the list is a parameter': {
        Parameters: { Logs: { Type: 'CommaDelimitedList' } },
        Resources: cluster('aurora-mysql', { Ref: 'Logs' }),
      },
    },
  },
});
