import { Duration, type Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AccountProtection, IamBaseline, type IamBaselineProps, SecurityServiceMode } from '../../src';
import { build, only } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const { ADOPT, DELEGATED } = SecurityServiceMode;
const SETTINGS = 'Custom::Soc2AccountSettings';
const ANALYZER = 'AWS::AccessAnalyzer::Analyzer';
const make = (props?: IamBaselineProps) => (stack: Stack) => new IamBaseline(stack, 'IamBaseline', props);
const settingsOf = (props?: IamBaselineProps) => only(template(make(props)), SETTINGS).Properties;

describe('with nothing but what it requires', () => keepsItsPromises({ make: make() }));
describe('with a key for volumes, and unused access looked for', () =>
  keepsItsPromises({
    make: (stack) =>
      make({ volumeKey: new kms.Key(stack, 'Volumes', { enableKeyRotation: true }), unusedAccessAge: Duration.days(90) })(stack),
  }));

describe('our rules see what it sets', () => {
  const SEEN = [
    'ebs-encryption-by-default',
    'ebs-snapshot-block-public-access',
    'iam-access-analyzer',
    'iam-password-policy',
    's3-account-public-access-block',
  ];
  const verdicts = (props?: IamBaselineProps) => {
    const { ledger } = build(make(props));
    return SEEN.map((rule) => ledger.evaluations.find(({ slug }) => slug === rule)?.verdict);
  };
  test('when it sets all of it', () => expect(verdicts()).toEqual(SEEN.map(() => 'pass')));
  test('when an analyzer is there already', () =>
    expect(verdicts({ externalAccessAnalyzer: ADOPT })).toEqual(SEEN.map(() => 'pass')));
  test('and what it does not set', () => {
    const { IMDSV2, ...others } = AccountProtection;
    expect(verdicts({ externalAccessAnalyzer: DELEGATED, without: Object.values(others) })).toEqual(SEEN.map(() => 'inherited'));
  });
});

test('an account gets every protection', () => {
  const { ServiceToken, ...properties } = settingsOf();
  expect(properties).toEqual({
    Account: '111122223333',
    PasswordPolicy: {
      MinimumPasswordLength: 14,
      PasswordReusePrevention: 24,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
    },
    PublicAccessBlock: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    VolumeEncryption: { Enabled: true },
    InstanceMetadata: { HttpTokens: 'required' },
    SnapshotSharing: { State: 'block-all-sharing' },
    ImageSharing: { State: 'block-new-sharing' },
    DocumentSharing: { Value: 'Disable' },
  });
});

test('an analyzer shows who is let in from outside, and unused access is not billed for unless somebody asks', () => {
  expect(only(template(make()), ANALYZER).Properties).toEqual({ Type: 'ACCOUNT' });
});

test('unused access is looked for when it is asked for', () => {
  const all = resources(template(make({ unusedAccessAge: Duration.days(90) })), ANALYZER);
  expect(all.map(({ Properties }) => Properties)).toContainEqual({
    Type: 'ACCOUNT_UNUSED_ACCESS',
    AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } },
  });
});

test('an analyzer that is there already is looked for, not made', () => {
  const built = template(make({ externalAccessAnalyzer: ADOPT }));
  expect(resources(built, ANALYZER)).toEqual([]);
  expect(only(built, SETTINGS).Properties.Analyzers).toEqual(['ACCOUNT']);
  expect(actions(built, /SettingsHandlerRole/)).toContain('access-analyzer:ListAnalyzers');
});

test('where everything is left to others, nothing is made', () => {
  const built = template(make({ externalAccessAnalyzer: DELEGATED, without: Object.values(AccountProtection) }));
  expect(built.template.Resources).toBeUndefined();
});

test.each(Object.values(AccountProtection))(
  '%s can be left to others, and then the function has no right to it',
  (protection) => {
    const all = settingsOf();
    const built = template(make({ without: [protection] }));
    expect(Object.keys(only(built, SETTINGS).Properties)).toHaveLength(Object.keys(all).length - 1);
    expect(actions(built, /SettingsHandlerRole/).length).toBeLessThan(actions(template(make()), /SettingsHandlerRole/).length);
  },
);

test('a password policy can ask for more, and for a change once a year', () => {
  expect(settingsOf({ passwordPolicy: { minimumLength: 20, maximumAge: Duration.days(365) } }).PasswordPolicy).toMatchObject({
    MinimumPasswordLength: 20,
    MaxPasswordAge: 365,
  });
});

