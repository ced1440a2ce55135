import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BackupClient, ListProtectedResourcesCommand, ListTagsCommand } from '@aws-sdk/client-backup';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EBSClient, GetSnapshotBlockCommand, ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
import {
  CreateSnapshotCommand,
  DeleteSnapshotCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeDBInstancesCommand, DescribeDBParametersCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler as makeAbsence } from '../../src/backup/restore-absence/handler';
import { population } from '../../src/backup/restore-absence/population';
import type { Check, Expectations, Step, TestedKind, ValidatorCall, Watched } from '../../src/backup/restore-messages';
import { keyOf } from '../../src/backup/restore-shared/keys';
import { publish } from '../../src/backup/restore-shared/metrics';
import { makeHandler as makeStart } from '../../src/backup/restore-start/handler';
import { page } from '../../src/backup/restore-ticket/page';
import { makeTicket } from '../../src/backup/restore-ticket/ticket';
import { signIn } from '../../src/backup/validate-data/password';
import { makeHandler as makeDatabase } from '../../src/backup/validate-database/handler';
import { makeHandler as makeDynamoDb } from '../../src/backup/validate-dynamodb/handler';
import { makeHandler as makeEbs } from '../../src/backup/validate-ebs/handler';
import { makeHandler as makeEc2 } from '../../src/backup/validate-ec2/handler';
import { makeHandler as makeS3 } from '../../src/backup/validate-s3/handler';
import { listObjects } from '../../src/backup/validate-s3/list';
import { readSample } from '../../src/backup/validate-s3/sample';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

jest.setTimeout(120_000);

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/restored';

function call(kind: TestedKind, created: string, source: string, expect: Expectations = {}): ValidatorCall {
  return {
    test: {
      verdict: 'validate',
      job: {
        id: 'job-1',
        kind,
        source,
        created,
        recoveryPoint: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:1',
        startedAt: '2026-11-21T03:00:00.000Z',
        status: 'COMPLETED',
      },
      target: { kind, expect, hook: 'none' },
      settings: {
        planArn: 'plan',
        rpoSeconds: 1,
        rtoSeconds: 1,
        validationHours: 12,
        keyArn: KEY,
        vpcId: 'vpc-1',
        securityGroupId: 'sg-1',
      },
      deadline: '2099-01-01T00:00:00Z',
    },
  };
}

const late = (each: ValidatorCall): ValidatorCall => ({ ...each, test: { ...each.test, deadline: '2020-01-01T00:00:00Z' } });
const failed = ({ checks }: Pick<Step, 'checks'>) => checks.filter(({ passed }) => !passed).map(({ name }) => name);
const named = ({ checks }: Step, name: string): Check => checks.find((each) => each.name === name)!;
const failure = (name: string) => Object.assign(new Error(name), { name });

