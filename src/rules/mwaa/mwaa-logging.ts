import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const LOGS = ['DagProcessingLogs', 'SchedulerLogs', 'TaskLogs', 'WebserverLogs', 'WorkerLogs'];
const environment = (LoggingConfiguration: JsonObject) => ({
  Airflow: { Type: 'AWS::MWAA::Environment', Properties: { Name: 'nightly', LoggingConfiguration } },
});
const ALL: JsonObject = Object.fromEntries(LOGS.map((log) => [log, { Enabled: true, LogLevel: 'INFO' }]));
const tasks = (Enabled: Json) => environment({ ...ALL, TaskLogs: { Enabled } });

export default defineRule({
  id: 'MWAA.3',
  slug: 'mwaa-logging',
  title: 'Airflow environments write all of their logs',
  criteria: [Criterion.CC7_2, Criterion.PI1_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::MWAA::Environment'],
  rationale: 'What ran, what failed and who started it: each of these is in one of the five logs only.',
  remediation: 'Set `enabled: true` and `logLevel: "INFO"` for all five logs in `loggingConfiguration`.',
  references: ['ElectricEye MWAA.3', 'cdk-nag MWAAAllLoggingInfo', 'Checkov CKV_AWS_242', 'NIST 800-53 AU-12'],
  check: (environment) => {
    const logging = environment.at('LoggingConfiguration');
    if (logging.isAbsent || logging.isUnknown) return logging.mustBeSet('all five logs');
    return LOGS.flatMap((log) => logging.at(log).at('Enabled').mustBe(true));
  },
  examples: {
    pass: { 'all logs are on': environment(ALL) },
    fail: {
      'logs are not mentioned': { Airflow: { Type: 'AWS::MWAA::Environment', Properties: { Name: 'nightly' } } },
      'one log is off': tasks(false),
      'one log is not mentioned': environment({ TaskLogs: { Enabled: true } }),
    },
    undetermined: { 'whether a log is on is a parameter': byParameter(tasks) },
  },
});
