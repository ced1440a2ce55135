import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EFSClient } from '@aws-sdk/client-efs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import { RestorableType, RestoreTest, RestoreTesting } from '../../src';
import type { Step, ValidatorCall } from '../../src/backup/restore-messages';
import { makeHandler as makeEfs } from '../../src/backup/validate-efs/handler';
import { makeHandler as makeFiles } from '../../src/backup/validate-files/handler';
import { ENV } from '../helpers/construct';
import { definitionIn } from '../helpers/workflow';
import { FakeFileSystems, FakeReaders } from './file-services';
import { failure, settingsIn, World } from './restore-world';

type Json = ReturnType<typeof JSON.parse>;

jest.setTimeout(60_000);

const definition = definitionIn(
  Template.fromStack(
    (() => {
      const stack = new Stack(undefined, 'Stack', { env: ENV });
      const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-00000000000000009');
      const fileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Files', { fileSystemId: 'fs-1', securityGroup });
      new RestoreTesting(stack, 'RestoreTesting', {
        rpo: Duration.hours(24),
        rto: Duration.hours(4),
        tests: [
          RestoreTest.fileSystem(fileSystem, { minimumFiles: 2, paths: ['app'], checksumFile: 'SHA256SUMS' }),
          RestoreTest.tagged(RestorableType.EFS, { backup: 'daily' }),
        ],
      });
      return stack;
    })(),
  ).toJSON() as never,
);

const ARN = `arn:aws:elasticfilesystem:${ENV.region}:${ENV.account}:file-system/`;
const job = (source: string, created: string) => ({
  ResourceType: 'EFS',
  SourceResourceArn: `${ARN}${source}`,
  CreatedResourceArn: `${ARN}${created}`,
});
const [OWN, TAGGED] = definition.States.Confirm.Parameters.targets.map(({ expect }: Json) => expect.files.reader);

/** Everything around a test: AWS Backup, EFS, Lambda, and the files of the restored file system. */
function makeWorld({ read, workflow = definition }: { readonly read?: () => Promise<unknown>; readonly workflow?: Json } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'restored-'));
  folders.push(folder);
  writeFileSync(join(folder, 'app'), 'content');
  const sum = 'ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73';
  writeFileSync(join(folder, 'SHA256SUMS'), `${sum}  app\n`);
  const fileSystems = new FakeFileSystems(settingsIn(definition).keyArn);
  const readers = new FakeReaders(OWN, TAGGED);
  const readWhere: string[] = [];
  const reader = async ({ FunctionName: name, Payload: call }: Json) => {
    const mounted = readers.mounts.get(name);
    readWhere.push(`${name} ${mounted}`);
    if (read) return { Payload: await read() };
    const mounts = async () => (mounted === undefined ? '' : `25 1 0:23 / ${folder} rw - nfs4 127.0.0.1:/ rw\n`);
    return { Payload: await makeFiles({ root: folder, mounts, mostEntries: 1_000, remaining: () => 900_000 })(call) };
  };
  const validate = makeEfs({ efs: new EFSClient({}), lambda: new LambdaClient({}) });
  const world = new World(workflow, {
    EFSFunction: async (call: Json) => {
      // A test that waits for another one must let it read files meanwhile.
      await setImmediate();
      return validate(call);
    },
    'lambda:invoke': reader,
  });
  world.isInUse = () => fileSystems.targets.size > 0;
  return { world, fileSystems, readers, readWhere, folder };
}

const folders: string[] = [];
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

type Made = ReturnType<typeof makeWorld>;

async function run(made: Made, what: object = job('fs-1', 'fs-2'), id = 'job-1'): Promise<void> {
  made.world.restore(id, what);
  await made.world.restoreEnded(id);
  await made.world.settled();
}

/** What is true however a test went: one result, and nothing left by which the file system was mounted. */
function endsWell({ world, fileSystems, readers }: Made, status: 'SUCCESSFUL' | 'FAILED'): void {
  expect(world.results).toEqual([{ job: 'job-1', status, message: expect.any(String) }]);
  expect(fileSystems.left).toEqual([]);
  expect([...readers.mounts.values()]).toEqual([undefined, undefined]);
  expect(world.tickets[0].cleanUp.status).toBe('SUCCESSFUL');
}

