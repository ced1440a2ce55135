import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import type { BundledFunction } from '../functions/bundled-function';
import type { RestoreHook } from './restore-hook';
import { NO_HOOK, type Settings, type Target } from './restore-messages';
import type { TestParts } from './restore-parts';
import { restoreWorkflow } from './restore-workflow';
import type { WorkflowFunction, WorkflowFunctions } from './restore-workflow-kinds';

/** Hooks by the names of their states. */
export type Hooks = ReadonlyMap<RestoreHook, string>;

/** Every hook once, however many tests have it. */
export function hooksOf(tests: readonly TestParts[]): Hooks {
  const hooks = new Set(tests.flatMap(({ hook }) => hook ?? []));
  return new Map([...hooks].map((hook, index) => [hook, `Hook${index + 1}`]));
}

/** Functions that read files, by their tests. */
export type Readers = ReadonlyMap<TestParts, BundledFunction>;

/** What the workflow is told of each test. Data that says no age may be as old as the RPO. */
export function targetsOf(tests: readonly TestParts[], hooks: Hooks, readers: Readers, rpoSeconds: number): Target[] {
  return tests.map((test) => {
    const { kind, source, hook, expect } = test;
    const { data, files, ...others } = expect;
    const tables = data?.tables.map((table) =>
      table.freshColumn === undefined ? table : { ...table, maximumAgeSeconds: table.maximumAgeSeconds ?? rpoSeconds },
    );
    return {
      kind,
      ...(source !== undefined && { source }),
      expect: {
        ...others,
        ...(data && tables && { data: { ...data, tables } }),
        ...(files && { files: { ...files, reader: readers.get(test)!.functionName } }),
      },
      hook: hook ? hooks.get(hook)! : NO_HOOK,
    };
  });
}

/** What a workflow is made from. */
export interface RestoreStateMachineProps {
  readonly functions: Readonly<Partial<Record<WorkflowFunction, BundledFunction>>>;
  readonly readers: Readers;
  readonly settings: Settings;
  readonly targets: readonly Target[];
  readonly hooks: Hooks;
}

/** The workflow, its log, and its rights: to invoke its functions and hooks, and nothing else. */
export class RestoreStateMachine extends Construct {
  public readonly stateMachine: sfn.StateMachine;

  constructor(scope: Construct, id: string, props: RestoreStateMachineProps) {
    super(scope, id);
    const { functions, readers, settings, targets, hooks } = props;
    const stack = Stack.of(this);
    const definition = restoreWorkflow({
      partition: stack.partition,
      functions: Object.fromEntries(
        Object.entries(functions).map(([name, { functionArn }]) => [name, functionArn]),
      ) as unknown as WorkflowFunctions,
      settings,
      targets,
      hooks: [...hooks].map(([{ _handler: handler, _workflow: workflow, _timeoutSeconds: timeoutSeconds }, name]) => ({
        name,
        timeoutSeconds,
        ...(handler && { functionArn: handler.functionArn }),
        ...(workflow && { stateMachineArn: workflow.stateMachineArn }),
      })),
    });
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromString(stack.toJsonString(definition)),
      tracingEnabled: true,
      logs: {
        destination: encryptedLogGroup(this, 'Log'),
        level: sfn.LogLevel.ALL,
        // What was observed is in the tickets, which fewer people read.
        includeExecutionData: false,
      },
    });
    partOfSafeguard(this.stateMachine);
    const handlers = [...hooks.keys()].flatMap(({ _handler: handler }) => handler?.functionArn ?? []);
    const own = [...Object.values(functions), ...readers.values()].map(({ functionArn }) => functionArn);
    this.allow(['lambda:InvokeFunction'], [...own, ...handlers]);
    for (const { _workflow: workflow } of hooks.keys()) if (workflow) this.allowToRun(workflow);
  }

  /**
   * Running a workflow to its end takes these; the rule is one that Step Functions keeps.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
   */
  private allowToRun({ stateMachineArn }: sfn.IStateMachine): void {
    const stack = Stack.of(this);
    const { resourceName: name } = stack.splitArn(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
    const executions = stack.formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${name}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.allow(['states:StartExecution'], [stateMachineArn]);
    this.allow(['states:DescribeExecution', 'states:StopExecution'], [executions]);
    this.allow(
      ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      [
        stack.formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
        }),
      ],
    );
  }

  private allow(actions: string[], resources: string[]): void {
    this.stateMachine.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));
  }
}
