import {
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-guardduty';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler as makeAdopt } from '../../src/detection/adopt-detector/handler';
import { makeHandler as makeExtend } from '../../src/detection/guardduty-organization/handler';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const Features = [
  { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' },
  {
    Name: 'RUNTIME_MONITORING',
    Status: 'DISABLED',
    AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', Status: 'DISABLED' }],
  },
];
const DETECTOR = { Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES', Features };
const ORGANIZATION = { DetectorId: 'd-1', Features };

const client = mockClient(new GuardDutyClient({ region: 'eu-west-1' }));
const adopt = makeAdopt(client as unknown as GuardDutyClient);
const extend = makeExtend(client as unknown as GuardDutyClient);

beforeEach(() => {
  client.reset();
  client.on(ListDetectorsCommand).resolves({ DetectorIds: ['d-1'] });
  client.on(UpdateDetectorCommand).resolves({});
  client.on(UpdateOrganizationConfigurationCommand).resolves({});
});

describe('a detector that is adopted', () => {
  test('gets what is wanted, each time, and its id is told', async () => {
    const outcomes = [await adopt(created(DETECTOR)), await adopt(updated(DETECTOR, DETECTOR))];
    for (const outcome of outcomes)
      expect(outcome).toEqual({ PhysicalResourceId: 'guardduty-detector', Data: { DetectorId: 'd-1' } });
    for (const { args } of client.commandCalls(UpdateDetectorCommand))
      expect(args[0].input).toEqual({ DetectorId: 'd-1', Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES', Features });
  });

  test('stays as it is when the stack goes, and when there never was one', async () => {
    for (const _ of [1, 2]) await adopt(deleted(DETECTOR));
    await adopt(deleted({}));
    expect(client.calls()).toEqual([]);
  });

  test('must be there', async () => {
    client.on(ListDetectorsCommand).resolves({ DetectorIds: [] });
    await expect(adopt(created(DETECTOR))).rejects.toThrow(
      'There is no detector to adopt in this Region. Use SecurityServiceMode.CREATE',
    );
  });

  test('may be slow to answer', async () => {
    const { options, requests } = scriptedAnswers(['ThrottlingException', { detectorIds: ['d-1'] }, {}]);
    expect(await makeAdopt(new GuardDutyClient(options))(created(DETECTOR))).toMatchObject({ Data: { DetectorId: 'd-1' } });
    expect(requests.map(({ path }) => path)).toEqual(['/detector', '/detector', '/detector/d-1']);
    expect(requests[2].body).toMatchObject({
      enable: true,
      features: [{ name: 'S3_DATA_EVENTS' }, { name: 'RUNTIME_MONITORING' }],
    });
  });

  test.each([
    [{}, "'FindingPublishingFrequency' must be a text, got nothing"],
    [{ ...DETECTOR, Features: [] }, "'Features' must be a list of features"],
    [{ ...DETECTOR, Features: 'S3_DATA_EVENTS' }, 'got "S3_DATA_EVENTS"'],
    [{ ...DETECTOR, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'on' }] }, 'a Status of ENABLED or DISABLED'],
    [{ ...DETECTOR, Features: [{ Name: 'S3', Status: 'ENABLED', AdditionalConfiguration: ['x'] }] }, "'Features' must be"],
  ])('must be described: %j', async (properties, message) => {
    await expect(adopt(created(properties))).rejects.toThrow(message);
    expect(client.calls()).toEqual([]);
  });
});

describe('the organization', () => {
  test('gets GuardDuty in every account, with the features that are on, each time', async () => {
    await extend(created(ORGANIZATION));
    await extend(updated(ORGANIZATION, ORGANIZATION));
    const calls = client.commandCalls(UpdateOrganizationConfigurationCommand);
    expect(calls).toHaveLength(2);
    for (const { args } of calls) {
      expect(args[0].input).toEqual({
        DetectorId: 'd-1',
        AutoEnableOrganizationMembers: 'ALL',
        Features: [
          { Name: 'S3_DATA_EVENTS', AutoEnable: 'ALL' },
          {
            Name: 'RUNTIME_MONITORING',
            AutoEnable: 'NONE',
            AdditionalConfiguration: [{ Name: 'EC2_AGENT_MANAGEMENT', AutoEnable: 'NONE' }],
          },
        ],
      });
    }
  });

  test('keeps it when the stack goes', async () => {
    for (const _ of [1, 2]) await extend(deleted(ORGANIZATION));
    expect(client.calls()).toEqual([]);
  });

  test('is told who may do that', async () => {
    client
      .on(UpdateOrganizationConfigurationCommand)
      .rejects(Object.assign(new Error('not an administrator'), { name: 'BadRequestException' }));
    await expect(extend(created(ORGANIZATION))).rejects.toThrow(
      'Is this the account of its delegated administrator? BadRequestException: not an administrator',
    );
  });

  test('may be slow to answer', async () => {
    const { options, requests } = scriptedAnswers(['TooManyRequestsException', {}]);
    await makeExtend(new GuardDutyClient(options))(created(ORGANIZATION));
    expect(requests).toHaveLength(2);
  });
});
