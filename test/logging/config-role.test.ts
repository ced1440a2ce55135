import {
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  IAMClient,
  InvalidInputException,
  ServiceFailureException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/logging/config-role/handler';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { describeWithTool } from '../helpers/optional';

const Arn = `arn:aws:iam::${ENV.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

describeWithTool(EMULATOR, 'the role of AWS Config, on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('is made where it is missing, and stays when the stack goes', async () => {
    const iam = new IAMClient(emulator.options);
    // IAM writes names of services with a capital; the emulator does not for this one, and tells names by their case.
    iam.middlewareStack.add(
      (next) => (args) =>
        next('RoleName' in args.input ? { ...args, input: { ...args.input, RoleName: 'AWSServiceRoleForconfig' } } : args),
      { step: 'initialize' },
    );
    const handle = makeHandler(iam);
    const found = { Arn: expect.stringMatching(new RegExp(`^${Arn}$`, 'i')) };
    expect(await handle(created({}))).toEqual({ PhysicalResourceId: 'AWSServiceRoleForConfig', Data: found });
    await handle(deleted({}));
    expect((await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForConfig' }))).Role).toMatchObject(found);
  });
});

describe('the role of AWS Config', () => {
  const client = new IAMClient({ region: ENV.region });
  const iam = mockClient(client);
  const handle = makeHandler(client);
  beforeEach(() => iam.reset());

  const refuse = (message: string) =>
    iam.on(CreateServiceLinkedRoleCommand).rejects(new InvalidInputException({ message, $metadata: {} }));

  test.each([
    ['created', created({})],
    ['updated', updated({}, {})],
  ])('that is there already is used when the stack is %s', async (_, event) => {
    refuse('Service role name AWSServiceRoleForConfig has been taken in this account, please try a different suffix.');
    iam.on(GetRoleCommand).resolves({ Role: { Arn } as never });
    await expect(handle(event)).resolves.toMatchObject({ Data: { Arn } });
  });

  test('is made for AWS Config and no other service', async () => {
    iam.on(GetRoleCommand).resolves({ Role: { Arn } as never });
    await handle(created({}));
    expect(iam.commandCalls(CreateServiceLinkedRoleCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { AWSServiceName: 'config.amazonaws.com' },
    ]);
  });

  test('fails the deployment when IAM refuses for another reason', async () => {
    refuse('AWSServiceName is invalid');
    await expect(handle(created({}))).rejects.toThrow('AWSServiceName is invalid');
    iam.on(CreateServiceLinkedRoleCommand).rejects(new ServiceFailureException({ message: 'try again', $metadata: {} }));
    await expect(handle(created({}))).rejects.toThrow('try again');
  });

  test('a deletion calls nothing', async () => {
    await handle(deleted({}));
    expect(iam.calls()).toEqual([]);
  });
});
