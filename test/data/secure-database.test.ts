import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EnvironmentKind, SecureDatabase, type SecureDatabaseProps, Soc2, Soc2Environment } from '../../src';
import { build, KINDS } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';
import { ENGINES, emptyApp, network, propertiesOf, templateOf } from './databases';

const engine = ENGINES.PostgreSQL;
const make =
  (props: Partial<SecureDatabaseProps> = {}) =>
  (stack: Stack) =>
    new SecureDatabase(stack, 'Orders', { vpc: props.vpc ?? network(stack), engine, ...props });
const plain = (stack: Stack) => new rds.DatabaseInstance(stack, 'Orders', { vpc: network(stack), engine });
const adopted = make({ alreadyDeployed: true });
const INSTANCE = 'AWS::RDS::DBInstance';
const instance = (props?: Partial<SecureDatabaseProps>, kind?: EnvironmentKind) =>
  propertiesOf(templateOf(make(props), kind), INSTANCE);
const DATA_KEY = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Soc2DataKey'), 'Arn'] };

keepsItsPromises({ make: make(), plain, adopted });

describe('a database', () => {
  const template = templateOf(make());
  const has = (properties: object) => template.hasResourceProperties(INSTANCE, properties);

  test('is encrypted with the data key', () => has({ StorageEncrypted: true, KmsKeyId: DATA_KEY }));
  test('reports what it spends its time on, encrypted, for the days that are free', () =>
    has({
      EnablePerformanceInsights: true,
      DatabaseInsightsMode: 'standard',
      PerformanceInsightsKMSKeyId: DATA_KEY,
      PerformanceInsightsRetentionPeriod: 7,
    }));
  test('has no public address', () => has({ PubliclyAccessible: false }));
  test('is in isolated subnets', () =>
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-isolated1', 'subnet-isolated2'] }));
  test('has a certificate of a present authority', () => has({ CACertificateIdentifier: 'rds-ca-rsa2048-g1' }));
  test('takes minor versions of its engine', () => has({ AutoMinorVersionUpgrade: true }));
  test('keeps automated backups, and tags snapshots', () => has({ DeleteAutomatedBackups: false, CopyTagsToSnapshot: true }));
  test('leaves a snapshot when it is deleted', () =>
    template.hasResource(INSTANCE, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' }));
  test('has a password that is encrypted with the data key', () =>
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: DATA_KEY }));
});

describe.each(KINDS)('in %s', (kind) => {
  const isProduction = kind === EnvironmentKind.PRODUCTION;
  const made = instance({}, kind);

  test(`backups reach back ${isProduction ? 35 : 7} days`, () => expect(made.BackupRetentionPeriod).toBe(isProduction ? 35 : 7));
  test(`there is ${isProduction ? 'a' : 'no'} standby`, () => expect(made.MultiAZ).toBe(isProduction || undefined));
  test(`it is ${isProduction ? '' : 'not '}protected against deletion`, () =>
    expect(made.DeletionProtection).toBe(isProduction || undefined));
});

describe('log groups', () => {
  test('exist before the database, encrypted, for a year', () => {
    const template = templateOf(make());
    const { DBInstanceIdentifier: name } = propertiesOf(template, INSTANCE);
    const groups = template.findResources('AWS::Logs::LogGroup');
    expect(Object.values(groups).map(({ Properties }) => Properties)).toEqual(
      ['postgresql', 'upgrade'].map((log) => ({
        LogGroupName: `/aws/rds/instance/${name}/${log}`,
        RetentionInDays: 365,
        KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2LogKey/), 'Arn'] },
      })),
    );
    template.hasResource(INSTANCE, { DependsOn: Object.keys(groups) });
    template.resourceCountIs('Custom::LogRetention', 0);
  });

  test('outlive their stack in production, and not a failed deployment', () =>
    templateOf(make()).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'RetainExceptOnCreate' }));

  test('go with their stack elsewhere', () =>
    templateOf(make(), EnvironmentKind.STAGING).allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' }));

  test('have the retention and the name that an app sets, and can be asked for', () => {
    let group: logs.ILogGroup | undefined;
    const template = templateOf((stack) => {
      const database = make({ cloudwatchLogsRetention: logs.RetentionDays.TEN_YEARS, instanceIdentifier: 'Shop' })(stack);
      group = database.cloudwatchLogGroups.postgresql;
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 3653 });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/rds/instance/shop/postgresql' });
    expect(group).toBeInstanceOf(logs.LogGroup);
  });
});

