import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import {
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableImageBlockPublicAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import {
  GetAccountPasswordPolicyCommand,
  IAMClient,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { GetServiceSettingCommand, SSMClient, UpdateServiceSettingCommand } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import type { Clients } from '../../src/identity/account-settings/clients';
import { makeHandler } from '../../src/identity/account-settings/handler';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { created, deleted, updated } from '../helpers/lifecycle-events';
import { describeWithTool } from '../helpers/optional';
import { scriptedAnswers } from '../helpers/scripted-answers';

const POLICY = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  RequireLowercaseCharacters: true,
  RequireUppercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
};
const ALL_ON = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const WANTED = {
  Account: '111122223333',
  PasswordPolicy: POLICY,
  PublicAccessBlock: ALL_ON,
  VolumeEncryption: { Enabled: true },
  InstanceMetadata: { HttpTokens: 'required' },
  SnapshotSharing: { State: 'block-all-sharing' },
  ImageSharing: { State: 'block-new-sharing' },
  DocumentSharing: { Value: 'Disable' },
};
const SETTING = '/ssm/documents/console/public-sharing-permission';
const region = { region: 'eu-west-1' };
const said = (name: string, message = `${name} of the test`) => Object.assign(new Error(message), { name });

const iam = mockClient(new IAMClient(region));
const s3 = mockClient(new S3ControlClient(region));
const ec2 = mockClient(new EC2Client(region));
const ssm = mockClient(new SSMClient(region));
// Who reads pages asks whether it is the client itself.
const analyzerClient = new AccessAnalyzerClient(region);
const analyzers = mockClient(analyzerClient);
const all = [iam, s3, ec2, ssm, analyzers];
const mocked = { iam, s3, ec2, ssm, analyzers: analyzerClient } as unknown as Clients;
const handler = makeHandler(mocked);

/** The calls that change something. */
const changes = () =>
  all
    .flatMap((client) => client.calls().map(({ args }) => args[0].constructor.name.replace('Command', '')))
    .filter((name) => !/^(Get|List)/.test(name));

/** An account as AWS makes it. */
function fresh(): void {
  for (const client of all) client.reset();
  iam.on(GetAccountPasswordPolicyCommand).rejects(said('NoSuchEntityException'));
  iam.on(UpdateAccountPasswordPolicyCommand).resolves({});
  s3.on(GetPublicAccessBlockCommand).rejects(said('NoSuchPublicAccessBlockConfiguration'));
  s3.on(PutPublicAccessBlockCommand).resolves({});
  ec2.onAnyCommand().resolves({});
  ec2.on(GetEbsEncryptionByDefaultCommand).resolves({ EbsEncryptionByDefault: false });
  ec2.on(GetEbsDefaultKmsKeyIdCommand).resolves({ KmsKeyId: 'alias/aws/ebs' });
  ec2.on(GetInstanceMetadataDefaultsCommand).resolves({ AccountLevel: { ManagedBy: 'account' } });
  ec2.on(GetSnapshotBlockPublicAccessStateCommand).resolves({ State: 'unblocked' });
  ec2.on(GetImageBlockPublicAccessStateCommand).resolves({ ImageBlockPublicAccessState: 'unblocked' });
  ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { SettingId: SETTING, SettingValue: 'Enable' } });
  ssm.on(UpdateServiceSettingCommand).resolves({});
}

/** An account in which all of it is set. */
function protectedAlready(
  policy: PasswordPolicy = { ...POLICY, AllowUsersToChangePassword: true, ExpirePasswords: false },
): void {
  fresh();
  iam.on(GetAccountPasswordPolicyCommand).resolves({ PasswordPolicy: policy });
  s3.on(GetPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration: ALL_ON });
  ec2.on(GetEbsEncryptionByDefaultCommand).resolves({ EbsEncryptionByDefault: true });
  ec2
    .on(GetInstanceMetadataDefaultsCommand)
    .resolves({ AccountLevel: { HttpTokens: 'required', ManagedBy: 'declarative-policy' } });
  ec2.on(GetSnapshotBlockPublicAccessStateCommand).resolves({ State: 'block-all-sharing', ManagedBy: 'declarative-policy' });
  ec2.on(GetImageBlockPublicAccessStateCommand).resolves({ ImageBlockPublicAccessState: 'block-new-sharing' });
  ssm.on(GetServiceSettingCommand).resolves({ ServiceSetting: { SettingId: SETTING, SettingValue: 'Disable' } });
}

