import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackupClient, GetBackupSelectionCommand, ListRecoveryPointsByBackupVaultCommand } from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/backup/backup-coverage/handler';
import { protectionOf } from '../../src/backup/backup-coverage/recovery-points';
import { CLIENT_OPTIONS } from '../../src/functions/client-options';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

const NOW = new Date('2026-11-22T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const ORDERS = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';
const LEDGER = 'arn:aws:rds:eu-west-1:111122223333:db:ledger';
const CLUSTER = 'arn:aws:rds:eu-west-1:111122223333:cluster:shop';
const MEMBER = 'arn:aws:rds:eu-west-1:111122223333:db:shop-1';

const backup = mockClient(BackupClient);
const tagging = mockClient(ResourceGroupsTaggingAPIClient);
const rds = mockClient(RDSClient);
const options = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const clients = {
  backup: new BackupClient(options),
  tagging: new ResourceGroupsTaggingAPIClient(options),
  rds: new RDSClient(options),
};

const environment = {
  PLAN_ID: 'plan',
  SELECTION_ID: 'selection',
  VAULT_NAME: 'vault',
  PROGRAM: 'Stack/Backups',
  RPO_HOURS: '24',
};
const point = (ResourceArn: string, hours: number, more: object = {}) => ({
  ResourceArn,
  ResourceType: 'RDS',
  Status: 'COMPLETED' as const,
  CreationDate: hoursAgo(hours),
  ...more,
});

beforeEach(() => {
  for (const each of [backup, tagging, rds]) each.reset();
  backup.on(GetBackupSelectionCommand).resolves({
    BackupSelection: {
      SelectionName: 'Selection',
      IamRoleArn: 'role',
      Resources: [ORDERS],
      ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'BackupProgram', ConditionValue: 'production' }],
    },
  });
  backup.on(ListRecoveryPointsByBackupVaultCommand).resolves({});
  tagging.on(GetResourcesCommand).resolves({});
  rds.on(DescribeDBInstancesCommand).resolves({});
});

/** Run the function, and read the metrics that it writes: `ResourceType` or the program, then name and value. */
async function run(settings: Record<string, string | undefined> = environment) {
  const lines: Record<string, unknown>[] = [];
  await makeHandler({ clients, environment: settings, now: () => NOW, write: (line) => lines.push(JSON.parse(line)) })();
  const { _aws: _, Program: __, ...program } = lines[0];
  const byType = lines.filter((line) => line._aws && line.ResourceType).map(({ _aws: _, Program: __, ...rest }) => rest);
  return { lines, program, byType, log: lines.at(-1)! };
}

describe('tells how old the newest backups are', () => {
  test('of what is named and of what is tagged, the oldest by type and in all', async () => {
    tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: LEDGER }, { ResourceARN: ORDERS }, {}] });
    backup.on(ListRecoveryPointsByBackupVaultCommand).resolves({
      RecoveryPoints: [
        point(LEDGER, 7),
        point(LEDGER, 3),
        point(ORDERS, 5, { ResourceType: 'DynamoDB.FullyManaged' }),
        point('arn:aws:rds:eu-west-1:111122223333:db:of-others', 20),
      ],
    });
    const { program, byType } = await run();
    expect(program).toEqual({ ResourcesToProtect: 2, UnprotectedResources: 0, HoursSinceLastRecoveryPoint: 5 });
    expect(byType).toEqual([
      { ResourceType: 'DynamoDB', ResourcesToProtect: 1, UnprotectedResources: 0, HoursSinceLastRecoveryPoint: 5 },
      { ResourceType: 'RDS', ResourcesToProtect: 1, UnprotectedResources: 0, HoursSinceLastRecoveryPoint: 3 },
    ]);
  });

  test('by metrics that CloudWatch can read', async () => {
    const { lines } = await run();
    expect(lines[0]._aws).toEqual({
      Timestamp: NOW.getTime(),
      CloudWatchMetrics: [expect.objectContaining({ Namespace: 'Soc2/Backup', Dimensions: [['Program']] })],
    });
  });

  test('of one that no look at the objective finds, by asking for its backups', async () => {
    backup
      .on(ListRecoveryPointsByBackupVaultCommand, { ByResourceArn: ORDERS })
      .resolves({ RecoveryPoints: [point(ORDERS, 50), point(ORDERS, 400)] });
    const { program, log } = await run();
    expect(program).toEqual({ ResourcesToProtect: 1, UnprotectedResources: 0, HoursSinceLastRecoveryPoint: 50 });
    expect(log).toMatchObject({ late: 1, examplesLate: [ORDERS], withoutBackup: 0 });
  });

  test.each(['CREATING', 'PARTIAL', 'EXPIRED', 'DELETING'] as const)('not of one that is %s', async (Status) => {
    backup.on(ListRecoveryPointsByBackupVaultCommand).resolves({
      RecoveryPoints: [point(ORDERS, 1, { Status }), { ResourceArn: ORDERS, Status: 'COMPLETED' }, { Status: 'COMPLETED' }],
    });
    expect((await run()).program).toMatchObject({ UnprotectedResources: 1 });
  });

  test('as none for a clock that is ahead', async () => {
    backup.on(ListRecoveryPointsByBackupVaultCommand).resolves({ RecoveryPoints: [point(ORDERS, -1)] });
    expect((await run()).program).toMatchObject({ HoursSinceLastRecoveryPoint: 0 });
  });
});

