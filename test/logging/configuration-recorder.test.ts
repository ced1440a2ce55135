import { Stack } from 'aws-cdk-lib';
import {
  ConfigurationRecorder,
  type ConfigurationRecorderProps,
  ConformancePackScope,
  EnvironmentKind,
  LogArchive,
  SecureTopic,
} from '../../src';
import { CONFIG_RULES } from '../../src/logging/config-rules.generated';
import { type Built, build, ENV, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { EVERYTHING_INHERITED, synthesize } from '../helpers/synth';

const recorder =
  (props?: ConfigurationRecorderProps) =>
  (stack: Stack): void => {
    new ConfigurationRecorder(stack, 'Recorder', props);
  };
/** CloudFormation takes no empty stack. */
const besideTopic =
  (props: ConfigurationRecorderProps) =>
  (stack: Stack): void => {
    recorder(props)(stack);
    new SecureTopic(stack, 'Alerts');
  };
const { ORGANIZATION, NONE } = ConformancePackScope;

describe('of an account', () => keepsItsPromises({ make: recorder() }));
describe('that there is already', () => keepsItsPromises({ make: recorder({ alreadyRecording: true }) }));
describe('with packs for the organization', () => {
  keepsItsPromises({ make: recorder({ alreadyRecording: true, conformancePack: ORGANIZATION }) });
});
describe('left to a delegated administrator', () => {
  keepsItsPromises({ make: besideTopic({ alreadyRecording: true, conformancePack: NONE }) });
});

const account = build(recorder());
const typesOf = ({ template }: Built) => [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
const packsOf = ({ template }: Built) =>
  Object.values(template.Resources)
    .filter(({ Type }) => /ConformancePack$/.test(Type))
    .map((resource) => ({ ...resource, DependsOn: resource.DependsOn as string[] | undefined }));
const recordedIn = (props?: ConfigurationRecorderProps, kind?: EnvironmentKind) =>
  only(build(recorder(props), kind), 'AWS::Config::ConfigurationRecorder').Properties;

describe('the recorder', () => {
  test('records all types', () => {
    expect(recordedIn()).toMatchObject({
      RecordingGroup: {
        AllSupported: true,
        IncludeGlobalResourceTypes: true,
        RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      },
    });
  });

  test('records users and roles in the home Region only', () => {
    expect(recordedIn({ homeRegion: ENV.region }).RecordingGroup.IncludeGlobalResourceTypes).toBe(true);
    expect(recordedIn({ homeRegion: 'us-east-1' }).RecordingGroup.IncludeGlobalResourceTypes).toBe(false);
  });

  test.each([
    [EnvironmentKind.PRODUCTION, 'CONTINUOUS'],
    [EnvironmentKind.STAGING, 'DAILY'],
    [EnvironmentKind.DEVELOPMENT, 'DAILY'],
  ])('in %s it is %s', (kind, frequency) => {
    expect(recordedIn({}, kind).RecordingMode).toEqual({ RecordingFrequency: frequency });
  });

  test('records as an app says', () => {
    expect(recordedIn({ continuous: false }).RecordingMode).toEqual({ RecordingFrequency: 'DAILY' });
    expect(recordedIn({ continuous: true }, EnvironmentKind.DEVELOPMENT).RecordingMode).toEqual({
      RecordingFrequency: 'CONTINUOUS',
    });
  });

  test('has the role that AWS makes for AWS Config, and its function may make no other', () => {
    const [id, { Properties }] = Object.entries(account.template.Resources).find(
      ([, { Type }]) => Type === 'Custom::Soc2ConfigRole',
    )!;
    expect(recordedIn().RoleARN).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
    expect(Object.keys(Properties)).toEqual(['ServiceToken']);
    const role = `arn:aws:iam::${ENV.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const statements = Object.values(account.template.Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement);
    expect(statements.filter(({ Action }) => JSON.stringify(Action).includes('iam:'))).toEqual([
      {
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource: role,
        Condition: { StringEquals: { 'iam:AWSServiceName': 'config.amazonaws.com' } },
      },
      { Effect: 'Allow', Action: 'iam:GetRole', Resource: role },
    ]);
  });

  test('delivers to the bucket without a lock, encrypted, and only when its policy is there', () => {
    const { Properties, DependsOn: first } = only(account, 'AWS::Config::DeliveryChannel');
    expect(Properties).toEqual({
      S3BucketName: { Ref: expect.stringMatching(/^RecorderArchiveConfigurationBucket/) },
      S3KmsKeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^RecorderArchiveKey/), 'Arn'] },
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' },
    });
    expect((first as string[]).map((id) => account.template.Resources[id].Type)).toContain('AWS::S3::BucketPolicy');
  });

  test('delivers to an archive that is given', () => {
    const make = (stack: Stack) => {
      const encryptionKeyArn = 'arn:aws:kms:eu-west-1:444455556666:key/1';
      const archive = LogArchive.fromAttributes(stack, 'Archive', { bucketName: 'org-config', encryptionKeyArn });
      recorder({ archive })(stack);
    };
    expect(only(build(make), 'AWS::Config::DeliveryChannel').Properties).toMatchObject({ S3BucketName: 'org-config' });
  });
});

describe('conformance packs', () => {
  test('are there for each series of criteria, after recorder and channel', () => {
    const packs = packsOf(account);
    expect(packs.map(({ Properties }) => Properties.ConformancePackName)).toEqual(['Soc2-A1', 'Soc2-CC6', 'Soc2-CC7']);
    for (const { DependsOn: first = [] } of packs) {
      const types = first.map((id) => account.template.Resources[id].Type);
      expect(types).toEqual(expect.arrayContaining(['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel']));
    }
  });

  test('alone are made where AWS Config records already', () => {
    expect(typesOf(build(recorder({ alreadyRecording: true })))).toEqual(['AWS::Config::ConformancePack']);
  });

  test('may be for all accounts of the organization but some', () => {
    const built = build(
      recorder({
        alreadyRecording: true,
        conformancePack: ORGANIZATION,
        conformancePackName: 'Org',
        excludedAccounts: ['444455556666'],
      }),
    );
    expect(typesOf(built)).toEqual(['AWS::Config::OrganizationConformancePack']);
    for (const { Properties } of packsOf(built)) {
      expect(Properties.OrganizationConformancePackName).toMatch(/^Org-/);
      expect(Properties.ExcludedAccounts).toEqual(['444455556666']);
    }
  });

  test('are not made where nobody wants to pay for them, and nothing is where somebody else does it all', () => {
    expect(packsOf(build(recorder({ conformancePack: NONE })))).toEqual([]);
    const built = build(recorder({ alreadyRecording: true, conformancePack: NONE }));
    expect(built.template.Resources).toBeUndefined();
  });

  test('have the rules that an app names', () => {
    const [pack, ...others] = packsOf(build(recorder({ rules: ['alb-waf'] })));
    expect(others).toEqual([]);
    expect(pack.Properties.TemplateBody.match(/SourceIdentifier: .*/g)).toEqual(['SourceIdentifier: ALB_WAF_ENABLED']);
  });
});

test('the rules of ours about AWS Config are met, and none has to be inherited', () => {
  const { ledger } = synthesize((app) => recorder()(new Stack(app, 'Stack', { env: ENV })), {
    inherited: EVERYTHING_INHERITED.filter(({ rule }) => !rule.startsWith('config-')),
  });
  const judged = ledger.evaluations.filter(({ slug }) => /^config-(recorder|rules-deployed)$/.test(slug));
  expect(new Set(judged.map(({ slug }) => slug)).size).toBe(2);
  expect(judged.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
});

describe('is refused, with the reason', () => {
  const many = CONFIG_RULES.flatMap(({ slugs }) => slugs);

  test.each<[string, ConfigurationRecorderProps, string]>([
    [
      'a rule that is none',
      { rules: ['no-such-rule'] },
      "'rules' must name rules of the pack that AWS Config has a managed rule for, got 'no-such-rule'",
    ],
    [
      'more rules than an account takes',
      { rules: many },
      "'rules' must stand for at most 150 managed rules of AWS Config, got 2",
    ],
    [
      'more rules than an organization takes',
      { rules: many, conformancePack: ORGANIZATION },
      "'rules' must stand for at most 180",
    ],
    [
      'a name with a space',
      { conformancePackName: 'SOC 2' },
      "'conformancePackName' must be 1 to 100 letters, digits and hyphens",
    ],
    [
      'how often a recorder records that is not made',
      { alreadyRecording: true, continuous: true },
      "'continuous' must not be set with 'alreadyRecording: true'",
    ],
    [
      'excluded accounts without an organization',
      { excludedAccounts: ['444455556666'] },
      "'excludedAccounts' must not be set with ConformancePackScope.ACCOUNT",
    ],
  ])('%s', (_, props, message) => expect(() => build(recorder(props))).toThrow(message));

  test('an archive for a recorder that is not made', () => {
    const make = (stack: Stack) => recorder({ alreadyRecording: true, archive: new LogArchive(stack, 'Archive') })(stack);
    expect(() => build(make)).toThrow("'archive' must not be set with 'alreadyRecording: true'");
  });
});
