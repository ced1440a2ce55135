import { CreateDetectorCommand, GetDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { BatchGetAccountStatusCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { makeHandler as makeAdoptDetector } from '../../src/detection/adopt-detector/handler';
import { makeHandler as makeEnableInspector } from '../../src/detection/enable-inspector/handler';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { describeWithTool } from '../helpers/optional';

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('scans of Inspector are turned on, changed and turned off, each twice', async () => {
    const client = new Inspector2Client(emulator.options);
    // AWS takes the account of the caller where none is named; the emulator wants it named.
    client.middlewareStack.add((next) => (args) => next({ ...args, input: { accountIds: [ENV.account], ...args.input } }), {
      step: 'initialize',
    });
    const handler = makeEnableInspector(client, new HurriedClock());
    const states = async () => {
      const { accounts } = await client.send(new BatchGetAccountStatusCommand({}));
      const { ec2, ecr, lambda } = accounts![0].resourceState!;
      return [ec2, ecr, lambda].map((each) => each!.status);
    };
    const all = { ResourceTypes: ['EC2', 'ECR', 'LAMBDA'], SwitchOffOnDelete: true };
    const one = { ...all, ResourceTypes: ['EC2'] };
    for (const _ of [1, 2]) await handler(created(all));
    expect(await states()).toEqual(['ENABLED', 'ENABLED', 'ENABLED']);
    for (const _ of [1, 2]) await handler(updated(all, one));
    expect(await states()).toEqual(['ENABLED', 'DISABLED', 'DISABLED']);
    for (const _ of [1, 2]) await handler(deleted(one));
    expect(await states()).toEqual(['DISABLED', 'DISABLED', 'DISABLED']);
  });

  test('a detector is adopted twice, and left as it is twice', async () => {
    const client = new GuardDutyClient(emulator.options);
    const handler = makeAdoptDetector(client);
    const wanted = {
      Enable: true,
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }],
    };
    await expect(handler(created(wanted))).rejects.toThrow('There is no detector to adopt in this Region');
    const { DetectorId } = await client.send(
      new CreateDetectorCommand({ Enable: true, FindingPublishingFrequency: 'SIX_HOURS' }),
    );
    for (const _ of [1, 2]) expect(await handler(created(wanted))).toMatchObject({ Data: { DetectorId } });
    for (const _ of [1, 2]) await handler(deleted(wanted));
    const detector = await client.send(new GetDetectorCommand({ DetectorId }));
    expect(detector).toMatchObject({ Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' });
  });
});
