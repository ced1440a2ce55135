import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const group = (properties: object, type = 'AWS::Logs::LogGroup') => ({ Group: { Type: type, Properties: { ...properties } } });

/** The periods of a year and more that CloudWatch Logs knows; it takes no others. */
const LONG_ENOUGH = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export default defineRule({
  id: 'Logs.2',
  slug: 'log-group-retention',
  title: 'Log groups keep their events for a year or longer',
  criteria: [Criterion.C1_2, Criterion.CC7_2, Criterion.CC7_3],
  control: 'log-retention',
  // Which logs are evidence, and for how long, is a decision of the organisation: a shorter life is no exception by itself.
  severity: 'warning',
  // The custom resource is what CDK uses for log groups that a service creates, such as those of Lambda functions.
  resourceTypes: ['AWS::Logs::LogGroup', 'Custom::LogRetention'],
  // Log groups of the delivery class pass events on to a bucket or a stream, and keep them for a day whatever is asked.
  applies: (group) => group.at('LogGroupClass').string !== 'DELIVERY',
  rationale:
    'An audit looks back over a year, and intrusions are often found months later: by then the logs must still be there.',
  remediation: 'Set `retention` of the `LogGroup` to `RetentionDays.ONE_YEAR` or longer.',
  references: [
    'Security Hub CloudWatch.16',
    'AWS Config CW_LOGGROUP_RETENTION_PERIOD_CHECK',
    'checkov CKV_AWS_338',
    'NIST 800-53 AU-11',
  ],
  check: (group) =>
    group
      .at('RetentionInDays')
      .must('365 days or a longer period that CloudWatch Logs offers', ({ number }) => LONG_ENOUGH.includes(number!), {
        absent: 'CloudWatch Logs keeps events for ever when no period is set',
      }),
  examples: {
    pass: {
      'events are kept for a year': group({ RetentionInDays: 365 }),
      'events are kept for ten years': group({ RetentionInDays: '3653' }),
      'events never expire': group({}),
      'the log group of a function is kept for a year': group({ RetentionInDays: 365 }, 'Custom::LogRetention'),
    },
    fail: {
      'events are kept for half a year': group({ RetentionInDays: 180 }),
      'the log group of a function is kept for a week': group({ RetentionInDays: 7 }, 'Custom::LogRetention'),
      'a period that CloudWatch Logs does not offer': group({ RetentionInDays: 366 }),
      'a default of a parameter is too short': {
        Parameters: { Days: { Type: 'Number', Default: 90 } },
        Resources: group({ RetentionInDays: { Ref: 'Days' } }),
      },
    },
    undetermined: {
      'the period is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: group({ RetentionInDays: { Ref: 'Days' } }),
      },
    },
  },
});
