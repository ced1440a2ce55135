import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { RestoreHook, RestoreTest, RestoreTesting } from '../../src';
import { check } from '../../src/backup/restore-shared/checks';
import { done } from '../../src/backup/restore-shared/steps';
import { digestOf } from '../../src/backup/restore-ticket/ticket';
import { ENV } from '../helpers/construct';
import { definitionIn, type Handlers } from '../helpers/workflow';
import { failure, World } from './restore-world';

jest.setTimeout(60_000);

const definition = definitionIn(
  Template.fromStack(
    (() => {
      const stack = new Stack(undefined, 'Stack', { env: ENV });
      const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Ledger', { clusterIdentifier: 'ledger' });
      const hook = RestoreHook.lambda(
        lambda.Function.fromFunctionArn(stack, 'OwnFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:OwnHook'),
      );
      new RestoreTesting(stack, 'RestoreTesting', {
        rpo: Duration.hours(24),
        rto: Duration.hours(4),
        opsItems: true,
        tests: [
          RestoreTest.table(dynamodb.Table.fromTableArn(stack, 'Carts', 'arn:aws:dynamodb:eu-west-1:111122223333:table/carts')),
          RestoreTest.databaseCluster(cluster, { databaseName: 'shop', tables: [{ name: 'orders' }] }),
          RestoreTest.selfHosted('ledger', hook),
          RestoreTest.selfHosted('legacy', RestoreHook.stateMachine(sfn.StateMachine.fromStateMachineName(stack, 'Own', 'own'))),
        ],
      });
      return stack;
    })(),
  ).toJSON() as never,
);

const TABLE = {
  ResourceType: 'DynamoDB.FullyManaged',
  SourceResourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/carts',
  CreatedResourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/awsbackup-restore-test-1',
};

const CLUSTER = {
  ResourceType: 'Aurora',
  SourceResourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:ledger',
  CreatedResourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:awsbackup-restore-test-2',
};

const passes = async () => done([check('it is there', 'a test', 'yes', 'yes')]);
const fails = async () => done([check('it is there', 'a test', 'yes', 'no')]);

function world(handlers: Handlers = {}): World {
  const made = new World(definition, {
    DynamoDBFunction: passes,
    DataFunction: passes,
    OwnHook: passes,
    'states:startExecution': passes,
    ...handlers,
  });
  for (const name of ['ledger', 'awsbackup-restore-test-2']) made.clusters.set(name, 'available');
  return made;
}

/** What is true however a test of our plan went. */
function endsWell(made: World, status: 'SUCCESSFUL' | 'FAILED', name = 'job-1'): void {
  expect(made.results).toEqual([{ job: name, status, message: expect.any(String) }]);
  expect([...made.instances]).toEqual([]);
  expect(made.tickets.length).toBeGreaterThan(0);
  for (const ticket of made.tickets) expect(ticket.sha256).toBe(digestOf(ticket));
}

async function run(made: World, job: object, id = 'job-1'): Promise<World> {
  made.restore(id, job);
  await made.restoreEnded(id);
  await made.settled();
  return made;
}

