import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { GLUE_RUNS, glueJob, mustEncrypt, securedJob } from '../shared/glue-security';

const job = (CloudWatchEncryptionMode: Json, properties: object = {}) =>
  securedJob({ CloudWatchEncryption: { CloudWatchEncryptionMode } }, properties);

export default defineRule({
  id: 'Glue.2',
  slug: 'glue-logs-encryption',
  title: 'Logs of Glue jobs and crawlers are encrypted with a KMS key',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'log-protection',
  severity: 'warning',
  resourceTypes: Object.keys(GLUE_RUNS),
  rationale: 'Jobs print rows that they cannot convert; their logs then hold the data, readable for whoever may read logs.',
  remediation: 'Give the job a `securityConfiguration` with `cloudWatchEncryption: CloudWatchEncryption.kms(key)`.',
  references: [
    'Prowler glue_etl_jobs_cloudwatch_logs_encryption_enabled',
    'cdk-nag GlueEncryptedCloudWatchLogs',
    'Checkov CKV_AWS_99',
  ],
  check: (run) => mustEncrypt(run, (encryption) => encryption.at('CloudWatchEncryption.CloudWatchEncryptionMode'), ['SSE-KMS']),
  examples: {
    pass: {
      'logs are encrypted': job('SSE-KMS'),
      'the security configuration is called by its name': job('SSE-KMS', { SecurityConfiguration: 'secure' }),
    },
    fail: {
      'there is no security configuration': glueJob({}),
      'a crawler has no security configuration': { Crawler: { Type: 'AWS::Glue::Crawler', Properties: {} } },
      'encryption of logs is off': job('DISABLED'),
      'the security configuration is about objects only': securedJob({ S3Encryptions: [{ S3EncryptionMode: 'SSE-KMS' }] }),
    },
    undetermined: { 'the mode is a parameter': byParameter((mode) => job(mode)) },
  },
});