describeWithTool(EMULATOR, 'with the emulator', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  });
  afterAll(() => emulator?.stop());

  describe('a restored table', () => {
    const COPY = 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1';
    let dynamoDb: DynamoDBClient;

    async function create(TableName: string, items: number, range = 'line', hasIndex = true): Promise<void> {
      await dynamoDb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY },
          KeySchema: [
            { AttributeName: 'order', KeyType: 'HASH' },
            { AttributeName: range, KeyType: 'RANGE' },
          ],
          AttributeDefinitions: ['order', range, ...(hasIndex ? ['customer'] : [])].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S' as const,
          })),
          ...(hasIndex && {
            GlobalSecondaryIndexes: [
              {
                IndexName: 'by-customer',
                KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' as const }],
                Projection: { ProjectionType: 'ALL' as const },
              },
            ],
          }),
        }),
      );
      for (let each = 0; each < items; each++) {
        // Large items make the emulator answer in pages.
        const Item = {
          order: { S: `o${each}` },
          [range]: { S: '1' },
          customer: { S: `c${each % 3}` },
          note: { S: 'x'.repeat(200_000) },
        };
        await dynamoDb.send(new PutItemCommand({ TableName, Item }));
      }
    }

    beforeAll(async () => {
      dynamoDb = new DynamoDBClient(emulator.options);
      await create('carts', 1);
      await create('awsbackup-restore-test-1', 12);
      await create('awsbackup-restore-test-empty', 0);
      await create('awsbackup-restore-test-other', 2, 'position', false);
    });

    const validate = (expect: Expectations = {}, created = COPY, source = 'carts') =>
      makeDynamoDb(dynamoDb)(call('DynamoDB', created, source, expect));

    test('that is whole passes: keys, indexes, pages of items, and a sample that is read by key', async () => {
      const step = await validate({ minimumItems: 12, requiredAttributes: ['customer'] });
      expect(failed(step)).toEqual([]);
      expect(named(step, 'the table has its items').observed).toBe('12 items, all of them');
      expect(named(step, 'sampled items are read by their keys').observed).toMatch(/^12 of 12, SHA-256 [0-9a-f]{64}$/);
      expect(JSON.stringify(step)).not.toContain('xxx');
    });

    test('is counted no further than asked, for reading is billed', async () => {
      expect(named(await validate({ minimumItems: 2 }), 'the table has its items').observed).toMatch(/stopped there$/);
    });

    test('with too few items fails by them', async () => {
      expect(failed(await validate({ minimumItems: 13 }))).toEqual(['the table has its items']);
    });

    test('that may be empty passes with words that say that nothing was there to read', async () => {
      const step = await validate({ minimumItems: 0 }, COPY.replace('test-1', 'test-empty'));
      expect(failed(step)).toEqual([]);
      expect(named(step, 'sampled items are read by their keys').observed).toBe('there was nothing to read: no item was found');
    });

    test('that is empty fails by its items and its sample', async () => {
      expect(failed(await validate({}, COPY.replace('test-1', 'test-empty')))).toEqual([
        'the table has its items',
        'sampled items are read by their keys',
      ]);
    });

    test('with other keys and without an index fails by both', async () => {
      expect(failed(await validate({}, COPY.replace('test-1', 'test-other')))).toEqual([
        'its keys are those of the source',
        'its global indexes are those of the source',
      ]);
    });

    test('whose items lack an attribute fails by it', async () => {
      expect(failed(await validate({ requiredAttributes: ['currency'] }))).toEqual(['sampled items have their attributes']);
    });

    test('whose source is gone is still checked', async () => {
      expect(failed(await validate({}, COPY, 'gone'))).toEqual([]);
    });

    test('that is not there yet is waited for, and not for ever', async () => {
      const missing = call('DynamoDB', COPY.replace('test-1', 'test-none'), 'carts');
      expect(await makeDynamoDb(dynamoDb)(missing)).toMatchObject({ done: false, wait: 30 });
      await expect(makeDynamoDb(dynamoDb)(late(missing))).rejects.toThrow(/the time for validation was over .* to be active/);
    });
  });

  describe('a restored bucket', () => {
    const Bucket = 'awsbackup-restore-test-uploads';
    let s3: S3Client;
    const contents = new Map(Array.from({ length: 30 }, (_, each) => [`photos/${each}.txt`, `content ${each}`] as const));
    const ANY = { isEmptyAllowed: false, hasTime: () => true };
    const sum = (text: string) => createHash('sha256').update(text).digest('hex');

    beforeAll(async () => {
      s3 = new S3Client(emulator.options);
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
      const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: KEY } }];
      await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      for (const [Key, Body] of contents) await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      const list = [...contents].map(([key, text]) => `${sum(text)}  ./${key}`);
      const put = (Key: string, lines: readonly string[]) =>
        s3.send(new PutObjectCommand({ Bucket, Key, Body: `${lines.join('\n')}\n` }));
      await put('SHA256SUMS', list);
      await put('WRONG', [...list.slice(1), `${sum('other')}  photos/0.txt`]);
      await put('GONE', [`${sum('gone')}  photos/gone.txt`]);
      await s3.send(
        new CreateBucketCommand({ Bucket: `${Bucket}-plain`, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      );
    });

    const validate = (expect: Expectations = {}, bucket = Bucket) =>
      makeS3(s3)(call('S3', `arn:aws:s3:::${bucket}`, 'arn:aws:s3:::uploads', expect));

    test('that is whole passes: settings, objects, bytes, and a sample that is read to its end', async () => {
      const step = await validate({ minimumObjects: 33, minimumBytes: 300 });
      expect(failed(step)).toEqual([]);
      expect(named(step, 'the bucket has its objects').observed).toBe('33 objects');
      expect(named(step, 'sampled objects can be read').observed).toBe('20 of 20 objects');
      expect(named(step, 'sampled objects are encrypted with the key that was asked for').observed).toBe(`aws:kms ${KEY}`);
    });

    test('is read one object after the other, for the function has no memory for many', async () => {
      let [open, most] = [0, 0];
      const send = async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise(setImmediate);
        open -= 1;
        return { Body: Readable.from([new Uint8Array(1)]) };
      };
      const listed = { count: 3, bytes: 3, drawn: ['a', 'b', 'c'] };
      await readSample({ send } as never, { bucket: Bucket, seed: 'seed', size: 3, listed, keyArn: KEY, ...ANY });
      expect(most).toBe(1);
    });

    test('is compared with a list of checksums in it', async () => {
      const step = await validate({ checksumFile: 'SHA256SUMS', sampleSize: 30 });
      expect(failed(step)).toEqual([]);
      expect(named(step, 'sampled objects have the checksums of the list').observed).toBe('30 of 30 objects');
    });

    test.each(['WRONG', 'GONE'])('with an object that is %s by its list fails', async (checksumFile) => {
      expect(failed(await validate({ checksumFile, sampleSize: 30 }))).toEqual([
        'sampled objects have the checksums of the list',
      ]);
    });

    test('without its list of checksums fails by it', async () => {
      expect(failed(await validate({ checksumFile: 'none' }))).toEqual(['the list of checksums is there']);
    });

    test('with too few objects or bytes fails by them', async () => {
      expect(failed(await validate({ minimumObjects: 34, minimumBytes: 1_000_000 }))).toEqual([
        'the bucket has its objects',
        'the bucket has its bytes',
      ]);
    });

    test('whose objects have another key fails by it, whatever key the bucket has', async () => {
      const plain = `${Bucket}-keys`;
      await s3.send(new CreateBucketCommand({ Bucket: plain, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
      await s3.send(new PutBucketVersioningCommand({ Bucket: plain, VersioningConfiguration: { Status: 'Enabled' } }));
      await s3.send(new PutObjectCommand({ Bucket: plain, Key: 'a', Body: 'a', ServerSideEncryption: 'AES256' }));
      expect(failed(await validate({}, plain))).toContain('sampled objects are encrypted with the key that was asked for');
    });

    test('that is plain and empty fails by each setting', async () => {
      expect(failed(await validate({}, `${Bucket}-plain`))).toEqual([
        'it encrypts by default',
        'it is closed to the public',
        'it keeps versions',
        'the bucket has its objects',
        'sampled objects can be read',
      ]);
    });

    test('that is empty passes where it may be, and only as one in which nothing was there to read', async () => {
      const may = named(await validate({ minimumObjects: 0 }, `${Bucket}-plain`), 'sampled objects can be read');
      expect(may).toMatchObject({ passed: true, observed: 'there was nothing to read: the bucket is empty' });
      const mayNot = named(await validate({}, `${Bucket}-plain`), 'sampled objects can be read');
      expect(mayNot).toMatchObject({ passed: false, observed: expect.stringContaining("set 'minimumObjects: 0'") });
    });

    test('of which no object can be read fails, whatever number it may have, and says what to set', async () => {
      const archived = mockClient(S3Client);
      archived.on(ListObjectsV2Command).resolves({
        Contents: ['GLACIER' as const, 'DEEP_ARCHIVE' as const].map((StorageClass) => ({ Key: StorageClass, StorageClass })),
      });
      const listed = await listObjects(new S3Client({}), Bucket, 'seed', undefined, () => 600_000);
      archived.restore();
      expect(listed).toEqual({ count: 2, bytes: 0, drawn: [] });
      const [read] = await readSample(s3, {
        bucket: Bucket,
        seed: 'seed',
        size: 20,
        listed,
        keyArn: KEY,
        ...ANY,
        isEmptyAllowed: true,
      });
      expect(read).toMatchObject({ passed: false, expected: 'at least 1 of 2 objects' });
      expect(read.observed).toContain("in an archive. If that is meant, set 'sampleSize: 0'");
    });

    test('of which nobody wants an object to be read says so', async () => {
      for (const expect_ of [{ sampleSize: 0 }, { sampleSize: 0, checksumFile: 'SHA256SUMS' }]) {
        const step = await validate(expect_);
        expect(failed(step)).toEqual([]);
        expect(named(step, 'sampled objects can be read')).toMatchObject({
          expected: "nothing, for 'sampleSize' is 0",
          observed: 'no object was read',
        });
      }
    });

    test('with large objects alone is read from: their beginning, or all of it where a list has their checksums', async () => {
      const large = `${Bucket}-large`;
      await s3.send(new CreateBucketCommand({ Bucket: large, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
      const body = Buffer.alloc(65 * 1024 * 1024, 'x');
      const encryption = { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: KEY };
      await s3.send(new PutObjectCommand({ Bucket: large, Key: 'film', Body: body, ...encryption }));
      const only = await validate({}, large);
      expect(named(only, 'sampled objects can be read')).toMatchObject({
        passed: true,
        observed: '1 of 1 objects, of 1 of them the first 64 MiB',
      });
      expect(named(only, 'sampled objects are encrypted with the key that was asked for').passed).toBe(true);
      const put = (Body: string) => s3.send(new PutObjectCommand({ Bucket: large, Key: 'SHA256SUMS', Body, ...encryption }));
      await put(`${createHash('sha256').update(body).digest('hex')}  film\n`);
      const name = 'sampled objects have the checksums of the list';
      const listed = await validate({ checksumFile: 'SHA256SUMS' }, large);
      expect(named(listed, name)).toMatchObject({ passed: true, observed: '1 of 1 objects' });
      // The list itself is not larger than that.
      expect(named(await validate({ checksumFile: 'film' }, large), 'the list of checksums is there').observed).toContain(
        'larger than',
      );
    }, 60_000);

    test('for which time runs out says for how many objects, and fails when there was time for none', async () => {
      const left = (count: number) => () => (count-- > 0 ? 600_000 : 1_000);
      const validateIn = async (remaining: () => number) =>
        named(
          await makeS3(s3, remaining)(call('S3', `arn:aws:s3:::${Bucket}`, 'arn:aws:s3:::uploads', {})),
          'sampled objects can be read',
        );
      expect(await validateIn(left(8))).toMatchObject({
        passed: true,
        observed: expect.stringMatching(/^4 of 4 objects; no time for 16 more$/),
      });
      expect(await validateIn(left(0))).toMatchObject({ passed: false, observed: '0 of 0 objects; no time for 20 more' });
    });

    test('that is too large for one call is listed by several, and no name of an object goes into the workflow', async () => {
      const one = jest.fn().mockReturnValue(0);
      const pages = mockClient(S3Client);
      pages
        .on(ListObjectsV2Command)
        .resolvesOnce({ Contents: [{ Key: 'secret-name', Size: 5 }], IsTruncated: true, NextContinuationToken: 'next' });
      const first = await makeS3(new S3Client({}), one)(call('S3', `arn:aws:s3:::${Bucket}`, 'arn:aws:s3:::uploads'));
      pages.restore();
      expect(first).toEqual({ done: false, wait: 1, checks: [], progress: { count: 1, bytes: 5, token: 'next' } });
    });
  });

  describe('the daily comparison', () => {
    const NOW = Date.parse('2026-11-22T00:00:00Z');
    const [TESTED, SKIPPED, FAILING] = ['tested', 'skipped', 'failing'].map(
      (name) => `arn:aws:dynamodb:eu-west-1:111122223333:table/${name}`,
    );
    const backup = mockClient(BackupClient);
    let s3: S3Client;

    async function compare(watched: readonly Watched[], now = NOW) {
      const published: [Readonly<Record<string, number | undefined>>, Readonly<Record<string, string>>][] = [];
      const tools = { backup: new BackupClient({}), s3, bucket: 'tickets', plan: 'plan', overdueHours: 24 * 35, now: () => now };
      const publishing = (_: string, ...each: [Readonly<Record<string, number | undefined>>, Readonly<Record<string, string>>]) =>
        void published.push(each);
      const warn = jest.spyOn(console, 'warn').mockImplementation();
      const comparison = await makeAbsence({ ...tools, publish: publishing as typeof publish })({ watched });
      return { comparison, published, warned: warn.mock.calls.flat() };
    }

    beforeAll(async () => {
      s3 = new S3Client(emulator.options);
      await s3.send(
        new CreateBucketCommand({ Bucket: 'tickets', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
      );
      const put = (source: string, at: string, passed: boolean) =>
        s3.send(
          new PutObjectCommand({ Bucket: 'tickets', Key: `${keyOf('DynamoDB', source, 'job', at, passed)}.json`, Body: '{}' }),
        );
      await put(TESTED, '2026-11-01T04:00:00.000Z', true);
      await put(TESTED, '2026-10-01T04:00:00.000Z', true);
      await put(FAILING, '2026-11-01T04:00:00.000Z', false);
      await put(FAILING, '2026-09-01T04:00:00.000Z', true);
    });

    test('tells the hours since the last test that passed, and names a resource that has none for too long', async () => {
      const { comparison, published, warned } = await compare([{ kind: 'DynamoDB', sources: [TESTED, FAILING], tags: {} }]);
      expect(comparison).toEqual({ resources: 2, untested: [FAILING] });
      expect(published).toEqual([
        [{ HoursSinceLastSuccessfulRestore: 20 * 24 + 20 }, { ResourceType: 'DynamoDB', ResourceName: 'tested' }],
        [{ HoursSinceLastSuccessfulRestore: (30 + 31 + 20) * 24 + 20 }, { ResourceType: 'DynamoDB', ResourceName: 'failing' }],
        [{ UntestedResources: 1 }, {}],
      ]);
      expect(warned).toEqual([expect.stringContaining(FAILING)]);
    });

    test('counts a resource that was never tested from the day on which it was first seen', async () => {
      const watched = [{ kind: 'DynamoDB' as const, sources: [SKIPPED], tags: {} }];
      expect((await compare(watched, Date.now())).comparison.untested).toEqual([]);
      expect((await compare(watched, Date.now() + 36 * 86_400_000)).comparison.untested).toEqual([SKIPPED]);
    });

    test('finds resources by the tags of their latest recovery point, page by page, after throttling', async () => {
      backup.reset();
      const resource = (ResourceArn: string, ResourceType = 'DynamoDB.FullyManaged') => ({
        ResourceArn,
        ResourceType,
        LastRecoveryPointArn: `point-${ResourceArn}`,
      });
      backup
        .on(ListProtectedResourcesCommand)
        .resolvesOnce({ Results: [resource(TESTED), resource('arn:aws:s3:::other', 'S3')], NextToken: 'more' })
        .resolves({ Results: [resource(SKIPPED)] });
      backup.on(ListTagsCommand, { ResourceArn: `point-${TESTED}` }).resolves({ Tags: { backup: 'daily' } });
      backup.on(ListTagsCommand, { ResourceArn: `point-${SKIPPED}` }).resolves({ Tags: { backup: 'none' } });
      const { comparison } = await compare([{ kind: 'DynamoDB', sources: [], tags: { backup: 'daily' } }]);
      expect(comparison.resources).toBe(1);
    });

    test.each<[string, Record<string, string>]>([
      ['DynamoDB resources with backup=daily', { backup: 'daily' }],
      ['every DynamoDB resource', {}],
    ])('tells of %s when there is none, after as long as of a resource that was never tested', async (name, tags) => {
      backup.reset();
      backup.on(ListProtectedResourcesCommand).resolves({});
      const watched = [{ kind: 'DynamoDB' as const, sources: [], tags }];
      expect((await compare(watched, Date.now())).comparison).toEqual({ resources: 1, untested: [] });
      expect((await compare(watched, Date.now() + 36 * 86_400_000)).comparison.untested).toEqual([name]);
    });

    test('tells of tags that select nothing, beside others of the kind that do, and of no tags that select what is named', async () => {
      backup.reset();
      const resource = { ResourceArn: TESTED, ResourceType: 'DynamoDB', LastRecoveryPointArn: 'point' };
      backup.on(ListProtectedResourcesCommand).resolves({ Results: [resource] });
      backup.on(ListTagsCommand).resolves({ Tags: { backup: 'daily' } });
      const tagged = (value: string) => ({ kind: 'DynamoDB' as const, sources: [], tags: { backup: value } });
      const watched = [{ kind: 'DynamoDB' as const, sources: [TESTED], tags: {} }, tagged('daily'), tagged('hourly')];
      expect(await population(new BackupClient({}), watched)).toEqual([
        { kind: 'DynamoDB', source: TESTED },
        { kind: 'DynamoDB', source: 'DynamoDB resources with backup=hourly' },
      ]);
    });

    test('fails, and so raises its alarm, when AWS Backup does not say what it protects', async () => {
      backup.reset();
      backup.on(ListProtectedResourcesCommand).rejects(failure('ThrottlingException'));
      await expect(compare([{ kind: 'DynamoDB', sources: [], tags: {} }])).rejects.toThrow('ThrottlingException');
    });
  });
});

describe('a restored database', () => {
  const rds = mockClient(RDSClient);
  const CREATED = 'arn:aws:rds:eu-west-1:111122223333:db:awsbackup-restore-test-1';
  const GOOD = {
    DBInstanceStatus: 'available',
    StorageEncrypted: true,
    KmsKeyId: 'source-key',
    PubliclyAccessible: false,
    DBSubnetGroup: { VpcId: 'vpc-1' },
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
    DBParameterGroups: [{ DBParameterGroupName: 'own' }],
    Endpoint: { Address: 'db.example', Port: 5432 },
    Engine: 'postgres',
  };

  async function validate(instance: object, parameter = '1', source?: object, engineParameter = 'rds.force_ssl'): Promise<Step> {
    rds.reset();
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: 'awsbackup-restore-test-1' })
      .resolves({ DBInstances: [{ ...GOOD, ...instance }] });
    const original = rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: 'orders' });
    if (source) original.resolves({ DBInstances: [source] });
    else original.rejects(failure('DBInstanceNotFoundFault'));
    // The parameter is on the second page.
    rds
      .on(DescribeDBParametersCommand)
      .resolvesOnce({ Parameters: [{ ParameterName: 'other' }], Marker: 'next' })
      .resolves({ Parameters: [{ ParameterName: engineParameter, ParameterValue: parameter }] });
    return makeDatabase(new RDSClient({}))(call('RDS', CREATED, 'arn:aws:rds:eu-west-1:111122223333:db:orders'));
  }

  test('with the right settings passes, and says where it is', async () => {
    const step = await validate({}, '1', { KmsKeyId: 'source-key' });
    expect(failed(step)).toEqual([]);
    expect(step.endpoint).toEqual({ host: 'db.example', port: 5432, engine: 'postgres' });
  });

  test.each<readonly [string, object, string, object | undefined, string]>([
    ['without encryption', { StorageEncrypted: false }, '1', undefined, 'its storage is encrypted'],
    ['with another key than the source', {}, '1', { KmsKeyId: 'other' }, 'its key is that of the source'],
    ['that is public', { PubliclyAccessible: true }, '1', undefined, 'it is not public'],
    ['in another network', { DBSubnetGroup: { VpcId: 'vpc-production' } }, '1', undefined, 'it is in the network of the test'],
    [
      'in another group',
      { VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }, { VpcSecurityGroupId: 'sg-2' }] },
      '1',
      undefined,
      'its security group is that of the test',
    ],
    ['that does not force TLS', {}, '0', undefined, 'TLS is forced by a parameter'],
  ])('%s fails by its name', async (_, instance, parameter, source, name) => {
    expect(failed(await validate(instance, parameter, source))).toEqual([name]);
  });

  test('of MySQL has a parameter of another name', async () => {
    expect(failed(await validate({ Engine: 'mysql' }, 'ON', undefined, 'require_secure_transport'))).toEqual([]);
    expect(failed(await validate({ Engine: 'mariadb' }, 'ON', undefined, 'other'))).toEqual(['TLS is forced by a parameter']);
  });

  test('that is not available yet is waited for', async () => {
    expect(await validate({ DBInstanceStatus: 'backing-up' })).toMatchObject({ done: false });
  });
});