test('a table that came back is reported once, with a ticket of every check, its times and its clean-up', async () => {
  const made = await run(world(), TABLE);
  endsWell(made, 'SUCCESSFUL');
  const [ticket] = made.tickets;
  expect(ticket).toMatchObject({
    id: 'job-1',
    result: 'PASSED',
    resource: { arn: TABLE.SourceResourceArn, name: 'carts', type: 'DynamoDB', restoredAs: TABLE.CreatedResourceArn },
    recoveryPoint: { createdAt: '2026-11-20T23:00:00.000Z', ageSeconds: 4 * 3_600 },
    restore: { startedAt: '2026-11-21T03:00:00.000Z', status: 'COMPLETED' },
    checks: [{ name: 'it is there', expected: 'yes', observed: 'yes', passed: true }],
    objectives: { rpo: { declaredSeconds: 86_400, observedSeconds: 14_400, met: true }, rto: { declaredSeconds: 14_400 } },
    cleanUp: { status: 'SUCCESSFUL' },
    startedBy: { execution: 'arn:aws:states:eu-west-1:111122223333:execution:test:job-1' },
  });
  expect([...made.objects.keys()].map((key) => key.replace(/\d{4}-\d\d-\d\dT[\d-]+Z/, 'TIME'))).toEqual([
    expect.stringMatching(/^restore-tests\/DynamoDB\/carts-[0-9a-f]{12}\/TIME_job-1_passed\.json$/),
    expect.stringMatching(/_passed\.html$/),
  ]);
  expect(made.metrics).toEqual([
    {
      ValidationSucceeded: 1,
      RestoreSeconds: expect.any(Number),
      UsableSeconds: expect.any(Number),
      RecoveryPointAgeSeconds: 14_400,
    },
    { CleanUpSucceeded: 1 },
  ]);
  expect(made.opsItems).toEqual([]);
});

test('a check that fails is reported as a failure, by its name, and opens one OpsItem', async () => {
  const made = await run(world({ DynamoDBFunction: fails }), TABLE);
  endsWell(made, 'FAILED');
  expect(made.results[0].message).toBe('1 of 1 checks failed: it is there');
  expect(made.tickets[0].result).toBe('FAILED');
  expect(made.metrics[0].ValidationSucceeded).toBe(0);
  expect(made.opsItems).toEqual([expect.any(String), 'Restore test of carts: FAILED']);
});

test('an OpsItem that cannot be opened keeps back neither ticket nor metrics, and its execution does not pass in silence', async () => {
  const made = world({ DynamoDBFunction: fails });
  made.opsTrouble = failure('AccessDeniedException');
  await run(made, TABLE);
  endsWell(made, 'FAILED');
  expect(made.metrics).toContainEqual(expect.objectContaining({ ValidationSucceeded: 0 }));
  expect(made.executions.get('job-1')?.status).toBe('FAILED');
});