const failedIn = ({ world }: Made) => world.tickets[0].checks.filter(({ passed }) => !passed).map(({ name }) => name);

describe('a file system that came back', () => {
  test('is mounted, read by the function of its test, and freed before the result', async () => {
    const made = makeWorld();
    await run(made);
    endsWell(made, 'SUCCESSFUL');
    expect(made.readWhere).toEqual([`${OWN} arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-3`]);
    expect(made.world.tickets[0].checks.map(({ name }) => name)).toEqual([
      'the file system is available',
      'it is encrypted',
      'its key is the one that was asked for',
      'it can be mounted, with TLS and to be read only',
      'the file system is mounted',
      'the file system has its files',
      'its files have their bytes',
      'all that is met can be looked at',
      'path app is there',
      'the list of checksums is there',
      'sampled files have the checksums of the list',
      'what mounted it is removed',
    ]);
  });

  test('is mounted by nobody but the reader, with TLS, and to be read only', async () => {
    const made = makeWorld();
    await run(made);
    expect(made.fileSystems.policies.get('fs-2')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/Reader' },
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess'],
          Condition: { Bool: { 'aws:SecureTransport': 'true', 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
        },
      ],
    });
    // It is closed before anybody could reach it.
    expect(made.fileSystems.sent.indexOf('PutFileSystemPolicy')).toBeLessThan(made.fileSystems.sent.indexOf('CreateMountTarget'));
  });

  test('has a mount target in each zone of the network, and one access point', async () => {
    const made = makeWorld();
    await run(made);
    const count = (operation: string) => made.fileSystems.sent.filter((each) => each === operation).length;
    expect(count('CreateMountTarget')).toBe(settingsIn(definition).subnetIds.length);
    expect(settingsIn(definition).subnetIds).toHaveLength(2);
    expect(count('CreateAccessPoint')).toBe(1);
  });

  test('of a tag is read as well, by the function of that test', async () => {
    const made = makeWorld();
    await run(made, job('fs-7', 'fs-8'));
    endsWell(made, 'SUCCESSFUL');
    expect(made.readWhere).toEqual([expect.stringContaining(TAGGED)]);
  });

  test('that no test names is not mounted, and fails', async () => {
    const only = structuredClone(definition);
    only.States.Confirm.Parameters.targets.pop();
    const made = makeWorld({ workflow: only });
    await run(made, job('fs-9', 'fs-10'));
    endsWell(made, 'FAILED');
    expect(made.readWhere).toEqual([]);
    expect(failedIn(made)).toEqual(['the plan says what is expected']);
  });
});

describe('a file system that did not come back whole', () => {
  test('fails by the file whose sum is another, and is freed', async () => {
    const made = makeWorld();
    writeFileSync(join(made.folder, 'app'), 'other');
    await run(made);
    endsWell(made, 'FAILED');
    expect(failedIn(made)).toEqual(['sampled files have the checksums of the list']);
  });

  test('fails by what is missing, and is freed', async () => {
    const made = makeWorld();
    rmSync(join(made.folder, 'app'));
    await run(made);
    endsWell(made, 'FAILED');
    expect(failedIn(made)).toEqual([
      'the file system has its files',
      'path app is there',
      'sampled files have the checksums of the list',
    ]);
  });
});

