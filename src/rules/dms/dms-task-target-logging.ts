import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DMS_TASKS, mustLog, taskLogExamples } from '../shared/dms-task-logs';

const COMPONENTS = ['TARGET_APPLY', 'TARGET_LOAD'];

export default defineRule({
  id: 'DMS.4',
  slug: 'dms-task-target-logging',
  title: 'DMS tasks log what they write',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: Object.keys(DMS_TASKS),
  rationale: 'A row that the target refused is named in this log; without it, the copy is incomplete and nobody knows.',
  remediation:
    'Set `Logging.EnableLogging` to true in the settings of the task, and `TARGET_LOAD` and `TARGET_APPLY` to `LOGGER_SEVERITY_DEFAULT`.',
  references: ['Security Hub DMS.7', 'AWS Config DMS_REPLICATION_TASK_TARGETDB_LOGGING', 'NIST 800-53 AU-12'],
  check: (task) => mustLog(task, COMPONENTS),
  examples: taskLogExamples(COMPONENTS, 'SOURCE_UNLOAD'),
});