describe('a recovery point', () => {
  const NAME = 'its recovery point has no malware';
  const scan = (state: string, findings: string[] = []) =>
    ({
      ScanResults: [{ MalwareScanner: 'GUARDDUTY', ScanJobState: state, Findings: findings, LastScanTimestamp: new Date(0) }],
    }) as object;

  async function with_(recoveryPoint: object | Error, job: object = TABLE): Promise<World> {
    const made = world();
    made.recoveryPoint = recoveryPoint;
    return run(made, job);
  }

  test('with malware fails the test, whatever its validator says', async () => {
    const made = await with_(scan('COMPLETED', ['MALWARE']));
    endsWell(made, 'FAILED');
    expect(made.results[0].message).toBe(`1 of 2 checks failed: ${NAME}`);
    expect(made.tickets[0].recoveryPoint.malwareScan).toBe('MALWARE; GUARDDUTY COMPLETED at 1970-01-01T00:00:00.000Z');
  });

  test('that was scanned without a finding is said to be', async () => {
    const made = await with_(scan('COMPLETED'));
    endsWell(made, 'SUCCESSFUL');
    expect(made.tickets[0].checks).toContainEqual(expect.objectContaining({ name: NAME, observed: 'no finding', passed: true }));
  });

  test.each<[string, object | Error, string]>([
    ['that was never scanned', {}, 'not scanned'],
    ['whose scan failed', scan('FAILED'), 'not scanned: GUARDDUTY FAILED at 1970-01-01T00:00:00.000Z'],
    ['that has expired meanwhile', failure('ResourceNotFoundException'), 'not known: ResourceNotFoundException'],
    ['of another account', failure('AccessDeniedException'), 'not known: AccessDeniedException'],
  ])('%s is told, and is no check', async (_, recoveryPoint, text) => {
    const made = await with_(recoveryPoint);
    endsWell(made, 'SUCCESSFUL');
    expect(made.tickets[0].recoveryPoint.malwareScan).toBe(text);
    expect(made.tickets[0].checks.map(({ name }) => name)).toEqual(['it is there']);
    expect([...made.objects.values()].find((each) => each.startsWith('<!doctype'))).toContain(text);
  });

  test.each([
    [1_000, 1_000, 'SUCCESSFUL'],
    [1_000, 900, 'SUCCESSFUL'],
    [1_000, 5_000, 'SUCCESSFUL'],
    [1_000, 899, 'FAILED'],
    [0, 1, 'SUCCESSFUL'],
    [1_000, 0, 'SUCCESSFUL'],
  ] as const)('of %d bytes that came back as %d is %s', async (backedUp, restored, status) => {
    const made = await with_({ BackupSizeInBytes: backedUp }, { ...TABLE, BackupSizeInBytes: restored });
    endsWell(made, status);
    const isCompared = backedUp > 0 && restored > 0;
    expect(made.tickets[0].checks.some(({ name }) => name === 'the restore has the size of its recovery point')).toBe(isCompared);
  });

  test('of a bucket has all its versions, of which the newest come back: sizes are not compared', async () => {
    const made = await with_({ BackupSizeInBytes: 1_000 }, { ...TABLE, ResourceType: 'S3', BackupSizeInBytes: 10 });
    expect(made.tickets[0].checks.map(({ name }) => name)).not.toContain('the restore has the size of its recovery point');
  });

  test('that AWS Backup throttles is asked for again', async () => {
    const made = world();
    made.troubles.set('DescribeRecoveryPoint', [failure('ThrottlingException'), failure('ServiceUnavailableException')]);
    endsWell(await run(made, TABLE), 'SUCCESSFUL');
  });

  test('says nothing of a kind without a validator, which still fails', async () => {
    const made = await with_(scan('COMPLETED'), { ...TABLE, ResourceType: 'FSx' });
    endsWell(made, 'FAILED');
    expect(made.tickets[0].checks.map(({ name }) => name)).toContain('something is checked');
  });
});

test('a validator that throws is tried again, and then reported with its reason and without its stack', async () => {
  let tries = 0;
  const DynamoDBFunction = async () => {
    tries += 1;
    throw failure('AccessDeniedException', 'no right to scan');
  };
  const made = await run(world({ DynamoDBFunction }), TABLE);
  endsWell(made, 'FAILED');
  expect(tries).toBe(5);
  expect(made.tickets[0].checks).toEqual([
    expect.objectContaining({
      name: 'the test runs without an error',
      observed: expect.stringContaining('no right to scan'),
      passed: false,
    }),
  ]);
});

test('a validator that is throttled at first passes in the end', async () => {
  let tries = 0;
  const DynamoDBFunction = async () => {
    tries += 1;
    if (tries < 4) throw failure('ThrottlingException');
    return passes();
  };
  endsWell(await run(world({ DynamoDBFunction }), TABLE), 'SUCCESSFUL');
});

test('a validator that says nothing is timed out, and reported', async () => {
  const made = world({ DynamoDBFunction: () => new Promise((resolve) => setTimeout(resolve, 3_000).unref()) });
  made.when(() => undefined, 1);
  await run(made, TABLE);
  endsWell(made, 'FAILED');
  expect(made.tickets[0].checks[0].observed).toMatch(/States\.Timeout/);
});

test('what never becomes ready is reported when the time for validation is over', async () => {
  const made = world();
  made.clusters.set('awsbackup-restore-test-2', 'creating');
  made.troubles.set(
    'CreateDBInstance',
    Array.from({ length: 100 }, () => failure('InvalidDBClusterStateFault')),
  );
  // The window began so long ago that it is over.
  await run(made, { ...CLUSTER, CompletionDate: new Date(Date.now() - 20 * 3_600_000) });
  endsWell(made, 'FAILED');
  expect(made.tickets[0].checks.map(({ observed }) => observed)).toContainEqual(
    expect.stringMatching(/^TooLate: .*the time for validation was over/),
  );
});

