import {
  GetMacieSessionCommand,
  Macie2Client,
  PutClassificationExportConfigurationCommand,
  PutFindingsPublicationConfigurationCommand,
  UpdateAutomatedDiscoveryConfigurationCommand,
  UpdateMacieSessionCommand,
} from '@aws-sdk/client-macie2';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/detection/macie-settings/handler';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const WANTED = { Adopt: false, AutomatedDiscovery: true, SwitchOffOnDelete: false };
const RESULTS = { BucketName: 'results', KeyPrefix: 'macie', KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' };
const OFF = Object.assign(new Error('Macie is not enabled'), { name: 'AccessDeniedException' });

const client = mockClient(new Macie2Client({ region: 'eu-west-1' }));
const handler = makeHandler(client as unknown as Macie2Client);
const called = () => client.calls().map(({ args }) => args[0].constructor.name.replace('Command', ''));

beforeEach(() => {
  client.reset();
  client.onAnyCommand().resolves({});
  client.on(GetMacieSessionCommand).resolves({ status: 'ENABLED' });
});

test('discovery is turned on and findings go to Security Hub, each time', async () => {
  for (const event of [created(WANTED), updated(WANTED, WANTED)])
    expect(await handler(event)).toEqual({ PhysicalResourceId: 'macie' });
  expect(called()).toEqual([
    'UpdateAutomatedDiscoveryConfiguration',
    'PutFindingsPublicationConfiguration',
    'UpdateAutomatedDiscoveryConfiguration',
    'PutFindingsPublicationConfiguration',
  ]);
  expect(client.commandCalls(UpdateAutomatedDiscoveryConfigurationCommand)[0].args[0].input).toEqual({ status: 'ENABLED' });
  expect(client.commandCalls(PutFindingsPublicationConfigurationCommand)[0].args[0].input).toEqual({
    securityHubConfiguration: { publishClassificationFindings: true, publishPolicyFindings: true },
  });
});

test('discovery is turned off where the template says so', async () => {
  await handler(updated(WANTED, { ...WANTED, AutomatedDiscovery: false }));
  expect(client.commandCalls(UpdateAutomatedDiscoveryConfigurationCommand)[0].args[0].input).toEqual({ status: 'DISABLED' });
});

test('results are kept in the bucket, encrypted with the key', async () => {
  await handler(created({ ...WANTED, Results: RESULTS }));
  expect(client.commandCalls(PutClassificationExportConfigurationCommand)[0].args[0].input).toEqual({
    configuration: { s3Destination: { bucketName: 'results', keyPrefix: 'macie', kmsKeyArn: RESULTS.KmsKeyArn } },
  });
});

test('a session that is adopted is resumed, and publishes every 15 minutes', async () => {
  await handler(created({ ...WANTED, Adopt: true }));
  expect(client.commandCalls(UpdateMacieSessionCommand)[0].args[0].input).toEqual({
    status: 'ENABLED',
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
  });
});

test('a session that is adopted must be there', async () => {
  client.on(GetMacieSessionCommand).rejects(OFF);
  await expect(handler(created({ ...WANTED, Adopt: true }))).rejects.toThrow('Macie is not on in this Region');
});

test('lack of rights is not taken for a session that is not there', async () => {
  const message = 'User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: macie2:GetMacieSession';
  client.on(GetMacieSessionCommand).rejects(Object.assign(new Error(message), { name: 'AccessDeniedException' }));
  await expect(handler(created({ ...WANTED, Adopt: true }))).rejects.toThrow('is not authorized');
});

test('everything stays when the stack goes', async () => {
  for (const _ of [1, 2]) await handler(deleted({ ...WANTED, Results: RESULTS }));
  expect(client.calls()).toEqual([]);
});

test('discovery ends with the stack where that was asked for, and Macie may be off by then', async () => {
  const wanted = { ...WANTED, SwitchOffOnDelete: true };
  for (const _ of [1, 2]) await handler(deleted(wanted));
  expect(called()).toEqual([
    'GetMacieSession',
    'UpdateAutomatedDiscoveryConfiguration',
    'GetMacieSession',
    'UpdateAutomatedDiscoveryConfiguration',
  ]);
  client.resetHistory();
  client.on(GetMacieSessionCommand).rejects(OFF);
  await handler(deleted(wanted));
  expect(called()).toEqual(['GetMacieSession']);
});

test('Macie may be slow to answer', async () => {
  const { options, requests } = scriptedAnswers(['ThrottlingException', {}, 'ThrottlingException', {}]);
  await makeHandler(new Macie2Client(options))(created(WANTED));
  expect(requests).toHaveLength(4);
});

test.each([
  [{ AutomatedDiscovery: 'yes' }, '\'AutomatedDiscovery\' must be true or false, got "yes"'],
  [{ Results: {} }, "'Results' must have a BucketName, a KeyPrefix and a KmsKeyArn, got {}"],
  [{ Results: 'bucket' }, "'Results' must have"],
])('malformed properties are refused: %j', async (properties, message) => {
  await expect(handler(created({ ...WANTED, ...properties }))).rejects.toThrow(message);
  expect(client.calls()).toEqual([]);
});
