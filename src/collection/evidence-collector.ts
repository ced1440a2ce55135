import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { type AlarmOptions, addAlarms } from '../defaults/alarms';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { canRead, runnable } from '../evidence/operating/can-read';
import { CATALOGUE } from '../evidence/operating/catalogue';
import type { CollectorDescription } from '../evidence/operating/collector';
import { BundledFunction } from '../functions/bundled-function';
import { COLLECTED, VARIABLES } from './collection-messages';
import { mayCollect, mayKeep, mayReadArchive, mayReadReports } from './collection-rights';
import { collectionWorkflow } from './collection-workflow';
import type { IEvidenceStore } from './evidence-store';

/** Options of `EvidenceCollector`. */
export interface EvidenceCollectorProps {
  /** Where the evidence is kept. */
  readonly store: IEvidenceStore;

  /**
   * Which collectors run, by their ids; `docs/collecting-evidence.md` lists them.
   *
   * @default - all that can: those that read the archive of a trail only with `archiveBucket`
   */
  readonly collectors?: string[];

  /**
   * The Regions to collect from. Sign-ins of the root user and changes in IAM are recorded in `us-east-1`.
   *
   * @default - the Region of the stack
   */
  readonly regions?: string[];

  /**
   * The bucket that the trail delivers to, such as that of a `LogArchive`. It must let this account read; a bucket of another account
   * needs a policy that says so, and so does its key.
   *
   * @default - what needs the archive does not run, and events are those of the event history of CloudTrail
   */
  readonly archiveBucket?: s3.IBucket;

  /**
   * What stands before `AWSLogs/` in the keys of the archive, with a slash at its end.
   *
   * @default - nothing
   */
  readonly archivePrefix?: string;

  /**
   * What stands before every key in the store, with a slash at its end.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * When it collects what happened up to the beginning of the day, in UTC.
   *
   * @default - every day at 03:40
   */
  readonly schedule?: events.Schedule;

  /**
   * Where alarms are sent.
   *
   * @default - where the environment sends them; no alarms where it sends them nowhere
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * Collects evidence that controls operated, day by day: trails and their events, and what the other collectors of the library ask for.
 *
 * It runs the same collectors as `cdk-soc2 collect`. Each run asks for what happened since the run before it, so that no day is left
 * out, and writes records, their rows and a manifest into the store, under keys that name account, Region and day. A run that is tried
 * again writes the same keys. Each manifest carries the hash of the one before: a run that is taken out or altered breaks the chain.
 * What could not be collected is named in the manifest, and the run fails.
 *
 * A run is a workflow of Step Functions, not one function: a busy account takes longer than the 15 minutes of a function, as AWS
 * answers questions to the event history only twice a second. The workflow calls the function until a collector is done, and shows
 * which one failed.
 *
 * The function may call what its collectors list, and nothing else. All of it reads.
 *
 * An account needs one. For another day, start the workflow with `{ "day": "2026-11-20" }`: it collects what was before that day.
 *
 * What it creates: a function with its role and log, a workflow with its role and log, a rule that starts it, a queue for starts that
 * failed, and with a topic alarms on failure and on absence.
 * What it costs in kind: a few minutes of a function a day, some state transitions, requests of the API, and storage.
 *
 * @example
 * new EvidenceCollector(this, 'Collector', {
 *   store: new EvidenceStore(this, 'Evidence'),
 *   regions: ['eu-west-1', 'us-east-1'],
 * });
 */
export class EvidenceCollector extends Construct {
  /** The workflow of a run. */
  public readonly stateMachine: sfn.StateMachine;