test('throttling of AWS Backup neither loses a result nor reports it twice', async () => {
  const made = world();
  const throttled = () => failure('ThrottlingException');
  made.troubles.set('DescribeRestoreJob', [throttled(), throttled(), throttled()]);
  made.troubles.set('PutRestoreValidationResult', [throttled(), throttled()]);
  made.troubles.set('PutObject', [throttled()]);
  await run(made, TABLE);
  endsWell(made, 'SUCCESSFUL');
});

test('a result whose answer got lost is not reported again', async () => {
  const made = world();
  let isLost = false;
  const job = made as unknown as { putResult: (input: object) => object };
  const put = job.putResult.bind(made);
  job.putResult = (input) => {
    const answer = put(input);
    if (isLost) return answer;
    isLost = true;
    throw failure('TimeoutError', 'socket hang up');
  };
  await run(made, TABLE);
  endsWell(made, 'SUCCESSFUL');
  expect(made.sent.filter((operation) => operation === 'PutRestoreValidationResult')).toHaveLength(1);
});

test('a test that fails is not passed because somebody else told AWS Backup so', async () => {
  const made = await run(world({ DynamoDBFunction: fails }), {
    ...TABLE,
    ValidationStatus: 'SUCCESSFUL',
    DeletionStatus: 'SUCCESSFUL',
  });
  expect(made.results).toEqual([]);
  expect(made.tickets.map(({ result }) => result)).toEqual(['FAILED']);
  expect(made.tickets[0].message).toContain('told before, and not by this test, that it passed');
  expect(made.tickets[0].validation.reportedToAwsBackup).toBe(false);
});

test('a second event for the same restore starts nothing, while the test runs and after it', async () => {
  const made = world();
  made.restore('job-1', TABLE);
  expect(await Promise.all([made.restoreEnded('job-1'), made.restoreEnded('job-1')])).toEqual(['started', 'known']);
  await made.settled();
  expect(await made.restoreEnded('job-1')).toBe('known');
  await made.settled();
  endsWell(made, 'SUCCESSFUL');
  expect(made.executions.size).toBe(1);
});

test.each([
  ['by hand', undefined],
  ['of another plan', { RestoreTestingPlanArn: 'arn:aws:backup:eu-west-1:111122223333:restore-testing-plan:other' }],
])('a restore %s is left alone', async (_, CreatedBy) => {
  const made = await run(world(), { ...TABLE, CreatedBy });
  expect(made.results).toEqual([]);
  expect(made.objects.size).toBe(0);
  expect(made.metrics).toEqual([]);
  expect(made.executions.get('job-1')?.status).toBe('SUCCEEDED');
});

test.each(['FAILED', 'ABORTED'])(
  'a restore that is %s gets a ticket, and no result, for AWS Backup takes none',
  async (Status) => {
    const made = world();
    made.restore('job-1', {
      ...TABLE,
      Status: Status as 'FAILED',
      StatusMessage: 'no <right> to restore',
      CreatedResourceArn: undefined,
    });
    await made.restoreEnded('job-1', Status);
    await made.settled();
    expect(made.results).toEqual([]);
    expect(made.tickets).toEqual([
      expect.objectContaining({ result: 'NOT RESTORED', cleanUp: expect.objectContaining({ status: 'NOT NEEDED' }) }),
    ]);
    expect(made.metrics).toEqual([expect.objectContaining({ ValidationSucceeded: 0 })]);
    expect(made.metrics[0].UsableSeconds).toBeUndefined();
  },
);

