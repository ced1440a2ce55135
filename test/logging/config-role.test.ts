import {
  CreateServiceLinkedRoleCommand,
  GetRoleCommand,
  IAMClient,
  InvalidInputException,
  ServiceFailureException,
} from '@aws-sdk/client-iam';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/logging/config-role/handler';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

const Arn = `arn:aws:iam::${ENV.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

const event = (RequestType: 'Create' | 'Update' | 'Delete') =>
  ({
    RequestType,
    PhysicalResourceId: 'AWSServiceRoleForConfig',
    ResourceProperties: { ServiceToken: 'arn' },
    OldResourceProperties: {},
  }) as unknown as CloudFormationCustomResourceEvent;

describeWithTool(EMULATOR, 'the role of AWS Config, on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('is made where it is missing, and stays when the stack goes', async () => {
    const iam = new IAMClient(emulator.options);
    const handle = makeHandler(iam);
    await expect(handle(event('Create'))).resolves.toEqual({ PhysicalResourceId: 'AWSServiceRoleForConfig', Data: { Arn } });
    await expect(handle(event('Delete'))).resolves.toEqual({ PhysicalResourceId: 'AWSServiceRoleForConfig' });
    await expect(iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForConfig' }))).resolves.toMatchObject({ Role: { Arn } });
  });
});

describe('the role of AWS Config', () => {
  const iam = mockClient(IAMClient);
  const handle = makeHandler(iam as unknown as IAMClient);
  beforeEach(() => iam.reset());

  const refuse = (message: string) =>
    iam.on(CreateServiceLinkedRoleCommand).rejects(new InvalidInputException({ message, $metadata: {} }));

  test.each(['Create', 'Update'] as const)('that is there already is used (%s)', async (type) => {
    refuse('Service role name AWSServiceRoleForConfig has been taken in this account, please try a different suffix.');
    iam.on(GetRoleCommand).resolves({ Role: { Arn } as never });
    await expect(handle(event(type))).resolves.toMatchObject({ Data: { Arn } });
  });

  test('is made for AWS Config and no other service', async () => {
    iam.on(GetRoleCommand).resolves({ Role: { Arn } as never });
    await handle(event('Create'));
    expect(iam.commandCalls(CreateServiceLinkedRoleCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { AWSServiceName: 'config.amazonaws.com' },
    ]);
  });

  test('fails the deployment when IAM refuses for another reason', async () => {
    refuse('AWSServiceName is invalid');
    await expect(handle(event('Create'))).rejects.toThrow('AWSServiceName is invalid');
    iam.on(CreateServiceLinkedRoleCommand).rejects(new ServiceFailureException({ message: 'try again', $metadata: {} }));
    await expect(handle(event('Create'))).rejects.toThrow('try again');
  });

  test('a deletion calls nothing', async () => {
    await handle(event('Delete'));
    expect(iam.calls()).toEqual([]);
  });
});
