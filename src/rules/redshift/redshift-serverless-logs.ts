import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { mustInclude } from '../shared/included-names';

const LOGS = ['userlog', 'connectionlog', 'useractivitylog'];

const resource = (logs?: Json) => ({
  Data: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { ...(logs !== undefined && { LogExports: logs }) } },
});

export default defineRule({
  id: 'Redshift.10',
  slug: 'redshift-serverless-logs',
  title: 'Redshift Serverless namespaces export all their logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::RedshiftServerless::Namespace'],
  rationale: 'Who connected, who changed users and what was asked of the data is only known from these logs.',
  remediation: "Set `logExports: ['userlog', 'connectionlog', 'useractivitylog']` on `redshiftserverless.CfnNamespace`.",
  references: ['Security Hub RedshiftServerless.6', 'ElectricEye Redshift-Serverless.2'],
  check: (resource) => mustInclude(resource.at('LogExports'), LOGS),
  examples: {
    pass: { 'all logs are exported': resource(LOGS) },
    fail: {
      'no log is exported': resource(),
      'the list is empty': resource([]),
      'queries are not exported': resource(['userlog', 'connectionlog']),
    },
    undetermined: {
      'the list is a parameter': { Parameters: { Logs: { Type: 'CommaDelimitedList' } }, Resources: resource({ Ref: 'Logs' }) },
      'a member of the list is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: resource(['userlog', 'connectionlog', { Ref: 'Log' }]),
      },
    },
  },
});
