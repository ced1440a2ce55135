import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { SecureBucket, SecurityServiceMode, SensitiveDataDiscovery, type SensitiveDataDiscoveryProps } from '../../src';
import { build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, template } from '../helpers/template';

const { ADOPT, DELEGATED } = SecurityServiceMode;
const make = (props?: SensitiveDataDiscoveryProps) => (stack: Stack) => new SensitiveDataDiscovery(stack, 'SensitiveData', props);
const withResults = (stack: Stack) => make({ resultsBucket: new SecureBucket(stack, 'Results') })(stack);

describe('turning Macie on, with all there is', () => keepsItsPromises({ make: withResults }));
describe('adopting it', () => keepsItsPromises({ make: make({ mode: ADOPT }) }));

describe('in every account of the organization', () => keepsItsPromises({ make: make({ forOrganization: true }) }));

test('the accounts of the organization get what this one has, and only an administrator may say so', () => {
  const built = template(make({ forOrganization: true, automatedDiscovery: false }));
  const { Properties, DependsOn } = only(built, 'Custom::Soc2MacieOrganization');
  expect(Properties).toMatchObject({ AutomatedDiscovery: false, Account: '111122223333' });
  expect(DependsOn.join()).toContain('Settings');
  expect(actions(built, /OrganizationHandlerRole/)).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'macie2:CreateMember',
    'macie2:ListMembers',
    'macie2:UpdateAutomatedDiscoveryConfiguration',
    'macie2:UpdateMemberSession',
    'macie2:UpdateOrganizationConfiguration',
    'organizations:ListAccounts',
  ]);
  expect(() => template(make({ mode: DELEGATED, forOrganization: true }))).toThrow("'forOrganization' must not be given");
});

test.each([undefined, ADOPT])('our rules see that it is on: %s', (mode) => {
  const { ledger } = build((stack) => make({ mode, resultsBucket: new SecureBucket(stack, 'Results') })(stack));
  expect(ledger.evaluations.find(({ slug }) => slug === 'macie-enabled')?.verdict).toBe('pass');
});

test('a session publishes every 15 minutes, discovers by itself, and stays when the stack goes', () => {
  const built = template(make());
  expect(only(built, 'AWS::Macie::Session')).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { Status: 'ENABLED', FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
  });
  const settings = only(built, 'Custom::Soc2MacieSettings');
  expect(settings.Properties).toMatchObject({ Adopt: false, AutomatedDiscovery: true, SwitchOffOnDelete: false });
  expect(settings.Properties.Results).toBeUndefined();
  expect(settings.DependsOn.join()).toContain('Session');
});

test('discovery, which is billed, can be left out, and all can end with the stack', () => {
  const built = template(make({ automatedDiscovery: false, removalPolicy: RemovalPolicy.DESTROY }));
  expect(only(built, 'Custom::Soc2MacieSettings').Properties).toMatchObject({
    AutomatedDiscovery: false,
    SwitchOffOnDelete: true,
  });
  expect(only(built, 'AWS::Macie::Session').DeletionPolicy).toBe('Delete');
});

test('a session that is adopted is not of the stack', () => {
  const built = template(make({ mode: ADOPT }));
  expect(resources(built, 'AWS::Macie::Session')).toEqual([]);
  expect(only(built, 'Custom::Soc2MacieSession').Properties).toMatchObject({ Status: 'ENABLED', Adopt: true });
  expect(actions(built, /SettingsHandlerRole/)).toContain('macie2:UpdateMacieSession');
});

test('the function may do no more than it does', () => {
  expect(actions(template(make()), /SettingsHandlerRole/)).toEqual([
    'iam:CreateServiceLinkedRole',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'macie2:GetMacieSession',
    'macie2:PutClassificationExportConfiguration',
    'macie2:PutFindingsPublicationConfiguration',
    'macie2:UpdateAutomatedDiscoveryConfiguration',
  ]);
});

test('results are kept once Macie may write them, for this account only', () => {
  const built = template(withResults);
  const settings = only(built, 'Custom::Soc2MacieSettings');
  expect(settings.Properties.Results).toMatchObject({
    BucketName: { Ref: expect.stringContaining('Results') },
    KeyPrefix: 'macie',
    KmsKeyArn: { 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] },
  });
  expect(settings.DependsOn.join()).toContain('ResultsPolicy');
  const all = [...resources(built, 'AWS::S3::BucketPolicy'), ...resources(built, 'AWS::KMS::Key')]
    .flatMap(({ Properties }) => (Properties.PolicyDocument ?? Properties.KeyPolicy).Statement)
    .filter(({ Principal }) => Principal?.Service === 'macie.amazonaws.com');
  expect(all.flatMap(({ Action }) => Action).sort()).toEqual([
    'kms:Encrypt',
    'kms:GenerateDataKey',
    's3:GetBucketLocation',
    's3:PutObject',
  ]);
  for (const { Condition } of all) {
    expect(Condition.StringEquals).toEqual({ 'aws:SourceAccount': '111122223333' });
    expect(JSON.stringify(Condition.ArnLike)).toMatch(/export-configuration:\*.*classification-job\/\*/);
  }
});

test('nothing is made where an administrator turns it on', () => {
  expect(template(make({ mode: DELEGATED })).template.Resources).toBeUndefined();
  expect(() => template(make({ mode: DELEGATED, automatedDiscovery: true }))).toThrow(
    "'automatedDiscovery' must not be given where 'mode' is DELEGATED",
  );
});
