import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DMS_TASKS, mustLog, taskLogExamples } from '../shared/dms-task-logs';

const COMPONENTS = ['SOURCE_CAPTURE', 'SOURCE_UNLOAD'];

export default defineRule({
  id: 'DMS.3',
  slug: 'dms-task-source-logging',
  title: 'DMS tasks log what they read',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: Object.keys(DMS_TASKS),
  rationale: 'Whether every row was read, and every change since, can be answered from this log only.',
  remediation:
    'Set `Logging.EnableLogging` to true in the settings of the task, and `SOURCE_UNLOAD` and `SOURCE_CAPTURE` to `LOGGER_SEVERITY_DEFAULT`.',
  references: ['Security Hub DMS.8', 'AWS Config DMS_REPLICATION_TASK_SOURCEDB_LOGGING', 'NIST 800-53 AU-12'],
  check: (task) => mustLog(task, COMPONENTS),
  examples: taskLogExamples(COMPONENTS, 'TARGET_LOAD'),
});
