import { Duration } from 'aws-cdk-lib';
import { EnvironmentKind, EvidenceStore, OperationsDashboard } from '../../src';
import { build } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

keepsItsPromises({ make: (stack) => new EvidenceStore(stack, 'Evidence') });

const store = (props?: ConstructorParameters<typeof EvidenceStore>[2], kind?: EnvironmentKind) =>
  Object.values(build((stack) => new EvidenceStore(stack, 'Evidence', props), kind).template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::S3::Bucket' && Properties.ObjectLockEnabled,
  )!;

test('evidence is locked for seven years, and kept as long, its older versions too', () => {
  const { Properties, DeletionPolicy } = store();
  expect(Properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Days: 2555, Mode: 'GOVERNANCE' });
  expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(Properties.LifecycleConfiguration.Rules[0]).toMatchObject({
    ExpirationInDays: 2555,
    NoncurrentVersionExpiration: { NoncurrentDays: 2555 },
  });
  expect(DeletionPolicy).toBe('Retain');
});

test('nobody deletes evidence, lifts its lock, or reads it from outside or without TLS', () => {
  const { template } = build((stack) => new EvidenceStore(stack, 'Evidence'));
  const policies = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  expect(statements).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['s3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    }),
  );
  expect(statements).toContainEqual(
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  );
  expect(store().Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
});

test('it has a key of its own', () => {
  const { SSEAlgorithm, KMSMasterKeyID } =
    store().Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
  expect([SSEAlgorithm, KMSMasterKeyID['Fn::GetAtt'][0]]).toEqual(['aws:kms', expect.stringMatching(/^EvidenceKey/)]);
});

test('the lock can be one that nobody lifts, in production only', () => {
  const { Mode } = store({ irreversibleLock: true }).Properties.ObjectLockConfiguration.Rule.DefaultRetention;
  expect(Mode).toBe('COMPLIANCE');
  expect(() => store({ irreversibleLock: true }, EnvironmentKind.STAGING)).toThrow(
    "'irreversibleLock' must be false outside of production",
  );
});

test('evidence is kept for a year at least', () => {
  expect(store({ retention: Duration.days(400) }).Properties.ObjectLockConfiguration.Rule.DefaultRetention.Days).toBe(400);
  expect(() => store({ retention: Duration.days(364) })).toThrow("'retention' of evidence must be at least 365 days, got 364");
});

test('constructs that write reports write them there', () => {
  const { template } = build((stack) => {
    new OperationsDashboard(stack, 'Operations', { reportBucket: new EvidenceStore(stack, 'Evidence').bucket });
  });
  const [report] = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.Environment?.Variables.REPORT_BUCKET,
  );
  expect(report.Properties.Environment.Variables.REPORT_BUCKET.Ref).toMatch(/^EvidenceBucket/);
});

test('it says where the records of a control are listed', () => {
  build((stack) => expect(new EvidenceStore(stack, 'Evidence').prefixOf('audit-trail')).toBe('controls/audit-trail/'));
});
