import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AuditTrail, AuditTrailDataEvents, type AuditTrailProps, AuditTrailScope, LogArchive, SecureTopic } from '../../src';
import { build, ENV, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { EVERYTHING_INHERITED, synthesize } from '../helpers/synth';

const trail =
  (props?: AuditTrailProps) =>
  (stack: Stack): void => {
    new AuditTrail(stack, 'Trail', props);
  };
const organizationId = 'o-a1b2c3d4e5';
const ofOrganization =
  (props?: AuditTrailProps) =>
  (stack: Stack): void => {
    const archive = new LogArchive(stack, 'Archive', { organizationId });
    new AuditTrail(stack, 'Trail', { scope: AuditTrailScope.ORGANIZATION, archive, ...props });
  };
const existingTrailArn = `arn:aws:cloudtrail:${ENV.region}:444455556666:trail/organization`;
const existing: AuditTrailProps = { scope: AuditTrailScope.EXISTING, existingTrailArn };

describe('of an account', () => keepsItsPromises({ make: trail() }));
describe('of an organization', () => keepsItsPromises({ make: ofOrganization() }));
describe('that there is already', () => {
  keepsItsPromises({
    make: (stack) => {
      trail(existing)(stack);
      // CloudFormation takes no empty stack.
      new SecureTopic(stack, 'Alerts');
    },
  });
});

const propertiesOf = (make: (stack: Stack) => void) => only(build(make), 'AWS::CloudTrail::Trail').Properties;
const selectorsOf = (props?: AuditTrailProps): Selector[] => propertiesOf(trail(props)).AdvancedEventSelectors;

interface Selector {
  readonly Name: string;
  readonly FieldSelectors: readonly { readonly Field: string; readonly [operator: string]: unknown }[];
}

describe('what it records', () => {
  const properties = propertiesOf(trail());

  test('every Region and global services, with digests, a key and a log group', () => {
    expect(properties).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: false,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^TrailArchiveKey/), 'Arn'] },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': [expect.stringMatching(/^TrailLogs/), 'Arn'] },
    });
  });

  test('all management events', () => {
    expect(selectorsOf()[0].FieldSelectors).toEqual([{ Field: 'eventCategory', Equals: ['Management'] }]);
  });

  test('calls on objects, functions and tables', () => {
    const types = selectorsOf().flatMap(
      ({ FieldSelectors }) => FieldSelectors.find(({ Field }) => Field === 'resources.type') ?? [],
    );
    expect(types.map(({ Equals }) => Equals)).toEqual([['AWS::S3::Object'], ['AWS::Lambda::Function'], ['AWS::DynamoDB::Table']]);
  });

  test('not the deliveries to the archive, which have no end, nor those to buckets that an app names', () => {
    const make = (stack: Stack) =>
      void new AuditTrail(stack, 'Trail', { excludedBuckets: [s3.Bucket.fromBucketName(stack, 'Bucket', 'access-logs')] });
    const [, objects] = propertiesOf(make).AdvancedEventSelectors as Selector[];
    const inArchive = (id: RegExp) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] }, '/']] });
    expect(objects.FieldSelectors.find(({ Field }) => Field === 'resources.ARN')).toEqual({
      Field: 'resources.ARN',
      NotStartsWith: [inArchive(/ArchiveBucket/), inArchive(/ArchiveConfigurationBucket/), 'arn:aws:s3:::access-logs/'],
    });
  });

  test('unusual rates of calls and of errors', () => {
    expect(properties.InsightSelectors).toEqual([{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }]);
    expect(propertiesOf(trail({ insights: false })).InsightSelectors).toBeUndefined();
  });

  test('sums of data events only where an app asks for them', () => {
    expect(properties.AggregationConfigurations).toBeUndefined();
    expect(propertiesOf(trail({ aggregateDataEvents: true })).AggregationConfigurations).toEqual([
      { EventCategory: 'Data', Templates: ['API_ACTIVITY', 'RESOURCE_ACCESS', 'USER_ACTIONS'] },
    ]);
  });

  test('fewer data events, each type once, where an app says so', () => {
    const { LAMBDA_INVOCATIONS } = AuditTrailDataEvents;
    expect(selectorsOf({ dataEvents: [LAMBDA_INVOCATIONS, LAMBDA_INVOCATIONS] }).map(({ Name }) => Name)).toEqual([
      'Management events',
      'Data events of AWS::Lambda::Function',
    ]);
    expect(selectorsOf({ dataEvents: [] })).toHaveLength(1);
  });

  test('no use of keys and of the Data API where an app leaves them out', () => {
    expect(selectorsOf({ excludeKmsEvents: true, excludeRdsDataApiEvents: true })[0].FieldSelectors).toContainEqual({
      Field: 'eventSource',
      NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
    });
  });
});

