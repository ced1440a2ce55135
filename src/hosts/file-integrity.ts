import { Duration, Names, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { SecureTable } from '../data/secure-table';
import { addAlarms } from '../defaults/alarms';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { domainKey } from '../environment/domain-keys';
import { BundledFunction } from '../functions/bundled-function';
import { checkRate } from './check-rate';
import { FileIntegrityAcceptance } from './file-integrity-acceptance';
import { fileIntegrityAlarms } from './file-integrity-alarms';
import { CHECK_SECONDS, checkDocument } from './file-integrity-documents';
import { type FileIntegrityProps, readFileIntegrityProps } from './file-integrity-props';
import { judgeStatements, maySend, sweepStatements } from './file-integrity-rights';
import { TABLE_KEY, VARIABLES } from './file-integrity-settings';

/** The tag of hosts that are checked. */
const TAG = 'soc2:file-integrity';

/** States of hosts are of no use after the next one was judged; those that became baselines are kept elsewhere. */
const KEEP_STATES = Duration.days(14);

type Settings = ReturnType<typeof readFileIntegrityProps>;

/**
 * Notices when files of a server change: programs, settings, keys.
 *
 * Once a day State Manager has each host take the state of its files: AIDE on Linux, hashes and access lists on Windows. The host sends
 * it to a bucket, in which it may write below its own identity only, read nothing, and delete nothing. A function compares it with the
 * baseline, which the host cannot touch either. So a change on a host cannot be hidden by changing what it is compared with; and who
 * changes a baseline in the bucket is found out by its SHA-256, which is kept in a table.
 *
 * What differs becomes a report: files with what changed of them, sessions and commands on the host since the last check, who was
 * signed in, and maintenance windows that were open. News go to the event bus, from where `AlertRouter` tells them; alarms go off
 * for hosts whose files changed, and for those that sent nothing in time. Changes stay open until somebody accepts them.
 *
 * The first state of a new host becomes its baseline. After a planned change, start the document `acceptDocument` for the host: it takes a
 * new state and makes that the baseline, with who did it and why. A deployment does so as its last step.
 *
 * The hosts need the SSM agent, a role, and the AWS CLI (Windows: AWS Tools for PowerShell) where their repositories lack it. What a
 * host says of itself is as good as the host: who controls its kernel can lie about its files. GuardDuty's runtime monitoring watches for that.
 *
 * What it creates: two documents, an association, two functions, a table, three rules, a role, and alarms where there is somewhere to
 * send them. What it costs in kind: checks cost time of the hosts; storage of some 20 MB for a host and day, for 14 days; the
 * functions by the run, one for each check and one an hour; the table by the request; seven metrics and the alarms.
 *
 * @example
 * declare const evidence: s3.IBucket;
 * declare const host: ec2.Instance;
 * const integrity = new FileIntegrity(this, 'FileIntegrity', { bucket: evidence });
 * integrity.watch(host);
 */
export class FileIntegrity extends Construct {
  /** Name of the document that makes the state of a host its baseline. Its parameters: `InstanceId`, `Change` and `Reason`. */
  public readonly acceptDocument: string;
  /** What is known of each host: its baseline, and the last state. */
  public readonly hosts: dynamodb.ITableV2;
  private readonly prefix: string;
  private readonly tagValue: string;
  private readonly acceptance: FileIntegrityAcceptance;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a path, a prefix or a time is not right.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: FileIntegrityProps,
  ) {
    super(scope, id);
    const settings = readFileIntegrityProps(props);
    this.prefix = settings.prefix;
    this.tagValue = Names.uniqueResourceName(this, { maxLength: 200 });
    this.acceptDocument = `${Names.uniqueResourceName(this, { maxLength: 100 })}-Accept`;
    const table = this.makeTable(props.alarmTopic);
    this.hosts = table;
    const { association, document } = this.makeCheck(settings);
    const judge = this.makeJudge(settings, table);
    this.acceptance = new FileIntegrityAcceptance(this, 'Acceptance', {
      documentName: this.acceptDocument,
      checkDocument: document.ref,
      judge,
      tag: TAG,
      tagValue: this.tagValue,
    });
    this.listen(association, judge);
    this.sweep(settings, table, judge);
    if (props.bucket instanceof s3.Bucket) {
      props.bucket.addLifecycleRule({
        prefix: `${settings.prefix}inbox/`,
        expiration: KEEP_STATES,
        noncurrentVersionExpiration: Duration.days(1),
      });
    }
  }

  /**
   * Check the files of a host: it gets a tag by which State Manager finds it, and its role the right to send states. A role that the
   * app may not change must have it: `s3:PutObject` below `<prefix>inbox/` on keys with `${aws:userid}` as their last folder, and the key of
   * the bucket.
   *
   * @param host an instance, or an Auto Scaling group.
   * @throws when it is not a construct with a role.
   */
  public watch(host: iam.IGrantable): void {
    if (!Construct.isConstruct(host)) throw new Error("'host' must be an instance or an Auto Scaling group, got something else");
    Tags.of(host).add(TAG, this.tagValue);
    for (const statement of maySend(this.props.bucket, this.prefix)) host.grantPrincipal.addToPrincipalPolicy(statement);
  }

  /**
   * Let somebody accept changes: a role of people, or of a deployment.
   *
   * @param grantee who may.
   */
  public grantAccept(grantee: iam.IGrantable): void {
    this.acceptance.grantStart(grantee);
  }

  private makeTable(alarmTopic?: sns.ITopic): SecureTable {
    const table = new SecureTable(this, 'Hosts', {
      partitionKey: { name: TABLE_KEY, type: dynamodb.AttributeType.STRING },
      removalPolicy: RemovalPolicy.RETAIN,
      alarmTopic,
    });
    return partOfSafeguard(table);
  }

  private makeCheck(settings: Settings): { association: ssm.CfnAssociation; document: ssm.CfnDocument } {
    const document = new ssm.CfnDocument(this, 'Check', {
      documentType: 'Command',
      documentFormat: 'JSON',
      content: checkDocument({ ...settings, bucketName: this.props.bucket.bucketName, region: Stack.of(this).region }),
      updateMethod: 'NewVersion',
    });
    const association = new ssm.CfnAssociation(this, 'Schedule', {
      name: document.ref,
      associationName: Names.uniqueResourceName(this, { maxLength: 120 }),
      targets: [{ key: `tag:${TAG}`, values: [this.tagValue] }],
      scheduleExpression: `rate(${settings.hours} ${settings.hours === 1 ? 'hour' : 'hours'})`,
      complianceSeverity: 'HIGH',
      ...checkRate(settings.hours * 3_600, CHECK_SECONDS),
    });
    return { association, document };
  }

  private makeJudge(settings: Settings, table: SecureTable): BundledFunction {
    const judge = new BundledFunction(this, 'JudgeFunction', {
      handler: 'file-integrity',
      description: 'compare the files of a host with its baseline',
      statements: judgeStatements(this, this.props.bucket, settings),
      environment: {
        ...this.shared(settings, table),
        [VARIABLES.provisioningHours]: String(settings.provisioningHours),
        [VARIABLES.windows]: settings.windows.join(','),
        [VARIABLES.acceptDocument]: this.acceptDocument,
      },
      timeout: Duration.minutes(15),
      memorySize: 3_008,
      deadLetters: true,
      alarmTopic: this.props.alarmTopic,
    });
    table.grant(judge, 'dynamodb:GetItem', 'dynamodb:PutItem');
    domainKey(this, 'data').grantEncryptDecrypt(judge);
    return judge;
  }

  /** Judge a host as soon as its check ended. */
  private listen(association: ssm.CfnAssociation, judge: BundledFunction): void {
    new events.Rule(this, 'CheckEnded', {
      description: 'A host sent the state of its files, or failed to',
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['EC2 State Manager Instance Association State Change'],
        detail: { 'association-id': [association.attrAssociationId], status: ['Success', 'Failed', 'TimedOut'] },
      },
      targets: [new targets.LambdaFunction(judge, { deadLetterQueue: judge.deadLetterQueue })],
    });
  }

  private sweep(settings: Settings, table: SecureTable, judge: BundledFunction): void {
    const sweep = new BundledFunction(this, 'SweepFunction', {
      handler: 'file-integrity-sweep',
      description: 'look for hosts whose files were not checked, and count those whose files changed',
      statements: sweepStatements(this.props.bucket, settings.prefix),
      environment: {
        ...this.shared(settings, table),
        // Twice the time between two checks, and what a slow one takes.
        [VARIABLES.lateHours]: String(2 * settings.hours + 2),
        [VARIABLES.tagKey]: TAG,
        [VARIABLES.tagValue]: this.tagValue,
        [VARIABLES.judge]: judge.functionName,
      },
      timeout: Duration.minutes(15),
      memorySize: 512,
      deadLetters: true,
      alarmTopic: this.props.alarmTopic,
    });
    table.grant(sweep, 'dynamodb:Scan');
    domainKey(this, 'data').grantDecrypt(sweep);
    judge.grantInvoke(sweep);
    const target = (event: object) =>
      new targets.LambdaFunction(sweep, {
        deadLetterQueue: sweep.deadLetterQueue,
        event: events.RuleTargetInput.fromObject(event),
      });
    new events.Rule(this, 'Hourly', {
      description: 'Look for hosts whose files were not checked',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [target({})],
    });
    new events.Rule(this, 'Daily', {
      description: 'Write down how each host stands',
      schedule: events.Schedule.cron({ hour: '5', minute: '40' }),
      targets: [target({ report: true })],
    });
    addAlarms(this, this.props.alarmTopic, fileIntegrityAlarms(this, settings.prefix));
  }

  private shared({ prefix }: Settings, table: SecureTable): Record<string, string> {
    return {
      [VARIABLES.bucket]: this.props.bucket.bucketName,
      [VARIABLES.prefix]: prefix,
      [VARIABLES.table]: table.tableName,
      [VARIABLES.program]: this.node.path,
    };
  }
}