  /**
   * @param scope where the collector is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a collector is unknown or named without the archive that it reads, no Region is named, or a prefix does not end with
   * a slash.
   */
  constructor(scope: Construct, id: string, props: EvidenceCollectorProps) {
    super(scope, id);
    const { store, archiveBucket, archivePrefix = '', prefix = '', alarmTopic } = props;
    const stack = Stack.of(this);
    const { regions = [stack.region] } = props;
    if (regions.length === 0)
      throw new Error("'regions' must name one Region at least, got none. Leave it out for that of the stack");
    checkPrefix('prefix', prefix);
    checkPrefix('archivePrefix', archivePrefix);
    const collectors = chooseCollectors(props.collectors, archiveBucket !== undefined);

    const handler = new BundledFunction(this, 'CollectFunction', {
      handler: 'collect-evidence',
      description: 'collect evidence that controls operated',
      statements: [
        ...mayCollect(stack, collectors, regions),
        ...mayKeep(store.bucket, prefix),
        ...(archiveBucket ? mayReadArchive(archiveBucket, archivePrefix) : []),
        ...mayReadReports(store.bucket, collectors),
      ],
      environment: {
        [VARIABLES.bucket]: store.bucket.bucketName,
        [VARIABLES.prefix]: prefix,
        [VARIABLES.collectors]: collectors.map((collector) => collector.id).join(','),
        [VARIABLES.regions]: regions.join(','),
        [VARIABLES.reports]: `s3://${store.bucket.bucketName}`,
        ...(archiveBucket ? { [VARIABLES.archive]: `s3://${archiveBucket.bucketName}/${archivePrefix}` } : {}),
      },
      timeout: Duration.minutes(15),
      memorySize: 1_024,
      // The workflow waits for its answer.
      deadLetters: false,
      // It tries again, and its own alarm tells of what fails for good.
      alarmTopic: undefined,
    });
    this.stateMachine = this.makeWorkflow(handler, stack);
    this.start(props);
    addAlarms(this, alarmTopic, this.alarms(`${prefix}${COLLECTED}`));
  }

  private makeWorkflow({ functionArn }: BundledFunction, stack: Stack): sfn.StateMachine {
    const stateMachine = new sfn.StateMachine(this, 'Workflow', {
      definitionBody: sfn.DefinitionBody.fromString(stack.toJsonString(collectionWorkflow(functionArn))),
      timeout: Duration.hours(20),
      tracingEnabled: true,
      logs: { destination: encryptedLogGroup(this, 'WorkflowLog'), level: sfn.LogLevel.ALL, includeExecutionData: false },
    });
    stateMachine.addToRolePolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
    return partOfSafeguard(stateMachine);
  }

  private start({ schedule = events.Schedule.cron({ hour: '3', minute: '40' }), alarmTopic }: EvidenceCollectorProps): void {
    const deadLetterQueue = partOfSafeguard(new SecureQueue(this, 'StartDeadLetters', { isDeadLetterQueue: true, alarmTopic }));
    new events.Rule(this, 'Schedule', {
      description: 'Collect evidence that controls operated',
      schedule,
      targets: [
        new targets.SfnStateMachine(this.stateMachine, {
          input: events.RuleTargetInput.fromObject({}),
          deadLetterQueue,
          retryAttempts: 5,
        }),
      ],
    });
  }

  private alarms(folder: string): Record<string, AlarmOptions> {
    const { account, region } = Stack.of(this);
    const once = {
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    };
    const failed =
      `Evidence of account ${account}, ${region}, was not collected in full. The collection.json of the day, below ${folder} in the ` +
      `store, says what is missing; the log of ${this.node.path} says why. Start the workflow again with the day: it goes on where it was.`;
    return {
      NotCollected: {
        ...once,
        metric: this.stateMachine.metricFailed({ period: Duration.minutes(5) }),
        alarmDescription: failed,
      },
      TookTooLong: {
        ...once,
        metric: this.stateMachine.metricTimedOut({ period: Duration.minutes(5) }),
        alarmDescription: failed,
      },
      NothingCollected: {
        metric: this.stateMachine.metricSucceeded({ period: Duration.days(1) }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription:
          `No evidence of account ${account}, ${region}, was collected for two days. Look whether the rule of ${this.node.path} is ` +
          'enabled and whether its workflow runs. The next run makes up for the days that are missing, up to 89 of them.',
      },
    };
  }
}

function chooseCollectors(ids: string[] | undefined, hasArchive: boolean): readonly CollectorDescription[] {
  const there = { archive: hasArchive, reports: true };
  if (ids === undefined) return runnable(CATALOGUE, there);
  const known = CATALOGUE.map((collector) => collector.id);
  const wrong = ids.find((id) => !known.includes(id));
  if (wrong !== undefined || ids.length === 0)
    throw new Error(`'collectors' must name some of ${known.join(', ')}, got ${wrong === undefined ? 'none' : `'${wrong}'`}`);
  const chosen = CATALOGUE.filter(({ id }) => ids.includes(id));
  const needy = chosen.find((collector) => !canRead(collector, there));
  if (needy)
    throw new Error(`'archiveBucket' must be given for the collector '${needy.id}', got none: it reads what the trail delivered`);
  return chosen;
}

function checkPrefix(name: string, prefix: string): void {
  if (prefix !== '' && (!prefix.endsWith('/') || prefix.startsWith('/')))
    throw new Error(`'${name}' must end with a slash and not begin with one, got '${prefix}'`);
}
