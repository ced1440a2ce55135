import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CacheAuthentication, CacheEngine, EnvironmentKind, SecureCache, type SecureCacheProps } from '../../src';
import { build, only } from '../helpers/construct';
import { network } from '../helpers/network';
import { keepsItsPromises } from '../helpers/promises';

type Options = Partial<SecureCacheProps>;

const cache = (stack: Stack, props: Options = {}) => new SecureCache(stack, 'Sessions', { vpc: network(stack), ...props });
const made = (props: Options = {}, kind?: EnvironmentKind) => build((stack) => cache(stack, props), kind);
const group = (props?: Options, kind?: EnvironmentKind) => only(made(props, kind), 'AWS::ElastiCache::ReplicationGroup');

keepsItsPromises({ make: (stack) => cache(stack) });

describe('a cache', () => {
  const built = made();
  const { Properties, DeletionPolicy } = only(built, 'AWS::ElastiCache::ReplicationGroup');
  const usersOf = () => Object.values(built.template.Resources).filter(({ Type }) => Type === 'AWS::ElastiCache::User');

  test('is encrypted at rest with the data key, and takes TLS only', () => {
    expect(Properties).toMatchObject({
      AtRestEncryptionEnabled: true,
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] },
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
    });
  });

  test('takes minor versions by itself', () => expect(Properties.AutoMinorVersionUpgrade).toBe(true));

  test('has one user that signs in with IAM, and turns off the one that needs no password', () => {
    const users = usersOf().map((each) => each.Properties);
    expect(users).toEqual([
      {
        Engine: 'redis',
        UserId: expect.stringMatching(/^stack-sessions-[0-9a-f]{8}-app$/),
        UserName: users[0].UserId,
        AccessString: 'on ~* +@all -@dangerous +info',
        AuthenticationMode: { Type: 'iam' },
      },
      expect.objectContaining({ UserName: 'default', AccessString: 'off -@all' }),
    ]);
    expect(only(built, 'AWS::ElastiCache::UserGroup').Properties.UserIds).toHaveLength(2);
    expect(Properties.UserGroupIds).toHaveLength(1);
  });

  test('logs to an encrypted group that is kept for a year', () => {
    expect(Properties.LogDeliveryConfigurations.map(({ LogType }: { LogType: string }) => LogType)).toEqual([
      'slow-log',
      'engine-log',
    ]);
    expect(only(built, 'AWS::Logs::LogGroup').Properties).toMatchObject({
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2LogKey/), 'Arn'] },
    });
  });

  test('is in isolated subnets, behind a group that nobody enters and nothing leaves', () => {
    expect(only(built, 'AWS::ElastiCache::SubnetGroup').Properties.SubnetIds).toEqual([
      expect.stringContaining('-0c'),
      expect.stringContaining('-0c'),
      expect.stringContaining('-0c'),
    ]);
    const { SecurityGroupIngress, SecurityGroupEgress } = only(built, 'AWS::EC2::SecurityGroup').Properties;
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });

  test('leaves a snapshot when it is deleted', () => expect(DeletionPolicy).toBe('Snapshot'));
});

describe('availability', () => {
  test('in production, a replica in another zone takes over, and snapshots are kept for 35 days', () => {
    expect(group().Properties).toMatchObject({
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      SnapshotRetentionLimit: 35,
    });
  });

  test('elsewhere, there is one node, and snapshots are kept for 15 days', () => {
    expect(group({}, EnvironmentKind.DEVELOPMENT).Properties).toMatchObject({
      NumCacheClusters: 1,
      AutomaticFailoverEnabled: false,
      MultiAZEnabled: false,
      SnapshotRetentionLimit: 15,
    });
  });
});

describe('who connects', () => {
  const role = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  test('is let in by name, with IAM', () => {
    const built = build((stack) => cache(stack).grantConnect(role(stack)));
    const [statement] = only(built, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    expect(statement).toMatchObject({ Action: 'elasticache:Connect', Resource: [expect.anything(), expect.anything()] });
  });

  test('reads a generated password, where the app wants one', () => {
    const built = build((stack) => {
      cache(stack, { authentication: CacheAuthentication.SECRET }).grantConnect(role(stack));
    });
    const secret = only(built, 'AWS::SecretsManager::Secret');
    expect(secret.Properties).toMatchObject({ KmsKeyId: expect.anything(), GenerateSecretString: { PasswordLength: 64 } });
    expect(JSON.stringify(built.template)).toMatch(/resolve:secretsmanager:.*:SecretString:password/);
    expect(JSON.stringify(only(built, 'AWS::IAM::Policy'))).toContain('secretsmanager:GetSecretValue');
  });

  test('is let through on the port of the cache', () => {
    const built = build((stack) => {
      const vpc = network(stack);
      const client = new ec2.SecurityGroup(stack, 'Client', { vpc });
      new SecureCache(stack, 'Sessions', { vpc }).connections.allowDefaultPortFrom(client, 'Sessions');
    });
    expect(only(built, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({ FromPort: 6379, ToPort: 6379 });
  });
});

describe('alarms', () => {
  const alarmsOf = (props: Options) =>
    Object.values(
      build((stack) => cache(stack, { alarmTopic: new sns.Topic(stack, 'OnCall'), ...props })).template.Resources,
    ).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');

  test('are made where there is somewhere to send them', () => {
    const alarms = alarmsOf({});
    expect(alarms.map(({ Properties }) => Properties.Threshold)).toEqual([90, 80, 10]);
    for (const { Properties } of alarms) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.Metrics.map(({ Expression }: { Expression?: string }) => Expression).filter(Boolean)).toEqual([
        expect.stringMatching(/^(MAX|SUM)\(\[m1, m2\]\)$/),
      ]);
    }
  });

  test('take thresholds, and look at one node where there is one', () => {
    const [cpu] = alarmsOf({ replicas: 0, cpuAlarmThreshold: 50 });
    expect(cpu.Properties).toMatchObject({ Threshold: 50, MetricName: 'EngineCPUUtilization' });
  });

  test('are not made where there is nowhere to send them', () => {
    expect(JSON.stringify(made().template)).not.toContain('AWS::CloudWatch::Alarm');
  });
});

describe('what an app sets comes before a default', () => {
  test('engine, nodes and snapshots', () => {
    const properties = { engine: CacheEngine.REDIS, nodeType: 'cache.m7g.large', snapshotRetention: Duration.days(20) };
    expect(group({ ...properties, replicas: 3, snapshotName: 'before', port: 6380 }).Properties).toMatchObject({
      Engine: 'redis',
      EngineVersion: '7.1',
      CacheNodeType: 'cache.m7g.large',
      NumCacheClusters: 4,
      SnapshotRetentionLimit: 20,
      SnapshotName: 'before',
      Port: 6380,
    });
  });
});

describe('what cannot be', () => {
  test.each<[Options, string]>([
    [{ engine: CacheEngine.REDIS, engineVersion: '6.2' }, "'engineVersion' of Redis OSS must be 7.0 or newer, got '6.2'"],
    [{ replicas: 6 }, "'replicas' of a cache must be a whole number from 0 to 5, got 6"],
    [{ snapshotRetention: Duration.days(36) }, "'snapshotRetention' of a cache must be a whole number from 0 to 35, got 36"],
    [
      { vpcSubnets: { availabilityZones: ['eu-west-1a'], subnetType: ec2.SubnetType.PRIVATE_ISOLATED } },
      "'vpcSubnets' of a cache with replicas must be in two Availability Zones or more, got eu-west-1a",
    ],
  ])('%#', (props, message) => expect(() => made(props)).toThrow(message));
});
