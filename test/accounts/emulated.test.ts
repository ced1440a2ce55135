import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ListOrganizationAdminAccountsCommand as ListForGuardDuty } from '@aws-sdk/client-guardduty';
import { ListDelegatedAdminAccountsCommand } from '@aws-sdk/client-inspector2';
import { ListOrganizationAdminAccountsCommand as ListForMacie } from '@aws-sdk/client-macie2';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListRootsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrganizationGuardrails } from '../../src';
import { clientsWith } from '../../src/accounts/delegated-administrators/appointing';
import { makeHandler as makeAdministrators } from '../../src/accounts/delegated-administrators/handler';
import { makeHandler as makeFeatures } from '../../src/accounts/organization-features/handler';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { HurriedClock } from '../helpers/hurried-clock';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { describeWithTool } from '../helpers/optional';

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  let client: OrganizationsClient;
  let accountId: string;
  beforeAll(async () => {
    emulator = await Emulator.start();
    client = new OrganizationsClient(emulator.options);
    await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: 'security', Email: 'security@example.com' }),
    );
    accountId = CreateAccountStatus!.AccountId!;
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('features are turned on, each twice, and stay on', async () => {
    const handler = makeFeatures(client, new HurriedClock());
    const wanted = { PolicyTypes: ['SERVICE_CONTROL_POLICY', 'TAG_POLICY'], TrustedServices: ['tagpolicies.tag.amazonaws.com'] };
    for (const _ of [1, 2]) await handler(created(wanted));
    for (const _ of [1, 2]) await handler(updated(wanted, { PolicyTypes: ['TAG_POLICY'] }));
    for (const _ of [1, 2]) await handler(deleted(wanted));
    const { Roots } = await client.send(new ListRootsCommand({}));
    expect(Roots![0].PolicyTypes).toEqual(
      expect.arrayContaining([
        { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
        { Type: 'TAG_POLICY', Status: 'ENABLED' },
      ]),
    );
    const { EnabledServicePrincipals } = await client.send(new ListAWSServiceAccessForOrganizationCommand({}));
    expect(EnabledServicePrincipals?.map((each) => each.ServicePrincipal)).toEqual(['tagpolicies.tag.amazonaws.com']);
  });

  test('administrators are appointed, each twice, and stay', async () => {
    const clients = clientsWith(emulator.options);
    const handler = makeAdministrators(clients, new CloudFormationClient(emulator.options), new HurriedClock());
    const services = ['ssm.amazonaws.com', 'guardduty.amazonaws.com', 'macie.amazonaws.com', 'inspector2.amazonaws.com'];
    const wanted = { Delegations: services.map((Service) => ({ Service, AccountId: accountId })), StackSets: false };
    for (const _ of [1, 2]) await handler(created(wanted));
    for (const _ of [1, 2]) await handler(deleted(wanted));
    const { DelegatedAdministrators } = await client.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: services[0] }),
    );
    expect(DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([accountId]);
    const { AdminAccounts } = await clients.guardDuty.send(new ListForGuardDuty({}));
    expect(AdminAccounts?.map((each) => each.AdminAccountId)).toEqual([accountId]);
    const { adminAccounts } = await clients.macie.send(new ListForMacie({}));
    expect(adminAccounts?.map((each) => each.accountId)).toEqual([accountId]);
    const { delegatedAdminAccounts } = await clients.inspector.send(new ListDelegatedAdminAccountsCommand({}));
    expect(delegatedAdminAccounts?.map((each) => each.accountId)).toEqual([accountId]);
  });

  test('an organization takes the service control policies of the guardrails', async () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    new OrganizationGuardrails(stack, 'Guardrails', {
      organizationId: 'o-a1b2c3d4e5',
      targetIds: ['r-ab12'],
      allowedRegions: ['eu-west-1'],
    });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Policy'));
    for (const { Properties } of policies.filter(({ Properties: { Type } }) => Type === 'SERVICE_CONTROL_POLICY')) {
      const { Name, Description, Type, Content } = Properties;
      const { Policy } = await client.send(
        new CreatePolicyCommand({ Name, Description, Type, Content: JSON.stringify(Content) }),
      );
      expect(Policy?.Content).toBe(JSON.stringify(Content));
    }
  });
});
