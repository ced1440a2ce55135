import type { Kind } from './restore-messages';
import {
  AFTER_VALIDATION,
  call,
  caught,
  FUNCTION_SECONDS,
  RETRY,
  RETRY_IN_NETWORK,
  repeated,
  SETTLE,
  type State,
  type States,
} from './restore-states';

/** The functions of a workflow, by what they do; those of kinds that are not tested are not there. */
export type WorkflowFunctions = Readonly<Partial<Record<WorkflowFunction, string>>> & Readonly<Record<'job' | 'ticket', string>>;
export type WorkflowFunction = 'job' | 'ticket' | 'aurora' | 'database' | 'data' | 'dynamodb' | 's3' | 'ebs' | 'ec2' | 'efs';

/** How a kind of resource is validated. */
export interface KindOfTest {
  readonly kind: Kind;
  readonly needs: readonly WorkflowFunction[];
  /** The state that begins its validation. */
  readonly first: string;
  /** The state that removes what validation made. */
  readonly last?: string;
  readonly states: (functions: WorkflowFunctions, partition: string) => States;
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
      [look]: { ...validator(functions.data, '$.data'), Retry: RETRY_IN_NETWORK, Next: AFTER_VALIDATION },
    }),
  };
}

export const KINDS: readonly KindOfTest[] = [
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
    states: (functions, partition) => ({
      ...simple('EBS', 'ebs').states(functions, partition),
      ...removal('EraseSnapshot', functions.ebs!),
    }),
  },
  simple('EC2', 'ec2'),
  {
    kind: 'EFS',
    needs: ['efs'],
    first: 'ValidateEFS',
    last: 'UnmountFiles',
    states: ({ efs }, partition) => ({
      ...repeated('ValidateEFS', validator(efs!, '$.settings'), '$.settings', 'AreThereFiles'),
      AreThereFiles: {
        Type: 'Choice',
        Choices: [{ Variable: '$.test.target.expect.files', IsPresent: true, Next: 'MountFiles' }],
        Default: AFTER_VALIDATION,
      },
      ...repeated('MountFiles', stepOf(efs!, 'mount', '$.mount', { 'state.$': '$' }), '$.mount', 'LookIntoFiles'),
      LookIntoFiles: lookIntoFiles(partition),
      ...removal('UnmountFiles', efs!),
    }),
  },
];

/** Which function reads follows from the test: each has one of its own. */
function lookIntoFiles(partition: string): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { 'FunctionName.$': '$.test.target.expect.files.reader', Payload: { 'test.$': '$.test' } },
    ResultSelector: { 'done.$': '$.Payload.done', 'wait.$': '$.Payload.wait', 'checks.$': '$.Payload.checks' },
    ResultPath: '$.files',
    TimeoutSeconds: FUNCTION_SECONDS,
    Retry: RETRY_IN_NETWORK,
    Catch: caught('$.error', SETTLE),
    Next: AFTER_VALIDATION,
  };
}

function removal(name: string, functionArn: string): States {
  const remove = call(functionArn, { step: 'remove', 'test.$': '$.test' }, '$.removal');
  return repeated(name, { ...remove, Retry: RETRY, Catch: caught('$.removalError', 'Report') }, '$.removal', 'Report');
}

function stepOf(functionArn: string, step: string, ResultPath: string, more: State = {}): State {
  return {
    ...call(functionArn, { step, 'test.$': '$.test', ...more }, ResultPath),
    Retry: RETRY,
    Catch: caught('$.error', SETTLE),
  };
}

function validator(functionArn: string, ResultPath: string): State {
  const { Parameters, ...task } = call(functionArn, {}, ResultPath);
  return { ...task, Retry: RETRY, Catch: caught('$.error', SETTLE) };
}
