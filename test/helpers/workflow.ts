import type { CloudFormationTemplate } from './construct';

// The interpreter is written for Node.js 22, which has this.
(Promise as { withResolvers?: unknown }).withResolvers ??= <T>() => {
  let resolve: ((value: T) => void) | undefined;
  let reject: ((reason: unknown) => void) | undefined;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
};

type Json = ReturnType<typeof JSON.parse>;

/** What is used of the interpreter. Its types are those of a module of another kind than ours. */
interface Interpreter {
  readonly StateMachine: new (
    definition: Json,
  ) => {
    run(
      input: Json,
      options: Json,
    ): { readonly abort: () => void; readonly result: Promise<Json>; readonly eventLogs: AsyncIterable<Json> };
  };
}

const { StateMachine }: Interpreter = require('aws-local-stepfunctions');

/** A function of the template, by a part of its logical id. */
export type Handlers = Readonly<Record<string, (input: Json, state: string) => Promise<unknown>>>;

/** How an execution went. */
export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output?: Json;
  readonly error?: string;
  /** The states that it came by. */
  readonly states: readonly string[];
}

/** The definition of the one workflow of a template, as Step Functions gets it, with ARNs for what only deployment knows. */
export function definitionIn({ Resources: resources }: CloudFormationTemplate): Json {
  const [{ Properties: properties }] = Object.values(resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
  return JSON.parse(textOf(properties.DefinitionString));
}

/** The text that an intrinsic becomes. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
  if (value.Ref === 'AWS::Partition') return 'aws';
  if (value.Ref) return `ref-${value.Ref}`;
  const [logicalId, attribute] = value['Fn::GetAtt'];
  return attribute === 'Arn' || attribute.endsWith('Arn')
    ? `arn:aws:lambda:eu-west-1:111122223333:function:${logicalId}`
    : `${logicalId}.${attribute}`;
}

/**
 * Run a definition by an interpreter of the Amazon States Language. Waits and pauses take no time, and tasks time out after
 * `timeoutSeconds`.
 */
export function execute(definition: Json, input: Json, handlers: Handlers, { id = 'execution', timeoutSeconds = 20 } = {}) {
  // Objects of the realm of the test runner: the interpreter looks into parameters of no others.
  const scaled = JSON.parse(JSON.stringify(definition));
  const states = statesIn(scaled);
  const tasks = states.filter(([, { Type: type }]) => type === 'Task');
  for (const [, task] of tasks) task.TimeoutSeconds = timeoutSeconds;
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(tasks.map(([name, task]) => [name, handlerOf(task.Resource, name, handlers)])),
    waitTimeOverrides: Object.fromEntries(states.filter(([, { Type: type }]) => type === 'Wait').map(([name]) => [name, 0])),
    retryIntervalOverrides: Object.fromEntries(tasks.filter(([, { Retry }]) => Retry).map(([name]) => [name, 0])),
  };
  const machine = new StateMachine(scaled);
  const running = machine.run(input, { overrides, context: { Execution: { Id: id } } });
  const visited: string[] = [];
  const watching = (async () => {
    for await (const event of running.eventLogs) if (event.type.endsWith('StateEntered')) visited.push(event.stateName);
  })().catch(() => undefined);
  const ended = async (): Promise<Execution> => {
    try {
      const output = await running.result;
      await watching;
      return { status: 'SUCCEEDED', output, states: visited };
    } catch (error) {
      await watching;
      const { name, message } = error as Error;
      return { status: name === 'ExecutionAbortedError' ? 'ABORTED' : 'FAILED', error: message, states: visited };
    }
  };
  return { abort: running.abort, ended: ended() };
}

/** The states of a definition, those that run for each of several things among them. */
function statesIn({ States: states }: Json): [string, Json][] {
  return Object.entries<Json>(states).flatMap(([name, state]) => [
    [name, state],
    ...(state.ItemProcessor ? statesIn(state.ItemProcessor) : []),
  ]);
}

function handlerOf(resource: string, state: string, handlers: Handlers) {
  const name = Object.keys(handlers).find((each) => resource.includes(each));
  if (name === undefined) throw new Error(`the test has no handler for ${resource}`);
  // What goes in and out is JSON, as between Step Functions and Lambda.
  return async (input: Json) => JSON.parse(JSON.stringify((await handlers[name](structuredClone(input), state)) ?? null));
}
