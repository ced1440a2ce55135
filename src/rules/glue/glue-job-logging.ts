import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { argumentOf, glueJob } from '../shared/glue-security';

const FLAG = '--enable-continuous-cloudwatch-log';
const SPARK: readonly (string | undefined)[] = ['glueetl', 'gluestreaming', undefined];
const job = (flag: Json) => glueJob({ GlueVersion: '4.0', DefaultArguments: { [FLAG]: flag } });

export default defineRule({
  id: 'Glue.3',
  slug: 'glue-job-logging',
  title: 'Glue jobs write their log while they run',
  criteria: [Criterion.CC7_2, Criterion.PI1_3],
  control: 'application-logging',
  severity: 'warning',
  resourceTypes: ['AWS::Glue::Job'],
  rationale:
    'A job of an earlier version that is killed takes with it what it did not write down; nobody can say which rows it got to.',
  remediation:
    'Leave `continuousLogging` of the job as it is, or set `enabled: true`; or use Glue 5.0 or later, which always logs.',
  references: ['Security Hub Glue.2', 'AWS Config GLUE_JOB_LOGGING_ENABLED', 'Prowler glue_etl_jobs_logging_enabled'],
  /** Other kinds of jobs do not know the flag. */
  applies: (job) => SPARK.includes(job.at('Command.Name').string),
  check: (job) => {
    const flag = argumentOf(job, FLAG);
    const version = job.at('GlueVersion');
    const findings = flag.mustBe(true);
    if (findings.length === 0 || (version.number ?? 5) < 5) return findings;
    if (version.isUnknown) return [version.undetermined('at least 5.0, or continuous logging')];
    const text = 'Glue 5.0 and later, the default, write the log while a job runs, whatever the flag says';
    return [{ kind: 'note', resource: job, path: version.path, text }];
  },
  examples: {
    pass: {
      'the log is written at once': job('true'),
      'the flag cannot be overridden': glueJob({ NonOverridableArguments: { [FLAG]: 'TRUE' } }),
      'the version always logs': glueJob({ GlueVersion: '5.0' }),
      'the latest version runs the job': glueJob({}),
    },
    fail: { 'nothing is said about logging': glueJob({ GlueVersion: '4.0' }), 'logging is off': job('false') },
    undetermined: {
      'whether the job logs is a parameter': byParameter(job),
      'the version is a parameter': byParameter((GlueVersion) => glueJob({ GlueVersion })),
    },
  },
});
