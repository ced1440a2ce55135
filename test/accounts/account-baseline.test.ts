import { App, Stack } from 'aws-cdk-lib';
import {
  AccountBaseline,
  type AccountBaselineProps,
  AuditTrailScope,
  BaselinePart,
  LogArchive,
  SecureTopic,
  SecurityServiceMode,
} from '../../src';
import { ENV } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { template as build } from '../helpers/template';

const make =
  (props: AccountBaselineProps = {}) =>
  (stack: Stack) => {
    new AccountBaseline(stack, 'Baseline', { alarmTopic: new SecureTopic(stack, 'Alerts'), ...props });
  };
const types = (props?: AccountBaselineProps) => Object.values(build(make(props)).template.Resources).map(({ Type }) => Type);
const here = (props: AccountBaselineProps) => new AccountBaseline(new Stack(new App(), 'Stack', { env: ENV }), 'Baseline', props);

keepsItsPromises({ make: make() });

/** What shows that a part is there. */
const MARKS: Readonly<Record<BaselinePart, string>> = {
  [BaselinePart.AUDIT_TRAIL]: 'AWS::CloudTrail::Trail',
  [BaselinePart.CONFIGURATION_RECORDER]: 'AWS::Config::ConfigurationRecorder',
  [BaselinePart.SECURITY_METRIC_ALARMS]: 'AWS::Logs::MetricFilter',
  [BaselinePart.THREAT_DETECTION]: 'AWS::GuardDuty::Detector',
  [BaselinePart.SECURITY_POSTURE]: 'AWS::SecurityHub::Hub',
  [BaselinePart.VULNERABILITY_SCANNING]: 'Custom::Soc2Inspector',
  [BaselinePart.SENSITIVE_DATA_DISCOVERY]: 'AWS::Macie::Session',
  [BaselinePart.IAM_BASELINE]: 'AWS::AccessAnalyzer::Analyzer',
};

const everything = build(make());

test('every part is there', () =>
  expect(Object.values(everything.template.Resources).map(({ Type }) => Type)).toEqual(
    expect.arrayContaining(Object.values(MARKS)),
  ));

test('one archive keeps the trail and the configurations', () => {
  const { template } = everything;
  const of = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);
  const [trail] = of('AWS::CloudTrail::Trail');
  const [channel] = of('AWS::Config::DeliveryChannel');
  expect(trail.Properties.S3BucketName.Ref).toMatch(/^BaselineLogArchiveBucket/);
  expect(channel.Properties.S3BucketName.Ref).toMatch(/^BaselineLogArchiveConfigurationBucket/);
  expect(of('AWS::KMS::Key').filter(({ Properties }) => /archive/i.test(Properties.Description))).toHaveLength(1);
});

test('Security Hub is turned on after the recorder that it needs', () => {
  const { template } = everything;
  const hub = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::SecurityHub::Hub')!;
  expect(hub.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^BaselineConfigurationRecorder/)]));
});

test('policies name actions that there are', async () => expect(await misspelt(everything.template)).toEqual([]));

test.each(Object.values(BaselinePart).filter((part) => part !== BaselinePart.AUDIT_TRAIL))('%s is left out', (part) => {
  expect(types({ without: [part] })).not.toContain(MARKS[part]);
});

test('the trail is left out with its alarms, and the archive with what is kept there', () => {
  const left = types({
    without: [BaselinePart.AUDIT_TRAIL, BaselinePart.SECURITY_METRIC_ALARMS, BaselinePart.CONFIGURATION_RECORDER],
  });
  expect(left).not.toContain('AWS::CloudTrail::Trail');
  expect(left.filter((type) => type === 'AWS::S3::Bucket')).toEqual([]);
});

test('what there is already is adopted', () => {
  const adopted = types({
    securityServices: SecurityServiceMode.ADOPT,
    auditTrail: { scope: AuditTrailScope.EXISTING, existingTrailArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/Org' },
    configurationRecorder: { alreadyRecording: true },
    without: [BaselinePart.SECURITY_METRIC_ALARMS],
  });
  for (const type of [
    'AWS::CloudTrail::Trail',
    'AWS::Config::ConfigurationRecorder',
    'AWS::GuardDuty::Detector',
    'AWS::SecurityHub::Hub',
    'AWS::Macie::Session',
    'AWS::AccessAnalyzer::Analyzer',
  ])
    expect(adopted).not.toContain(type);
  expect(adopted).toEqual(
    expect.arrayContaining(['Custom::Soc2Detector', 'Custom::Soc2SecurityHub', 'Custom::Soc2MacieSession']),
  );
});

test('what the administrator of the organization turns on is left to them, but for a part that says otherwise', () => {
  const left = types({
    securityServices: SecurityServiceMode.DELEGATED,
    threatDetection: { mode: SecurityServiceMode.CREATE },
  });
  expect(left).toContain('AWS::GuardDuty::Detector');
  for (const type of ['AWS::SecurityHub::Hub', 'AWS::Macie::Session', 'AWS::AccessAnalyzer::Analyzer', 'Custom::Soc2Inspector'])
    expect(left).not.toContain(type);
});

test('an archive elsewhere is used, and parts take their options', () => {
  const { template } = build((stack) => {
    const archive = LogArchive.fromAttributes(stack, 'Archive', {
      bucketName: 'acme-logs',
      configurationBucketName: 'acme-configurations',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    });
    make({ archive, auditTrail: { trailName: 'Everything' } })(stack);
  });
  const trail = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::CloudTrail::Trail')!;
  expect(trail.Properties).toMatchObject({ S3BucketName: 'acme-logs', TrailName: 'Everything' });
});

describe('synthesis stops', () => {
  test('at options of a part that is left out', () =>
    expect(() => here({ without: [BaselinePart.IAM_BASELINE], iamBaseline: {} })).toThrow(
      "'iamBaseline' must not be set where 'without' has IamBaseline: leave out one of them",
    ));
  test('where nobody would hear of alarms', () => expect(() => here({})).toThrow(/'alarmTopic' of .* must be set, got none/));
  test('at alarms without a trail', () =>
    expect(() => here({ without: [BaselinePart.AUDIT_TRAIL] })).toThrow(/'trail' must be one that writes to a log group/));
});
