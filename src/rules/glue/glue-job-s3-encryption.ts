import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { argumentOf, GLUE_RUNS, glueJob, mustEncrypt, securedJob } from '../shared/glue-security';

const job = (S3EncryptionMode: Json, properties: object = {}) =>
  securedJob({ S3Encryptions: [{ S3EncryptionMode }] }, properties);

export default defineRule({
  id: 'Glue.1',
  slug: 'glue-job-s3-encryption',
  title: 'Glue jobs and crawlers say how what they write to S3 is encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  // S3 encrypts new objects in any case: what is at stake is with whose key.
  severity: 'warning',
  resourceTypes: Object.keys(GLUE_RUNS),
  rationale:
    'A job writes copies of data, temporary ones among them, to buckets that nobody thought of when the data was classified.',
  remediation: 'Give the job a `securityConfiguration` with `s3Encryption: S3Encryption.kms(key)`.',
  references: ['Prowler glue_etl_jobs_amazon_s3_encryption_enabled', 'Control Tower CT.GLUE.PR.1', 'Checkov CKV_AWS_195'],
  check: (run) =>
    argumentOf(run, '--encryption-type').string === 'sse-s3'
      ? []
      : mustEncrypt(run, (encryption) => encryption.at('S3Encryptions').at('0.S3EncryptionMode'), ['SSE-KMS', 'SSE-S3']),
  examples: {
    pass: {
      'objects are encrypted with a KMS key': job('SSE-KMS'),
      'objects are encrypted with a key of S3': job('SSE-S3'),
      'the security configuration is called by its name': job('SSE-KMS', { SecurityConfiguration: 'secure' }),
      'an argument of the job says it': glueJob({ DefaultArguments: { '--encryption-type': 'sse-s3' } }),
      'a crawler has a security configuration': {
        ...job('SSE-KMS'),
        Crawler: { Type: 'AWS::Glue::Crawler', Properties: { CrawlerSecurityConfiguration: { Ref: 'Security' } } },
      },
    },
    fail: {
      'there is no security configuration': glueJob({}),
      'a crawler has no security configuration': { Crawler: { Type: 'AWS::Glue::Crawler', Properties: {} } },
      'encryption is off': job('DISABLED'),
      'the security configuration is about logs only': securedJob({
        CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS' },
      }),
    },
    undetermined: {
      'the mode is a parameter': byParameter((mode) => job(mode)),
      'the security configuration is of another template': glueJob({ SecurityConfiguration: 'shared' }),
    },
  },
});
