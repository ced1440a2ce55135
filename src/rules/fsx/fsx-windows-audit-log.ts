import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';
import { isOneOf } from '../shared/ternary';

const windows = (FileAccessAuditLogLevel: Json) => ({
  Files: {
    Type: 'AWS::FSx::FileSystem',
    Properties: { FileSystemType: 'WINDOWS', WindowsConfiguration: { AuditLogConfiguration: { FileAccessAuditLogLevel } } },
  },
});

export default defineRule({
  id: 'FSx.3',
  slug: 'fsx-windows-audit-log',
  title: 'FSx file systems for Windows record who opens files, and who is refused',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::FSx::FileSystem'],
  rationale: 'CloudTrail does not see what users do with files; this log is the only answer to who read them.',
  remediation:
    'Set `auditLogConfiguration: { fileAccessAuditLogLevel: "SUCCESS_AND_FAILURE" }`, and audit entries on the folders that matter.',
  references: ['AWS Well-Architected SEC04-BP01', 'NIST 800-53 AU-12'],
  ...about(
    (fileSystem) => isOneOf(fileSystem.at('FileSystemType'), ['WINDOWS']),
    (fileSystem) =>
      fileSystem
        .at('WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel')
        .mustBe(['SUCCESS_AND_FAILURE', 'FAILURE_ONLY', 'SUCCESS_ONLY']),
  ),
  examples: {
    pass: { 'all access is recorded': windows('SUCCESS_AND_FAILURE'), 'refusals are recorded': windows('FAILURE_ONLY') },
    fail: {
      'nothing is said about a log': {
        Files: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'WINDOWS', WindowsConfiguration: {} } },
      },
      'the log is switched off': windows('DISABLED'),
    },
    undetermined: { 'the level is a parameter': byParameter(windows) },
  },
});
