import {
  BackupClient,
  DescribeRecoveryPointCommand,
  type DescribeRecoveryPointOutput,
  DescribeRestoreJobCommand,
  type DescribeRestoreJobOutput,
  PutRestoreValidationResultCommand,
} from '@aws-sdk/client-backup';
import {
  CreateDBInstanceCommand,
  DeleteDBInstanceCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBParametersCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateOpsItemCommand, OpsItemAlreadyExistsException, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler as makeAurora } from '../../src/backup/restore-aurora/handler';
import { makeHandler as makeJob } from '../../src/backup/restore-job/handler';
import { makeHandler as makeStart, type StartEvent } from '../../src/backup/restore-start/handler';
import { makeHandler as makeTicket } from '../../src/backup/restore-ticket/handler';
import type { Ticket } from '../../src/backup/restore-ticket/ticket';
import { makeHandler as makeDatabase } from '../../src/backup/validate-database/handler';
import { type Execution, execute, type Handlers } from '../helpers/workflow';

type Json = ReturnType<typeof JSON.parse>;

/** An error as the SDK throws it. */
export function failure(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

interface Instance {
  status: string;
  readonly looks: string[];
}

const PLAN = 'plan';

/** What AWS does around a workflow: restore jobs, databases, a bucket, executions; and our own functions on top of it. */
export class World {
  /** Results that AWS Backup was given, by job. */
  public readonly results: { readonly job: string; readonly status: string; readonly message: string }[] = [];
  public readonly instances = new Map<string, Instance>();
  public readonly objects = new Map<string, string>();
  public readonly opsItems: string[] = [];
  public readonly metrics: Readonly<Record<string, number | undefined>>[] = [];
  public readonly executions = new Map<string, Execution>();
  /** Restored clusters, with their status. */
  public readonly clusters = new Map<string, string>();
  /** What the next calls of an operation do in place of the answer. */
  public readonly troubles = new Map<string, Error[]>();
  public readonly sent: string[] = [];
  /** Why no OpsItem can be opened. */
  public opsTrouble?: Error;
  /** Whether something keeps AWS Backup from deleting what it restored, beside instances of clusters. */
  public isInUse: () => boolean = () => false;
  /** What AWS Backup says of recovery points. */
  public recoveryPoint: DescribeRecoveryPointOutput | Error = {};
  private readonly jobs = new Map<string, DescribeRestoreJobOutput>();
  private readonly backup = mockClient(BackupClient);
  private readonly rds = mockClient(RDSClient);
  private readonly s3 = mockClient(S3Client);
  private readonly ssm = mockClient(SSMClient);
  private readonly sfn = mockClient(SFNClient);
  private readonly running: Promise<unknown>[] = [];
  private timeoutSeconds = 20;
  private onState?: (state: string, abort: () => void) => void;

  constructor(
    private readonly definition: Json,
    private readonly more: Handlers = {},
  ) {
    this.backup
      .on(DescribeRestoreJobCommand)
      .callsFake(({ RestoreJobId: id }) => this.answer('DescribeRestoreJob', () => this.describeJob(id)));
    this.backup
      .on(PutRestoreValidationResultCommand)
      .callsFake((input) => this.answer('PutRestoreValidationResult', () => this.putResult(input)));
    this.backup.on(DescribeRecoveryPointCommand).callsFake(() =>
      this.answer('DescribeRecoveryPoint', () => {
        if (this.recoveryPoint instanceof Error) throw this.recoveryPoint;
        return this.recoveryPoint;
      }),
    );
    this.rds
      .on(DescribeDBClustersCommand)
      .callsFake(({ DBClusterIdentifier: name }) => this.answer('DescribeDBClusters', () => this.describeCluster(name)));
    this.rds
      .on(DescribeDBInstancesCommand)
      .callsFake(({ DBInstanceIdentifier: name }) => this.answer('DescribeDBInstances', () => this.describeInstance(name)));
    this.rds
      .on(CreateDBInstanceCommand)
      .callsFake(({ DBInstanceIdentifier: name }) => this.answer('CreateDBInstance', () => this.create(name)));
    this.rds
      .on(DeleteDBInstanceCommand)
      .callsFake(({ DBInstanceIdentifier: name }) => this.answer('DeleteDBInstance', () => this.delete(name)));
    for (const command of [DescribeDBParametersCommand, DescribeDBClusterParametersCommand])
      this.rds
        .on(command as typeof DescribeDBParametersCommand)
        .callsFake(() => ({ Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '1' }] }));
    this.s3
      .on(PutObjectCommand)
      .callsFake(({ Key, Body }) => this.answer('PutObject', () => void this.objects.set(Key, String(Body))));
    this.ssm.on(CreateOpsItemCommand).callsFake(({ Title, OperationalData }) => {
      if (this.opsTrouble) throw this.opsTrouble;
      const dedup = OperationalData['/aws/dedup'].Value;
      if (this.opsItems.includes(dedup)) throw new OpsItemAlreadyExistsException({ message: 'there is one', $metadata: {} });
      this.opsItems.push(dedup, Title);
      return {};
    });
    this.sfn
      .on(StartExecutionCommand)
      .callsFake(({ name, input }) => this.answer('StartExecution', () => this.run(name, JSON.parse(input))));
  }

  /** A restore that ended. */
  public restore(id: string, job: Partial<DescribeRestoreJobOutput>): void {
    this.jobs.set(id, {
      Status: 'COMPLETED',
      CreatedBy: { RestoreTestingPlanArn: planArnIn(this.definition) },
      CreationDate: new Date('2026-11-21T03:00:00Z'),
      CompletionDate: new Date(),
      RecoveryPointArn: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1',
      BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:main',
      RecoveryPointCreationDate: new Date('2026-11-20T23:00:00Z'),
      ...job,
    });
  }

  /** The event of a restore, as EventBridge delivers it. */
  public async restoreEnded(id: string, status = 'COMPLETED'): Promise<string> {
    return this.start({
      source: 'aws.backup',
      'detail-type': 'Restore Job State Change',
      detail: { restoreJobId: id, status },
    } as unknown as StartEvent);
  }

  /** Wait until nothing runs any more, what takes over included. */
  public async settled(): Promise<void> {
    for (let count = 0; count < this.running.length; ) {
      count = this.running.length;
      await Promise.all(this.running);
    }
  }

  /** Call something when a state is entered: to stop the execution there, for example. */
  public when(react: (state: string, abort: () => void) => void, timeoutSeconds = 20): void {
    this.onState = react;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** The tickets that were written last, by key. */
  public get tickets(): readonly Ticket[] {
    return [...this.objects].filter(([key]) => key.endsWith('.json')).map(([, body]) => JSON.parse(body));
  }

  private start(event: StartEvent): Promise<string> {
    return makeStart(new SFNClient({}), 'arn:aws:states:eu-west-1:111122223333:stateMachine:test')(event);
  }

  private run(name: string, input: Json): object {
    if (this.executions.has(name)) throw new ExecutionAlreadyExists({ message: name, $metadata: {} });
    this.executions.set(name, { status: 'SUCCEEDED', states: [] });
    const executionArn = `arn:aws:states:eu-west-1:111122223333:execution:test:${name}`;
    const handlers = Object.fromEntries(
      Object.entries({ ...this.own(), ...this.more }).map(([resource, handler]) => [
        resource,
        async (task: Json, state: string) => {
          this.onState?.(state, () => execution.abort());
          return handler(task, state);
        },
      ]),
    );
    const execution = execute(this.definition, input, handlers, { id: executionArn, timeoutSeconds: this.timeoutSeconds });
    const ended = execution.ended.then(async (result) => {
      this.executions.set(name, result);
      if (result.status === 'SUCCEEDED') return;
      const detail = { name, status: result.status, executionArn, input: JSON.stringify(input) };
      await this.start({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail,
      } as unknown as StartEvent);
    });
    this.running.push(ended);
    return {};
  }

  private own(): Handlers {
    const tools = { s3: new S3Client({}), ssm: new SSMClient({}), bucket: 'tickets', plan: PLAN, hasOpsItems: true };
    const publish = (_: string, metrics: Readonly<Record<string, number | undefined>>) => void this.metrics.push(metrics);
    return {
      JobFunction: makeJob(new BackupClient({})),
      TicketFunction: makeTicket({ ...tools, publish }),
      AuroraFunction: makeAurora(new RDSClient({})),
      DatabaseFunction: makeDatabase(new RDSClient({})),
    };
  }

  private answer<T>(operation: string, make: () => T): T {
    this.sent.push(operation);
    const trouble = this.troubles.get(operation)?.shift();
    if (trouble) throw trouble;
    return make();
  }

  private describeJob(id: string): DescribeRestoreJobOutput {
    const job = this.jobs.get(id);
    if (!job) throw failure('ResourceNotFoundException');
    return job;
  }

  /** AWS Backup takes a result once, and then deletes what it restored; not a cluster that has an instance. */
  private putResult({ RestoreJobId: id, ValidationStatus: status, ValidationStatusMessage: message = '' }: Json): object {
    const job = this.describeJob(id);
    if (job.ValidationStatus) throw failure('InvalidRequestException', 'there is a result');
    this.results.push({ job: id, status, message });
    const DeletionStatus = this.instances.size > 0 || this.isInUse() ? 'FAILED' : 'SUCCESSFUL';
    this.jobs.set(id, { ...job, ValidationStatus: status, ValidationStatusMessage: message, DeletionStatus });
    if (DeletionStatus === 'SUCCESSFUL') this.clusters.clear();
    return {};
  }

  private describeCluster(name: string): object {
    const Status = this.clusters.get(name);
    if (Status === undefined) throw failure('DBClusterNotFoundFault');
    const { vpcId: _, securityGroupId: VpcSecurityGroupId } = settingsIn(this.definition);
    return {
      DBClusters: [
        {
          Status,
          Engine: 'aurora-postgresql',
          StorageEncrypted: true,
          KmsKeyId: 'key',
          Endpoint: 'cluster.example',
          Port: 5432,
          DBClusterParameterGroup: 'group',
          VpcSecurityGroups: [{ VpcSecurityGroupId }],
          DBClusterMembers: [...this.instances.keys()].map((DBInstanceIdentifier) => ({ DBInstanceIdentifier })),
        },
      ],
    };
  }

  /** An instance takes three looks to come, and two to go. */
  private describeInstance(name: string): object {
    const instance = this.instances.get(name);
    if (instance === undefined) throw failure('DBInstanceNotFoundFault');
    instance.looks.push(instance.status);
    const looks = instance.looks.filter((each) => each === instance.status).length;
    if (instance.status === 'creating' && looks >= 3) instance.status = 'available';
    if (instance.status === 'deleting' && looks >= 2) this.instances.delete(name);
    return {
      DBInstances: [
        {
          DBInstanceStatus: instance.looks.at(-1),
          PubliclyAccessible: false,
          DBSubnetGroup: { VpcId: settingsIn(this.definition).vpcId },
        },
      ],
    };
  }

  private create(name: string): object {
    if (this.instances.has(name)) throw failure('DBInstanceAlreadyExistsFault');
    this.instances.set(name, { status: 'creating', looks: [] });
    return {};
  }

  private delete(name: string): object {
    const instance = this.instances.get(name);
    if (instance === undefined) throw failure('DBInstanceNotFoundFault');
    if (instance.status === 'creating') throw failure('InvalidDBInstanceStateFault');
    instance.status = 'deleting';
    return {};
  }
}

/** What is the same for every test, as the definition has it. */
export function settingsIn(definition: Json): Json {
  return definition.States.Confirm.Parameters.settings;
}

function planArnIn(definition: Json): string {
  return settingsIn(definition).planArn;
}