test('launches without IMDSv2 can be refused', () => {
  expect(settingsOf({ enforceImdsv2: true }).InstanceMetadata).toEqual({ HttpTokens: 'required', HttpTokensEnforced: 'enabled' });
});

test('a key for volumes lets in whoever uses EBS in this account, before it is the default', () => {
  const built = template((stack) => make({ volumeKey: new kms.Key(stack, 'Volumes') })(stack));
  const settings = only(built, SETTINGS);
  expect(settings.Properties.VolumeEncryption).toEqual({
    Enabled: true,
    KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('Volumes'), 'Arn'] },
  });
  expect(settings.DependsOn.join()).toContain('Volumes');
  const open = resources(built, 'AWS::KMS::Key')
    .flatMap(({ Properties }) => Properties.KeyPolicy.Statement)
    .filter(({ Principal }) => Principal.AWS === '*');
  expect(open).toHaveLength(1);
  expect(open[0].Condition).toEqual({
    StringEquals: {
      'kms:CallerAccount': '111122223333',
      'kms:ViaService': { 'Fn::Join': ['', ['ec2.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] },
    },
  });
});

test('the function may do no more than it does, and every action is one of IAM', async () => {
  const built = template(make());
  expect(actions(built, /SettingsHandlerRole/)).toEqual([
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:EnableImageBlockPublicAccess',
    'ec2:EnableSnapshotBlockPublicAccess',
    'ec2:GetEbsDefaultKmsKeyId',
    'ec2:GetEbsEncryptionByDefault',
    'ec2:GetImageBlockPublicAccessState',
    'ec2:GetInstanceMetadataDefaults',
    'ec2:GetSnapshotBlockPublicAccessState',
    'ec2:ModifyEbsDefaultKmsKeyId',
    'ec2:ModifyInstanceMetadataDefaults',
    'iam:GetAccountPasswordPolicy',
    'iam:UpdateAccountPasswordPolicy',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:GetAccountPublicAccessBlock',
    's3:PutAccountPublicAccessBlock',
    'ssm:GetServiceSetting',
    'ssm:UpdateServiceSetting',
  ]);
  const ofDocuments = statements(built, /SettingsHandlerRole/).find(({ Action }) => Action.includes('ssm:GetServiceSetting'));
  expect(JSON.stringify(ofDocuments.Resource)).toContain(
    ':ssm:eu-west-1:111122223333:servicesetting/ssm/documents/console/public-sharing-permission',
  );
  expect(await misspelt(built.template)).toEqual([]);
});

test('a failure of the function alarms where there is somebody to tell', () => {
  expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  const built = template((stack) => make({ alarmTopic: new sns.Topic(stack, 'Alarms') })(stack));
  expect(only(built, 'AWS::CloudWatch::Alarm').Properties.AlarmDescription).toContain(
    'make the settings that protect an account',
  );
});

describe('what is not right is said', () => {
  test.each<[IamBaselineProps, string]>([
    [{ unusedAccessAge: Duration.days(0) }, "'unusedAccessAge' must be whole days from 1 to 365, got 0"],
    [{ unusedAccessAge: Duration.hours(36) }, "'unusedAccessAge' must be whole days from 1 to 365, got 1.5"],
    [{ unusedAccessAge: Duration.days(366) }, "'unusedAccessAge' must be whole days from 1 to 365, got 366"],
    [{ passwordPolicy: { minimumLength: 13 } }, "'minimumLength' of 'passwordPolicy' must be 14 to 128 whole characters, got 13"],
    [{ passwordPolicy: { minimumLength: 129 } }, 'got 129'],
    [{ passwordPolicy: { maximumAge: Duration.days(1096) } }, "'maximumAge' of 'passwordPolicy' must be 1 to 1095 whole days"],
    [
      { enforceImdsv2: true, without: [AccountProtection.IMDSV2] },
      "'without' must not have IMDSV2, got it beside 'enforceImdsv2': leave out one of them",
    ],
    [{ passwordPolicy: {}, without: [AccountProtection.PASSWORD_POLICY] }, "got it beside 'passwordPolicy'"],
  ])('%j', (props, message) => expect(() => template(make(props))).toThrow(message));
});
