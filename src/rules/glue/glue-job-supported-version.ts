import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';
import { glueJob } from '../shared/glue-security';
import { isOneOf } from '../shared/ternary';

const job = (GlueVersion: Json) => glueJob({ GlueVersion });

export default defineRule({
  id: 'Glue.8',
  slug: 'glue-job-supported-version',
  title: 'Spark jobs of Glue run on a version that AWS looks after',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::Glue::Job'],
  rationale: 'Versions before 3.0 get no security fixes any more, and they read whatever files others send.',
  remediation: 'Set `glueVersion: GlueVersion.V5_0` on the job, after a run on test data.',
  references: ['Security Hub Glue.4', 'AWS Config GLUE_SPARK_JOB_SUPPORTED_VERSION', 'NIST 800-53 SI-2'],
  ...about(
    (job) => isOneOf(job.at('Command.Name'), ['glueetl', 'gluestreaming']),
    (job) => job.at('GlueVersion').mustBeAtLeast(3, { absent: 'a job that names no version runs on the latest' }),
  ),
  examples: {
    pass: { 'the version is looked after': job('5.0'), 'the latest version runs the job': glueJob({}) },
    fail: { 'the version is out of support': job('2.0'), 'the version is one of the first': job('0.9') },
    undetermined: { 'the version is a parameter': byParameter(job) },
  },
});
