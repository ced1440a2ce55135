import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeSessionsCommand,
  GetAutomationExecutionCommand,
  ListCommandInvocationsCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { FileIntegrity } from '../../src';
import { makeHandler } from '../../src/hosts/file-integrity/handler';
import type { Emulator } from '../helpers/emulator';
import { resources, template } from '../helpers/template';

export const BUCKET = 'evidence';
export const DOCUMENT = 'AcceptChanges';
const FUNCTION = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:judge' };
const EXECUTION = '11111111-2222-3333-4444-555555555555';

/** The folder with the files of a host: the same for one host after the other, so that their script is made once. */
const FILES = join(mkdtempSync(join(tmpdir(), 'cdk-soc2-hosts-')), 'files');
let usual: string | undefined;

/** A report, as far as tests look into it. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
export type Report = any;

/** A host whose files are checked by the script that the construct deploys, and judged by its function, on an emulator. */
export class CheckedHost {
  /** Make the bucket and the table that hosts share. */
  public static async prepare({ options }: Emulator): Promise<void> {
    await new S3Client(options).send(
      new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    await new S3Client(options).send(
      new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await new DynamoDBClient(options).send(
      new CreateTableCommand({
        TableName: 'hosts',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'host', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'host', KeyType: 'HASH' }],
      }),
    );
  }

  /** Start an instance, with a folder of files. */
  public static async start({ options }: Emulator): Promise<CheckedHost> {
    const { Instances } = await new EC2Client(options).send(
      new RunInstancesCommand({ ImageId: 'ami-12345678', MinCount: 1, MaxCount: 1 }),
    );
    mkdirSync(FILES, { recursive: true });
    return new CheckedHost(Instances![0].InstanceId!, options);
  }

  public readonly files = FILES;
  public readonly s3: S3Client;
  /** Sessions and maintenance windows that Systems Manager knows of. */
  private readonly ssmClient = new SSMClient({ region: 'eu-west-1' });
  private readonly eventsClient = new EventBridgeClient({ region: 'eu-west-1' });
  public readonly ssm = mockClient(this.ssmClient);
  private readonly events = mockClient(this.eventsClient);

  private constructor(
    public readonly id: string,
    private readonly options: Emulator['options'],
  ) {
    this.s3 = new S3Client(options);
    this.ssm.on(DescribeSessionsCommand).resolves({ Sessions: [] });
    this.ssm.on(ListCommandInvocationsCommand).resolves({ CommandInvocations: [] });
    this.ssm.on(DescribeMaintenanceWindowExecutionsCommand).resolves({ WindowExecutions: [] });
    this.events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  }