describe('the name', () => {
  test('stays the same from version to version of the library, for another one makes another database', () =>
    expect(instance().DBInstanceIdentifier).toBe('stack-orders-ac8a4feb'));

  test('is one that RDS takes, and differs by stack and by path', () => {
    const names = ['Production', 'Staging-of-a-service-with-a-very-long-name-indeed'].flatMap((stackName) =>
      ['Orders', 'Orders--2'].map((id) => {
        const stack = new Stack(emptyApp(), 'Stack', { stackName });
        new SecureDatabase(stack, id, { vpc: network(stack), engine });
        return propertiesOf(Template.fromStack(stack), INSTANCE).DBInstanceIdentifier;
      }),
    );
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^(?!.*--)[a-z][a-z0-9-]{0,61}[a-z0-9]$/);
  });
});

describe('the password', () => {
  const ROTATION = 'AWS::SecretsManager::RotationSchedule';
  const rotations = (props: Partial<SecureDatabaseProps>, types?: Parameters<typeof network>[1]) =>
    templateOf((stack) => make({ vpc: network(stack, types), ...props })(stack)).findResources(ROTATION);

  test('is changed every 30 days, by a function in subnets with a way out', () => {
    const template = templateOf(make());
    template.hasResourceProperties(ROTATION, { RotationRules: { ScheduleExpression: 'rate(30 days)' } });
    template.hasResourceProperties('AWS::Serverless::Application', {
      Parameters: Match.objectLike({ vpcSubnetIds: 'subnet-private1,subnet-private2' }),
    });
  });

  test('is not changed where a function does not reach Secrets Manager', () => expect(rotations({}, ['isolated'])).toEqual({}));

  test('is changed where the VPC has a way to Secrets Manager', () => {
    const template = templateOf((stack) => {
      const vpc = network(stack, ['isolated']);
      vpc.addInterfaceEndpoint('Secrets', { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
      make({ vpc })(stack);
    });
    template.resourceCountIs(ROTATION, 1);
  });

  test('is left to RDS where an app asks for that', () => {
    expect(rotations({ manageMasterUserPassword: true })).toEqual({});
    expect(instance({ manageMasterUserPassword: true })).toMatchObject({ ManageMasterUserPassword: true });
  });

  test('is left alone where an app brings a secret of its own', () =>
    expect(
      templateOf((stack) => {
        const secret = new rds.DatabaseSecret(stack, 'Own', { username: 'shop' });
        make({ credentials: rds.Credentials.fromSecret(secret) })(stack);
      }).findResources(ROTATION),
    ).toEqual({}));

  test('is changed as an app says', () => {
    const template = templateOf((stack) => make()(stack).addRotationSingleUser({ automaticallyAfter: Duration.days(7) }));
    expect(propertiesOf(template, ROTATION).RotationRules).toEqual({ ScheduleExpression: 'rate(7 days)' });
  });
});

describe('what an app sets comes before a default', () => {
  test('backups, subnets, standby, removal', () => {
    const template = templateOf(
      make({
        backupRetention: Duration.days(14),
        vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        multiAz: false,
        deletionProtection: false,
        removalPolicy: RemovalPolicy.RETAIN,
        iamAuthentication: false,
        cloudwatchLogsExports: ['upgrade'],
        caCertificate: rds.CaCertificate.RDS_CA_ECC384_G1,
      }),
    );
    template.hasResource(INSTANCE, {
      DeletionPolicy: 'Retain',
      Properties: {
        BackupRetentionPeriod: 14,
        MultiAZ: false,
        DeletionProtection: false,
        EnableIAMDatabaseAuthentication: false,
        EnableCloudwatchLogsExports: ['upgrade'],
        CACertificateIdentifier: 'rds-ca-ecc384-g1',
      },
    });
    template.resourceCountIs('AWS::Logs::LogGroup', 1);
    template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-private1', 'subnet-private2'] });
  });

  test('the key of the storage', () => {
    const template = templateOf((stack) => make({ storageEncryptionKey: new kms.Key(stack, 'Own') })(stack));
    template.hasResourceProperties(INSTANCE, { KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'Arn'] } });
  });

  test('no encryption, and a rule objects', () => {
    const { ledger } = build(make({ storageEncrypted: false }));
    expect(ledger.evaluations.filter(({ verdict }) => verdict === 'fail').map(({ slug }) => slug)).toContain(
      'rds-instance-encrypted',
    );
  });

  test('parameters, which join those for TLS and auditing', () => {
    const template = templateOf(make({ parameters: { 'pgaudit.log': 'all', max_connections: '200' } }));
    expect(propertiesOf(template, 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject({
      'rds.force_ssl': '1',
      'pgaudit.log': 'all',
      max_connections: '200',
    });
  });

  test('a parameter group, to which nothing is added', () => {
    const template = templateOf((stack) => make({ parameterGroup: new rds.ParameterGroup(stack, 'Own', { engine }) })(stack));
    expect(propertiesOf(template, 'AWS::RDS::DBParameterGroup').Parameters).toEqual({});
  });

  test('an availability zone, which a standby excludes', () =>
    expect(instance({ availabilityZone: 'eu-west-1a' })).toMatchObject({ AvailabilityZone: 'eu-west-1a' }));

  test('no Performance Insights', () => {
    const made = instance({ enablePerformanceInsights: false });
    expect(made.EnablePerformanceInsights).toBe(false);
    expect(made.PerformanceInsightsKMSKeyId).toBeUndefined();
  });
});

test('advanced Database Insights reach back fifteen months, without a word about it', () => {
  const databaseInsightsMode = rds.DatabaseInsightsMode.ADVANCED;
  const expected = { DatabaseInsightsMode: 'advanced', PerformanceInsightsRetentionPeriod: 465 };
  expect(instance({ databaseInsightsMode })).toMatchObject(expected);
  expect(instance({ databaseInsightsMode, alreadyDeployed: true })).toMatchObject(expected);
});

test('an instance type without Performance Insights has none', () => {
  const instanceType = ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO);
  expect(instance({ engine: ENGINES.MySQL, instanceType }).EnablePerformanceInsights).toBeUndefined();
  expect(instance({ instanceType }).EnablePerformanceInsights).toBe(true);
});

describe('in the place of what is deployed', () => {
  test('exactly this is changed', () => {
    expect(changesOf({ plain, adopted }).map(({ property }) => property)).toEqual(
      [
        'BackupRetentionPeriod',
        'DatabaseInsightsMode',
        'DeleteAutomatedBackups',
        'DeletionProtection',
        'EnableCloudwatchLogsExports',
        'EnableIAMDatabaseAuthentication',
        'EnablePerformanceInsights',
        'MultiAZ',
        'PerformanceInsightsRetentionPeriod',
        'PubliclyAccessible',
      ].map((property) => `${INSTANCE} ${property}`),
    );
  });

  test('logs are kept for a year, and the password is left alone', () => {
    const template = templateOf(adopted);
    template.allResourcesProperties('Custom::LogRetention', { RetentionInDays: 365 });
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('nothing is asked of the engine', () => {
    const old = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_13 });
    const made = templateOf(make({ alreadyDeployed: true, engine: old }));
    made.resourceCountIs('AWS::RDS::DBParameterGroup', 0);
    templateOf(make({ alreadyDeployed: true, engine: rds.DatabaseInstanceEngine.POSTGRES })).resourceCountIs(INSTANCE, 1);
  });

  test('not even where an app says of the others that they are new', () => {
    const app = emptyApp();
    Soc2.enable(app, { sinceFirstDeployment: true });
    const made = propertiesOf(templateOf(adopted, EnvironmentKind.PRODUCTION, app), INSTANCE);
    expect(made.StorageEncrypted).toBeUndefined();
  });
});

test('a database of a snapshot is as encrypted as that, and takes a new password', () => {
  const credentials = rds.Credentials.fromUsername('shop');
  const made = instance({ snapshotIdentifier: 'orders-encrypted', credentials });
  expect(made).toMatchObject({ DBSnapshotIdentifier: 'orders-encrypted', StorageEncrypted: true });
  expect(made.MasterUserPassword).toBeDefined();
  expect(made.KmsKeyId).toBeUndefined();
  expect(made.MasterUsername).toBeUndefined();
});

describe('what cannot be made secure is refused', () => {
  const { DatabaseInstanceEngine } = rds;
  test.each<[string, Partial<SecureDatabaseProps>, RegExp]>([
    [
      'an engine without support',
      { engine: DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_13_20 }) },
      /'engine' must be PostgreSQL 14 or later, got 13\.20/,
    ],
    [
      'MySQL 8.0',
      { engine: DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_43 }) },
      /'engine' must be MySQL 8\.4 or later, got 8\.0\.43/,
    ],
    [
      'MariaDB 10.6',
      { engine: DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_10_6 }) },
      /'engine' must be MariaDB 10\.11 or later, got 10\.6/,
    ],
    [
      'Oracle 12.2',
      { engine: DatabaseInstanceEngine.oracleEe({ version: rds.OracleEngineVersion.VER_12_2 }) },
      /'engine' must be Oracle 19 or later, got 12\.2/,
    ],
    [
      'SQL Server 2016',
      { engine: DatabaseInstanceEngine.sqlServerEe({ version: rds.SqlServerEngineVersion.VER_13 }) },
      /'engine' must be SQL Server 14 or later, got 13\.00/,
    ],
    [
      'an engine without a version',
      { engine: DatabaseInstanceEngine.POSTGRES },
      /'engine' must state a version of PostgreSQL, got none/,
    ],
    [
      'SQL Server Express',
      { engine: DatabaseInstanceEngine.sqlServerEx({ version: rds.SqlServerEngineVersion.VER_16 }) },
      /'engine' must be one that RDS encrypts .* got 'sqlserver-ex'/,
    ],
    [
      'an instance type that is not encrypted',
      { instanceType: new ec2.InstanceType('t2.micro') },
      /'instanceType' must be one that RDS encrypts, got 't2\.micro'/,
    ],
    [
      'Performance Insights that there are not',
      { engine: ENGINES.MySQL, instanceType: new ec2.InstanceType('t3.small'), enablePerformanceInsights: true },
      /'enablePerformanceInsights' must be left out for 't3\.small'/,
    ],
    [
      'backups that reach back too little',
      { backupRetention: Duration.days(6) },
      /'backupRetention' must be 7 to 35 days, got 6/,
    ],
    ['no backups', { backupRetention: Duration.days(0), alreadyDeployed: true }, /'backupRetention' must be 7 to 35 days, got 0/],
    ['backups that reach back too far', { backupRetention: Duration.days(36) }, /'backupRetention' must be 7 to 35 days, got 36/],
  ])('%s', (_name, props, message) => expect(() => templateOf(make(props))).toThrow(message));

  test('a VPC with only public subnets', () => {
    expect(() => templateOf((stack) => make({ vpc: network(stack, ['public']) })(stack))).toThrow(
      /'vpc' must have isolated or private subnets, got only public ones in 'Stack\/Network'/,
    );
  });
});

