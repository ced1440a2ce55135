import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket, SecurityServiceMode, ThreatDetection, type ThreatDetectionProps } from '../../src';
import { build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const { ADOPT, DELEGATED } = SecurityServiceMode;
const make = (props?: ThreatDetectionProps) => (stack: Stack) => new ThreatDetection(stack, 'Threats', props);
const SUPPRESSION = {
  name: 'port-scans',
  reason: 'Port scans of our own scanner - ticket SEC-12',
  owner: 'security team',
  expires: '2099-03-31',
  findingTypes: ['Recon:EC2/Portscan'],
  criteria: { 'resource.instanceDetails.instanceId': ['i-1234'] },
};
const everything = (mode?: SecurityServiceMode) => (stack: Stack) =>
  new ThreatDetection(stack, 'Threats', {
    mode,
    forOrganization: true,
    malwareScannedBuckets: [new SecureBucket(stack, 'Uploads')],
    suppressions: [SUPPRESSION],
    exportBucket: new SecureBucket(stack, 'Findings'),
  });

const FEATURES = [
  { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' },
  { Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' },
  { Name: 'EBS_MALWARE_PROTECTION', Status: 'ENABLED' },
  { Name: 'RDS_LOGIN_EVENTS', Status: 'ENABLED' },
  { Name: 'LAMBDA_NETWORK_LOGS', Status: 'ENABLED' },
  {
    Name: 'RUNTIME_MONITORING',
    Status: 'ENABLED',
    AdditionalConfiguration: [
      { Name: 'EKS_ADDON_MANAGEMENT', Status: 'ENABLED' },
      { Name: 'ECS_FARGATE_AGENT_MANAGEMENT', Status: 'ENABLED' },
      { Name: 'EC2_AGENT_MANAGEMENT', Status: 'ENABLED' },
    ],
  },
];

describe('turning GuardDuty on', () => keepsItsPromises({ make: make() }));
describe('with all there is, on a detector that is adopted', () => keepsItsPromises({ make: everything(ADOPT) }));
describe('where an administrator turns it on', () =>
  keepsItsPromises({
    make: (stack) => make({ mode: DELEGATED, malwareScannedBuckets: [new SecureBucket(stack, 'Uploads')] })(stack),
  }));

describe.each([
  ['created', undefined],
  ['adopted', ADOPT],
])('our rules see a detector that is %s', (_, mode) => {
  const { ledger } = build(everything(mode));
  const verdicts = ledger.evaluations
    .filter(({ slug }) => slug.startsWith('guardduty-'))
    .map(({ slug, verdict }) => [slug, verdict]);
  test.each([
    'guardduty-enabled',
    'guardduty-eks-audit-logs',
    'guardduty-eks-runtime',
    'guardduty-lambda-protection',
    'guardduty-malware-protection',
    'guardduty-publishing-frequency',
    'guardduty-rds-protection',
    'guardduty-s3-protection',
    'guardduty-suppression-reason',
  ])('%s passes', (slug) => expect(verdicts).toContainEqual([slug, 'pass']));
});

test('a detector has every feature, publishes every 15 minutes, and stays when the stack goes', () => {
  const detector = only(template(make()), 'AWS::GuardDuty::Detector');
  expect(detector).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES' },
  });
  expect(detector.Properties.Features).toEqual(FEATURES);
});

test('runtime monitoring, which is billed by vCPU, can be left out, with its agents', () => {
  const { Features } = only(template(make({ runtimeMonitoring: false })), 'AWS::GuardDuty::Detector').Properties;
  const [runtime] = Features.filter(({ Name }: { Name: string }) => Name === 'RUNTIME_MONITORING');
  expect(JSON.stringify(runtime)).not.toContain('ENABLED');
});

test('the detector can go with the stack', () => {
  const built = template(make({ removalPolicy: RemovalPolicy.DESTROY }));
  expect(only(built, 'AWS::GuardDuty::Detector').DeletionPolicy).toBe('Delete');
});

test('an adopted detector gets the same, and what belongs to it refers to it', () => {
  const built = template(everything(ADOPT));
  expect(resources(built, 'AWS::GuardDuty::Detector')).toEqual([]);
  const { Properties } = only(built, 'Custom::Soc2Detector');
  expect(Properties).toMatchObject({ Enable: true, FindingPublishingFrequency: 'FIFTEEN_MINUTES', Features: FEATURES });
  expect(only(built, 'AWS::GuardDuty::Filter').Properties.DetectorId).toEqual({
    'Fn::GetAtt': [expect.stringContaining('AdoptedDetector'), 'DetectorId'],
  });
  expect(actions(built, /AdoptedDetectorHandlerRole/)).toEqual([
    'guardduty:ListDetectors',
    'guardduty:UpdateDetector',
    'iam:CreateServiceLinkedRole',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

test('nothing is turned on where an administrator does, and uploads are scanned all the same', () => {
  const built = template((stack) =>
    make({ mode: DELEGATED, malwareScannedBuckets: [new SecureBucket(stack, 'Uploads')] })(stack),
  );
  const types = Object.values(built.template.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /GuardDuty|Custom/.test(type))).toEqual(['AWS::GuardDuty::MalwareProtectionPlan']);
});

test('the organization gets the same features', () => {
  const { Properties } = only(template(everything()), 'Custom::Soc2GuardDutyOrganization');
  expect(Properties.Features).toEqual(FEATURES);
  expect(Properties.DetectorId).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Detector'), 'Id'] });
});

describe('uploads that are scanned', () => {
  const built = template(everything());

  test('are tagged', () => {
    expect(only(built, 'AWS::GuardDuty::MalwareProtectionPlan').Properties).toMatchObject({
      Actions: { Tagging: { Status: 'ENABLED' } },
      ProtectedResource: { S3Bucket: { BucketName: { Ref: expect.stringContaining('Uploads') } } },
    });
  });

  test('are scanned once the role has its rights', () => {
    expect(only(built, 'AWS::GuardDuty::MalwareProtectionPlan').DependsOn.join()).toMatch(/RoleDefaultPolicy/);
  });

  test('by a role that only GuardDuty takes, for this account', () => {
    const [role] = resources(built, 'AWS::IAM::Role').filter(({ Properties }) =>
      /scans uploads/.test(Properties.Description ?? ''),
    );
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ]);
  });

  test('by a role that has the rights that GuardDuty documents, for this bucket', () => {
    expect(actions(built, /ThreatsScan/)).toEqual([
      'events:DeleteRule',
      'events:DescribeRule',
      'events:ListTargetsByRule',
      'events:PutRule',
      'events:PutTargets',
      'events:RemoveTargets',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      's3:GetBucketNotification',
      's3:GetObject',
      's3:GetObjectTagging',
      's3:GetObjectVersion',
      's3:GetObjectVersionTagging',
      's3:ListBucket',
      's3:PutBucketNotification',
      's3:PutObject',
      's3:PutObjectTagging',
      's3:PutObjectVersionTagging',
    ]);
    for (const { Resource } of statements(built, /ThreatsScan/))
      expect(JSON.stringify(Resource)).toMatch(/Uploads|DO-NOT-DELETE|DataKey/);
    const [put] = statements(built, /ThreatsScan/).filter(({ Action }) => Action === 's3:PutObject');
    expect(JSON.stringify(put.Resource)).toContain('/malware-protection-resource-validation-object');
  });

  test('keep their plan when another bucket is named before them', () => {
    const ids = (names: string[]) =>
      Object.entries(
        template((stack) => make({ malwareScannedBuckets: names.map((name) => new SecureBucket(stack, name)) })(stack)).template
          .Resources,
      )
        .filter(([, { Type }]) => Type === 'AWS::GuardDuty::MalwareProtectionPlan')
        .map(([id]) => id);
    expect(ids(['First', 'Second'])).toEqual(expect.arrayContaining(ids(['Second'])));
  });
});

describe('findings that are exported', () => {
  const built = template(everything());
  const ofGuardDuty = (type: string) =>
    resources(built, type)
      .flatMap(({ Properties }) => (Properties.PolicyDocument ?? Properties.KeyPolicy).Statement)
      .filter(({ Principal }) => Principal?.Service === 'guardduty.amazonaws.com');

  test('go to the bucket, encrypted with its key, once GuardDuty may write there', () => {
    const { Properties, DependsOn } = only(built, 'AWS::GuardDuty::PublishingDestination');
    expect(Properties).toMatchObject({
      DestinationType: 'S3',
      DestinationProperties: {
        DestinationArn: { 'Fn::GetAtt': [expect.stringContaining('Findings'), 'Arn'] },
        KmsKeyArn: { 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] },
      },
    });
    expect(DependsOn.join()).toContain('FindingsPolicy');
  });

  test('are written for detectors of this account only', () => {
    const all = [...ofGuardDuty('AWS::S3::BucketPolicy'), ...ofGuardDuty('AWS::KMS::Key')];
    expect(all.map(({ Action }) => Action)).toEqual(['s3:GetBucketLocation', 's3:PutObject', 'kms:GenerateDataKey']);
    for (const { Condition } of all) {
      expect(Condition.StringEquals).toEqual({ 'aws:SourceAccount': '111122223333' });
      expect(JSON.stringify(Condition.ArnLike['aws:SourceArn'])).toContain(':guardduty:eu-west-1:111122223333:detector/*');
    }
  });

  test('need a key', () => {
    const plain = (stack: Stack) => make({ exportBucket: new s3.Bucket(stack, 'Plain') })(stack);
    expect(() => template(plain)).toThrow("encrypts what it writes to 'Stack/Plain' with must be given, got none");
  });

  test('go to a bucket from outside with a warning, for its policy is not in the app', () => {
    const stack = new Stack(new App(), 'Stack');
    const exportBucket = s3.Bucket.fromBucketName(stack, 'Elsewhere', 'findings-of-all');
    make({ exportBucket, exportKey: new kms.Key(stack, 'Key') })(stack);
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Threats',
      Match.stringLikeRegexp("The policy of the bucket 'Stack/Elsewhere'"),
    );
  });
});

