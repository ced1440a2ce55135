import {
  ActivateOrganizationsAccessCommand,
  CloudFormationClient,
  DescribeOrganizationsAccessCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, RegisterOrganizationDelegatedAdminCommand } from '@aws-sdk/client-cloudtrail';
import {
  EnableOrganizationAdminAccountCommand,
  GuardDutyClient,
  ListOrganizationAdminAccountsCommand,
} from '@aws-sdk/client-guardduty';
import {
  EnableAWSServiceAccessCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  EnableOrganizationAdminAccountCommand as AppointForSecurityHub,
  ListOrganizationAdminAccountsCommand as ListForSecurityHub,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { clientsWith } from '../../src/accounts/delegated-administrators/appointing';
import { makeHandler } from '../../src/accounts/delegated-administrators/handler';
import { CLIENT_OPTIONS } from '../../src/functions/client-options';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const organizations = mockClient(OrganizationsClient);
const cloudFormation = mockClient(CloudFormationClient);
const cloudTrail = mockClient(CloudTrailClient);
const guardDuty = mockClient(GuardDutyClient);
const securityHub = mockClient(SecurityHubClient);

const AccountId = '222222222222';
const handler = () => makeHandler(clientsWith(), new CloudFormationClient(CLIENT_OPTIONS), new HurriedClock());
const delegating = (...services: string[]) => ({
  Delegations: services.map((Service) => ({ Service, AccountId })),
  StackSets: false,
});
const failure = (name: string) => Object.assign(new Error('because'), { name });
const registered = () => organizations.commandCalls(RegisterDelegatedAdministratorCommand).map(({ args: [{ input }] }) => input);

beforeEach(() => {
  for (const mock of [organizations, cloudFormation, cloudTrail, guardDuty, securityHub]) mock.reset();
  organizations.on(ListDelegatedAdministratorsCommand).resolves({ DelegatedAdministrators: [] });
  organizations.on(EnableAWSServiceAccessCommand).resolves({});
  organizations.on(RegisterDelegatedAdministratorCommand).resolves({});
});

test('a service is trusted before its administrator is appointed', async () => {
  await handler()(created(delegating('config.amazonaws.com')));
  expect(organizations.calls().map(({ args: [command] }) => command.constructor.name)).toEqual([
    'ListDelegatedAdministratorsCommand',
    'EnableAWSServiceAccessCommand',
    'RegisterDelegatedAdministratorCommand',
  ]);
  expect(registered()).toEqual([{ AccountId, ServicePrincipal: 'config.amazonaws.com' }]);
});

test('an administrator who is one already is not appointed again, on whatever page', async () => {
  organizations
    .on(ListDelegatedAdministratorsCommand)
    .resolves({ DelegatedAdministrators: [{ Id: '999999999999' }], NextToken: 'next' })
    .on(ListDelegatedAdministratorsCommand, { NextToken: 'next' })
    .resolves({ DelegatedAdministrators: [{ Id: AccountId }] });
  await handler()(created(delegating('config.amazonaws.com')));
  expect(registered()).toEqual([]);
});

test('one who became it in the meantime is no error', async () => {
  organizations.on(RegisterDelegatedAdministratorCommand).rejects(failure('AccountAlreadyRegisteredException'));
  await expect(handler()(created(delegating('config.amazonaws.com')))).resolves.toBeDefined();
});

test('another change that is under way is waited for', async () => {
  organizations.on(RegisterDelegatedAdministratorCommand).rejectsOnce(failure('ConcurrentModificationException')).resolves({});
  await handler()(created(delegating('backup.amazonaws.com')));
  expect(registered()).toHaveLength(2);
});

test('a service with another administrator says who it is, and what to do', async () => {
  guardDuty.on(ListOrganizationAdminAccountsCommand).resolves({ AdminAccounts: [{ AdminAccountId: '999999999999' }] });
  guardDuty.on(EnableOrganizationAdminAccountCommand).rejects(failure('BadRequestException'));
  await expect(handler()(created(delegating('guardduty.amazonaws.com')))).rejects.toThrow(
    '222222222222 does not become administrator of guardduty.amazonaws.com. It is administered by 999999999999: remove that administrator ' +
      'first. BadRequestException: because',
  );
});

test('services that appoint administrators themselves are asked to', async () => {
  securityHub.on(ListForSecurityHub).resolves({});
  securityHub.on(AppointForSecurityHub).resolves({});
  cloudTrail.on(RegisterOrganizationDelegatedAdminCommand).resolves({});
  await handler()(created(delegating('securityhub.amazonaws.com', 'cloudtrail.amazonaws.com')));
  expect(securityHub.commandCalls(AppointForSecurityHub)[0].args[0].input).toEqual({ AdminAccountId: AccountId });
  expect(cloudTrail.commandCalls(RegisterOrganizationDelegatedAdminCommand)[0].args[0].input).toEqual({
    MemberAccountId: AccountId,
  });
  expect(registered()).toEqual([]);
});

test.each([
  ['ENABLED', 0],
  ['DISABLED', 1],
  ['DISABLED_PERMANENTLY', 1],
])('stack sets are let into the accounts unless they are: %s', async (Status, times) => {
  cloudFormation.on(DescribeOrganizationsAccessCommand).resolves({ Status } as never);
  cloudFormation.on(ActivateOrganizationsAccessCommand).resolves({});
  await handler()(created({ StackSets: true }));
  expect(cloudFormation.commandCalls(ActivateOrganizationsAccessCommand)).toHaveLength(times);
});

test('nobody loses an office when the stack goes', async () => {
  await handler()(deleted({ ...delegating('config.amazonaws.com'), StackSets: true }));
  expect([organizations, cloudFormation].flatMap((mock) => mock.calls())).toEqual([]);
});

test.each([
  [{ Delegations: 'all' }, /'Delegations' must be a list/],
  [{ Delegations: [{ Service: 'config.amazonaws.com' }] }, /'AccountId' must be a text/],
  [{ StackSets: 'maybe' }, /'StackSets' must be true or false/],
])('what cannot be meant is refused: %p', async (properties, message) => {
  await expect(handler()(created(properties))).rejects.toThrow(message);
});

test('throttling is waited out', async () => {
  const { options, requests } = scriptedAnswers([
    'TooManyRequestsException',
    { DelegatedAdministrators: [] },
    'TooManyRequestsException',
    {},
  ]);
  organizations.restore();
  await makeHandler(
    clientsWith(options),
    new CloudFormationClient(options),
    new HurriedClock(),
  )(created(delegating('config.amazonaws.com')));
  expect(requests).toHaveLength(5);
});
