import {
  AssociateMemberCommand,
  EnableCommand,
  Inspector2Client,
  ListMembersCommand as ListInspectorMembersCommand,
  UpdateOrganizationConfigurationCommand as UpdateInspectorCommand,
} from '@aws-sdk/client-inspector2';
import {
  CreateMemberCommand,
  ListMembersCommand as ListMacieMembersCommand,
  Macie2Client,
  UpdateAutomatedDiscoveryConfigurationCommand,
  UpdateOrganizationConfigurationCommand as UpdateMacieCommand,
  UpdateMemberSessionCommand,
} from '@aws-sdk/client-macie2';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler as makeInspector } from '../../src/detection/inspector-organization/handler';
import { makeHandler as makeMacie } from '../../src/detection/macie-organization/handler';
import { otherAccounts } from '../../src/detection/organization-shared/other-accounts';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { scriptedAnswers } from '../helpers/scripted-answers';

const OWN = '111111111111';
const account = (Id: string, Status: 'ACTIVE' | 'SUSPENDED' = 'ACTIVE') => ({ Id, Email: `${Id}@example.com`, Status });
const refusal = Object.assign(new Error('not an administrator'), { name: 'AccessDeniedException' });

const clients = {
  organizations: new OrganizationsClient({ region: 'eu-west-1' }),
  inspector: new Inspector2Client({ region: 'eu-west-1' }),
  macie: new Macie2Client({ region: 'eu-west-1' }),
};
const organizations = mockClient(clients.organizations);
const inspector = mockClient(clients.inspector);
const macie = mockClient(clients.macie);

beforeEach(() => {
  for (const client of [organizations, inspector, macie]) {
    client.reset();
    client.onAnyCommand().resolves({});
  }
  organizations
    .on(ListAccountsCommand)
    .resolvesOnce({ Accounts: [account(OWN), account('222222222222')], NextToken: 'more' })
    .resolves({ Accounts: [account('333333333333', 'SUSPENDED'), account('444444444444')] });
});

describe('the other accounts of the organization', () => {
  test('are those of every page that are active', async () => {
    const others = await otherAccounts(clients.organizations, OWN);
    expect(others.map(({ id }) => id)).toEqual(['222222222222', '444444444444']);
  });

  test('are told after throttling as well', async () => {
    const { options } = scriptedAnswers(['TooManyRequestsException', { Accounts: [account('222222222222')] }]);
    expect(await otherAccounts(new OrganizationsClient(options), OWN)).toHaveLength(1);
  });
});