describe('whatever happens', () => {
  test('a reader that crashes is called again, and then the test fails and frees the file system', async () => {
    let calls = 0;
    const made = makeWorld({
      read: async () => {
        calls += 1;
        throw failure('Runtime.ExitError', 'signal: killed');
      },
    });
    await run(made);
    endsWell(made, 'FAILED');
    expect(calls).toBe(9);
    expect(failedIn(made)).toEqual(['the test runs without an error']);
  });

  test('a reader that was idle for weeks, and a mount that is new, are waited for', async () => {
    const errors = [
      'Lambda.ResourceNotReadyException',
      'Lambda.EFSMountTimeoutException',
      'Lambda.EFSMountConnectivityException',
    ];
    const made = makeWorld({
      read: async () => {
        const name = errors.shift();
        if (name) throw failure(name);
        return {
          done: true,
          wait: 1,
          checks: [{ name: 'it is there', passed: true, expected: '', observed: '', asked: '', at: '' }],
        };
      },
    });
    await run(made);
    endsWell(made, 'SUCCESSFUL');
  });

  test.each(['ValidateEFS', 'MountFiles', 'LookIntoFiles', 'UnmountFiles', 'Report'])(
    'an execution that is stopped at %s is taken over: one result, and nothing is left',
    async (state) => {
      const made = makeWorld();
      let entered = 0;
      made.world.when((each, abort) => {
        // In the middle of mounting, after some of it is there.
        if (each === state && ++entered === (state === 'MountFiles' ? 3 : 1)) abort();
      });
      await run(made);
      expect(made.world.executions.get('job-1')?.status).toBe('ABORTED');
      expect(made.world.executions.get('job-1-rescue')?.status).toBe('SUCCEEDED');
      // A result may have been on its way when it was stopped.
      endsWell(made, state === 'Report' ? (made.world.results[0].status as 'FAILED') : 'FAILED');
    },
  );

  test.each([
    'DescribeFileSystems',
    'DescribeMountTargets',
    'PutFileSystemPolicy',
    'CreateMountTarget',
    'CreateAccessPoint',
    'DescribeAccessPoints',
  ])('an EFS that refuses %s for a while is asked again, and nothing is made twice', async (operation) => {
    const made = makeWorld();
    made.fileSystems.troubles.set(operation, [failure('ThrottlingException'), failure('InternalServerError')]);
    await run(made);
    endsWell(made, 'SUCCESSFUL');
  });

  test.each(['PutFileSystemPolicy', 'CreateMountTarget', 'CreateAccessPoint'])(
    'an EFS that refuses %s for good fails the test, and frees what was made until then',
    async (operation) => {
      const made = makeWorld();
      const refusals = Array.from({ length: 99 }, () => failure('AccessDeniedException', 'no right to do so'));
      made.fileSystems.troubles.set(operation, refusals);
      await run(made);
      endsWell(made, 'FAILED');
      expect(failedIn(made)).toEqual(['the test runs without an error']);
    },
  );

  test('a Lambda that throttles is asked again', async () => {
    const made = makeWorld();
    made.readers.troubles.push(failure('TooManyRequestsException'), failure('ServiceException'));
    await run(made);
    endsWell(made, 'SUCCESSFUL');
  });

  test('a reader that cannot mount at first is told again; one that never can fails the test, with its reason', async () => {
    const late = makeWorld();
    late.readers.failing = 2;
    await run(late);
    endsWell(late, 'SUCCESSFUL');
    const never = makeWorld();
    never.readers.failing = 99;
    await run(never);
    expect(never.world.results).toEqual([expect.objectContaining({ status: 'FAILED' })]);
    const [error] = never.world.tickets[0].checks.filter(({ passed }) => !passed);
    expect(error.observed).toMatch(/cannot mount fs-2: no mount target can be reached/);
    expect(never.fileSystems.left).toEqual([]);
  });

  test('one removal that fails for good does not keep the others, and is told', async () => {
    const made = makeWorld();
    made.fileSystems.troubles.set(
      'DeleteAccessPoint',
      Array.from({ length: 99 }, () => failure('AccessDeniedException')),
    );
    await run(made);
    expect(made.world.results).toEqual([
      expect.objectContaining({ status: 'FAILED', message: expect.stringContaining('what the test made is removed') }),
    ]);
    expect(made.fileSystems.targets.size).toBe(0);
    expect([...made.readers.mounts.values()]).toEqual([undefined, undefined]);
    expect(made.world.tickets[0].cleanUp.status).toBe('SUCCESSFUL');
  });

  test('a mount target that stays keeps AWS Backup from deleting, and that is told', async () => {
    const made = makeWorld();
    made.fileSystems.troubles.set(
      'DeleteMountTarget',
      Array.from({ length: 99 }, () => failure('DependencyTimeout')),
    );
    await run(made);
    expect(made.world.results).toHaveLength(1);
    expect(made.world.tickets[0].cleanUp.status).toBe('FAILED');
    expect(made.world.metrics.at(-1)).toEqual({ CleanUpSucceeded: 0 });
  });

  test('a file system that is gone before it is freed leaves the reader free', async () => {
    const made = makeWorld({
      read: async () => {
        made.fileSystems.gone.add('fs-2');
        made.fileSystems.targets.clear();
        made.fileSystems.points.clear();
        throw failure('Lambda.EFSIOException');
      },
    });
    await run(made);
    endsWell(made, 'FAILED');
  });

  test('a validation window that is over ends the wait for a mount', async () => {
    const made = makeWorld();
    made.world.restore('job-1', { ...job('fs-1', 'fs-2'), CompletionDate: new Date(Date.now() - 20 * 3_600_000) });
    await made.world.restoreEnded('job-1');
    await made.world.settled();
    expect(made.world.results).toEqual([expect.objectContaining({ status: 'FAILED' })]);
    expect(failedIn(made)).toContain('the test runs without an error');
  });
});

