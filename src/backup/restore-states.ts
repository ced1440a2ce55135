/** Parts of workflows, in the Amazon States Language. */

export type State = Readonly<Record<string, unknown>>;
export type States = Readonly<Record<string, State>>;

/** Where every test goes that has nothing more to look at, or where something went wrong. */
export const SETTLE = 'Settle';
export const AFTER_VALIDATION = 'IsThereAHook';

/** So long a function runs at most; the workflow waits a little longer. */
export const FUNCTION_SECONDS = 930;

/** Calls of AWS that fail are tried again; a wait that is over, or a function that ran out of time, is not tried for hours. */
export const RETRY = [
  { ErrorEquals: ['TooLate'], MaxAttempts: 0 },
  { ErrorEquals: ['States.Timeout', 'Sandbox.Timedout'], IntervalSeconds: 10, MaxAttempts: 1, BackoffRate: 1 },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    MaxAttempts: 4,
    BackoffRate: 2,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
];

/**
 * A function inside of a network that nobody called for weeks has no connection any more, and what it mounts may be new: its calls
 * fail until it has, for minutes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const RETRY_IN_NETWORK = [
  ...RETRY.slice(0, 2),
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 20, MaxAttempts: 8, BackoffRate: 1.5, MaxDelaySeconds: 120 },
];

/** What must not be lost is tried for about an hour. */
export const PERSISTENT = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    MaxAttempts: 12,
    BackoffRate: 2,
    MaxDelaySeconds: 600,
    JitterStrategy: 'FULL',
  },
];

export function call(functionArn: string, Parameters: State, ResultPath: string): State {
  return { Type: 'Task', Resource: functionArn, Parameters, ResultPath, TimeoutSeconds: FUNCTION_SECONDS };
}

export function caught(ResultPath: string, Next: string) {
  return [{ ErrorEquals: ['States.ALL'], ResultPath, Next }];
}

/** A task that is run until it says that it is done. */
export function repeated(name: string, task: State, path: string, next: string): States {
  return {
    [name]: { ...task, Next: `Is${name}Done` },
    [`Is${name}Done`]: {
      Type: 'Choice',
      Choices: [{ Variable: `${path}.done`, BooleanEquals: true, Next: next }],
      Default: `WaitFor${name}`,
    },
    [`WaitFor${name}`]: { Type: 'Wait', SecondsPath: `${path}.wait`, Next: name },
  };
}