describe('Inspector in the organization', () => {
  const WANTED = { Account: OWN, ResourceTypes: ['EC2', 'ECR', 'LAMBDA'] };
  const extend = makeInspector(clients.inspector, clients.organizations, new HurriedClock());

  test('is on in accounts that come later, and in those that are there', async () => {
    inspector
      .on(ListInspectorMembersCommand)
      .resolvesOnce({ nextToken: 'more' })
      .resolves({ members: [{ accountId: '222222222222' }] });
    expect(await extend(created(WANTED))).toEqual({ PhysicalResourceId: 'inspector-organization', Data: { Pending: '' } });
    expect(inspector.commandCalls(UpdateInspectorCommand)[0].args[0].input).toEqual({
      autoEnable: { ec2: true, ecr: true, lambda: true, lambdaCode: false, codeRepository: false },
    });
    // The one that is associated already is left alone.
    expect(inspector.commandCalls(AssociateMemberCommand).map(({ args }) => args[0].input)).toEqual([
      { accountId: '444444444444' },
    ]);
    expect(inspector.commandCalls(EnableCommand).map(({ args }) => args[0].input)).toEqual([
      { accountIds: ['222222222222', '444444444444'], resourceTypes: ['EC2', 'ECR', 'LAMBDA'] },
    ]);
  });

  test('is turned on a hundred accounts at a time, and nowhere where there is no other account', async () => {
    const many = Array.from({ length: 250 }, (_, index) => account(String(200_000_000_000 + index)));
    organizations
      .on(ListAccountsCommand)
      .resolvesOnce({ Accounts: many })
      .resolves({ Accounts: [account(OWN)] });
    await extend(created(WANTED));
    expect(inspector.commandCalls(EnableCommand).map(({ args }) => args[0].input.accountIds?.length)).toEqual([100, 100, 50]);
    await extend(updated(WANTED, WANTED));
    expect(inspector.commandCalls(EnableCommand)).toHaveLength(3);
  });

  test('tells of accounts that it is still being turned on in', async () => {
    inspector.on(EnableCommand).resolves({
      failedAccounts: [
        { accountId: '222222222222', errorCode: 'ENABLE_IN_PROGRESS', errorMessage: 'wait' },
        { accountId: '444444444444', errorCode: 'ALREADY_ENABLED', errorMessage: 'is on' },
      ],
    });
    expect(await extend(created(WANTED))).toMatchObject({ Data: { Pending: '222222222222 ENABLE_IN_PROGRESS' } });
  });

  test('fails and names the accounts that refuse', async () => {
    inspector.on(EnableCommand).resolves({
      failedAccounts: [{ accountId: '444444444444', errorCode: 'ACCOUNT_IS_ISOLATED', errorMessage: 'isolated' }],
    });
    await expect(extend(created(WANTED))).rejects.toThrow(
      'Inspector cannot scan 1 of 2 accounts of the organization. 444444444444: ACCOUNT_IS_ISOLATED: isolated',
    );
  });

  const failing = (accountId: string, errorCode: 'SSM_THROTTLED' | 'DISABLE_IN_PROGRESS') => ({
    failedAccounts: [{ accountId, errorCode, errorMessage: 'later' }],
  });

  test('is asked for again in accounts in which something was busy, and only there', async () => {
    inspector
      .on(EnableCommand)
      .resolvesOnce(failing('222222222222', 'SSM_THROTTLED'))
      .resolvesOnce(failing('222222222222', 'DISABLE_IN_PROGRESS'))
      .resolves({});
    expect(await extend(created(WANTED))).toMatchObject({ Data: { Pending: '' } });
    expect(inspector.commandCalls(EnableCommand).map(({ args }) => args[0].input.accountIds)).toEqual([
      ['222222222222', '444444444444'],
      ['222222222222'],
      ['222222222222'],
    ]);
  });

  test('fails where that does not pass, for nothing else would turn it on there', async () => {
    inspector.on(EnableCommand).resolves(failing('444444444444', 'SSM_THROTTLED'));
    await expect(extend(created(WANTED))).rejects.toThrow(
      'Inspector cannot scan 1 of 2 accounts of the organization. 444444444444: SSM_THROTTLED: later',
    );
  });

  test('is told who may do that', async () => {
    inspector.on(UpdateInspectorCommand).rejects(refusal);
    await expect(extend(created(WANTED))).rejects.toThrow('Is this the account of its delegated administrator?');
  });

  test('stays when the stack goes', async () => {
    await extend(deleted(WANTED));
    await extend(deleted({}));
    expect(inspector.calls()).toEqual([]);
  });
});

describe('Macie in the organization', () => {
  const WANTED = { Account: OWN, AutomatedDiscovery: true };
  const extend = makeMacie(clients.macie, clients.organizations);

  test('is on in accounts that come later, and in those that are there, with automated discovery', async () => {
    macie.on(ListMacieMembersCommand).resolves({ members: [{ accountId: '222222222222' }] });
    expect(await extend(created(WANTED))).toEqual({ PhysicalResourceId: 'macie-organization' });
    expect(macie.commandCalls(UpdateMacieCommand)[0].args[0].input).toEqual({ autoEnable: true });
    expect(macie.commandCalls(CreateMemberCommand).map(({ args }) => args[0].input)).toEqual([
      { account: { accountId: '444444444444', email: '444444444444@example.com' } },
    ]);
    expect(macie.commandCalls(UpdateAutomatedDiscoveryConfigurationCommand)[0].args[0].input).toEqual({
      status: 'ENABLED',
      autoEnableOrganizationMembers: 'ALL',
    });
  });

  test('goes on in an account in which it was suspended, and is asked of no account that is closed', async () => {
    macie.on(ListMacieMembersCommand).resolves({
      members: [
        { accountId: '222222222222', relationshipStatus: 'Paused' },
        { accountId: '333333333333', relationshipStatus: 'Paused' },
        { accountId: '444444444444', relationshipStatus: 'Enabled' },
      ],
    });
    await extend(created(WANTED));
    expect(macie.commandCalls(UpdateMemberSessionCommand).map(({ args }) => args[0].input)).toEqual([
      { id: '222222222222', status: 'ENABLED' },
    ]);
    expect(macie.commandCalls(CreateMemberCommand)).toEqual([]);
  });

  test('does not look through buckets where this account does not', async () => {
    await extend(created({ ...WANTED, AutomatedDiscovery: 'false' }));
    expect(macie.commandCalls(UpdateAutomatedDiscoveryConfigurationCommand)).toEqual([]);
  });

  test('is told who may do that', async () => {
    macie.on(UpdateMacieCommand).rejects(refusal);
    await expect(extend(created(WANTED))).rejects.toThrow('Is this the account of its delegated administrator?');
  });

  test('stays when the stack goes', async () => {
    await extend(deleted(WANTED));
    expect(macie.calls()).toEqual([]);
  });
});