describe('a restored volume', () => {
  const ec2 = mockClient(EC2Client);
  const ebs = mockClient(EBSClient);
  const block = Buffer.alloc(524_288);
  block.writeUInt16LE(0xef53, 1_080);
  const volume = { VolumeId: 'vol-2', State: 'available' as const, Encrypted: true, KmsKeyId: KEY, Size: 20 };
  const made = () => makeEbs({ ec2: new EC2Client({}), ebs: new EBSClient({}) });
  const it = call('EBS', 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-2', 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1');

  function data(checksum = createHash('sha256').update(block).digest('base64'), content = block) {
    ebs.reset();
    ebs
      .on(ListSnapshotBlocksCommand)
      .resolvesOnce({ Blocks: [{ BlockIndex: 0, BlockToken: 'a' }], NextToken: 'more' })
      .resolves({ Blocks: Array.from({ length: 40 }, (_, index) => ({ BlockIndex: index + 1, BlockToken: 'b' })) });
    ebs
      .on(GetSnapshotBlockCommand)
      .callsFake(() => ({ BlockData: { transformToByteArray: async () => content }, Checksum: checksum }));
  }

  beforeEach(() => {
    ec2.reset();
    ec2.on(DescribeVolumesCommand).resolves({ Volumes: [volume] });
    ec2.on(DescribeSnapshotsCommand).resolves({ Snapshots: [{ SnapshotId: 'snap-1', State: 'completed' }] });
    data();
  });

  test('that is whole passes: settings, size, blocks with their checksums, and a file system', async () => {
    const step = await made()(it);
    expect(failed(step)).toEqual([]);
    expect(named(step, 'the volume has data').observed).toBe('41 blocks');
    expect(named(step, 'sampled blocks have their checksums').observed).toBe('16 of 16 blocks');
    expect(named(step, 'the volume begins with a file system or partitions').observed).toBe('ext');
  });

  test('with damaged blocks fails by their checksums', async () => {
    data('other');
    expect(failed(await made()(it))).toEqual(['sampled blocks have their checksums']);
  });

  test('of zeros fails by its file system', async () => {
    const zeros = Buffer.alloc(524_288);
    data(createHash('sha256').update(zeros).digest('base64'), zeros);
    expect(failed(await made()(it))).toEqual(['the volume begins with a file system or partitions']);
  });

  test('gets one snapshot, by a name that follows from the restore, and is waited for', async () => {
    ec2
      .on(DescribeSnapshotsCommand)
      .resolvesOnce({ Snapshots: [] })
      .resolves({ Snapshots: [{ SnapshotId: 'snap-1', State: 'pending' }] });
    expect(await made()(it)).toMatchObject({ done: false });
    expect(await made()(it)).toMatchObject({ done: false });
    expect(ec2.commandCalls(CreateSnapshotCommand)).toHaveLength(1);
    expect(ec2.commandCalls(CreateSnapshotCommand)[0].args[0].input.TagSpecifications?.[0].Tags).toEqual([
      { Key: 'restore-test', Value: expect.stringMatching(/^restore-test-[0-9a-f]{16}$/) },
    ]);
  });

  test('loses its snapshot after the test, also when it is gone already', async () => {
    ec2
      .on(DescribeSnapshotsCommand)
      .resolvesOnce({ Snapshots: [{ SnapshotId: 'snap-1' }] })
      .resolves({ Snapshots: [] });
    expect(failed(await made()({ ...it, step: 'remove' }))).toEqual([]);
    expect(ec2.commandCalls(DeleteSnapshotCommand)).toHaveLength(1);
    ec2.on(DescribeSnapshotsCommand).resolves({ Snapshots: [{ SnapshotId: 'snap-1' }] });
    ec2.on(DeleteSnapshotCommand).rejects(failure('InvalidSnapshot.NotFound'));
    expect((await made()({ ...it, step: 'remove' })).done).toBe(true);
  });
});

