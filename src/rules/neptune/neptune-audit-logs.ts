import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { mustInclude } from '../shared/included-names';

const resource = (logs?: Json) => ({
  Data: { Type: 'AWS::Neptune::DBCluster', Properties: { ...(logs !== undefined && { EnableCloudwatchLogsExports: logs }) } },
});

export default defineRule({
  id: 'Neptune.3',
  slug: 'neptune-audit-logs',
  title: 'Neptune clusters send their audit log to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBCluster'],
  rationale: 'Who read or changed the graph is only known from the audit log of the database itself.',
  remediation:
    'Set `cloudwatchLogsExports: [LogType.AUDIT]`, with `cloudwatchLogsRetention`; and turn on `neptune_enable_audit_log` in the parameter group of the cluster.',
  references: [
    'Security Hub Neptune.2',
    'AWS Config NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED',
    'Control Tower CT.NEPTUNE.PR.4',
    'Checkov CKV_AWS_101',
  ],
  check: (resource) => mustInclude(resource.at('EnableCloudwatchLogsExports'), ['audit']),
  examples: {
    pass: {
      'what is needed is exported': resource(['audit']),
      'more is exported': resource([...['audit'], 'slowquery']),
    },
    fail: {
      'no log is exported': resource(),
      'the list is empty': resource([]),
      'another log is exported': resource(['slowquery']),
    },
    undetermined: {
      'the list is a parameter': { Parameters: { Logs: { Type: 'CommaDelimitedList' } }, Resources: resource({ Ref: 'Logs' }) },
      'a member of the list is a parameter': { Parameters: { Log: { Type: 'String' } }, Resources: resource([{ Ref: 'Log' }]) },
    },
  },
});
