import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { EnvironmentKind, LogArchive, type LogArchiveProps } from '../../src';
import { type Built, build, ENV, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

const archive =
  (props?: LogArchiveProps) =>
  (stack: Stack): void => {
    new LogArchive(stack, 'Archive', props);
  };
const organizationId = 'o-a1b2c3d4e5';

describe('for an account', () => keepsItsPromises({ make: archive() }));
describe('for an organization', () => keepsItsPromises({ make: archive({ organizationId }) }));

const account = build(archive());
const organization = build(archive({ organizationId }));

/** One of the two buckets, with the statements of its policy. */
function bucketOf({ template }: Built, id: 'Bucket' | 'ConfigurationBucket') {
  const [logicalId, bucket] = Object.entries(template.Resources).find(
    ([key, { Type }]) => Type === 'AWS::S3::Bucket' && key.startsWith(`Archive${id}`),
  )!;
  const policy = Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::S3::BucketPolicy' && Properties.Bucket.Ref === logicalId,
  )!;
  return {
    ...bucket,
    DeletionPolicy: bucket.DeletionPolicy,
    logicalId,
    statements: policy.Properties.PolicyDocument.Statement as Statement[],
  };
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: unknown;
  readonly Principal: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const keysIn = (logicalId: string, ...keys: string[]) => {
  const all = keys.map((key) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [logicalId, 'Arn'] }, `/${key}`]] }));
  return all.length === 1 ? all[0] : all;
};

describe('logs are locked', () => {
  const lockOf = (props?: LogArchiveProps, kind?: EnvironmentKind) =>
    bucketOf(build(archive(props), kind), 'Bucket').Properties.ObjectLockConfiguration?.Rule.DefaultRetention;

  test.each(Object.values(EnvironmentKind))('in %s in governance mode for as long as they are kept', (kind) => {
    expect(lockOf({}, kind)).toEqual({ Mode: 'GOVERNANCE', Days: 2555 });
  });

  test('for as long as is asked', () => {
    expect(lockOf({ retention: Duration.days(400), lockedFor: Duration.days(365) })).toEqual({ Mode: 'GOVERNANCE', Days: 365 });
  });

  test('so that nobody can undo it, where an app says so in production', () => {
    expect(lockOf({ irreversibleLock: true })).toEqual({ Mode: 'COMPLIANCE', Days: 2555 });
  });

  test.each([EnvironmentKind.STAGING, EnvironmentKind.DEVELOPMENT])('but never irreversibly in %s', (kind) => {
    expect(() => build(archive({ irreversibleLock: true }), kind)).toThrow(
      "'irreversibleLock' must be false outside of production, got true",
    );
  });

  test('but for the bucket of AWS Config, which does not deliver to a locked one', () => {
    const { Properties } = bucketOf(account, 'ConfigurationBucket');
    expect(Properties.ObjectLockEnabled).toBeUndefined();
    expect(Properties.ObjectLockConfiguration).toBeUndefined();
  });
});

describe.each(['Bucket', 'ConfigurationBucket'] as const)('%s', (id) => {
  const { Properties, DeletionPolicy, logicalId, statements } = bucketOf(account, id);

  test('moves logs to cold storage after 90 days, and keeps them for 2,555 days, also what is written over', () => {
    expect(Properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }],
        ExpirationInDays: 2555,
        NoncurrentVersionExpiration: { NoncurrentDays: 2555 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
    expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  test('stays when its stack is deleted', () => expect(DeletionPolicy).toBe('Retain'));

  test('denies everybody to delete, and to lift the lock', () => {
    expect(statements).toContainEqual({
      Sid: 'NobodyDeletes',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      Resource: [{ 'Fn::GetAtt': [logicalId, 'Arn'] }, keysIn(logicalId, '*')],
    });
  });

  test('denies plain HTTP and old versions of TLS', () => {
    const denied = statements.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition);
    expect(denied).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    expect(denied).toContainEqual({ NumericLessThan: { 's3:TlsVersion': 1.2 } });
  });

  test('is encrypted with the key of the archive, and logs who reads it', () => {
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule).toMatchObject({ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } });
    expect(Properties.LoggingConfiguration).toMatchObject({ LogFilePrefix: `Stack/Archive/${id}/` });
  });

  test('lets nobody in but services of AWS, each with a condition on whom it writes for', () => {
    for (const made of [account, organization]) {
      const allowed = bucketOf(made, id).statements.filter(({ Effect }) => Effect === 'Allow');
      expect(allowed.length).toBeGreaterThan(0);
      for (const { Principal, Condition } of allowed) {
        expect(Object.keys(Principal as object)).toEqual(['Service']);
        expect(JSON.stringify(Condition)).toMatch(/"aws:Source(OrgID|Arn|Account)":/);
      }
    }
  });
});

