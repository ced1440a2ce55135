import { App, Stack } from 'aws-cdk-lib';
import {
  DelegatedService,
  MemberAccount,
  OrganizationalUnit,
  OrganizationLandingZone,
  type OrganizationLandingZoneProps,
  SecureTopic,
} from '../../src';
import { ENV, only } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { template as build } from '../helpers/template';

const created = (name: string) => MemberAccount.create({ email: `aws+${name}@example.com` });
const NEW: OrganizationLandingZoneProps = {
  logArchive: created('log-archive'),
  securityTooling: created('security-tooling'),
  backup: created('backup'),
  production: created('production'),
  development: created('development'),
};
const EXISTING: OrganizationLandingZoneProps = {
  existingOrganization: { organizationId: 'o-a1b2c3d4e5', rootId: 'r-ab12' },
  existingUnits: {
    Security: 'ou-ab12-11111111',
    Infrastructure: 'ou-ab12-22222222',
    'Workloads/Production': 'ou-ab12-33333333',
    'Workloads/NonProduction': 'ou-ab12-44444444',
    Sandbox: 'ou-ab12-55555555',
  },
  logArchive: MemberAccount.existing('111111111111'),
  securityTooling: MemberAccount.existing('222222222222'),
  backup: MemberAccount.existing('333333333333'),
  production: MemberAccount.existing('444444444444'),
  development: MemberAccount.existing('555555555555'),
};

const make = (props: OrganizationLandingZoneProps) => (stack: Stack) => {
  new OrganizationLandingZone(stack, 'LandingZone', props);
};
const built = (props: OrganizationLandingZoneProps) => build(make(props)).template;
const here = (props: OrganizationLandingZoneProps) =>
  new OrganizationLandingZone(new Stack(new App(), 'Stack', { env: ENV }), 'LandingZone', props);
const all = (props: OrganizationLandingZoneProps, type: RegExp) =>
  Object.entries(built(props).Resources ?? {}).filter(([, { Type }]) => type.test(Type));
const ORGANIZATION = /^AWS::Organizations::/;

keepsItsPromises({ make: make(NEW) });

describe('a new organization', () => {
  const resources = all(NEW, ORGANIZATION);
  const units = resources.filter(([, { Type }]) => /Unit$/.test(Type));
  const accounts = resources.filter(([, { Type }]) => /Account$/.test(Type));
  const idOf = (name: string) => units.find(([, { Properties }]) => Properties.Name === name)![0];

  test('has units for each purpose', () => {
    const root = { 'Fn::GetAtt': [resources.find(([, { Type }]) => /Organization$/.test(Type))![0], 'RootId'] };
    const workloads = { 'Fn::GetAtt': [idOf('Workloads'), 'Id'] };
    expect(units.map(([, { Properties }]) => [Properties.Name, Properties.ParentId])).toEqual([
      ['Security', root],
      ['Infrastructure', root],
      ['Workloads', root],
      ['Production', workloads],
      ['NonProduction', workloads],
      ['Sandbox', root],
    ]);
  });
  test('has an account for each purpose, in the unit for it', () => {
    const inUnit = (name: string) => [{ 'Fn::GetAtt': [idOf(name), 'Id'] }];
    expect(accounts.map(([, { Properties }]) => [Properties.AccountName, Properties.ParentIds])).toEqual([
      ['log-archive', inUnit('Security')],
      ['security-tooling', inUnit('Security')],
      ['backup', inUnit('Infrastructure')],
      ['production', inUnit('Production')],
      ['development', inUnit('NonProduction')],
    ]);
  });
  test('can use policies of every type', () =>
    expect(resources.find(([, { Type }]) => /Organization$/.test(Type))![1].Properties).toEqual({ FeatureSet: 'ALL' }));
  test('loses nothing when the stack is deleted, or something is taken out of it', () => {
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of resources)
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });
  test('changes one thing after the other, because it takes no two changes at once', () => {
    const ids = resources.map(([id]) => id);
    for (const [index, [, { DependsOn }]] of resources.slice(1).entries()) expect(DependsOn).toContain(ids[index]);
  });
});

describe('an organization that there is', () => {
  test('gets nothing that is there already', () => expect(all(EXISTING, ORGANIZATION)).toEqual([]));
  test('gets only the unit and the account that lack', () => {
    const { Sandbox, ...existingUnits } = EXISTING.existingUnits!;
    const resources = all({ ...EXISTING, existingUnits, development: created('development') }, ORGANIZATION);
    expect(resources.map(([, { Type, Properties }]) => [Type, Properties.Name ?? Properties.AccountName])).toEqual([
      ['AWS::Organizations::OrganizationalUnit', 'Sandbox'],
      ['AWS::Organizations::Account', 'development'],
    ]);
    expect(resources[0][1].Properties.ParentId).toBe('r-ab12');
    expect(resources[1][1].Properties.ParentIds).toEqual(['ou-ab12-44444444']);
  });
  test('tells the ids that it was told', () => {
    const zone = here(EXISTING);
    expect([zone.organizationId, zone.rootId, zone.logArchiveAccountId, zone.securityToolingAccountId]).toEqual([
      'o-a1b2c3d4e5',
      'r-ab12',
      '111111111111',
      '222222222222',
    ]);
    expect([zone.backupAccountId, zone.productionAccountId, zone.developmentAccountId]).toEqual([
      '333333333333',
      '444444444444',
      '555555555555',
    ]);
    expect(zone.unitId(OrganizationalUnit.PRODUCTION)).toBe('ou-ab12-33333333');
  });
  test('gets a unit around others when somebody asks for it', () => {
    const { template } = build((stack) => {
      new OrganizationLandingZone(stack, 'LandingZone', EXISTING).unitId(OrganizationalUnit.WORKLOADS);
    });
    expect(only({ template }, 'AWS::Organizations::OrganizationalUnit').Properties.Name).toBe('Workloads');
  });
});