describe('alarms', () => {
  const ALARM = 'AWS::CloudWatch::Alarm';

  test('there are none where there is nowhere to send them', () => templateOf(make()).resourceCountIs(ALARM, 0));

  test('tell the topic of the environment', () => {
    const template = templateOf((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(new sns.Topic(stack, 'OnCall'));
      make()(stack);
    });
    const alarms = Object.values(template.findResources(ALARM)).map(({ Properties }) => Properties);
    expect(Object.fromEntries(alarms.map(({ MetricName, Threshold }) => [MetricName, Threshold]))).toEqual({
      CPUUtilization: 80,
      DatabaseConnections: 500,
      DiskQueueDepth: 64,
      FreeStorageSpace: 10 * 1024 ** 3,
      FreeableMemory: 256 * 1024 ** 2,
    });
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^OnCall/) }]);
      expect(AlarmDescription).toMatch(/Look (at|for) /);
    }
  });

  test('tell a topic that is given, at thresholds that are given', () => {
    const template = templateOf((stack) =>
      make({
        alarmTopic: new sns.Topic(stack, 'Own'),
        alarmThresholds: { cpuUtilization: 50, connections: 40 },
        allocatedStorage: 200,
      })(stack),
    );
    template.hasResourceProperties(ALARM, { MetricName: 'CPUUtilization', Threshold: 50 });
    template.hasResourceProperties(ALARM, { MetricName: 'DatabaseConnections', Threshold: 40 });
    template.hasResourceProperties(ALARM, { MetricName: 'FreeStorageSpace', Threshold: 20 * 1024 ** 3 });
  });
});