test('a restore of the plan that no test names fails, whatever else is checked: nobody said what must be true of it', async () => {
  const made = await run(world(), { ...TABLE, SourceResourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/other' });
  endsWell(made, 'FAILED');
  expect(made.tickets[0].checks).toContainEqual(
    expect.objectContaining({ name: 'the plan says what is expected', passed: false }),
  );
});

test('a kind of resource without a validator fails: nothing was checked', async () => {
  const made = await run(world(), { ...TABLE, ResourceType: 'FSx' });
  endsWell(made, 'FAILED');
  expect(made.tickets[0].checks.map(({ name }) => name)).toEqual(['the plan says what is expected', 'something is checked']);
});

test('AWS Backup that cannot be reached for long ends in a failed execution, and the one that takes over reports', async () => {
  const made = world();
  made.troubles.set(
    'PutRestoreValidationResult',
    Array.from({ length: 13 }, () => failure('ServiceUnavailableException')),
  );
  await run(made, TABLE);
  expect(made.executions.get('job-1')?.status).toBe('FAILED');
  expect(made.executions.get('job-1-rescue')?.status).toBe('SUCCEEDED');
  endsWell(made, 'FAILED');
});

test('a ticket that cannot be written does not keep the result from AWS Backup', async () => {
  const made = world();
  made.troubles.set(
    'PutObject',
    Array.from({ length: 26 }, () => failure('AccessDenied')),
  );
  await run(made, TABLE);
  expect(made.results).toEqual([expect.objectContaining({ status: 'SUCCESSFUL' })]);
  expect(made.executions.get('job-1')?.status).toBe('FAILED');
  // The execution that takes over writes it.
  endsWell(made, 'SUCCESSFUL');
});

describe('a cluster of Aurora', () => {
  test('gets an instance, is looked into, and the instance is removed before the result', async () => {
    const made = await run(world(), CLUSTER);
    endsWell(made, 'SUCCESSFUL');
    const order = made.sent.filter((operation) => /^(Create|Delete|Put)/.test(operation));
    expect(order.slice(0, 3)).toEqual(['CreateDBInstance', 'DeleteDBInstance', 'PutRestoreValidationResult']);
    expect(made.tickets[0].cleanUp.status).toBe('SUCCESSFUL');
    expect(made.tickets[0].checks.map(({ name }) => name)).toEqual([
      'an instance can be added',
      'the database is available',
      'its storage is encrypted',
      'its key is that of the source',
      'it is not public',
      'it is in the network of the test',
      'its security group is that of the test',
      'TLS is forced by a parameter',
      'it is there',
      'the added instance is removed',
    ]);
  });

  test.each([
    ['CreateDBInstance', { CreateDBInstance: 9 }],
    ['the look at its settings', { DescribeDBClusters: 99 }],
  ])('is cleaned up when %s fails for good', async (_, troubles) => {
    const made = world();
    for (const [operation, times] of Object.entries(troubles))
      made.troubles.set(
        operation,
        Array.from({ length: times }, () => failure('InsufficientDBInstanceCapacityFault')),
      );
    await run(made, CLUSTER);
    endsWell(made, 'FAILED');
  });

  test('is cleaned up when the function that looks into it crashes in the middle', async () => {
    const DataFunction = async () => {
      throw failure('Runtime.ExitError', 'RequestId: Error: Runtime exited with error: signal: killed');
    };
    const made = await run(world({ DataFunction }), CLUSTER);
    endsWell(made, 'FAILED');
    expect(made.tickets[0].cleanUp.status).toBe('SUCCESSFUL');
  });

  test.each(['AddInstance', 'CheckSettingsOfAurora', 'LookIntoAurora', 'RemoveInstance', 'Report'])(
    'is cleaned up and reported when the execution is stopped at %s',
    async (state) => {
      const made = world();
      let isStopped = false;
      made.when((entered, abort) => {
        if (entered !== state || isStopped) return;
        isStopped = true;
        abort();
      });
      await run(made, CLUSTER);
      expect(made.executions.get('job-1')?.status).toBe('ABORTED');
      expect(made.executions.get('job-1-rescue')?.status).toBe('SUCCEEDED');
      expect(made.results).toHaveLength(1);
      expect([...made.instances]).toEqual([]);
    },
  );

  test('is reported when its instance cannot be removed, and says so', async () => {
    const made = world();
    made.troubles.set(
      'DeleteDBInstance',
      Array.from({ length: 99 }, () => failure('InternalFailure', 'try later')),
    );
    await run(made, CLUSTER);
    expect(made.results).toEqual([
      expect.objectContaining({ status: 'FAILED', message: expect.stringContaining('what the test made is removed') }),
    ]);
    expect(made.tickets[0].cleanUp.status).toBe('FAILED');
    expect(made.metrics.at(-1)).toEqual({ CleanUpSucceeded: 0 });
    // One item says that the test failed, another one that something is left.
    expect(made.opsItems.filter((each) => each.startsWith('Restore test'))).toEqual([
      'Restore test of ledger: FAILED',
      'Restore test of ledger: LEFT BEHIND',
    ]);
  });
});

describe('a self-hosted database', () => {
  const report = {
    recoveryPoint: 's3://dumps/ledger/2026-11-21.dump',
    recoveryPointAt: '2026-11-21T01:00:00Z',
    startedAt: '2026-11-21T03:00:00Z',
    completedAt: '2026-11-21T03:20:00Z',
    checks: [{ name: 'balances add up', expected: '0', observed: '0', passed: true, asked: 'SELECT sum(amount) FROM ledger' }],
  };

  async function test_(hook: () => Promise<unknown>): Promise<World> {
    const made = world({ OwnHook: hook });
    const run = made as unknown as { run: (name: string, input: object) => void };
    run.run('scheduled', { selfHosted: 'ledger' });
    await made.settled();
    return made;
  }

  test('is restored and checked by the hook of the user, with the same ticket', async () => {
    const made = await test_(async () => report);
    expect(made.results).toEqual([]);
    expect(made.tickets).toEqual([
      expect.objectContaining({
        result: 'PASSED',
        resource: { arn: 'ledger', name: 'ledger', type: 'SelfHosted' },
        recoveryPoint: { arn: report.recoveryPoint, createdAt: '2026-11-21T01:00:00.000Z', ageSeconds: 7_200 },
        restore: expect.objectContaining({ seconds: 1_200 }),
        checks: [expect.objectContaining({ name: 'balances add up', passed: true })],
      }),
    ]);
  });

  test('is restored and checked by a workflow of the user, which is told of the test, and whose output is the report', async () => {
    const started: object[] = [];
    const made = world({
      'states:startExecution': async (input) => {
        started.push(input);
        return { Output: report };
      },
    });
    (made as unknown as { run: (name: string, input: object) => void }).run('scheduled', { selfHosted: 'legacy' });
    await made.settled();
    expect(made.tickets).toEqual([
      expect.objectContaining({ result: 'PASSED', checks: [expect.objectContaining({ passed: true })] }),
    ]);
    expect(started).toEqual([
      {
        StateMachineArn: expect.stringContaining(':stateMachine:own'),
        Input: {
          test: expect.objectContaining({ job: expect.objectContaining({ source: 'legacy' }) }),
          AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: 'arn:aws:states:eu-west-1:111122223333:execution:test:scheduled',
        },
      },
    ]);
  });

  test.each([
    ['nothing', undefined],
    ['no checks', { checks: [] }],
    ['checks without a result', { checks: [{ name: 'x' }] }],
    ['text', 'all is well'],
  ])('fails when its hook reports %s', async (_, answer) => {
    expect((await test_(async () => answer)).tickets).toEqual([expect.objectContaining({ result: 'FAILED' })]);
  });

  test('fails when its hook throws, and the hook is called once', async () => {
    let calls = 0;
    const made = await test_(async () => {
      calls += 1;
      throw failure('Error', 'no dump');
    });
    expect(calls).toBe(1);
    expect(made.tickets).toEqual([expect.objectContaining({ result: 'FAILED' })]);
  });
});
