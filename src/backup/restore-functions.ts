import { Duration } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BundledFunction } from '../functions/bundled-function';
import { VARIABLES } from './restore-messages';
import type { TestParts } from './restore-parts';
import { RIGHTS, type RightsContext } from './restore-rights';
import type { WorkflowFunction } from './restore-workflow-kinds';

/** What the functions are made for. */
export interface RestoreFunctionsProps extends Omit<RightsContext, 'readerArns'> {
  readonly planName: string;
  readonly bucketName: string;
  readonly alarmTopic?: sns.ITopic;
}

interface Part {
  readonly name: WorkflowFunction;
  readonly id: string;
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly isNeeded: (kinds: ReadonlySet<string>, hasData: boolean) => boolean;
}

const isDatabase = (kinds: ReadonlySet<string>) => kinds.has('RDS') || kinds.has('Aurora');

const PARTS: readonly Part[] = [
  {
    name: 'job',
    id: 'JobFunction',
    handler: 'restore-job',
    description: 'ask AWS Backup about a restore, and report the result of its test',
    timeout: Duration.minutes(3),
    isNeeded: () => true,
  },
  {
    name: 'ticket',
    id: 'TicketFunction',
    handler: 'restore-ticket',
    description: 'write the ticket of a restore test',
    timeout: Duration.minutes(3),
    isNeeded: () => true,
  },
  {
    name: 'aurora',
    id: 'AuroraFunction',
    handler: 'restore-aurora',
    description: 'add an instance to a restored cluster of Aurora, and remove it',
    timeout: Duration.minutes(3),
    isNeeded: (kinds) => kinds.has('Aurora'),
  },
  {
    name: 'database',
    id: 'DatabaseFunction',
    handler: 'validate-database',
    description: 'compare the settings of a restored database',
    timeout: Duration.minutes(3),
    isNeeded: isDatabase,
  },
  {
    name: 'data',
    id: 'DataFunction',
    handler: 'validate-data',
    description: 'look into a restored database, from inside of its network',
    timeout: Duration.minutes(15),
    isNeeded: (_, hasData) => hasData,
  },
  ...(['DynamoDB', 'S3', 'EBS', 'EC2', 'EFS'] as const).map((kind) => ({
    name: kind.toLowerCase() as WorkflowFunction,
    id: `${kind}Function`,
    handler: `validate-${kind.toLowerCase()}`,
    description: `check what was restored of ${kind}`,
    timeout: Duration.minutes(15),
    isNeeded: (kinds: ReadonlySet<string>) => kinds.has(kind),
  })),
];

/** The functions of a workflow: only those that its tests need, each with rights of its own. */
export class RestoreFunctions extends Construct {
  public readonly all: Readonly<Partial<Record<WorkflowFunction, BundledFunction>>>;
  /** Those that read files: one for each test that has them read, so that tests need not wait for each other. */
  public readonly readers: ReadonlyMap<TestParts, BundledFunction>;

  constructor(scope: Construct, id: string, props: RestoreFunctionsProps) {
    super(scope, id);
    const readAt = props.tests.filter(({ expect }) => expect.files !== undefined);
    this.readers = new Map(readAt.map((test, index) => [test, this.makeReader(`Reader${index + 1}Function`, props)]));
    const context = { ...props, readerArns: [...this.readers.values()].map(({ functionArn }) => functionArn) };
    const kinds = new Set<string>(props.tests.map(({ kind }) => kind));
    const hasData = props.tests.some(({ expect }) => expect.data !== undefined);
    const needed = PARTS.filter(({ isNeeded }) => isNeeded(kinds, hasData));
    this.all = Object.fromEntries(needed.map((part) => [part.name, this.make(part, context)]));
  }

  private make({ name, id, handler, description, timeout }: Part, props: RestoreFunctionsProps & RightsContext): BundledFunction {
    const { network, alarmTopic, planName, bucketName, hasOpsItems } = props;
    const isTicket = name === 'ticket';
    return new BundledFunction(this, id, {
      handler,
      description,
      timeout,
      alarmTopic,
      // The workflow waits for an answer, and deals with failure.
      deadLetters: false,
      statements: RIGHTS[name](props),
      memorySize: name === 's3' ? 1_024 : 512,
      ...(isTicket && {
        environment: {
          [VARIABLES.bucket]: bucketName,
          [VARIABLES.plan]: planName,
          [VARIABLES.opsItems]: String(hasOpsItems),
        },
      }),
      ...(name === 'data' &&
        network?.validator && { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: [network.validator] }),
    });
  }

  /** What it mounts is set for each test, when a restore has a mount target. */
  private makeReader(id: string, { network, alarmTopic, ...context }: RestoreFunctionsProps): BundledFunction {
    return new BundledFunction(this, id, {
      handler: 'validate-files',
      description: 'read the files of a restored file system, from inside of its network',
      timeout: Duration.minutes(15),
      alarmTopic,
      deadLetters: false,
      statements: RIGHTS.reader({ ...context, readerArns: [] }),
      memorySize: 1_024,
      ...(network?.reader && { vpc: network.vpc, vpcSubnets: network.zones, securityGroups: [network.reader] }),
    });
  }
}
