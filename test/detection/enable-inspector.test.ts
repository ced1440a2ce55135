import { BatchGetAccountStatusCommand, DisableCommand, EnableCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/detection/enable-inspector/handler';
import { CLIENT_OPTIONS } from '../../src/functions/client-options';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';

const ALL = { ResourceTypes: ['EC2', 'ECR', 'LAMBDA', 'LAMBDA_CODE'], SwitchOffOnDelete: false };
const SOME = { ...ALL, ResourceTypes: ['EC2'] };

const client = mockClient(Inspector2Client);
const clock = () => new HurriedClock();
const handlerOf = () => makeHandler(new Inspector2Client(CLIENT_OPTIONS), clock());

/** What Inspector says of an account, all scans in one state. */
const account = (status: string) => ({
  accounts: [
    {
      accountId: '111122223333',
      state: { status },
      resourceState: Object.fromEntries(['ec2', 'ecr', 'lambda', 'lambdaCode'].map((scan) => [scan, { status }])),
    },
  ],
});
const refused = (errorCode: string) => ({ failedAccounts: [{ accountId: '111122223333', errorCode, errorMessage: 'because' }] });

beforeEach(() => {
  client.reset();
  client.on(EnableCommand).resolves({ accounts: [] });
  client.on(DisableCommand).resolves({ accounts: [] });
});

describe('turning on', () => {
  test('waits until every scan is on', async () => {
    client
      .on(BatchGetAccountStatusCommand)
      .resolvesOnce(account('DISABLED') as never)
      .resolvesOnce(account('ENABLING') as never)
      .resolves(account('ENABLED') as never);
    const outcome = await handlerOf()(created(ALL));
    expect(outcome).toEqual({ PhysicalResourceId: 'inspector', Data: { Pending: '' } });
    expect(client.commandCalls(EnableCommand).map(({ args }) => args[0].input)).toEqual([{ resourceTypes: ALL.ResourceTypes }]);
  });

  test('asks for nothing that is on', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLED') as never);
    await handlerOf()(created(ALL));
    await handlerOf()(created(ALL));
    expect(client.commandCalls(EnableCommand)).toEqual([]);
  });

  test('does not fail where Inspector only needs more time than a function has', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLING') as never);
    expect(await handlerOf()(created(SOME))).toMatchObject({ Data: { Pending: 'EC2' } });
  });

  test('ends before the function is stopped, whatever Inspector answers', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('DISABLED') as never);
    client.on(EnableCommand).resolves(refused('INTERNAL_ERROR') as never);
    const time = clock();
    const start = time.now();
    const handler = makeHandler(new Inspector2Client(CLIENT_OPTIONS), time);
    await expect(handler(created(SOME))).rejects.toThrow(
      'Inspector did not turn every scan on in time: EC2 is DISABLED, because of INTERNAL_ERROR',
    );
    expect(time.now() - start).toBeLessThan(5 * 60_000);
  });

  test.each(['DISABLE_IN_PROGRESS', 'SUSPEND_IN_PROGRESS', 'SSM_THROTTLED', 'ALREADY_ENABLED'])(
    'tries again after %s, which passes',
    async (code) => {
      client
        .on(BatchGetAccountStatusCommand)
        .resolvesOnce(account('DISABLED') as never)
        .resolvesOnce(account('DISABLED') as never)
        .resolves(account('ENABLED') as never);
      client
        .on(EnableCommand)
        .resolvesOnce(refused(code) as never)
        .resolves({ accounts: [] });
      await handlerOf()(created(SOME));
      expect(client.commandCalls(EnableCommand)).toHaveLength(2);
    },
  );

  test.each(['BLOCKED_BY_ORGANIZATION_POLICY', 'ACCESS_DENIED', 'ACCOUNT_IS_ISOLATED'])(
    'fails at once after %s',
    async (code) => {
      client.on(BatchGetAccountStatusCommand).resolves(account('DISABLED') as never);
      client.on(EnableCommand).resolves(refused(code) as never);
      await expect(handlerOf()(created(SOME))).rejects.toThrow(`Inspector cannot turn EC2 on in this account: ${code}: because`);
      expect(client.commandCalls(EnableCommand)).toHaveLength(1);
    },
  );

  test('does not fail for an answer without accounts', async () => {
    client
      .on(BatchGetAccountStatusCommand)
      .resolvesOnce({ accounts: [] })
      .resolves(account('ENABLED') as never);
    await handlerOf()(created(SOME));
    expect(client.commandCalls(EnableCommand)).toHaveLength(1);
  });
});

describe('changing', () => {
  test('turns off what the template asked for before and does not any more, and only that', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLED') as never);
    await handlerOf()(updated(ALL, SOME));
    expect(client.commandCalls(DisableCommand)[0].args[0].input).toEqual({ resourceTypes: ['ECR', 'LAMBDA', 'LAMBDA_CODE'] });
  });

  test('turns nothing off that the template never asked for', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLED') as never);
    await handlerOf()(updated(SOME, ALL));
    expect(client.commandCalls(DisableCommand)).toEqual([]);
  });
});

describe('deletion', () => {
  test('of the stack leaves the scans on', async () => {
    await handlerOf()(deleted(ALL));
    expect(client.calls()).toEqual([]);
  });

  test('turns the scans off where the app asked for that, and once', async () => {
    client
      .on(BatchGetAccountStatusCommand)
      .resolvesOnce(account('ENABLED') as never)
      .resolves(account('DISABLED') as never);
    const off = { ...ALL, SwitchOffOnDelete: true };
    await handlerOf()(deleted(off));
    await handlerOf()(deleted(off));
    expect(client.commandCalls(DisableCommand)).toHaveLength(1);
  });

  test('of what was never made does nothing', async () => {
    client.on(BatchGetAccountStatusCommand).resolves({ accounts: [] });
    await handlerOf()(deleted({ ...ALL, SwitchOffOnDelete: true }));
    expect(client.commandCalls(DisableCommand)).toEqual([]);
  });

  test('succeeds when another deletion is at work', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLED') as never);
    client.on(DisableCommand).resolves(refused('DISABLE_IN_PROGRESS') as never);
    await expect(handlerOf()(deleted({ ...ALL, SwitchOffOnDelete: true }))).resolves.toBeDefined();
  });

  test('tells when Inspector refuses', async () => {
    client.on(BatchGetAccountStatusCommand).resolves(account('ENABLED') as never);
    client.on(DisableCommand).resolves(refused('DISASSOCIATE_ALL_MEMBERS') as never);
    await expect(handlerOf()(deleted({ ...SOME, SwitchOffOnDelete: true }))).rejects.toThrow('DISASSOCIATE_ALL_MEMBERS');
  });
});

test.each([
  [{}, "'ResourceTypes' must be a list of EC2, ECR, LAMBDA, LAMBDA_CODE, CODE_REPOSITORY, got nothing"],
  [{ ResourceTypes: [] }, 'got []'],
  [{ ResourceTypes: 'EC2' }, 'got "EC2"'],
  [{ ResourceTypes: ['EC2', 'TOASTER'] }, 'got ["EC2","TOASTER"]'],
  [{ ResourceTypes: ['EC2'], SwitchOffOnDelete: 'maybe' }, "'SwitchOffOnDelete' must be true or false"],
])('malformed properties are refused: %j', async (properties, message) => {
  await expect(handlerOf()(created(properties))).rejects.toThrow(message);
  expect(client.calls()).toEqual([]);
});
