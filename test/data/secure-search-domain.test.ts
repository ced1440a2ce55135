import { Size, type Stack } from 'aws-cdk-lib';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureSearchDomain, type SecureSearchDomainProps } from '../../src';
import { type Built, build, only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { network } from '../helpers/network';
import { changesOf, keepsItsPromises } from '../helpers/promises';
import { changes, replacing } from '../helpers/replacement';

type Options = Partial<SecureSearchDomainProps>;

const version = opensearch.EngineVersion.OPENSEARCH_2_19;
const DOMAIN = 'AWS::OpenSearchService::Domain';

const secure = (stack: Stack, props: Options = {}, zones = 3) =>
  new SecureSearchDomain(stack, 'Search', { version, vpc: network(stack, zones), ...props });
const plain = (stack: Stack, props: Partial<opensearch.DomainProps> = {}) =>
  new opensearch.Domain(stack, 'Search', { version, ...props });
const adopted = (stack: Stack) => new SecureSearchDomain(stack, 'Search', { version, alreadyDeployed: true });
const domain = (props: Options = {}, kind?: EnvironmentKind) => only(made(props, kind), DOMAIN).Properties;
const made = (props: Options = {}, kind?: EnvironmentKind) => build((stack) => secure(stack, props), kind);
const all = ({ template }: Pick<Built, 'template'>, type: string) =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

keepsItsPromises({ make: (stack) => secure(stack), plain: (stack) => plain(stack), adopted });

describe('a search domain', () => {
  const built = made();
  const { Properties, DeletionPolicy, DependsOn } = only(built, DOMAIN);

  test('is encrypted at rest with the data key, and between its nodes', () => {
    expect(Properties.EncryptionAtRestOptions).toEqual({
      Enabled: true,
      KmsKeyId: { Ref: expect.stringMatching(/^Soc2DataKey/) },
    });
    expect(Properties.NodeToNodeEncryptionOptions).toEqual({ Enabled: true });
  });

  test('takes HTTPS with a current TLS policy only', () => {
    expect(Properties.DomainEndpointOptions).toEqual({
      EnforceHTTPS: true,
      TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
    });
  });

  test('asks for users, and makes the role of the master user, so that there is no password', () => {
    expect(Properties.AdvancedSecurityOptions).toEqual({
      Enabled: true,
      InternalUserDatabaseEnabled: false,
      MasterUserOptions: { MasterUserARN: { 'Fn::GetAtt': [expect.stringMatching(/^SearchMasterUser/), 'Arn'] } },
    });
    expect(JSON.stringify(only(built, 'AWS::IAM::Policy'))).toContain('es:ESHttpPut');
    expect(all(built, 'AWS::SecretsManager::Secret')).toEqual([]);
  });

  test('writes every log to an encrypted log group of its own that is kept for a year', () => {
    expect(Object.keys(Properties.LogPublishingOptions).sort()).toEqual([
      'AUDIT_LOGS',
      'ES_APPLICATION_LOGS',
      'INDEX_SLOW_LOGS',
      'SEARCH_SLOW_LOGS',
    ]);
    const groups = all(built, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(4);
    for (const group of groups) expect(group.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
  });

  test('lets its logs in with a resource policy, and without a function', () => {
    const { Type, Properties: policy } = built.template.Resources[DependsOn[0]];
    expect(Type).toBe('AWS::Logs::ResourcePolicy');
    expect(JSON.stringify(policy.PolicyDocument)).toContain('aws:SourceAccount');
    expect(all(built, 'AWS::Lambda::Function')).toEqual([]);
  });

  test('updates itself, and is kept when the stack is deleted', () => {
    expect(Properties.SoftwareUpdateOptions).toEqual({ AutoSoftwareUpdateEnabled: true });
    expect(DeletionPolicy).toBe('Retain');
  });
});

describe('nodes', () => {
  test('in production, stand in three Availability Zones, with three that only lead', () => {
    const { ClusterConfig, VPCOptions } = domain();
    expect(ClusterConfig).toMatchObject({
      DedicatedMasterEnabled: true,
      DedicatedMasterCount: 3,
      InstanceCount: 3,
      MultiAZWithStandbyEnabled: true,
      ZoneAwarenessEnabled: true,
      ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
    });
    expect(VPCOptions.SubnetIds).toHaveLength(3);
  });

  test('in production, stand in two Availability Zones where there are no more', () => {
    const built = build((stack) => secure(stack, {}, 2));
    const { ClusterConfig, VPCOptions } = only(built, DOMAIN).Properties;
    expect(ClusterConfig).toMatchObject({ InstanceCount: 4, ZoneAwarenessConfig: { AvailabilityZoneCount: 2 } });
    expect(ClusterConfig.MultiAZWithStandbyEnabled).toBe(false);
    expect(VPCOptions.SubnetIds).toHaveLength(2);
  });

  test('elsewhere, there is one', () => {
    const { ClusterConfig, VPCOptions } = domain({}, EnvironmentKind.DEVELOPMENT);
    expect(ClusterConfig).toMatchObject({
      DedicatedMasterEnabled: false,
      InstanceCount: 1,
      MultiAZWithStandbyEnabled: false,
      ZoneAwarenessEnabled: false,
    });
    expect(VPCOptions.SubnetIds).toHaveLength(1);
  });
});

describe('alarms', () => {
  const alarmsOf = (props: Options) => {
    const make = (stack: Stack) => secure(stack, { alarmTopic: new sns.Topic(stack, 'OnCall'), ...props });
    return all(build(make), 'AWS::CloudWatch::Alarm').map((alarm) => alarm.Properties);
  };

  test('are made where there is somewhere to send them', () => {
    const alarms = alarmsOf({ ebs: { volumeSize: 100 } });
    expect(Object.fromEntries(alarms.map(({ MetricName, Threshold }) => [MetricName, Threshold]))).toEqual({
      'ClusterStatus.red': 1,
      'ClusterStatus.yellow': 1,
      FreeStorageSpace: 25 * 1024,
      ClusterIndexWritesBlocked: 1,
      AutomatedSnapshotFailure: 1,
      CPUUtilization: 80,
      JVMMemoryPressure: 95,
      KMSKeyInaccessible: 1,
    });
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  test('take thresholds', () => {
    const thresholds = { cpuAlarmThreshold: 60, memoryAlarmThreshold: 70, freeStorageAlarmThreshold: Size.gibibytes(1) };
    expect(alarmsOf(thresholds).map(({ Threshold }) => Threshold)).toEqual(expect.arrayContaining([60, 70, 1024]));
  });

  test('are not made where there is nowhere to send them', () => {
    expect(all(made(), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });
});

describe('in the place of a deployed domain', () => {
  test('encryption, network, nodes and users stay as they are', () => {
    expect(changesOf({ plain: (stack) => plain(stack), adopted }).map(({ property }) => property)).toEqual([
      `${DOMAIN} DomainEndpointOptions`,
      `${DOMAIN} LogPublishingOptions`,
      `${DOMAIN} SoftwareUpdateOptions`,
    ]);
  });

  test('log groups that it has stay, and so does what lets logs into them', () => {
    const logging = { appLogEnabled: true };
    const before = build((stack) => plain(stack, { logging }));
    const after = build((stack) => new SecureSearchDomain(stack, 'Search', { version, logging, alreadyDeployed: true }));
    expect(Object.keys(after.template.Resources)).toEqual(expect.arrayContaining(Object.keys(before.template.Resources)));
    expect(all(after, 'AWS::Logs::LogGroup')).toHaveLength(all(before, 'AWS::Logs::LogGroup').length + 2);
    expect(all(after, 'AWS::Logs::ResourcePolicy')).toEqual([]);
  });
});

describe('what an app sets comes before a default', () => {
  test('a master user with a generated password', () => {
    const built = made({ fineGrainedAccessControl: { masterUserName: 'admin' } });
    expect(all(built, 'AWS::IAM::Role')).toEqual([]);
    expect(all(built, 'AWS::SecretsManager::Secret')).toHaveLength(1);
  });

  test('nodes, zones and subnets', () => {
    const capacity = { dataNodes: 2, dataNodeInstanceType: 'r7g.large.search', masterNodeInstanceType: 'm7g.large.search' };
    expect(domain({ capacity, zoneAwareness: { availabilityZoneCount: 2 } })).toMatchObject({
      ClusterConfig: { InstanceCount: 2, DedicatedMasterCount: 3, DedicatedMasterType: 'm7g.large.search' },
      VPCOptions: { SubnetIds: [expect.anything(), expect.anything()] },
    });
    expect(domain({ zoneAwareness: { enabled: false } }).VPCOptions.SubnetIds).toHaveLength(1);
  });

  test('a log that is not wanted, and the resource policy', () => {
    const built = made({ logging: { slowIndexLogEnabled: false }, suppressLogsResourcePolicy: true });
    expect(all(built, 'AWS::Logs::LogGroup')).toHaveLength(3);
    expect(all(built, 'AWS::Logs::ResourcePolicy')).toEqual([]);
  });
});

describe('what cannot be', () => {
  test.each<[string, Options, string]>([
    ['no network', { vpc: undefined }, "'vpc' of the search domain 'Stack/Search' must be set"],
    [
      'an engine out of support',
      { version: opensearch.EngineVersion.OPENSEARCH_2_9 },
      "'version' of the search domain 'Stack/Search' must be one that is in standard support, got 'OpenSearch_2.9'",
    ],
    [
      'an earlier engine out of support',
      { version: opensearch.EngineVersion.ELASTICSEARCH_7_8 },
      "got 'Elasticsearch_7.8': use 'EngineVersion.OPENSEARCH_2_19' or newer",
    ],
  ])('%s', (_, props, message) => expect(() => made(props)).toThrow(message));

  test('one Availability Zone in production', () => {
    expect(() => build((stack) => secure(stack, {}, 1))).toThrow(
      "must have private subnets in two Availability Zones or more in production, got 1: choose other subnets with 'vpcSubnets'",
    );
  });
});

describe('a plain domain in an app with Soc2.enable', () => {
  const inApp = (sinceFirstDeployment: boolean, props?: Partial<opensearch.DomainProps>) =>
    only({ template: injected((stack) => plain(stack, props), { sinceFirstDeployment }) }, DOMAIN).Properties;

  test('is encrypted where nothing is deployed yet; its users and nodes are left to the app', () => {
    expect(inApp(true)).toMatchObject({
      EncryptionAtRestOptions: { Enabled: true, KmsKeyId: expect.anything() },
      NodeToNodeEncryptionOptions: { Enabled: true },
      DomainEndpointOptions: { EnforceHTTPS: true },
      ClusterConfig: { InstanceCount: 1 },
    });
    expect(inApp(true).AdvancedSecurityOptions).toBeUndefined();
  });

  test('keeps its encryption where it may be deployed, and nothing of it is replaced', () => {
    const before = injected((stack) => plain(stack), { enable: false });
    const after = injected((stack) => plain(stack));
    expect(inApp(false)).toMatchObject({
      EncryptionAtRestOptions: { Enabled: false },
      NodeToNodeEncryptionOptions: { Enabled: false },
      SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true },
    });
    expect(replacing(changes(before, after))).toEqual([]);
  });

  test('gets nothing that its version or its instances do not have', () => {
    const old = { version: opensearch.EngineVersion.ELASTICSEARCH_5_1, capacity: { dataNodeInstanceType: 'm4.large.search' } };
    expect(inApp(true, old)).toMatchObject({ EncryptionAtRestOptions: { Enabled: false }, LogPublishingOptions: {} });
    expect(inApp(true, { capacity: { dataNodeInstanceType: 't2.small.search' } }).EncryptionAtRestOptions.Enabled).toBe(false);
  });
});
