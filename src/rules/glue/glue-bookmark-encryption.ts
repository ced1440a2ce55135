import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { argumentOf, glueJob, mustEncrypt, securedJob } from '../shared/glue-security';

const ENABLED = { DefaultArguments: { '--job-bookmark-option': 'job-bookmark-enable' } };
const job = (JobBookmarksEncryptionMode: Json) => securedJob({ JobBookmarksEncryption: { JobBookmarksEncryptionMode } }, ENABLED);

export default defineRule({
  id: 'Glue.4',
  slug: 'glue-bookmark-encryption',
  title: 'Bookmarks of Glue jobs are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::Glue::Job'],
  rationale: 'A bookmark says how far a job has come, by keys and timestamps that are taken from the data.',
  remediation: 'Give the job a `securityConfiguration` with `jobBookmarksEncryption: JobBookmarksEncryption.clientSideKms(key)`.',
  references: ['ElectricEye Glue.3', 'cdk-nag GlueJobBookmarkEncrypted', 'Checkov CKV_AWS_99'],
  /** A job keeps no bookmarks unless it is told to. */
  applies: (job) => {
    const option = argumentOf(job, '--job-bookmark-option');
    return !option.isAbsent && option.string !== 'job-bookmark-disable';
  },
  check: (job) =>
    mustEncrypt(job, (encryption) => encryption.at('JobBookmarksEncryption.JobBookmarksEncryptionMode'), ['CSE-KMS']),
  examples: {
    pass: { 'bookmarks are encrypted': job('CSE-KMS') },
    fail: {
      'there is no security configuration': glueJob(ENABLED),
      'encryption of bookmarks is off': job('DISABLED'),
      'bookmarks are not mentioned': securedJob({}, ENABLED),
    },
    undetermined: { 'the mode is a parameter': byParameter(job) },
  },
});