describe('where it writes to', () => {
  const built = build(trail());

  test('a log group that is encrypted and kept for a year', () => {
    expect(only(built, 'AWS::Logs::LogGroup')).toMatchObject({
      Properties: { RetentionInDays: 365, KmsKeyId: expect.anything() },
      DeletionPolicy: 'Retain',
    });
  });

  const streamsOf = (make: (stack: Stack) => void) =>
    only(build(make), 'AWS::IAM::Policy').Properties.PolicyDocument.Statement[0].Resource;

  test('its role may write to the streams of the account, and do nothing else', () => {
    const { Statement: statements } = only(built, 'AWS::IAM::Policy').Properties.PolicyDocument;
    expect(statements).toHaveLength(1);
    expect(statements[0].Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(JSON.stringify(streamsOf(trail()))).toContain(`:log-stream:${ENV.account}_CloudTrail_*`);
  });

  test('its role may write to the streams of the organization', () => {
    expect(JSON.stringify(streamsOf(ofOrganization()))).toContain(`:log-stream:${organizationId}_*`);
  });

  test('an archive that is given, in another account for example', () => {
    const make = (stack: Stack) => {
      const archive = LogArchive.fromAttributes(stack, 'Archive', {
        bucketName: 'org-logs',
        encryptionKeyArn: 'arn:aws:kms:eu-west-1:444455556666:key/1',
        organizationId,
      });
      new AuditTrail(stack, 'Trail', { scope: AuditTrailScope.ORGANIZATION, archive });
    };
    const made = build(make);
    expect(only(made, 'AWS::CloudTrail::Trail').Properties).toMatchObject({
      IsOrganizationTrail: true,
      S3BucketName: 'org-logs',
      KMSKeyId: 'arn:aws:kms:eu-west-1:444455556666:key/1',
    });
    expect(Object.values(made.template.Resources).map(({ Type }) => Type)).not.toContain('AWS::S3::Bucket');
  });

  test('is there before the trail tries it out', () => {
    const { DependsOn: first } = only(built, 'AWS::CloudTrail::Trail');
    const types = (first as string[]).map((id) => built.template.Resources[id].Type);
    expect(types).toEqual(expect.arrayContaining(['AWS::IAM::Policy', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key']));
  });
});

describe('a trail that there is already', () => {
  test('makes nothing, and is known to other constructs', () => {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const existingLogGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'trail');
    const { node, ...found } = new AuditTrail(stack, 'Trail', { ...existing, existingLogGroup });
    expect(found).toMatchObject({ trailArn: existingTrailArn, logGroup: existingLogGroup });
    expect(node.children).toEqual([]);
  });
});

test('every rule of ours about trails is met, and none has to be inherited', () => {
  const { ledger } = synthesize((app) => trail()(new Stack(app, 'Stack', { env: ENV })), {
    inherited: EVERYTHING_INHERITED.filter(({ rule }) => !rule.startsWith('cloudtrail-')),
  });
  const judged = ledger.evaluations.filter(({ slug, severity }) => slug.startsWith('cloudtrail-') && severity !== 'info');
  expect(new Set(judged.map(({ slug }) => slug)).size).toBeGreaterThanOrEqual(9);
  expect(judged.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
});

describe('is refused, with the reason', () => {
  test.each<[string, AuditTrailProps, string]>([
    [
      'no trail where there is one',
      { scope: AuditTrailScope.EXISTING },
      "'existingTrailArn' must be set with AuditTrailScope.EXISTING",
    ],
    [
      'an existing trail where one is made',
      { existingTrailArn },
      "'existingTrailArn' must not be set with AuditTrailScope.ACCOUNT, got arn:",
    ],
    [
      'options of a new trail for an existing one',
      { ...existing, insights: true },
      "'insights' must not be set with AuditTrailScope.EXISTING",
    ],
    [
      'a trail of the organization without its archive',
      { scope: AuditTrailScope.ORGANIZATION },
      "'archive' must be one with an 'organizationId'",
    ],
  ])('%s', (_, props, message) => expect(() => build(trail(props))).toThrow(message));

  test('a log group of an existing trail where one is made', () => {
    const make = (stack: Stack) =>
      void new AuditTrail(stack, 'Trail', { existingLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'trail') });
    expect(() => build(make)).toThrow("'existingLogGroup' must not be set with AuditTrailScope.ACCOUNT");
  });

  test('a trail of the organization in the archive of an account', () => {
    const make = (stack: Stack) =>
      void new AuditTrail(stack, 'Trail', { scope: AuditTrailScope.ORGANIZATION, archive: new LogArchive(stack, 'Archive') });
    expect(() => build(make)).toThrow("'archive' must be one with an 'organizationId'");
  });
});