describe('a suppression', () => {
  test('says why, who answers for it, and until when', () => {
    expect(only(template(everything()), 'AWS::GuardDuty::Filter').Properties).toMatchObject({
      Name: 'port-scans',
      Action: 'ARCHIVE',
      Description: 'Port scans of our own scanner - ticket SEC-12 - until 2099-03-31',
      FindingCriteria: {
        Criterion: {
          type: { Equals: ['Recon:EC2/Portscan'] },
          'resource.instanceDetails.instanceId': { Equals: ['i-1234'] },
        },
      },
      Tags: [
        { Key: 'expires', Value: '2099-03-31' },
        { Key: 'owner', Value: 'security team' },
      ],
    });
  });

  test('whose time is over suppresses nothing, and the app is told', () => {
    const stack = new Stack(new App(), 'Stack');
    make({ suppressions: [{ ...SUPPRESSION, expires: '2020-03-31' }] })(stack);
    expect(stack.node.findAll().some(({ node }) => node.id.startsWith('Suppression'))).toBe(false);
    Annotations.fromStack(stack).hasWarning('/Stack/Threats', Match.stringLikeRegexp("'port-scans' is over since 2020-03-31"));
  });

  test.each([
    [{ name: 'a b' }, "'name' of a suppression must be 3 to 64 letters"],
    [{ reason: 'noise' }, "'reason' of the suppression 'port-scans' must say why in a sentence"],
    [{ reason: 'it is <b>noise</b> only' }, "'reason' of the suppression"],
    [{ owner: ' ' }, "'owner' of the suppression 'port-scans' must not be empty"],
    [{ expires: 'never' }, "'expires' of the suppression 'port-scans' must be a day as YYYY-MM-DD, got 'never'"],
    [{ expires: '2027-02-30' }, "got '2027-02-30'"],
    [{ findingTypes: [] }, 'a filter without one suppresses every finding'],
    [
      { criteria: { severity: [] } },
      "'criteria' of the suppression 'port-scans' must have values for each field, and no field 'type', got [\"severity\",[]]",
    ],
    [{ criteria: { type: ['a'] } }, "no field 'type'"],
  ])('that cannot be meant is refused: %j', (change, message) => {
    expect(() => template(make({ suppressions: [{ ...SUPPRESSION, ...change }] }))).toThrow(message);
  });
});

test.each<[string, (stack: Stack) => ThreatDetectionProps]>([
  ['suppressions', () => ({ suppressions: [SUPPRESSION] })],
  ['exportBucket', (stack) => ({ exportBucket: new SecureBucket(stack, 'Findings') })],
  ['forOrganization', () => ({ forOrganization: true })],
  ['removalPolicy', () => ({ removalPolicy: RemovalPolicy.DESTROY })],
])('a member of an organization cannot ask for %s', (name, props) => {
  expect(() => template((stack) => make({ mode: DELEGATED, ...props(stack) })(stack))).toThrow(
    `'${name}' must not be given where 'mode' is DELEGATED`,
  );
});