  /**
   * Run the script as Systems Manager does, with the role of an instance; this one by default.
   *
   * The command line tool of AWS takes seconds to start: a test uses it, and the others a program in its place that leaves what is to
   * be sent in a folder, from where it is sent.
   */
  public async check(
    options: { readonly as?: string; readonly patch?: (script: string) => string; readonly aws?: boolean } = {},
  ) {
    usual ??= linuxScript([FILES]);
    const script = options.patch?.(usual) ?? usual;
    const { env, sent } = options.aws ? await this.withAws(options.as) : withoutAws(options.as ?? this.id);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env });
    for (const name of sent && existsSync(sent) ? readdirSync(sent) : []) {
      const Key = decodeURIComponent(name);
      await this.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: readFileSync(join(sent!, name)) }));
    }
    // S3 tells times in whole seconds, by which states are told apart.
    await nextSecond();
    return { status, stdout, stderr };
  }

  private async withAws(as = this.id): Promise<{ env: NodeJS.ProcessEnv; sent?: string }> {
    const { Credentials } = await new STSClient(this.options).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/Hosts', RoleSessionName: as }),
    );
    return {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: this.options.endpoint,
        AWS_ACCESS_KEY_ID: Credentials!.AccessKeyId,
        AWS_SECRET_ACCESS_KEY: Credentials!.SecretAccessKey,
        AWS_SESSION_TOKEN: Credentials!.SessionToken,
      },
    };
  }

  /** Have the function judge what was sent; what it says, and whom it told. */
  public async judge(event: unknown = this.checkEnded, now = () => new Date(), ec2 = new EC2Client(this.options)) {
    this.events.resetHistory();
    const handler = makeHandler({
      s3: this.s3,
      dynamodb: new DynamoDBClient(this.options),
      ec2,
      ssm: this.ssmClient,
      events: this.eventsClient,
      environment: {
        BUCKET,
        PREFIX: 'file-integrity/',
        TABLE: 'hosts',
        PROGRAM: 'Stack/FileIntegrity',
        PROVISIONING_HOURS: '24',
        MAINTENANCE_WINDOWS: 'mw-0123456789abcdef0',
        ACCEPT_DOCUMENT: DOCUMENT,
      },
      now,
    });
    await handler(event, FUNCTION);
    const told = this.events
      .commandCalls(PutEventsCommand)
      .flatMap(({ args: [{ input }] }) => input.Entries!.map(({ Detail }) => JSON.parse(Detail!)));
    return { report: await this.newestReport(), told };
  }

  /** Check and judge. */
  public async look() {
    const { status, stderr } = await this.check();
    if (status !== 0) throw new Error(`the check ended with ${status}: ${stderr}`);
    return this.judge();
  }

  /** Accept the state of the host, as the document does. */
  public async accept(change: object = {}) {
    this.ssm.on(GetAutomationExecutionCommand).resolves({
      AutomationExecution: {
        DocumentName: DOCUMENT,
        AutomationExecutionStatus: 'InProgress',
        ExecutedBy: 'arn:aws:sts::111122223333:assumed-role/Deployment/pipeline',
        Parameters: { InstanceId: [this.id], Change: ['CHG-7'], Reason: ['a new version'] },
        ...change,
      },
    });
    const judged = await this.judge({ accept: EXECUTION });
    // The report of it is named by a time in milliseconds: the next state is of a later second, or would sort before it.
    await nextSecond();
    return judged;
  }

  /** The keys of objects of this host in the bucket. */
  public async keys(folder: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `file-integrity/${folder}` }),
    );
    return Contents.sort((one, other) => one.LastModified!.getTime() - other.LastModified!.getTime())
      .map(({ Key }) => Key!)
      .filter((key) => key.includes(this.id));
  }

  private get checkEnded() {
    return { source: 'aws.ssm', detail: { 'instance-id': this.id, status: 'Success' } };
  }

  private async newestReport(): Promise<Report> {
    const keys = (await this.keys('reports/')).sort();
    if (keys.length === 0) return undefined;
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: keys.at(-1)! }));
    return JSON.parse(await Body!.transformToString());
  }
}

/** Wait until the clock tells another second. */
export async function nextSecond(): Promise<void> {
  await sleep(1_000 - (Date.now() % 1_000));
}

/** A program in the place of `aws`, which knows who it is, and keeps what it is to send. */
function withoutAws(as: string): { env: NodeJS.ProcessEnv; sent: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-aws-'));
  const sent = join(folder, 'sent');
  mkdirSync(sent);
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh
case "$1 $2" in
'sts get-caller-identity') echo "AROAEXAMPLE:${as}" ;;
's3 cp') key=$(printf '%s' "$5" | sed 's#s3://${BUCKET}/##; s#/#%2F#g'); cp "$4" "${sent}/$key" ;;
*) exit 2 ;;
esac
`,
  );
  chmodSync(join(folder, 'aws'), 0o755);
  return { sent, env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } };
}

/** The script for Linux as the document has it, for some folders. */
export function linuxScript(paths: string[], ignoredPaths: string[] = []): string {
  return scripts(paths, ignoredPaths)[0];
}

/** What the document runs on Linux and on Windows. */
export function scripts(paths: string[], ignoredPaths: string[] = []): string[] {
  const built = template((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Evidence', BUCKET);
    new FileIntegrity(stack, 'FileIntegrity', { bucket, paths, ignoredPaths });
  });
  const [document] = resources(built, 'AWS::SSM::Document').filter(({ Properties }) => Properties.DocumentType === 'Command');
  return document.Properties.Content.mainSteps.map(({ inputs }: { inputs: { runCommand: string[] } }) =>
    inputs.runCommand.join('\n'),
  );
}
