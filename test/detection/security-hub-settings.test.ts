import {
  BatchEnableStandardsCommand,
  BatchUpdateStandardsControlAssociationsCommand,
  DescribeHubCommand,
  ListStandardsControlAssociationsCommand,
  SecurityHubClient,
  UpdateSecurityHubConfigurationCommand,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler as makeAdopt } from '../../src/detection/adopt-security-hub/handler';
import { makeHandler as makeControls } from '../../src/detection/security-controls/handler';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const [FSBP, CIS, OTHER] = ['fsbp', 'cis', 'other'].map((name) => `arn:aws:securityhub:eu-west-1::standards/${name}/v/1.0.0`);

const client = mockClient(new SecurityHubClient({ region: 'eu-west-1' }));
const adopt = makeAdopt(client as unknown as SecurityHubClient);
const clock = () => new HurriedClock();
const controls = (time = clock()) => makeControls(client as unknown as SecurityHubClient, time);
const failing = (name: string) => Object.assign(new Error('because'), { name });

beforeEach(() => {
  client.reset();
  client.on(DescribeHubCommand).resolves({ HubArn: 'hub' });
  client.on(UpdateSecurityHubConfigurationCommand).resolves({});
  client.on(BatchEnableStandardsCommand).resolves({ StandardsSubscriptions: [] });
  client.on(BatchUpdateStandardsControlAssociationsCommand).resolves({});
});

describe('a hub that is adopted', () => {
  const HUB = { Standards: [FSBP, CIS] };

  test('checks the standards and reports each control once, each time', async () => {
    const outcomes = [await adopt(created(HUB)), await adopt(updated(HUB, HUB))];
    for (const outcome of outcomes) expect(outcome).toEqual({ PhysicalResourceId: 'security-hub', Data: { HubArn: 'hub' } });
    for (const { args } of client.commandCalls(UpdateSecurityHubConfigurationCommand))
      expect(args[0].input).toEqual({ AutoEnableControls: true, ControlFindingGenerator: 'SECURITY_CONTROL' });
    for (const { args } of client.commandCalls(BatchEnableStandardsCommand))
      expect(args[0].input).toEqual({ StandardsSubscriptionRequests: [{ StandardsArn: FSBP }, { StandardsArn: CIS }] });
  });

  test('keeps a standard that the template does not name any more', async () => {
    await adopt(updated(HUB, { Standards: [FSBP] }));
    const names = client.calls().map(({ args }) => args[0].constructor.name);
    expect(names.filter((name) => /Disable|Delete/.test(name))).toEqual([]);
  });

  test('stays as it is when the stack goes, and when it never was there', async () => {
    for (const _ of [1, 2]) await adopt(deleted(HUB));
    await adopt(deleted({}));
    expect(client.calls()).toEqual([]);
  });

  test.each(['InvalidAccessException', 'ResourceNotFoundException'])('must be on: %s', async (name) => {
    client.on(DescribeHubCommand).rejects(failing(name));
    await expect(adopt(created(HUB))).rejects.toThrow(`Use SecurityServiceMode.CREATE. ${name}: because`);
  });

  test('tells when rights are missing', async () => {
    client.on(DescribeHubCommand).rejects(failing('AccessDeniedException'));
    await expect(adopt(created(HUB))).rejects.toThrow('because');
  });

  test('tells when a standard cannot be turned on', async () => {
    client.on(BatchEnableStandardsCommand).resolves({
      StandardsSubscriptions: [
        {
          StandardsArn: CIS,
          StandardsSubscriptionArn: 'a',
          StandardsInput: {},
          StandardsStatus: 'FAILED',
          StandardsStatusReason: { StatusReasonCode: 'INTERNAL_ERROR' },
        },
      ],
    });
    await expect(adopt(created(HUB))).rejects.toThrow(`could not turn on the standard ${CIS}: INTERNAL_ERROR`);
  });

  test('may be slow to answer', async () => {
    const { options, requests } = scriptedAnswers(['ThrottlingException', { HubArn: 'hub' }, {}, {}]);
    await makeAdopt(new SecurityHubClient(options))(created(HUB));
    expect(requests).toHaveLength(4);
  });

  test.each([[{}], [{ Standards: [] }], [{ Standards: [{}] }]])('must be described: %j', async (properties) => {
    await expect(adopt(created(properties))).rejects.toThrow("'Standards' must be a list of texts");
  });
});