describe('tells of what has no backup', () => {
  test('by number and by name', async () => {
    const { program, byType, log } = await run();
    expect(program).toEqual({ ResourcesToProtect: 1, UnprotectedResources: 1 });
    expect(byType).toEqual([{ ResourceType: 'DynamoDB', ResourcesToProtect: 1, UnprotectedResources: 1 }]);
    expect(log).toMatchObject({ withoutBackup: 1, examplesWithoutBackup: [ORDERS] });
  });

  test('with zeros where there is nothing to protect, so that the alarm knows that somebody looked', async () => {
    backup.on(GetBackupSelectionCommand).resolves({ BackupSelection: { SelectionName: 'all', IamRoleArn: 'role' } });
    expect((await run()).program).toEqual({ ResourcesToProtect: 0, UnprotectedResources: 0 });
  });

  test('but does not take an answer without a selection for one', async () => {
    backup.on(GetBackupSelectionCommand).resolves({});
    await expect(run()).rejects.toThrow('AWS Backup says nothing of the selection');
  });

  test('but not of members of a cluster, which is backed up as a whole', async () => {
    tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: CLUSTER }, { ResourceARN: MEMBER }] });
    rds
      .on(DescribeDBInstancesCommand)
      .resolvesOnce({ Marker: 'more', DBInstances: [{ DBInstanceArn: LEDGER }] })
      .resolves({
        DBInstances: [{ DBInstanceArn: MEMBER, DBClusterIdentifier: 'shop' }],
      });
    const { log } = await run();
    expect(log).toMatchObject({ resources: 2, examplesWithoutBackup: [ORDERS, CLUSTER] });
  });

  test.each([
    ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'EC2'],
    ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-1', 'EBS'],
    ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1', 'EFS'],
    ['arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1', 'FSx'],
    ['arn:aws-cn:s3:::orders', 'S3'],
    [CLUSTER, 'Aurora'],
    [LEDGER, 'RDS'],
    ['arn:aws:rds:eu-west-1:111122223333:db:instance/{"_aws":{}}\n', 'RDS'],
    ['not an ARN', 'Other'],
  ])('whose type its ARN tells: %s', async (arn, type) => {
    const [{ type: told }] = await protectionOf(clients.backup, 'vault', [arn], { now: NOW, rpoHours: 24 });
    expect(told).toBe(type);
  });

  test('with fifty names at most, whatever the number', async () => {
    const arns = Array.from({ length: 3000 }, (_, index) => `arn:aws:s3:::bucket-${String(index).padStart(4, '0')}`);
    tagging.on(GetResourcesCommand).resolves({ ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })) });
    const { program, log } = await run();
    expect(program).toMatchObject({ ResourcesToProtect: 3001, UnprotectedResources: 3001 });
    expect(log.examplesWithoutBackup).toHaveLength(50);
  });
});