describe('a plain database in an app with Soc2.enable', () => {
  const inApp = (sinceFirstDeployment: boolean, makePlain: (stack: Stack) => void = plain) => {
    const app = emptyApp();
    Soc2.enable(app, { sinceFirstDeployment });
    return templateOf(makePlain, EnvironmentKind.PRODUCTION, app);
  };

  test('that may be deployed is neither replaced nor restarted', () => {
    const made = propertiesOf(inApp(false), INSTANCE);
    expect(made).toMatchObject({ MultiAZ: true, DeletionProtection: true, BackupRetentionPeriod: 35, PubliclyAccessible: false });
    for (const property of ['StorageEncrypted', 'KmsKeyId', 'DBParameterGroupName', 'OptionGroupName', 'DBInstanceIdentifier'])
      expect(made[property]).toBeUndefined();
  });

  test('that is new is encrypted, and forces TLS', () => {
    const template = inApp(true);
    expect(propertiesOf(template, INSTANCE)).toMatchObject({ StorageEncrypted: true });
    expect(propertiesOf(template, 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject({ 'rds.force_ssl': '1' });
  });

  test('is never refused', () => {
    const old = rds.DatabaseInstanceEngine.MYSQL;
    inApp(
      true,
      (stack) =>
        new rds.DatabaseInstance(stack, 'Old', {
          vpc: network(stack, ['public']),
          vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
          engine: old,
        }),
    );
  });

  test.each([true, false])('that is made of a snapshot is hardened too (new: %p)', (isNew) => {
    const template = inApp(
      isNew,
      (stack) =>
        new rds.DatabaseInstanceFromSnapshot(stack, 'Copy', { vpc: network(stack), engine, snapshotIdentifier: 'orders' }),
    );
    expect(propertiesOf(template, INSTANCE)).toMatchObject({
      DBSnapshotIdentifier: 'orders',
      MultiAZ: true,
      DeletionProtection: true,
    });
    template.resourceCountIs('AWS::RDS::DBParameterGroup', isNew ? 1 : 0);
  });

  test('leaves our own class as it decided', () => {
    inApp(false, make()).resourceCountIs('Custom::LogRetention', 0);
  });
});