describe('two file systems of one test', () => {
  test('wait for each other: the reader mounts one after the other, and each is read', async () => {
    const made = makeWorld();
    made.world.restore('job-1', job('fs-7', 'fs-8'));
    made.world.restore('job-2', job('fs-9', 'fs-10'));
    await Promise.all([made.world.restoreEnded('job-1'), made.world.restoreEnded('job-2')]);
    await made.world.settled();
    expect(made.world.results.map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL']);
    expect(new Set(made.readWhere).size).toBe(2);
    expect(made.fileSystems.left).toEqual([]);
    expect([...made.readers.mounts.values()]).toEqual([undefined, undefined]);
  });

  test('a reader that was left behind by a test of long ago is taken over', async () => {
    const made = makeWorld();
    made.readers.mounts.set(OWN, 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-of-long-ago');
    await run(made);
    endsWell(made, 'SUCCESSFUL');
  });

  test('a reader that is changed by somebody else in between is looked at again', async () => {
    const made = makeWorld();
    made.readers.troubles.push(failure('PreconditionFailedException'), failure('ResourceConflictException'));
    await run(made);
    endsWell(made, 'SUCCESSFUL');
  });
});

describe('settings', () => {
  const GOOD = { LifeCycleState: 'available', Encrypted: true, KmsKeyId: 'key', SizeInBytes: { Value: 500 } };

  function compare(difference: object, expect: object = {}, deadline = '2099-01-01T00:00:00Z'): Promise<Step> {
    const send = async () => ({ FileSystems: [{ ...GOOD, ...difference }] });
    const clients = { efs: { send } as unknown as EFSClient, lambda: undefined as never };
    const test = { job: { created: `${ARN}fs-2` }, target: { expect }, settings: { keyArn: 'key' }, deadline };
    return makeEfs(clients)({ test: test as unknown as ValidatorCall['test'] });
  }

  test.each<readonly [object, object, readonly string[]]>([
    [{}, {}, []],
    [{ Encrypted: false }, {}, ['it is encrypted']],
    [{ KmsKeyId: 'aws/elasticfilesystem' }, {}, ['its key is the one that was asked for']],
    [{ SizeInBytes: { Value: 0 } }, {}, ['it has its bytes']],
    [{ SizeInBytes: { Value: 0 } }, { files: {} }, []],
  ])('with %j and %j fail by %j', async (difference, expected, names) => {
    const { checks } = await compare(difference, expected);
    expect(checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual(names);
  });

  test('of a file system that is not there yet are waited for, and not for ever', async () => {
    expect(await compare({ LifeCycleState: 'creating' })).toMatchObject({ done: false, wait: 30 });
    await expect(compare({ LifeCycleState: 'creating' }, {}, '2020-01-01T00:00:00Z')).rejects.toThrow(/fs-2 to be available/);
  });
});
