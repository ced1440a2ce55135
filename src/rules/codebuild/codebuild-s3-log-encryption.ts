import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const logs = (more: Record<string, Json>) =>
  project({ LogsConfig: { S3Logs: { Status: 'ENABLED', Location: 'logs/builds', ...more } } });

export default defineRule({
  id: 'CodeBuild.6',
  slug: 'codebuild-s3-log-encryption',
  title: 'Logs of builds in S3 are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project'],
  applies: (project) =>
    !project.at('LogsConfig.S3Logs.Status').isAbsent && project.at('LogsConfig.S3Logs.Status').string !== 'DISABLED',
  rationale: 'Logs of builds name machines, accounts and at times secrets; encrypted, they open only to whoever may use the key.',
  remediation: 'Set `encrypted: true` in `logging: { s3: … }`.',
  references: ['Security Hub CodeBuild.3', 'AWS Config CODEBUILD_PROJECT_S3_LOGS_ENCRYPTED', 'Control Tower CT.CODEBUILD.PR.6'],
  check: (project) =>
    project.at('LogsConfig.S3Logs.EncryptionDisabled').mustBe(false, {
      absent: 'CodeBuild encrypts logs in S3 when the project does not say',
    }),
  examples: {
    pass: { 'encryption is not mentioned': logs({}), 'encryption is not disabled': logs({ EncryptionDisabled: false }) },
    fail: {
      'encryption is disabled': logs({ EncryptionDisabled: true }),
      'it is disabled, by a text': logs({ EncryptionDisabled: 'true' }),
    },
    undetermined: { 'it is a parameter': withParameter('Plain', logs({ EncryptionDisabled: { Ref: 'Plain' } })) },
  },
});
