import { UNFINISHED } from './collection-messages';

/** Parts that are collected at the same time. */
const AT_ONCE = 4;

/** Faults of Lambda itself, which go away. */
const PASSING = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 5,
  MaxAttempts: 6,
  BackoffRate: 2,
};

/**
 * A run in the language of Step Functions: plan, collect every part, close.
 *
 * A part goes on in further invocations until it is done, for one function may run for 15 minutes only. What fails is tried again from
 * where it was; what fails for good is left open, and the manifest says so, before the run itself fails.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export function collectionWorkflow(functionArn: string): object {
  const invoke = (more: object) => ({ Type: 'Task', Resource: functionArn, TimeoutSeconds: 960, ...more });
  return {
    StartAt: 'Plan',
    States: {
      Plan: invoke({ Retry: [PASSING], Next: 'CollectAll' }),
      CollectAll: {
        Type: 'Map',
        ItemsPath: '$.parts',
        ItemSelector: {
          step: 'collect',
          'run.$': '$.run',
          'collector.$': '$$.Map.Item.Value.collector',
          'region.$': '$$.Map.Item.Value.region',
        },
        MaxConcurrency: AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Collect',
          States: {
            Collect: invoke({
              ResultPath: '$.progress',
              Retry: [
                PASSING,
                {
                  ErrorEquals: [UNFINISHED, 'States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown'],
                  IntervalSeconds: 120,
                  MaxAttempts: 2,
                  BackoffRate: 3,
                },
              ],
              Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.problem', Next: 'LeaveOpen' }],
              Next: 'IsItDone',
            }),
            IsItDone: {
              Type: 'Choice',
              Choices: [{ Variable: '$.progress.done', BooleanEquals: true, Next: 'Collected' }],
              Default: 'Collect',
            },
            Collected: { Type: 'Pass', Result: {}, End: true },
            LeaveOpen: { Type: 'Pass', Result: {}, End: true },
          },
        },
        ResultPath: null,
        Next: 'Close',
      },
      Close: invoke({
        Parameters: { step: 'close', 'run.$': '$.run', 'parts.$': '$.parts' },
        Retry: [PASSING],
        Next: 'IsAllThere',
      }),
      IsAllThere: {
        Type: 'Choice',
        Choices: [{ Variable: '$.missing', NumericGreaterThan: 0, Next: 'SomethingIsMissing' }],
        Default: 'AllIsThere',
      },
      SomethingIsMissing: {
        Type: 'Fail',
        Error: 'EvidenceIsMissing',
        Cause: 'Not everything could be collected. The manifest of the run, collection.json, says what is missing and why.',
      },
      AllIsThere: { Type: 'Succeed' },
    },
  };
}