describe('an option', () => {
  const additionalAccounts = { staging: { account: created('staging'), unit: OrganizationalUnit.NON_PRODUCTION } };
  test('makes further accounts', () => {
    const [[, { Properties }]] = all({ ...EXISTING, additionalAccounts }, /Organizations::Account$/);
    expect(Properties).toEqual({ AccountName: 'staging', Email: 'aws+staging@example.com', ParentIds: ['ou-ab12-44444444'] });
    expect(here({ ...EXISTING, additionalAccounts }).additionalAccountId('staging')).toMatch(/^\$\{Token/);
  });
  test('names an account and its role', () => {
    const production = MemberAccount.create({ email: 'aws+shop@example.com', name: 'Shop', roleName: 'Administration' });
    const [[, { Properties }]] = all({ ...EXISTING, production }, /Organizations::Account$/);
    expect(Properties).toMatchObject({ AccountName: 'Shop', RoleName: 'Administration' });
  });
});

describe('administrators of services', () => {
  const setting = (props: Partial<OrganizationLandingZoneProps> = {}) =>
    only({ template: built({ ...EXISTING, ...props }) }, 'Custom::Soc2DelegatedAdministrators').Properties;
  const policyOf = (props: Partial<OrganizationLandingZoneProps> = {}) =>
    Object.values(built({ ...EXISTING, ...props }).Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .map(({ Properties }) => JSON.stringify(Properties.PolicyDocument))
      .join();

  test('are the account for security tooling, and that for backups', () => {
    const { Delegations, StackSets } = setting();
    expect(Delegations).toEqual([
      ...[
        'access-analyzer.amazonaws.com',
        'cloudtrail.amazonaws.com',
        'config.amazonaws.com',
        'config-multiaccountsetup.amazonaws.com',
        'guardduty.amazonaws.com',
        'inspector2.amazonaws.com',
        'macie.amazonaws.com',
        'securityhub.amazonaws.com',
      ].map((Service) => ({ Service, AccountId: '222222222222' })),
      { Service: 'backup.amazonaws.com', AccountId: '333333333333' },
    ]);
    expect(StackSets).toBe(true);
  });
  test('are appointed with rights for the services that are named, and no others', async () => {
    expect(policyOf({ securityServices: [DelegatedService.CONFIG], delegateBackup: false })).not.toMatch(
      /guardduty|backup|macie/,
    );
    expect(await misspelt(built(EXISTING))).toEqual([]);
  });
  test('are left to somebody else', () =>
    expect(all({ ...EXISTING, securityServices: [], delegateBackup: false, stackSets: false }, /^Custom::/)).toEqual([]));
  test('are appointed after the accounts are there', () => {
    const template = built(NEW);
    const ids = Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::Organizations::Account');
    expect(only({ template }, 'Custom::Soc2DelegatedAdministrators').DependsOn).toEqual(expect.arrayContaining(ids));
  });
  test.each([true, false])('send alarms when there is somewhere to send them: %p', (withTopic) => {
    const { template } = build((stack) => {
      const alarmTopic = withTopic ? new SecureTopic(stack, 'Alerts') : undefined;
      new OrganizationLandingZone(stack, 'LandingZone', { ...EXISTING, alarmTopic });
    });
    const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms.some(({ Properties }) => /appoint accounts/.test(Properties.AlarmDescription))).toBe(withTopic);
  });
});

describe('synthesis stops', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['an address that is none', () => created('a b'), /'email' of an account must be an address of 6 to 64 characters, got/],
    [
      'a name that is too long',
      () => MemberAccount.create({ email: 'aws@example.com', name: 'x'.repeat(51) }),
      /'name' of an account must be 1 to 50 plain characters/,
    ],
    ['an id that is none', () => MemberAccount.existing('1234'), /'accountId' must be 12 digits, as a string, got '1234'/],
    [
      'one account for two purposes',
      () => here({ ...EXISTING, development: MemberAccount.existing('444444444444') }),
      /The account 'development' must be another than 'production', got 444444444444 for both/,
    ],
    [
      'one address for two accounts, in whatever letters',
      () => here({ ...NEW, development: MemberAccount.create({ email: 'AWS+Production@example.com' }) }),
      /'development' must be another than 'production', got aws\+production@example.com/,
    ],
    [
      'a unit that is none',
      () => here({ ...EXISTING, existingUnits: { Production: 'ou-ab12-33333333' } }),
      /'existingUnits' must have paths of units, got 'Production': Security, .*Workloads\/Production/,
    ],
    [
      'the id of a unit that is none',
      () => here({ ...EXISTING, existingUnits: { Security: 'r-ab12' } }),
      /'existingUnits' must have ids of units.*got 'r-ab12' for 'Security'/,
    ],
    [
      'a service that is delegated twice',
      () => here({ ...EXISTING, securityServices: [DelegatedService.BACKUP] }),
      /'securityServices' must name each service once, and not AWS Backup with 'delegateBackup'/,
    ],
    [
      'a further account with the name of another',
      () => here({ ...EXISTING, additionalAccounts: { backup: { account: created('b'), unit: OrganizationalUnit.SANDBOX } } }),
      /'additionalAccounts' must have names of their own, got 'backup'/,
    ],
    [
      'an account that nobody made',
      () => here(EXISTING).additionalAccountId('test'),
      /'name' must be that of an account, got 'test'/,
    ],
  ])('at %s', (_, attempt, message) => expect(attempt).toThrow(message));
});
