import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const stream = (hours: Json) => ({
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, RetentionPeriodHours: hours } },
});

const WEEK = 168;

export default defineRule({
  id: 'Kinesis.2',
  slug: 'kinesis-stream-retention',
  title: 'Kinesis streams keep records for a week or longer',
  criteria: [Criterion.C1_2, Criterion.PI1_3, Criterion.A1_2],
  control: 'data-retention',
  severity: 'warning',
  resourceTypes: ['AWS::Kinesis::Stream'],
  rationale:
    'A consumer that fails on a Friday evening has lost data by Monday when the stream keeps a day: records cannot be read again.',
  remediation: 'Set `retentionPeriod: Duration.days(7)` or longer on the `Stream`. Longer than a day is billed.',
  references: ['Security Hub Kinesis.3', 'AWS Config KINESIS_STREAM_BACKUP_RETENTION_CHECK', 'NIST 800-53 SI-12'],
  check: (stream) => stream.at('RetentionPeriodHours').mustBeAtLeast(WEEK),
  examples: {
    pass: { 'records are kept for a week': stream(WEEK), 'records are kept for a month': stream('720') },
    fail: {
      'nothing is said, which is a day': stream({ Ref: 'AWS::NoValue' }),
      'records are kept for two days': stream(48),
      'records are kept for a day in one branch of a condition': byStage(stream, WEEK, 24),
    },
    undetermined: { 'the hours are a parameter': byParameter(stream) },
  },
});
