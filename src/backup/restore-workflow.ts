import { type Kind, NO_HOOK, type Settings, type Target } from './restore-messages';

/** The functions of a workflow, by what they do; those of kinds that are not tested are not there. */
export type WorkflowFunctions = Readonly<Partial<Record<WorkflowFunction, string>>> & Readonly<Record<'job' | 'ticket', string>>;
export type WorkflowFunction = 'job' | 'ticket' | 'aurora' | 'database' | 'data' | 'dynamodb' | 's3' | 'ebs' | 'ec2' | 'efs';

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

type State = Readonly<Record<string, unknown>>;
type States = Readonly<Record<string, State>>;

/** Where every test goes that has nothing more to look at, or where something went wrong. */
const SETTLE = 'Settle';
const AFTER_VALIDATION = 'IsThereAHook';

/** So long a function runs at most; the workflow waits a little longer. */
const FUNCTION_SECONDS = 930;

/** A test that takes longer is stopped, and another execution reports it. Buckets take days to be emptied. */
const LONGEST_SECONDS = 14 * 86_400;

/** Calls of AWS that fail are tried again; a wait that is over, or a function that ran out of time, is not tried for hours. */
const RETRY = [
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

/** What must not be lost is tried for about an hour. */
const PERSISTENT = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    MaxAttempts: 12,
    BackoffRate: 2,
    MaxDelaySeconds: 600,
    JitterStrategy: 'FULL',
  },
];

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
      ...merged(kinds.map(({ states }) => states(functions))),
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

interface KindOfTest {
  readonly kind: Kind;
  readonly needs: readonly WorkflowFunction[];
  /** The state that begins its validation. */
  readonly first: string;
  /** The state that removes what validation made. */
  readonly last?: string;
  readonly states: (functions: WorkflowFunctions) => States;
}

/** A kind whose one function looks at everything. */
function simple(kind: Kind, name: WorkflowFunction, last?: KindOfTest['last']): KindOfTest {
  const first = `Validate${kind}`;
  const states = (functions: WorkflowFunctions) =>
    repeated(first, validator(functions[name]!, '$.settings'), '$.settings', AFTER_VALIDATION);
  return { kind, needs: [name], first, ...(last && { last }), states };
}

/** The settings of a database, then what is in it. */
function database(kind: 'RDS' | 'Aurora', functions: WorkflowFunctions): States {
  const look = `LookInto${kind}`;
  const isThereData = `IsThereDataOf${kind}`;
  return {
    ...repeated(
      `CheckSettingsOf${kind}`,
      validator(functions.database!, '$.settings'),
      '$.settings',
      functions.data ? isThereData : AFTER_VALIDATION,
    ),
    ...(functions.data && {
      [isThereData]: {
        Type: 'Choice',
        Choices: [{ Variable: '$.test.target.expect.data', IsPresent: true, Next: look }],
        Default: AFTER_VALIDATION,
      },
      [look]: { ...validator(functions.data, '$.data'), Next: AFTER_VALIDATION },
    }),
  };
}

const KINDS: readonly KindOfTest[] = [
  { kind: 'RDS', needs: ['database'], first: 'CheckSettingsOfRDS', states: (functions) => database('RDS', functions) },
  {
    kind: 'Aurora',
    needs: ['aurora', 'database'],
    first: 'AddInstance',
    last: 'RemoveInstance',
    states: (functions) => ({
      ...repeated('AddInstance', stepOf(functions.aurora!, 'add', '$.instance'), '$.instance', 'CheckSettingsOfAurora'),
      ...database('Aurora', functions),
      ...removal('RemoveInstance', functions.aurora!),
    }),
  },
  simple('DynamoDB', 'dynamodb'),
  simple('S3', 's3'),
  {
    ...simple('EBS', 'ebs', 'EraseSnapshot'),
    states: (functions) => ({
      ...simple('EBS', 'ebs').states(functions),
      ...removal('EraseSnapshot', functions.ebs!),
    }),
  },
  simple('EC2', 'ec2'),
  simple('EFS', 'efs'),
];

function removal(name: string, functionArn: string): States {
  const remove = call(functionArn, { step: 'remove', 'test.$': '$.test' }, '$.removal');
  return repeated(name, { ...remove, Retry: RETRY, Catch: caught('$.removalError', 'Report') }, '$.removal', 'Report');
}

function stepOf(functionArn: string, step: string, ResultPath: string): State {
  return { ...call(functionArn, { step, 'test.$': '$.test' }, ResultPath), Retry: RETRY, Catch: caught('$.error', SETTLE) };
}

function validator(functionArn: string, ResultPath: string): State {
  const { Parameters, ...task } = call(functionArn, {}, ResultPath);
  return { ...task, Retry: RETRY, Catch: caught('$.error', SETTLE) };
}

/** A task that is run until it says that it is done. */
function repeated(name: string, task: State, path: string, next: string): States {
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

function call(functionArn: string, Parameters: State, ResultPath: string): State {
  return { Type: 'Task', Resource: functionArn, Parameters, ResultPath, TimeoutSeconds: FUNCTION_SECONDS };
}

function jobCall(step: string, { settings }: WorkflowOptions): State {
  return { step, settings, targets: [], 'state.$': '$' };
}

function caught(ResultPath: string, Next: string) {
  return [{ ErrorEquals: ['States.ALL'], ResultPath, Next }];
}

function merged(states: readonly States[]): States {
  return Object.assign({}, ...states);
}