describe('who writes', () => {
  const statement = (built: Built, id: 'Bucket' | 'ConfigurationBucket', sid: string) =>
    bucketOf(built, id).statements.find(({ Sid }) => Sid === sid);

  test('trails of the account, below its number', () => {
    const { logicalId } = bucketOf(account, 'Bucket');
    expect(statement(account, 'Bucket', 'TrailsWrite')).toMatchObject({
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: keysIn(logicalId, `AWSLogs/${ENV.account}/*`),
      Condition: {
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${ENV.account}:trail/*` },
      },
    });
  });

  test('trails of the organization, and of its accounts', () => {
    const { logicalId } = bucketOf(organization, 'Bucket');
    expect(statement(organization, 'Bucket', 'TrailsWrite')).toMatchObject({
      Resource: keysIn(logicalId, 'AWSLogs/*/CloudTrail*', `AWSLogs/${organizationId}/*`),
      Condition: {
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceOrgID': organizationId },
      },
    });
  });

  test('AWS Config, for the account or for those of the organization', () => {
    const id = 'ConfigurationBucket';
    expect(statement(account, id, 'ConfigurationsWrite')).toMatchObject({
      Resource: keysIn(bucketOf(account, id).logicalId, `AWSLogs/${ENV.account}/Config/*`),
      Condition: { StringEquals: { 'aws:SourceAccount': ENV.account } },
    });
    expect(statement(organization, id, 'ConfigurationsWrite')).toMatchObject({
      Resource: keysIn(bucketOf(organization, id).logicalId, 'AWSLogs/*/Config/*'),
      Condition: { StringEquals: { 'aws:SourceOrgID': organizationId } },
    });
  });

  test('log deliveries of the account', () => {
    expect(statement(account, 'Bucket', 'DeliveriesWrite')).toMatchObject({
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': ENV.account },
        ArnLike: { 'aws:SourceArn': `arn:aws:logs:*:${ENV.account}:*` },
      },
    });
  });
});

describe('the key', () => {
  const statements = (built: Built): Statement[] =>
    Object.entries(built.template.Resources).find(([id]) => id.startsWith('ArchiveKey'))![1].Properties.KeyPolicy.Statement;

  test('encrypts for trails of the account, which say who they are', () => {
    expect(statements(account)).toContainEqual(
      expect.objectContaining({
        Action: 'kms:GenerateDataKey*',
        Condition: {
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${ENV.account}:trail/*` },
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${ENV.account}:trail/*` },
        },
      }),
    );
  });

  test('encrypts for trails of the organization', () => {
    expect(statements(organization)).toContainEqual(
      expect.objectContaining({
        Action: 'kms:GenerateDataKey*',
        Condition: {
          StringEquals: { 'aws:SourceOrgID': organizationId },
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:*:trail/*' },
        },
      }),
    );
  });

  test('is rotated and kept', () => {
    expect(only(account, 'AWS::KMS::Key')).toMatchObject({
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Retain',
    });
  });
});

describe('an archive elsewhere', () => {
  const attributes = { bucketName: 'org-logs', encryptionKeyArn: `arn:aws:kms:eu-west-1:${ENV.account}:key/1` };
  const stack = () => new Stack(new App(), 'Stack', { env: ENV });

  test('is referred to by what is known of it, and nothing is made', () => {
    const found = LogArchive.fromAttributes(stack(), 'Archive', {
      ...attributes,
      configurationBucketName: 'org-config',
      organizationId,
    });
    expect(found).toMatchObject({
      bucket: { bucketName: 'org-logs' },
      configurationBucket: { bucketName: 'org-config' },
      encryptionKey: { keyArn: attributes.encryptionKeyArn },
      organizationId,
    });
    expect(build((made) => void LogArchive.fromAttributes(made, 'Archive', attributes)).template.Resources).toBeUndefined();
  });

  test('has one bucket for both unless it has two', () => {
    const { bucket, configurationBucket } = LogArchive.fromAttributes(stack(), 'Archive', attributes);
    expect(configurationBucket).toBe(bucket);
  });
});

describe('is refused, with the reason', () => {
  test.each<[string, LogArchiveProps, string]>([
    ['a short retention', { retention: Duration.days(364) }, "'retention' of the archive must be at least 365 days, got 364"],
    [
      'a lock that is longer than the retention',
      { retention: Duration.days(365), lockedFor: Duration.days(366) },
      "'lockedFor' of the archive must be 1 to 365 days, got 366",
    ],
    ['no lock', { lockedFor: Duration.days(0) }, "'lockedFor' of the archive must be 1 to 2555 days, got 0"],
    ['what is no id of an organization', { organizationId: 'r-1234' }, "'organizationId' must be 'o-' and 10 to 32"],
    ['an id with more than an id in it', { organizationId: 'o-a1b2c3d4e5*' }, "'organizationId' must be 'o-' and 10 to 32"],
  ])('%s', (_, props, message) => expect(() => build(archive(props))).toThrow(message));
});

test('an organization that only deployment knows is taken as it is', () => {
  const unknown = Lazy.string({ produce: () => organizationId });
  expect(() => build(archive({ organizationId: unknown }))).not.toThrow();
});