describe('a restored instance', () => {
  const ec2 = mockClient(EC2Client);
  const ssm = mockClient(SSMClient);
  const it = (expect: Expectations = {}) =>
    call('EC2', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-2', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', expect);
  const validate = (each = it()) => makeEc2({ ec2: new EC2Client({}), ssm: new SSMClient({}) })(each);
  const GOOD = {
    InstanceId: 'i-2',
    State: { Name: 'running' as const },
    MetadataOptions: { HttpTokens: 'required' as const },
    VpcId: 'vpc-1',
    SecurityGroups: [{ GroupId: 'sg-1' }],
  };

  function is(instance: object = {}, status = 'ok', encrypted = true) {
    ec2.reset();
    ssm.reset();
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{ ...GOOD, ...instance }] }] });
    ec2
      .on(DescribeInstanceStatusCommand)
      .resolves({ InstanceStatuses: [{ SystemStatus: { Status: 'ok' }, InstanceStatus: { Status: status as 'ok' } }] });
    ec2.on(DescribeVolumesCommand).resolves({ Volumes: [{ Encrypted: true }, { Encrypted: encrypted }] });
  }

  test('that is up with the right settings passes', async () => {
    is();
    expect(failed(await validate())).toEqual([]);
  });

  test.each([
    ['is impaired', {}, 'impaired', true, 'its own status check passes'],
    ['has a public address', { PublicIpAddress: '203.0.113.1' }, 'ok', true, 'it has no public address'],
    [
      'takes metadata without a session',
      { MetadataOptions: { HttpTokens: 'optional' } },
      'ok',
      true,
      'its metadata needs a session',
    ],
    ['is in another network', { VpcId: 'vpc-2' }, 'ok', true, 'it is in the network of the test'],
    ['is in another group', { SecurityGroups: [{ GroupId: 'sg-2' }] }, 'ok', true, 'its security group is that of the test'],
    ['has a plain volume', {}, 'ok', false, 'its volumes are encrypted'],
  ])('that %s fails by it', async (_, instance, status, encrypted, name) => {
    is(instance, status, encrypted);
    expect(failed(await validate())).toEqual([name]);
  });

  test('that starts is waited for', async () => {
    is({}, 'initializing');
    expect(await validate()).toMatchObject({ done: false });
    await expect(validate(late(it()))).rejects.toThrow(/to be up/);
  });

  test('runs the command of the user: it waits for the agent, asks once, and shows no output', async () => {
    is();
    const each = it({ healthCommand: 'systemctl is-active app' });
    ssm
      .on(SendCommandCommand)
      .rejectsOnce(failure('InvalidInstanceId'))
      .resolves({ Command: { CommandId: 'c-1' } });
    ssm
      .on(GetCommandInvocationCommand)
      .rejectsOnce(failure('InvocationDoesNotExist'))
      .resolvesOnce({ Status: 'InProgress' })
      .resolves({ Status: 'Failed', ResponseCode: 3, StandardOutputContent: 'password=hunter2' });
    let step: Step | undefined;
    for (let tries = 0; tries < 9 && !step?.done; tries++) step = await validate({ ...each, ...(step && { settings: step }) });
    expect(failed(step!)).toEqual(['its health command succeeds']);
    expect(named(step!, 'its health command succeeds').observed).toBe('Failed, exit code 3');
    expect(JSON.stringify(step)).not.toContain('hunter2');
    expect(ssm.commandCalls(SendCommandCommand)).toHaveLength(2);
  });
});