describe('controls that are switched off', () => {
  const WANTED = { Controls: [{ Id: 'IAM.6', Reason: 'two security keys in a safe' }], Standards: [FSBP, CIS] };
  const association = (StandardsArn: string, AssociationStatus: 'ENABLED' | 'DISABLED', UpdatedReason?: string) => ({
    StandardsArn,
    SecurityControlId: 'IAM.6',
    SecurityControlArn: 'arn',
    AssociationStatus,
    UpdatedReason,
  });
  const lists = (...all: ReturnType<typeof association>[]) =>
    client.on(ListStandardsControlAssociationsCommand).resolves({ StandardsControlAssociationSummaries: all });
  const updates = () =>
    client
      .commandCalls(BatchUpdateStandardsControlAssociationsCommand)
      .map(({ args }) => args[0].input.StandardsControlAssociationUpdates);

  test('are so in every standard that is wanted, on every page, and in no other', async () => {
    client
      .on(ListStandardsControlAssociationsCommand, { SecurityControlId: 'IAM.6', NextToken: undefined })
      .resolves({
        StandardsControlAssociationSummaries: [association(FSBP, 'ENABLED'), association(OTHER, 'ENABLED')],
        NextToken: '2',
      })
      .on(ListStandardsControlAssociationsCommand, { SecurityControlId: 'IAM.6', NextToken: '2' })
      .resolves({ StandardsControlAssociationSummaries: [association(CIS, 'ENABLED')] });
    await controls()(created(WANTED));
    const off = { SecurityControlId: 'IAM.6', AssociationStatus: 'DISABLED', UpdatedReason: 'two security keys in a safe' };
    expect(updates()).toEqual([
      [
        { ...off, StandardsArn: FSBP },
        { ...off, StandardsArn: CIS },
      ],
    ]);
  });

  test('are not touched when they are off for that reason already', async () => {
    lists(association(FSBP, 'DISABLED', 'two security keys in a safe'));
    for (const _ of [1, 2]) await controls()(created(WANTED));
    expect(updates()).toEqual([]);
  });

  test('get a new reason', async () => {
    lists(association(FSBP, 'DISABLED', 'an old reason'));
    await controls()(updated(WANTED, WANTED));
    expect(updates()).toHaveLength(1);
  });

  test('are on again when the template does not name them any more', async () => {
    lists(association(FSBP, 'DISABLED', 'two security keys in a safe'));
    const other = { ...WANTED, Controls: [{ Id: 'EC2.8', Reason: 'two security keys in a safe' }] };
    await controls()(updated(WANTED, other));
    expect(updates()[0]).toMatchObject([{ SecurityControlId: 'IAM.6', AssociationStatus: 'ENABLED', StandardsArn: FSBP }]);
  });

  test('are on again when the stack goes, once', async () => {
    client
      .on(ListStandardsControlAssociationsCommand)
      .resolvesOnce({ StandardsControlAssociationSummaries: [association(FSBP, 'DISABLED')] })
      .resolves({ StandardsControlAssociationSummaries: [association(FSBP, 'ENABLED')] });
    for (const _ of [1, 2]) await controls()(deleted(WANTED));
    expect(updates()).toHaveLength(1);
  });

  test('do not keep a stack from going where Security Hub is off', async () => {
    client.on(ListStandardsControlAssociationsCommand).rejects(failing('InvalidAccessException'));
    await controls()(deleted(WANTED));
    expect(updates()).toEqual([]);
  });

  test('wait for a standard that is being turned on', async () => {
    lists(association(FSBP, 'ENABLED'));
    const refusal = {
      StandardsControlAssociationUpdate: {
        SecurityControlId: 'IAM.6',
        StandardsArn: FSBP,
        AssociationStatus: 'DISABLED' as const,
      },
      ErrorCode: 'RESOURCE_NOT_FOUND' as const,
      ErrorReason: 'not ready',
    };
    client
      .on(BatchUpdateStandardsControlAssociationsCommand)
      .resolvesOnce({ UnprocessedAssociationUpdates: [refusal] })
      .resolves({});
    await controls()(created(WANTED));
    expect(updates()).toHaveLength(2);
    client.on(BatchUpdateStandardsControlAssociationsCommand).resolves({ UnprocessedAssociationUpdates: [refusal] });
    const time = clock();
    const start = time.now();
    await expect(controls(time)(created(WANTED))).rejects.toThrow(
      `Security Hub did not switch controls off in time: IAM.6 in ${FSBP}: RESOURCE_NOT_FOUND not ready`,
    );
    expect(time.now() - start).toBeLessThan(5 * 60_000);
  });

  test('must be in one of the standards', async () => {
    lists(association(OTHER, 'ENABLED'));
    await expect(controls()(created(WANTED))).rejects.toThrow('IAM.6 is in none of the standards that are on');
  });

  test('may be many: a hundred in a call', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ Id: `EC2.${index}`, Reason: 'not used in this account' }));
    lists(association(FSBP, 'ENABLED'), association(CIS, 'ENABLED'));
    await controls()(created({ ...WANTED, Controls: many }));
    expect(updates().map((each) => each?.length)).toEqual([100, 20]);
  });

  test.each([
    [{}],
    [{ Controls: [] }],
    [{ Controls: [{ Id: 'IAM.6' }] }],
    [{ Controls: [{ Id: 'IAM.6', Reason: '' }] }],
    [{ Controls: [null] }],
  ])('need a reason each: %j', async (properties) => {
    await expect(controls()(created({ Standards: [FSBP], ...properties }))).rejects.toThrow(
      "'Controls' must be a list of controls",
    );
  });
});
