import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { BundledFunction } from '../functions/bundled-function';
import { VARIABLES, type Watched } from './restore-messages';
import type { TestParts } from './restore-parts';

/**
 * Start the workflow for each restore that ends, and once more for an execution that does not come to its end.
 *
 * The events of restores say `status`, those of backups and copies `state`. Which plan a restore is of is not in every event, so the
 * workflow asks.
 */
export function startOnEvents(scope: Construct, stateMachine: sfn.StateMachine, alarmTopic?: sns.ITopic): void {
  const start = new BundledFunction(scope, 'StartFunction', {
    handler: 'restore-start',
    description: 'start the test of a restore that ended, once',
    statements: [new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] })],
    environment: { [VARIABLES.stateMachine]: stateMachine.stateMachineArn },
    deadLetters: true,
    alarmTopic,
  });
  const target = new eventTargets.LambdaFunction(start);
  new events.Rule(scope, 'RestoreEnded', {
    description: 'A restore ended: look whether it is a test, and validate it',
    eventPattern: {
      source: ['aws.backup'],
      detailType: ['Restore Job State Change'],
      detail: { status: ['COMPLETED', 'FAILED', 'ABORTED'] },
    },
    targets: [target],
  });
  new events.Rule(scope, 'TestInterrupted', {
    description: 'A restore test did not come to its end: report it, and remove what it left',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [stateMachine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    },
    targets: [target],
  });
}

/** Start the tests of self-hosted databases, which AWS Backup does not know of, by the schedule of the plan. */
export function testSelfHosted(
  scope: Construct,
  stateMachine: sfn.StateMachine,
  { tests, schedule, timeZone }: { readonly tests: readonly TestParts[]; readonly schedule: string; readonly timeZone: string },
): void {
  for (const { source } of tests.filter(({ kind }) => kind === 'SelfHosted')) {
    new scheduler.CfnSchedule(scope, `Test-${source}`, {
      description: `Restore and check the self-hosted database ${source}`,
      scheduleExpression: schedule,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      kmsKeyArn: domainKey(scope, 'data').keyArn,
      target: {
        arn: stateMachine.stateMachineArn,
        roleArn: starterRole(scope, stateMachine).roleArn,
        input: JSON.stringify({ selfHosted: source }),
      },
    });
  }
}

/** Compare the tickets with what is protected, twice a day: a metric of a day has no gaps then. */
export function compareEveryDay(scope: Construct, handler: lambda.IFunction, tests: readonly TestParts[]): void {
  const kinds = [...new Set(tests.map(({ kind }) => kind))];
  const named = kinds.map((kind) => ({
    kind,
    sources: tests.flatMap((test) => (test.kind === kind ? (test.source ?? []) : [])),
    tags: {},
  }));
  const tagged = tests.filter(({ source }) => source === undefined).map(({ kind, tags = {} }) => ({ kind, sources: [], tags }));
  const watched: Watched[] = [...named.filter(({ sources }) => sources.length > 0), ...tagged];
  new scheduler.Schedule(scope, 'Comparison', {
    description: 'Compare restore tickets with what is protected',
    schedule: scheduler.ScheduleExpression.rate(Duration.hours(12)),
    key: domainKey(scope, 'data'),
    target: new schedulerTargets.LambdaInvoke(handler, { input: scheduler.ScheduleTargetInput.fromObject({ watched }) }),
  });
}

function starterRole(scope: Construct, stateMachine: sfn.StateMachine): iam.Role {
  const known = scope.node.tryFindChild('StarterRole') as iam.Role | undefined;
  if (known) return known;
  const role = new iam.Role(scope, 'StarterRole', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com'),
    description: 'Starts the tests of self-hosted databases',
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }));
  domainKey(scope, 'data').grantDecrypt(role);
  return role;
}