describe('signing in', () => {
  const secrets = mockClient(SecretsManagerClient);
  const endpoint = { host: 'db.example', port: 5432, engine: 'postgres' };
  const data = { database: 'd', tables: [], assertions: [], statementSeconds: 1, user: 'restore_validator' };

  test('is by a token of IAM for the host, the port and the user', async () => {
    const signer = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
    const { user, password } = await signIn(new SecretsManagerClient({}), endpoint, data, signer);
    expect(user).toBe('restore_validator');
    expect(password).toMatch(/^db\.example:5432\/\?Action=connect&DBUser=restore_validator&.*X-Amz-Signature=/);
  });

  test.each(['{"password": "hunter2"}', 'hunter2', 'null', '{"username": 7, "password": "hunter2"}'])(
    'by a secret that cannot be meant says so, without any of it: %s',
    async (SecretString) => {
      secrets.reset();
      secrets.on(GetSecretValueCommand).resolves({ SecretString });
      const signing = signIn(new SecretsManagerClient({}), endpoint, { ...data, secretArn: 'arn:secret' });
      await expect(signing).rejects.toThrow(/^the secret arn:secret must be an object with the texts username and password$/);
    },
  );
});

describe('a ticket', () => {
  const HOSTILE = '<img src=x onerror=alert(1)>&"\'';
  const state = {
    restoreJobId: 'job-1',
    test: call('RDS', `arn:aws:rds:eu-west-1:1:db:${HOSTILE}`, `arn:aws:rds:eu-west-1:1:db:${HOSTILE}`).test,
    error: { Error: HOSTILE, Cause: JSON.stringify({ errorMessage: HOSTILE, trace: ['at secret.ts'] }) },
  };
  const ticket = makeTicket({ settings: state.test.settings, state, execution: HOSTILE });

  test('shows words that come from resources as words', () => {
    const html = page(ticket);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;');
    expect(html).not.toContain('secret.ts');
  });

  test('has a key that no name can leave', () => {
    const key = keyOf('S3', 'arn:aws:s3:::../../etc\n/passwd', '../job', '2026-11-21T03:00:00.000Z', true);
    expect(key).toMatch(/^restore-tests\/S3\/passwd-[0-9a-f]{12}\/2026-11-21T03-00-00Z_\.\.-job_passed$/);
  });

  test('metrics are one line in the embedded format, by plan and by resource', () => {
    const lines: string[] = [];
    publish('plan', { RestoreSeconds: 5, Missing: undefined }, { ResourceType: 'RDS', ResourceName: '' }, (line) =>
      lines.push(line),
    );
    expect(JSON.parse(lines[0])).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Soc2/RestoreTesting',
            Dimensions: [['RestoreTestingPlan'], ['RestoreTestingPlan', 'ResourceType', 'ResourceName']],
            Metrics: [{ Name: 'RestoreSeconds', Unit: 'Seconds' }],
          },
        ],
      },
      RestoreTestingPlan: 'plan',
      ResourceType: 'RDS',
      ResourceName: 'unnamed',
      RestoreSeconds: 5,
    });
  });
});

test('what takes over from an execution has as much of its name as there is room for', async () => {
  const names: string[] = [];
  const send = async ({ input }: { input: { name: string } }) => void names.push(input.name);
  const start = makeStart({ send } as never, 'arn');
  const ended = (name: string) => start({ source: 'aws.states', detail: { name, input: '{"selfHosted":"ledger"}' } } as never);
  // As EventBridge names them, and the longest that there are.
  expect(await Promise.all(['e'.repeat(73), 'e'.repeat(80)].map(ended))).toEqual(['started', 'started']);
  expect(names).toEqual([`${'e'.repeat(73)}-rescue`, `${'e'.repeat(73)}-rescue`]);
  expect(await ended('job-1-rescue')).toBe('ignored');
});

test.each([{}, { restoreJobId: 7 }, { restoreJobId: '../x' }, { restoreJobId: 'x'.repeat(256 * 1_024) }])(
  'an event that cannot be meant is an error, so that it is kept: %#',
  async (detail) => {
    const start = makeStart({ send: () => Promise.reject(new Error('must not be called')) } as never, 'arn');
    await expect(start({ source: 'aws.backup', detail } as never)).rejects.toThrow(/'restoreJobId' of the event must be/);
  },
);
