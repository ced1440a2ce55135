import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const logs = (CloudWatchLogs: Json, S3Logs?: Json) => project({ LogsConfig: { CloudWatchLogs, ...(S3Logs && { S3Logs }) } });

export default defineRule({
  id: 'CodeBuild.3',
  slug: 'codebuild-logging',
  title: 'Builds are logged',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project'],
  rationale: 'The log of a build is what shows which tests ran and which command changed production.',
  remediation: 'Set `logging: { cloudWatch: { enabled: true } }`, or leave `logging` out.',
  references: [
    'Security Hub CodeBuild.4',
    'AWS Config CODEBUILD_PROJECT_LOGGING_ENABLED',
    'Control Tower CT.CODEBUILD.PR.3',
    'checkov CKV_AWS_314',
  ],
  check: (project) => {
    const cloudWatch = project.at('LogsConfig.CloudWatchLogs.Status').mustBe('ENABLED', {
      absent: 'CodeBuild logs to CloudWatch when the project does not say',
    });
    const s3 = project.at('LogsConfig.S3Logs.Status').mustBe('ENABLED');
    if (cloudWatch.every(({ kind }) => kind === 'note')) return cloudWatch;
    return anyOf([cloudWatch, s3], () => cloudWatch[0]);
  },
  examples: {
    pass: {
      'logs are not mentioned': project(),
      'builds log to CloudWatch': logs({ Status: 'ENABLED' }),
      'builds log to S3': logs({ Status: 'DISABLED' }, { Status: 'ENABLED', Location: 'logs/builds' }),
    },
    fail: {
      'builds do not log': logs({ Status: 'DISABLED' }),
      'builds log nowhere': logs({ Status: 'DISABLED' }, { Status: 'DISABLED' }),
    },
    undetermined: { 'it is a parameter': withParameter('Logs', logs({ Status: { Ref: 'Logs' } })) },
  },
});