describe('does not stay silent', () => {
  test.each(['PLAN_ID', 'SELECTION_ID', 'VAULT_NAME', 'PROGRAM', 'RPO_HOURS'])('without %s', async (name) => {
    await expect(run({ ...environment, [name]: undefined })).rejects.toThrow(`the environment variable ${name} must be set`);
  });

  test('for an objective that is none', async () => {
    await expect(run({ ...environment, RPO_HOURS: 'soon' })).rejects.toThrow("must be a number of hours above 0, got 'soon'");
  });

  test('where the selection is gone, or a page does not come', async () => {
    backup.on(GetBackupSelectionCommand).rejects(new Error('Cannot find the selection'));
    await expect(run()).rejects.toThrow('Cannot find the selection');
  });
});

describe('reads every page', () => {
  test('of resources and of backups', async () => {
    tagging
      .on(GetResourcesCommand)
      .resolvesOnce({ PaginationToken: 'more', ResourceTagMappingList: [{ ResourceARN: LEDGER }] })
      .resolves({ PaginationToken: '', ResourceTagMappingList: [{ ResourceARN: CLUSTER }] });
    backup
      .on(ListRecoveryPointsByBackupVaultCommand)
      .resolvesOnce({ NextToken: 'more', RecoveryPoints: [point(LEDGER, 1), point(ORDERS, 2)] })
      .resolvesOnce({ RecoveryPoints: [point(CLUSTER, 3, { ResourceType: 'Aurora' })] });
    expect((await run()).program).toEqual({ ResourcesToProtect: 3, UnprotectedResources: 0, HoursSinceLastRecoveryPoint: 3 });
    // The two pages tell of everything: nothing is asked for by itself.
    expect(backup.commandCalls(ListRecoveryPointsByBackupVaultCommand)).toHaveLength(2);
  });
});

describe('over HTTP, as in AWS', () => {
  let server: Server;
  const answers: [status: number, body: object, error?: string][] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url!);
      const [status, body, error] = answers.shift() ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  test('throttling slows it down, and it goes on where it was', async () => {
    backup.restore();
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new BackupClient({ ...CLIENT_OPTIONS, ...options, endpoint });
    const seconds = (hours: number) => hoursAgo(hours).getTime() / 1000;
    const throttled: [number, object, string] = [400, { message: 'Rate exceeded' }, 'ThrottlingException'];
    answers.push(
      throttled,
      [200, { NextToken: 'more', RecoveryPoints: [{ ResourceArn: ORDERS, Status: 'COMPLETED', CreationDate: seconds(4) }] }],
      throttled,
      [200, { RecoveryPoints: [{ ResourceArn: LEDGER, Status: 'COMPLETED', CreationDate: seconds(2) }] }],
    );
    const found = await protectionOf(client, 'vault', [LEDGER, ORDERS], { now: NOW, rpoHours: 24 });
    expect(found.map(({ latest }) => latest)).toEqual([hoursAgo(2), hoursAgo(4)]);
    expect(asked).toHaveLength(4);
    expect(asked.every((url) => url.startsWith('/backup-vaults/vault/recovery-points?'))).toBe(true);
    expect(asked.map((url) => /nextToken=more/.test(url))).toEqual([false, false, true, true]);
  }, 120_000);
});

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('what is to be protected is found by its tag', async () => {
    tagging.restore();
    const table = (TableName: string, value: string) =>
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: [{ Key: 'BackupProgram', Value: value }],
      });
    const dynamodb = new DynamoDBClient(emulator.options);
    await dynamodb.send(table('invoices', 'production'));
    await dynamodb.send(table('rehearsals', 'staging'));
    const lines: string[] = [];
    const backedUp = mockClient(BackupClient);
    backedUp.on(GetBackupSelectionCommand).resolves({
      BackupSelection: {
        SelectionName: 'Selection',
        IamRoleArn: 'role',
        ListOfTags: [
          { ConditionType: 'STRINGEQUALS', ConditionKey: 'aws:ResourceTag/BackupProgram', ConditionValue: 'production' },
        ],
      },
    });
    backedUp.on(ListRecoveryPointsByBackupVaultCommand).resolves({});
    await makeHandler({
      clients: { ...clients, tagging: new ResourceGroupsTaggingAPIClient(emulator.options) },
      environment,
      now: () => NOW,
      write: (line) => lines.push(line),
    })();
    expect(JSON.parse(lines.at(-1)!).examplesWithoutBackup).toEqual(['arn:aws:dynamodb:eu-west-1:111122223333:table/invoices']);
  });
});
