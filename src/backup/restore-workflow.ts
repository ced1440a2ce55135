import { NO_HOOK, type Settings, type Target } from './restore-messages';
import { AFTER_VALIDATION, call, caught, PERSISTENT, repeated, SETTLE, type State, type States } from './restore-states';
import { KINDS, type KindOfTest, type WorkflowFunctions } from './restore-workflow-kinds';

/** A validation of the user's own: a function, or another workflow. */
export interface WorkflowHook {
  readonly name: string;
  readonly functionArn?: string;
  readonly stateMachineArn?: string;
  readonly timeoutSeconds: number;
}

/** What a workflow is made from. */
export interface WorkflowOptions {
  readonly partition: string;
  readonly functions: WorkflowFunctions;
  readonly settings: Settings;
  readonly targets: readonly Target[];
  readonly hooks: readonly WorkflowHook[];
}

/** A test that takes longer is stopped, and another execution reports it. Buckets take days to be emptied. */
const LONGEST_SECONDS = 14 * 86_400;

/**
 * The workflow of a restore test, in the Amazon States Language.
 *
 * Whatever happens on the way, a test comes by `Settle`, where what was made for it is removed, then by `Report`, which tells AWS
 * Backup the result, and by `WriteTicket`. Every function gets all that is known, and adds to it.
 */
export function restoreWorkflow(options: WorkflowOptions) {
  const { functions, hooks } = options;
  const kinds = KINDS.filter(({ needs }) => needs.every((name) => functions[name] !== undefined));
  return {
    Comment: 'Checks what a restore test restored, reports the result once, and leaves a ticket',
    StartAt: 'Confirm',
    TimeoutSeconds: LONGEST_SECONDS,
    States: {
      Confirm: {
        ...call(functions.job, { ...jobCall('confirm', options), targets: options.targets }, '$.test'),
        Retry: PERSISTENT,
        Catch: caught('$.error', 'Report'),
        Next: 'WhoseAndWhat',
      },
      WhoseAndWhat: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.test.verdict', StringEquals: 'foreign', Next: 'NotOurs' },
          { Variable: '$.test.verdict', StringEquals: 'not restored', Next: 'Report' },
          { Variable: '$.test.verdict', StringEquals: 'interrupted', Next: SETTLE },
          ...kinds.map(({ kind, first }) => ({ Variable: '$.test.job.kind', StringEquals: kind, Next: first })),
        ],
        Default: AFTER_VALIDATION,
      },
      NotOurs: { Type: 'Succeed' },
      ...merged(kinds.map(({ states }) => states(functions, options.partition))),
      ...hookStates(options.partition, hooks),
      [SETTLE]: settle(kinds),
      ...ending(options),
    },
  };
}

/** Remove what validation made, by kind. */
function settle(kinds: readonly KindOfTest[]): State {
  const Choices = kinds.flatMap(({ kind, last }) =>
    last ? [{ Variable: '$.test.job.kind', StringEquals: kind, Next: last }] : [],
  );
  return Choices.length > 0 ? { Type: 'Choice', Choices, Default: 'Report' } : { Type: 'Pass', Next: 'Report' };
}

/** What was restored has to be deleted again; what was not, has not. */
const IS_RESTORED = { Not: { Variable: '$.report.result', StringEquals: 'NOT_RESTORED' } };

/** From the report to the end. */
function ending(options: WorkflowOptions): States {
  const { functions, settings } = options;
  const ticket = call(functions.ticket, { settings, 'state.$': '$', 'execution.$': '$$.Execution.Id' }, '$.ticket');
  return {
    Report: {
      ...call(functions.job, jobCall('report', options), '$.report'),
      Retry: PERSISTENT,
      Catch: caught('$.reportError', 'WriteTicket'),
      Next: 'IsItOurs',
    },
    IsItOurs: {
      Type: 'Choice',
      Choices: [{ Variable: '$.report.result', StringEquals: 'FOREIGN', Next: 'NotOurs' }],
      Default: 'WriteTicket',
    },
    WriteTicket: { ...ticket, Retry: PERSISTENT, Catch: caught('$.ticketError', 'WhatIsLeft'), Next: 'WhatIsLeft' },
    WhatIsLeft: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.reportError', IsPresent: true, Next: 'NotReported' },
        { And: [{ Variable: '$.restoreJobId', IsPresent: true }, IS_RESTORED], Next: 'CheckCleanUp' },
        { Variable: '$.ticketError', IsPresent: true, Next: 'NoTicket' },
      ],
      Default: 'Done',
    },
    ...repeated(
      'CheckCleanUp',
      { ...call(functions.job, jobCall('cleanUp', options), '$.cleanUp'), Retry: PERSISTENT },
      '$.cleanUp',
      'WriteLastTicket',
    ),
    WriteLastTicket: { ...ticket, Retry: PERSISTENT, Next: 'Done' },
    Done: { Type: 'Succeed' },
    NotReported: { Type: 'Fail', Error: 'NotReported', Cause: 'AWS Backup did not take the result of the test' },
    NoTicket: { Type: 'Fail', Error: 'NoTicket', Cause: 'The ticket of the test could not be written' },
  };
}

/** A hook is tried once: what it does may not be done twice. */
function hookStates(partition: string, hooks: readonly WorkflowHook[]): States {
  const states = hooks.map(({ name, functionArn, stateMachineArn, timeoutSeconds }) => {
    const input = { 'test.$': '$.test' };
    const task = functionArn
      ? call(functionArn, input, '$.hook')
      : {
          Type: 'Task',
          Resource: `arn:${partition}:states:::states:startExecution.sync:2`,
          Parameters: {
            StateMachineArn: stateMachineArn,
            Input: { ...input, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' },
          },
          ResultSelector: { 'output.$': '$.Output' },
          ResultPath: '$.hook',
        };
    return [name, { ...task, TimeoutSeconds: timeoutSeconds, Catch: caught('$.error', SETTLE), Next: SETTLE }] as const;
  });
  return {
    [AFTER_VALIDATION]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.test.target.hook', StringEquals: NO_HOOK, Next: SETTLE },
        ...hooks.map(({ name }) => ({ Variable: '$.test.target.hook', StringEquals: name, Next: name })),
      ],
      Default: SETTLE,
    },
    ...Object.fromEntries(states),
  };
}

function jobCall(step: string, { settings }: WorkflowOptions): State {
  return { step, settings, targets: [], 'state.$': '$' };
}

function merged(states: readonly States[]): States {
  return Object.assign({}, ...states);
}
