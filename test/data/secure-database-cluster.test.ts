import { Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureDatabaseCluster, type SecureDatabaseClusterProps, Soc2 } from '../../src';
import { KINDS } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';
import { CLUSTER_ENGINES, emptyApp, network, propertiesOf, templateOf } from './databases';

const { ClusterInstance } = rds;
const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const engine = CLUSTER_ENGINES['Aurora PostgreSQL'];
const writer = () => ClusterInstance.serverlessV2('Writer');
const make =
  (props: Partial<SecureDatabaseClusterProps> = {}) =>
  (stack: Stack) =>
    new SecureDatabaseCluster(stack, 'Orders', { vpc: network(stack), engine, writer: writer(), ...props });
const cluster = (props?: Partial<SecureDatabaseClusterProps>, kind?: EnvironmentKind) =>
  propertiesOf(templateOf(make(props), kind), CLUSTER);
const instancesOf = (props?: Partial<SecureDatabaseClusterProps>, kind?: EnvironmentKind) =>
  Object.values(templateOf(make(props), kind).findResources(INSTANCE)).map(({ Properties }) => Properties);
const DATA_KEY = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Soc2DataKey'), 'Arn'] };

describe.each(Object.entries(CLUSTER_ENGINES))('%s', (_name, each) => {
  const own = (stack: Stack) => ({ vpc: network(stack), engine: each, writer: writer() });
  keepsItsPromises({
    make: (stack) => new SecureDatabaseCluster(stack, 'Orders', own(stack)),
    plain: (stack) => new rds.DatabaseCluster(stack, 'Orders', own(stack)),
    adopted: (stack) => new SecureDatabaseCluster(stack, 'Orders', { ...own(stack), alreadyDeployed: true }),
  });
});

