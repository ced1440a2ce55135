import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/accounts/organization-features/handler';
import { CLIENT_OPTIONS } from '../../src/functions/client-options';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const WANTED = { PolicyTypes: ['SERVICE_CONTROL_POLICY', 'TAG_POLICY'], TrustedServices: ['tagpolicies.tag.amazonaws.com'] };
const client = mockClient(OrganizationsClient);
const handler = () => makeHandler(new OrganizationsClient(CLIENT_OPTIONS), new HurriedClock());

const roots = (types: Readonly<Record<string, string>>) => ({
  Roots: [{ Id: 'r-ab12', PolicyTypes: Object.entries(types).map(([Type, Status]) => ({ Type, Status })) }],
});
const failure = (name: string) => Object.assign(new Error('because'), { name });
const enabled = () => client.commandCalls(EnablePolicyTypeCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  client.reset();
  client.on(EnableAWSServiceAccessCommand).resolves({});
  client.on(EnablePolicyTypeCommand).resolves({});
});

test('what is off is turned on, and waited for', async () => {
  client
    .on(ListRootsCommand)
    .resolvesOnce(roots({ SERVICE_CONTROL_POLICY: 'ENABLED' }) as never)
    .resolvesOnce(roots({ SERVICE_CONTROL_POLICY: 'ENABLED', TAG_POLICY: 'PENDING_ENABLE' }) as never)
    .resolves(roots({ SERVICE_CONTROL_POLICY: 'ENABLED', TAG_POLICY: 'ENABLED' }) as never);
  expect(await handler()(created(WANTED))).toEqual({ PhysicalResourceId: 'organization-features', Data: { RootId: 'r-ab12' } });
  expect(enabled()).toEqual([{ RootId: 'r-ab12', PolicyType: 'TAG_POLICY' }]);
  expect(client.commandCalls(EnableAWSServiceAccessCommand)[0].args[0].input).toEqual({
    ServicePrincipal: 'tagpolicies.tag.amazonaws.com',
  });
});

test('another change that is under way is waited for', async () => {
  client.on(EnablePolicyTypeCommand).rejectsOnce(failure('ConcurrentModificationException')).resolves({});
  client
    .on(ListRootsCommand)
    .resolvesOnce(roots({}) as never)
    .resolves(roots({ TAG_POLICY: 'ENABLED' }) as never);
  await handler()(created({ PolicyTypes: ['TAG_POLICY'] }));
  expect(enabled()).toHaveLength(2);
});

test('one that does not end is not waited for for ever', async () => {
  client.on(ListRootsCommand).resolves(roots({}) as never);
  client.on(EnablePolicyTypeCommand).rejects(failure('ConcurrentModificationException'));
  await expect(handler()(created({ PolicyTypes: ['TAG_POLICY'] }))).rejects.toThrow('because');
  expect(enabled()).toHaveLength(10);
});

test('a type that somebody else turned on in the meantime is no error', async () => {
  client.on(EnablePolicyTypeCommand).rejects(failure('PolicyTypeAlreadyEnabledException'));
  client
    .on(ListRootsCommand)
    .resolvesOnce(roots({}) as never)
    .resolves(roots({ TAG_POLICY: 'ENABLED' }) as never);
  await expect(handler()(created({ PolicyTypes: ['TAG_POLICY'] }))).resolves.toBeDefined();
});

test('a type that does not become on fails, and says which', async () => {
  client.on(ListRootsCommand).resolves(roots({ TAG_POLICY: 'PENDING_ENABLE' }) as never);
  await expect(handler()(created(WANTED))).rejects.toThrow('does not turn on SERVICE_CONTROL_POLICY, TAG_POLICY');
});

test('a root on a later page is found, and none says what to do', async () => {
  client
    .on(ListRootsCommand)
    .resolves({ Roots: [], NextToken: 'next' })
    .on(ListRootsCommand, { NextToken: 'next' })
    .resolves(roots({ TAG_POLICY: 'ENABLED' }) as never);
  await handler()(created({ PolicyTypes: ['TAG_POLICY'] }));
  client.on(ListRootsCommand).resolves({});
  await expect(handler()(created(WANTED))).rejects.toThrow('Deploy this to the account that manages the organization');
});

test('rights that lack are reported as they are', async () => {
  client.on(EnableAWSServiceAccessCommand).rejects(failure('AccessDeniedException'));
  await expect(handler()(created(WANTED))).rejects.toThrow('because');
});

test('everything stays on when the stack goes, or asks for less', async () => {
  client.on(ListRootsCommand).resolves(roots({ TAG_POLICY: 'ENABLED', SERVICE_CONTROL_POLICY: 'ENABLED' }) as never);
  await handler()(deleted(WANTED));
  expect(client.calls()).toHaveLength(0);
  await handler()(updated(WANTED, { PolicyTypes: ['TAG_POLICY'] }));
  expect(enabled()).toEqual([]);
});

test.each([[{ PolicyTypes: 'all' }], [{ TrustedServices: [] }], [{ PolicyTypes: [1, null].map((each) => ({ each })) }]])(
  'what cannot be meant is refused: %p',
  async (properties) => {
    await expect(handler()(created(properties))).rejects.toThrow(/must be a list of texts/);
  },
);

test('throttling is waited out', async () => {
  const { options, requests } = scriptedAnswers([
    'TooManyRequestsException',
    'TooManyRequestsException',
    roots({ TAG_POLICY: 'ENABLED' }),
  ]);
  client.restore();
  await makeHandler(new OrganizationsClient(options), new HurriedClock())(created({ PolicyTypes: ['TAG_POLICY'] }));
  expect(requests).toHaveLength(4);
});
