import {
  CloudTrailClient,
  CreateTrailCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import { GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import type { Stack } from 'aws-cdk-lib';
import { AuditTrail, ConfigurationRecorder, LogArchive } from '../../src';
import { ALL_ALARMS } from '../../src/logging/all-alarms';
import { build, ENV, only } from '../helpers/construct';
import { type Deployed, EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

/** CloudFormation of the emulator makes none of these; what a template says of them goes to its API instead. */
const BY_API = ['AWS::CloudTrail::Trail', 'AWS::S3::BucketPolicy'];

jest.setTimeout(180_000);

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  let deployed: Deployed;
  const built = build((stack: Stack) => {
    new AuditTrail(stack, 'Trail', { archive: new LogArchive(stack, 'Archive'), trailName: 'audit' });
  });

  beforeAll(async () => {
    emulator = await Emulator.start();
    deployed = await emulator.deploy('Logging', built.template);
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('every type of resource is made, or known not to be', () => {
    const wanted = [...new Set(Object.values(built.template.Resources).map(({ Type }) => Type))];
    expect(wanted.filter((type) => !deployed.types.includes(type)).sort()).toEqual(BY_API);
  });

  test('the key of the archive is rotated, and lets services in on behalf of the account only', async () => {
    const kms = new KMSClient(emulator.options);
    const KeyId = deployed.id('AWS::KMS::Key', /^ArchiveKey/);
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({ KeyRotationEnabled: true });
    const { Policy: policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    // The emulator returns it as it was put in: as an object.
    const { Statement: statements } = policy as unknown as {
      Statement: { Principal: { Service?: string }; Condition?: object }[];
    };
    const services = statements.filter(({ Principal }) => Principal.Service);
    expect(services.length).toBeGreaterThanOrEqual(4);
    for (const { Condition } of services) expect(JSON.stringify(Condition)).toContain(ENV.account);
  });

  test.each([/^ArchiveBucket/, /^ArchiveConfigurationBucket/])('%s is encrypted with that key', async (id) => {
    const client = new S3Client(emulator.options);
    const { ServerSideEncryptionConfiguration: encryption } = await client.send(
      new GetBucketEncryptionCommand({ Bucket: deployed.id('AWS::S3::Bucket', id) }),
    );
    const key = deployed.id('AWS::KMS::Key', /^ArchiveKey/);
    expect(encryption?.Rules?.[0].ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: `arn:aws:kms:${ENV.region}:${ENV.account}:key/${key}`,
    });
  });

  // Of a log group in a template, the emulator does not carry out the key.
  test('the log group of the trail keeps records for a year', async () => {
    const client = new CloudWatchLogsClient(emulator.options);
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
    const found = logGroups.find(({ logGroupName }) => logGroupName === deployed.id('AWS::Logs::LogGroup', /^TrailLogs/));
    expect(found).toMatchObject({ retentionInDays: 365 });
  });

  test('CloudTrail takes what the template says of the trail, and gives it back', async () => {
    const client = new CloudTrailClient(emulator.options);
    const properties = only(built, 'AWS::CloudTrail::Trail').Properties;
    await client.send(
      new CreateTrailCommand({
        Name: properties.TrailName,
        S3BucketName: deployed.id('AWS::S3::Bucket', /^ArchiveBucket/),
        IsMultiRegionTrail: properties.IsMultiRegionTrail,
        IncludeGlobalServiceEvents: properties.IncludeGlobalServiceEvents,
        EnableLogFileValidation: properties.EnableLogFileValidation,
        IsOrganizationTrail: properties.IsOrganizationTrail,
      }),
    );
    const selectors = JSON.parse(
      // Only names of buckets are not known before a deployment.
      JSON.stringify(properties.AdvancedEventSelectors).replace(
        /\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["(\w+)","Arn"\]\},"\/"\]\]\}/g,
        '"arn:aws:s3:::$1/"',
      ),
    );
    await client.send(new PutEventSelectorsCommand({ TrailName: 'audit', AdvancedEventSelectors: selectors }));
    await client.send(new PutInsightSelectorsCommand({ TrailName: 'audit', InsightSelectors: properties.InsightSelectors }));
    const { Trail: trail } = await client.send(new GetTrailCommand({ Name: 'audit' }));
    expect(trail).toMatchObject({ IsMultiRegionTrail: true, LogFileValidationEnabled: true, IncludeGlobalServiceEvents: true });
    const { AdvancedEventSelectors: kept } = await client.send(new GetEventSelectorsCommand({ TrailName: 'audit' }));
    expect(kept).toEqual(selectors);
    const { InsightSelectors: insights } = await client.send(new GetInsightSelectorsCommand({ TrailName: 'audit' }));
    expect(insights).toHaveLength(2);
  });

  test('CloudWatch Logs takes every pattern, all on one log group', async () => {
    const client = new CloudWatchLogsClient(emulator.options);
    const logGroupName = deployed.id('AWS::Logs::LogGroup', /^TrailLogs/);
    for (const { id, pattern: filterPattern } of ALL_ALARMS) {
      const metricTransformations = [{ metricName: id, metricNamespace: 'LogMetrics', metricValue: '1', defaultValue: 0 }];
      await client.send(new PutMetricFilterCommand({ logGroupName, filterName: id, filterPattern, metricTransformations }));
    }
    const { metricFilters = [] } = await client.send(new DescribeMetricFiltersCommand({ logGroupName }));
    expect(metricFilters.map(({ filterPattern }) => filterPattern).sort()).toEqual(
      ALL_ALARMS.map(({ pattern }) => pattern).sort(),
    );
  });

  test('AWS Config takes what the template says of recorder and channel', async () => {
    const recorded = build((stack: Stack) => void new ConfigurationRecorder(stack, 'Recorder'));
    const client = new ConfigServiceClient(emulator.options);
    const { RecordingGroup: group } = only(recorded, 'AWS::Config::ConfigurationRecorder').Properties;
    await client.send(
      new PutConfigurationRecorderCommand({
        ConfigurationRecorder: {
          name: 'default',
          roleARN: `arn:aws:iam::${ENV.account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
          recordingGroup: {
            allSupported: group.AllSupported,
            includeGlobalResourceTypes: group.IncludeGlobalResourceTypes,
            recordingStrategy: { useOnly: group.RecordingStrategy.UseOnly },
          },
        },
      }),
    );
    const { ConfigurationRecorders: recorders } = await client.send(new DescribeConfigurationRecordersCommand({}));
    expect(recorders).toMatchObject([{ recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } }]);

    const { ConfigSnapshotDeliveryProperties: snapshots } = only(recorded, 'AWS::Config::DeliveryChannel').Properties;
    await new S3Client(emulator.options).send(
      new CreateBucketCommand({ Bucket: 'config', CreateBucketConfiguration: { LocationConstraint: ENV.region } }),
    );
    await client.send(
      new PutDeliveryChannelCommand({
        DeliveryChannel: {
          name: 'default',
          s3BucketName: 'config',
          configSnapshotDeliveryProperties: { deliveryFrequency: snapshots.DeliveryFrequency },
        },
      }),
    );
    const { DeliveryChannels: channels } = await client.send(new DescribeDeliveryChannelsCommand({}));
    expect(channels).toMatchObject([{ configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' } }]);
  });
});
