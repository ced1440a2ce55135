import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { mustInclude } from '../shared/included-names';

const resource = (logs?: Json) => ({
  Data: { Type: 'AWS::DocDB::DBCluster', Properties: { ...(logs !== undefined && { EnableCloudwatchLogsExports: logs }) } },
});

export default defineRule({
  id: 'DocDB.2',
  slug: 'docdb-audit-logs',
  title: 'DocumentDB clusters send their audit log to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::DocDB::DBCluster'],
  rationale: 'Who signed in and who changed the schema or the data is only known from the audit log of the database itself.',
  remediation:
    'Set `exportAuditLogsToCloudWatch: true`, with `cloudWatchLogsRetention`; and turn on `audit_logs` in the parameter group of the cluster.',
  references: [
    'Security Hub DocumentDB.4',
    'AWS Config DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED',
    'cdk-nag DocumentDBClusterLogExports',
    'Checkov CKV_AWS_85',
  ],
  check: (resource) => mustInclude(resource.at('EnableCloudwatchLogsExports'), ['audit']),
  examples: {
    pass: {
      'what is needed is exported': resource(['audit']),
      'more is exported': resource([...['audit'], 'profiler']),
    },
    fail: {
      'no log is exported': resource(),
      'the list is empty': resource([]),
      'another log is exported': resource(['profiler']),
    },
    undetermined: {
      'the list is a parameter': { Parameters: { Logs: { Type: 'CommaDelimitedList' } }, Resources: resource({ Ref: 'Logs' }) },
      'a member of the list is a parameter': { Parameters: { Log: { Type: 'String' } }, Resources: resource([{ Ref: 'Log' }]) },
    },
  },
});