beforeEach(() => {
  fresh();
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

test('a new account gets every setting', async () => {
  expect(await handler(created(WANTED))).toEqual({ PhysicalResourceId: 'account-settings' });
  expect(iam.commandCalls(UpdateAccountPasswordPolicyCommand)[0].args[0].input).toEqual({
    ...POLICY,
    AllowUsersToChangePassword: true,
    HardExpiry: false,
  });
  expect(s3.commandCalls(PutPublicAccessBlockCommand)[0].args[0].input).toEqual({
    AccountId: '111122223333',
    PublicAccessBlockConfiguration: ALL_ON,
  });
  expect(ec2.commandCalls(EnableEbsEncryptionByDefaultCommand)).toHaveLength(1);
  expect(ec2.commandCalls(ModifyInstanceMetadataDefaultsCommand)[0].args[0].input).toEqual({ HttpTokens: 'required' });
  expect(ec2.commandCalls(EnableSnapshotBlockPublicAccessCommand)[0].args[0].input).toEqual({ State: 'block-all-sharing' });
  expect(ec2.commandCalls(EnableImageBlockPublicAccessCommand)[0].args[0].input).toEqual({
    ImageBlockPublicAccessState: 'block-new-sharing',
  });
  expect(ssm.commandCalls(UpdateServiceSettingCommand)[0].args[0].input).toEqual({ SettingId: SETTING, SettingValue: 'Disable' });
});

test('what is there already is not touched, also where the organization lets nobody change it', async () => {
  protectedAlready();
  await handler(created(WANTED));
  await handler(updated(WANTED, WANTED));
  expect(changes()).toEqual([]);
});

test('deleting the resource makes nothing weaker', async () => {
  protectedAlready();
  expect(await handler(deleted(WANTED))).toEqual({ PhysicalResourceId: 'id' });
  expect(changes()).toEqual([]);
});

test('a resource that cannot be read can still be deleted', async () => {
  expect(await handler(deleted({ Account: '', PasswordPolicy: 'none' }))).toEqual({ PhysicalResourceId: 'id' });
});

describe('a password policy', () => {
  const next = () => iam.commandCalls(UpdateAccountPasswordPolicyCommand).map(({ args }) => args[0].input);

  test('stays stronger where somebody made it stronger, and keeps what nobody asked about', async () => {
    protectedAlready({
      MinimumPasswordLength: 20,
      PasswordReusePrevention: 5,
      MaxPasswordAge: 60,
      AllowUsersToChangePassword: false,
    });
    await handler(created(WANTED));
    expect(next()).toEqual([
      { ...POLICY, MinimumPasswordLength: 20, MaxPasswordAge: 60, AllowUsersToChangePassword: false, HardExpiry: false },
    ]);
  });

  test('takes the shorter of two ages', async () => {
    protectedAlready({ ...POLICY, MaxPasswordAge: 60 });
    await handler(created({ ...WANTED, PasswordPolicy: { ...POLICY, MaxPasswordAge: 365 } }));
    expect(changes()).toEqual([]);
    await handler(created({ ...WANTED, PasswordPolicy: { ...POLICY, MaxPasswordAge: 30 } }));
    expect(next()[0].MaxPasswordAge).toBe(30);
  });

  test('can be made weaker again by the template that made it strong', async () => {
    const before = { ...WANTED, PasswordPolicy: { ...POLICY, MinimumPasswordLength: 32, MaxPasswordAge: 90 } };
    protectedAlready({ ...POLICY, MinimumPasswordLength: 32, MaxPasswordAge: 90 });
    await handler(updated(before, WANTED));
    expect(next()).toEqual([{ ...POLICY, AllowUsersToChangePassword: true, HardExpiry: false }]);
  });

  test('that makes no sense is refused before anything is written', async () => {
    const wrong = { ...WANTED, PasswordPolicy: { ...POLICY, MinimumPasswordLength: 'many' } };
    await expect(handler(created(wrong))).rejects.toThrow(
      'PasswordPolicy: a password policy is made of whole numbers, got "many"',
    );
    expect(iam.commandCalls(UpdateAccountPasswordPolicyCommand)).toEqual([]);
  });
});

describe('volumes', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const withKey = { Account: '111122223333', VolumeEncryption: { Enabled: true, KmsKeyId: KEY } };

  test('are encrypted with the key that is named', async () => {
    await handler(created(withKey));
    expect(ec2.commandCalls(ModifyEbsDefaultKmsKeyIdCommand)[0].args[0].input).toEqual({ KmsKeyId: KEY });
  });

  test('keep the key that somebody chose where none is named', async () => {
    protectedAlready();
    ec2.on(GetEbsDefaultKmsKeyIdCommand).resolves({ KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/theirs' });
    await handler(created(WANTED));
    expect(ec2.commandCalls(ModifyEbsDefaultKmsKeyIdCommand)).toEqual([]);
  });

  test('keep the key that is right already', async () => {
    protectedAlready();
    ec2.on(GetEbsDefaultKmsKeyIdCommand).resolves({ KmsKeyId: KEY });
    await handler(created(withKey));
    expect(changes()).toEqual([]);
  });
});

describe('instance metadata', () => {
  test('that a policy of the organization keeps weaker is said, for the account cannot change it', async () => {
    ec2
      .on(GetInstanceMetadataDefaultsCommand)
      .resolves({ AccountLevel: { HttpTokens: 'optional', ManagedBy: 'declarative-policy' } });
    await expect(handler(created(WANTED))).rejects.toThrow(
      'InstanceMetadata: a declarative policy of the organization decides on instance metadata, and is weaker',
    );
  });

  test('is also enforced where that is asked for', async () => {
    ec2.on(GetInstanceMetadataDefaultsCommand).resolves({ AccountLevel: { HttpTokens: 'required', ManagedBy: 'account' } });
    await handler(created({ ...WANTED, InstanceMetadata: { HttpTokens: 'required', HttpTokensEnforced: 'enabled' } }));
    expect(ec2.commandCalls(ModifyInstanceMetadataDefaultsCommand)[0].args[0].input).toEqual({
      HttpTokens: 'required',
      HttpTokensEnforced: 'enabled',
    });
  });
});

test('one setting that fails keeps no other from being made, and each failure is named', async () => {
  s3.on(GetPublicAccessBlockCommand).rejects(said('AccessDenied', 'a policy of the organization denies it'));
  ssm.on(UpdateServiceSettingCommand).rejects(said('TooManyUpdates', 'slow down'));
  await expect(handler(created(WANTED))).rejects.toThrow(
    'Not every setting of the account could be made. PublicAccessBlock: a policy of the organization denies it; DocumentSharing: slow down',
  );
  expect(changes()).toEqual([
    'UpdateAccountPasswordPolicy',
    'EnableEbsEncryptionByDefault',
    'ModifyInstanceMetadataDefaults',
    'EnableSnapshotBlockPublicAccess',
    'EnableImageBlockPublicAccess',
    'UpdateServiceSetting',
  ]);
});

describe('an analyzer to adopt', () => {
  const adopt = { Account: '111122223333', Analyzers: ['ACCOUNT'] };
  const analyzer = (type: 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE' | 'DISABLED' = 'ACTIVE') => ({
    arn: 'arn',
    name: 'name',
    type,
    status,
    createdAt: new Date(0),
  });

  test('is looked for on every page', async () => {
    analyzers
      .on(ListAnalyzersCommand)
      .resolves({ analyzers: [analyzer('ACCOUNT')] })
      .on(ListAnalyzersCommand, { nextToken: undefined })
      .resolves({ analyzers: [], nextToken: 'more' });
    await handler(created(adopt));
    expect(analyzers.calls()).toHaveLength(2);
  });

  test.each([
    [[], 'got none'],
    [[analyzer('ACCOUNT_UNUSED_ACCESS')], 'got ACCOUNT_UNUSED_ACCESS'],
    [[analyzer('ACCOUNT', 'DISABLED')], 'got none'],
  ])('that is not there fails the deployment: %j', async (found, message) => {
    analyzers.on(ListAnalyzersCommand).resolves({ analyzers: found });
    await expect(handler(created(adopt))).rejects.toThrow(message);
  });
});

test.each([
  [{ ...WANTED, Account: '' }, "'Account' must be a text"],
  [{ ...WANTED, PublicAccessBlock: 'all' }, '\'PublicAccessBlock\' must be an object, got "all"'],
  [{ ...WANTED, Analyzers: [] }, "'Analyzers' must be a list"],
])('a template that says something else is refused: %j', async (properties, message) => {
  await expect(handler(created(properties))).rejects.toThrow(message);
  expect(changes()).toEqual([]);
});

test('throttling is waited for', async () => {
  const { options, requests } = scriptedAnswers([
    'ThrottlingException',
    'ThrottlingException',
    { ServiceSetting: { SettingValue: 'Enable' } },
    {},
  ]);
  const patient = makeHandler({ ...mocked, ssm: new SSMClient(options) });
  await patient(created({ Account: '111122223333', DocumentSharing: { Value: 'Disable' } }));
  expect(requests).toHaveLength(4);
}, 30_000);

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('passwords, buckets and volumes are protected, twice the same, and stay so when the resource goes', async () => {
    const { options } = emulator;
    const { hostname } = new URL(options.endpoint);
    const control = new S3ControlClient({ ...options, endpoint: options.endpoint.replace(hostname, 'localhost') });
    // Each account has a host of its own at AWS; the emulator is at an address.
    control.middlewareStack.add(
      (next) => (args) => next({ ...args, request: Object.assign(args.request as object, { hostname }) }),
      {
        step: 'finalizeRequest',
        priority: 'low',
      },
    );
    const real = { iam: new IAMClient(options), ec2: new EC2Client(options), s3: control };
    const onEmulator = makeHandler({ ...mocked, ...real });
    const { Account, PasswordPolicy, PublicAccessBlock, VolumeEncryption } = WANTED;
    const some = { Account, PasswordPolicy, PublicAccessBlock, VolumeEncryption };
    for (const event of [created(some), created(some), updated(some, some), deleted(some), deleted(some)])
      await onEmulator(event);
    const { PublicAccessBlockConfiguration: block } = await control.send(new GetPublicAccessBlockCommand({ AccountId: Account }));
    expect(block).toEqual(ALL_ON);
    const { PasswordPolicy: policy } = await real.iam.send(new GetAccountPasswordPolicyCommand({}));
    expect(policy).toMatchObject(POLICY);
    expect(await real.ec2.send(new GetEbsEncryptionByDefaultCommand({}))).toMatchObject({ EbsEncryptionByDefault: true });
  });
});
