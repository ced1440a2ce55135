import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { isClusterMember, isRdsCustom } from '../shared/database-kinds';
import { type LogsByEngine, mustExportLogs } from '../shared/exported-logs';

/** SQL Server Express has no agent. */
const LOGS: LogsByEngine = [
  [/^postgres$/, ['postgresql']],
  [/^(mysql|mariadb)$/, ['audit', 'error']],
  [/^sqlserver-ex$/, ['error']],
  [/^sqlserver-/, ['agent', 'error']],
  [/^oracle-/, ['alert', 'audit', 'listener']],
  [/^db2-/, ['diag.log', 'notify.log']],
];

const instance = (Engine: string | undefined, ...EnableCloudwatchLogsExports: Json[]) => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      ...(Engine === undefined ? { DBSnapshotIdentifier: 'orders' } : { Engine }),
      ...(EnableCloudwatchLogsExports.length > 0 && { EnableCloudwatchLogsExports }),
    },
  },
});

export default defineRule({
  id: 'RDS.6',
  slug: 'rds-logs-exported',
  title: 'RDS instances send the logs of access and errors to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance'],
  applies: (instance) => !isClusterMember(instance) && !isRdsCustom(instance),
  rationale: 'Logs on the instance are gone after days, and whoever takes over the instance takes them too.',
  remediation:
    "Set `cloudwatchLogsExports`: `['postgresql']` for PostgreSQL, `['audit', 'error']` for MySQL and MariaDB, `['agent', 'error']` for SQL Server, `['alert', 'audit', 'listener']` for Oracle, `['diag.log', 'notify.log']` for Db2; and turn on auditing in the parameter or option group.",
  references: ['Security Hub RDS.9', 'AWS Config RDS_LOGGING_ENABLED', 'cdk-nag RDSLoggingEnabled'],
  check: (instance) => mustExportLogs(instance, LOGS),
  examples: {
    pass: {
      'PostgreSQL exports its log': instance('postgres', 'postgresql'),
      'MySQL exports the audit and error logs, and more': instance('mysql', 'error', 'audit', 'slowquery'),
      'Oracle exports the audit, alert and listener logs': instance('oracle-se2', 'alert', 'audit', 'listener'),
      'SQL Server Express has only an error log': instance('sqlserver-ex', 'error'),
      'the engine is that of a snapshot, and the list is complete for one': instance(undefined, 'postgresql'),
    },
    fail: {
      'no log is exported': instance('postgres'),
      'PostgreSQL exports only the log of upgrades': instance('postgres', 'upgrade'),
      'MariaDB exports no audit log': instance('mariadb', 'error', 'general', 'slowquery'),
      'no log of a restored snapshot is exported': instance(undefined),
    },
    undetermined: {
      'the name of a log is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: instance('mysql', 'error', { Ref: 'Log' }),
      },
    },
  },
});