describe('a cluster', () => {
  const template = templateOf(make());
  const has = (properties: object) => template.hasResourceProperties(CLUSTER, properties);

  test('is encrypted with the data key', () => has({ StorageEncrypted: true, KmsKeyId: DATA_KEY }));
  test('reports what it spends its time on, encrypted', () =>
    has({ PerformanceInsightsEnabled: true, DatabaseInsightsMode: 'standard', PerformanceInsightsKmsKeyId: DATA_KEY }));
  test('is in isolated subnets', () =>
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-isolated1', 'subnet-isolated2'] }));
  test('accepts IAM authentication', () => has({ EnableIAMDatabaseAuthentication: true }));
  test('keeps automated backups, and tags snapshots', () => has({ DeleteAutomatedBackups: false, CopyTagsToSnapshot: true }));
  test('leaves a snapshot when it is deleted', () => template.hasResource(CLUSTER, { DeletionPolicy: 'Snapshot' }));
  test('has private instances with a present certificate that take minor versions', () =>
    template.allResourcesProperties(INSTANCE, {
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    }));
  test('has a password that changes every 30 days', () =>
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    }));
  test('has log groups that are encrypted and kept for a year', () => {
    const { DBClusterIdentifier: name } = propertiesOf(template, CLUSTER);
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/aws/rds/cluster/${name}/postgresql`,
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Soc2LogKey'), 'Arn'] },
    });
  });
});

test.each([
  [
    'Aurora PostgreSQL',
    { 'rds.force_ssl': '1', shared_preload_libraries: 'pg_stat_statements,pgaudit', 'pgaudit.log': 'ddl,role,write' },
    ['postgresql'],
  ],
  [
    'Aurora MySQL',
    { require_secure_transport: 'ON', server_audit_logging: '1', server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL' },
    ['audit', 'error'],
  ],
] as const)('%s forces TLS, audits and sends its logs', (name, parameters, logTypes) => {
  const template = templateOf(make({ engine: CLUSTER_ENGINES[name] }));
  expect(propertiesOf(template, 'AWS::RDS::DBClusterParameterGroup').Parameters).toMatchObject(parameters);
  expect(propertiesOf(template, CLUSTER).EnableCloudwatchLogsExports).toEqual(logTypes);
});

describe.each(KINDS)('in %s', (kind) => {
  const isProduction = kind === EnvironmentKind.PRODUCTION;

  test(`backups reach back ${isProduction ? 35 : 7} days`, () =>
    expect(cluster({}, kind).BackupRetentionPeriod).toBe(isProduction ? 35 : 7));
  test(`it is ${isProduction ? '' : 'not '}protected against deletion`, () =>
    expect(cluster({}, kind).DeletionProtection).toBe(isProduction || undefined));
  test(`there is ${isProduction ? 'a' : 'no'} reader`, () => expect(instancesOf({}, kind)).toHaveLength(isProduction ? 2 : 1));
});

describe('the reader in production', () => {
  test('is a serverless instance beside a serverless writer, and grows with it', () =>
    expect(instancesOf().map(({ DBInstanceClass, PromotionTier }) => [DBInstanceClass, PromotionTier])).toEqual(
      expect.arrayContaining([
        ['db.serverless', 0],
        ['db.serverless', 1],
      ]),
    ));

  test('is as large as the writer', () => {
    const instanceType = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.XLARGE);
    const large = instancesOf({ writer: ClusterInstance.provisioned('Writer', { instanceType }) });
    expect(large.map(({ DBInstanceClass }) => DBInstanceClass)).toEqual(['db.r7g.xlarge', 'db.r7g.xlarge']);
  });

  test('is left to an app that says what readers it wants', () => expect(instancesOf({ readers: [] })).toHaveLength(1));

  test('is one of the instances that `instanceProps` make', () => {
    // The CDK says that they are deprecated.
    jest.spyOn(console, 'warn').mockImplementation();
    const template = templateOf(
      (stack) => new SecureDatabaseCluster(stack, 'Orders', { engine, instanceProps: { vpc: network(stack) } }),
    );
    template.resourceCountIs(INSTANCE, 2);
    template.allResourcesProperties(INSTANCE, { PubliclyAccessible: false });
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-isolated1', 'subnet-isolated2'] });
  });
});

describe('Performance Insights', () => {
  const mysql = CLUSTER_ENGINES['Aurora MySQL'];
  test('are left out where an instance type has none', () =>
    expect(cluster({ engine: mysql, writer: ClusterInstance.provisioned('Writer') }).DatabaseInsightsMode).toBeUndefined());
  test('are left out where an app does not want them', () =>
    expect(cluster({ enablePerformanceInsights: false }).PerformanceInsightsEnabled).toBeFalsy());
  test('stay as long as an app says', () =>
    expect(
      cluster({
        databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED,
      }),
    ).toMatchObject({ DatabaseInsightsMode: 'advanced', PerformanceInsightsRetentionPeriod: 465 }));
});

test('what an app sets comes before a default', () => {
  expect(
    cluster({
      backup: { retention: Duration.days(14) },
      iamAuthentication: false,
      clusterIdentifier: 'shop',
      deletionProtection: false,
    }),
  ).toMatchObject({
    BackupRetentionPeriod: 14,
    EnableIAMDatabaseAuthentication: false,
    DBClusterIdentifier: 'shop',
    DeletionProtection: false,
  });
});

test('in the place of what is deployed, exactly this is changed', () => {
  const plain = (stack: Stack) => new rds.DatabaseCluster(stack, 'Orders', { vpc: network(stack), engine, writer: writer() });
  expect(changesOf({ plain, adopted: make({ alreadyDeployed: true }) }).map(({ property }) => property)).toEqual([
    `${CLUSTER} BackupRetentionPeriod`,
    `${CLUSTER} DatabaseInsightsMode`,
    `${CLUSTER} DeleteAutomatedBackups`,
    `${CLUSTER} DeletionProtection`,
    `${CLUSTER} EnableCloudwatchLogsExports`,
    `${CLUSTER} EnableIAMDatabaseAuthentication`,
    `${CLUSTER} PerformanceInsightsEnabled`,
    `${CLUSTER} PerformanceInsightsRetentionPeriod`,
    `${INSTANCE} PubliclyAccessible`,
  ]);
});

test('a cluster of a snapshot is encrypted with the data key, and takes a new password', () => {
  const made = cluster({ snapshotIdentifier: 'orders', credentials: rds.Credentials.fromUsername('shop') });
  expect(made).toMatchObject({ SnapshotIdentifier: 'orders', StorageEncrypted: true, KmsKeyId: expect.anything() });
  expect(made.MasterUserPassword).toBeDefined();
  expect(made.MasterUsername).toBeUndefined();
});

test('a replica has the users of its source', () => {
  const template = templateOf(make({ replicationSourceIdentifier: 'arn:aws:rds:eu-central-1:111122223333:cluster:orders' }));
  template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  expect(propertiesOf(template, CLUSTER).MasterUsername).toBeUndefined();
});

describe('what cannot be made secure is refused', () => {
  const { DatabaseClusterEngine } = rds;
  test.each<[string, Partial<SecureDatabaseClusterProps>, RegExp]>([
    [
      'Aurora MySQL 2',
      { engine: DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_2_11_2 }) },
      /'engine' must be Aurora MySQL 8\.0 or later, got 5\.7\.mysql_aurora\.2\.11\.2/,
    ],
    [
      'Aurora PostgreSQL 13',
      { engine: DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_13_20 }) },
      /'engine' must be Aurora PostgreSQL 14 or later, got 13\.20/,
    ],
    [
      'an engine without a version',
      { engine: DatabaseClusterEngine.AURORA_POSTGRESQL },
      /'engine' must state a version of Aurora PostgreSQL, got none/,
    ],
    [
      'Aurora MySQL without a version, which means 5.7',
      { engine: DatabaseClusterEngine.AURORA_MYSQL },
      /'engine' must be Aurora MySQL 8\.0 or later, got 5\.7/,
    ],
    [
      'backups that reach back too little',
      { backup: { retention: Duration.days(1) } },
      /'backup\.retention' must be 7 to 35 days, got 1/,
    ],
  ])('%s', (_name, props, message) => expect(() => templateOf(make(props))).toThrow(message));
});

test('alarms tell of the worst instance and of the volume', () => {
  const template = templateOf((stack) => make({ alarmTopic: new sns.Topic(stack, 'OnCall') })(stack));
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  expect(Object.fromEntries(alarms.map(({ MetricName, Statistic, Threshold }) => [MetricName, [Statistic, Threshold]]))).toEqual({
    CPUUtilization: ['Maximum', 80],
    DatabaseConnections: ['Maximum', 500],
    FreeLocalStorage: ['Minimum', 5 * 1024 ** 3],
    FreeableMemory: ['Minimum', 256 * 1024 ** 2],
    VolumeReadIOPs: ['Average', 1_000_000],
    VolumeWriteIOPs: ['Average', 1_000_000],
  });
  templateOf(make()).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

describe('a plain cluster in an app with Soc2.enable', () => {
  const inApp = (sinceFirstDeployment: boolean) => {
    const app = emptyApp();
    Soc2.enable(app, { sinceFirstDeployment });
    return templateOf(
      (stack) => new rds.DatabaseCluster(stack, 'Orders', { vpc: network(stack), engine, writer: writer() }),
      EnvironmentKind.PRODUCTION,
      app,
    );
  };

  test('that may be deployed is neither replaced nor restarted', () => {
    const made = propertiesOf(inApp(false), CLUSTER);
    expect(made).toMatchObject({ DeletionProtection: true, BackupRetentionPeriod: 35, EnableIAMDatabaseAuthentication: true });
    expect(made.StorageEncrypted).toBeUndefined();
    expect(made.DBClusterParameterGroupName).toBe('default.aurora-postgresql17');
  });

  test('that is new is encrypted, and forces TLS', () => {
    const template = inApp(true);
    expect(propertiesOf(template, CLUSTER)).toMatchObject({ StorageEncrypted: true });
    expect(propertiesOf(template, 'AWS::RDS::DBClusterParameterGroup').Parameters).toMatchObject({ 'rds.force_ssl': '1' });
  });
});
