import { ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SecureFileSystem, type SecureFileSystemProps } from '../../src';
import { build, objections, only } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const FILES = 'AWS::EFS::FileSystem';
const vpcOf = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });

const make =
  (props: Partial<SecureFileSystemProps> = {}) =>
  (stack: Stack) =>
    new SecureFileSystem(stack, 'Files', { vpc: vpcOf(stack), ...props });
const plainWith = (props: Partial<efs.FileSystemProps>) => (stack: Stack) =>
  new efs.FileSystem(stack, 'Files', { vpc: vpcOf(stack), ...props });
const plain = plainWith({});
const adopted = make({ alreadyDeployed: true });
const files = (props?: Partial<SecureFileSystemProps>) => only(build(make(props)), FILES).Properties;
const DENIAL = expect.objectContaining({
  Effect: 'Deny',
  Action: '*',
  Principal: { AWS: '*' },
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

keepsItsPromises({ make: make(), plain, adopted });

test('files are encrypted with the data key', () => {
  expect(files()).toMatchObject({ Encrypted: true, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] } });
});

test('files are backed up', () => expect(files().BackupPolicy).toEqual({ Status: 'ENABLED' }));

test('nobody mounts without TLS, or without saying who they are', () => {
  const { Statement } = files().FileSystemPolicy;
  expect(Statement).toContainEqual(DENIAL);
  const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow').flatMap(
    ({ Action }: { Action: string[] }) => Action,
  );
  expect(allowed).not.toContain('elasticfilesystem:ClientMount');
});

test('roles that are let in may mount', () => {
  const built = build((stack) => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    make()(stack).grantReadWrite(role);
  });
  expect(JSON.stringify(only(built, 'AWS::IAM::Policy').Properties)).toContain('elasticfilesystem:ClientMount');
  expect(objections(built).filter((each) => each.includes('efs'))).toEqual([]);
});

test('files that nobody reads cost less', () => {
  expect(files().LifecyclePolicies).toEqual([
    { TransitionToIA: 'AFTER_30_DAYS' },
    { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
  ]);
});

describe('in the place of a file system that is deployed', () => {
  test('only backups change', () => {
    expect(changesOf({ plain, adopted })).toEqual([{ property: `${FILES} BackupPolicy`, impact: ResourceImpact.WILL_UPDATE }]);
  });

  test.each<[string, Partial<efs.FileSystemProps>]>([
    ['is not encrypted', { encrypted: false }],
    ['is encrypted with the key of AWS', { encrypted: true }],
  ])('one that %s stays so', (_, props) => {
    const changed = changesOf({ plain: plainWith(props), adopted: make({ ...props, alreadyDeployed: true }) });
    expect(changed.map(({ property }) => property)).toEqual([`${FILES} BackupPolicy`]);
  });

  test('without being told, it would be replaced', () => {
    const changed = changesOf({ plain: plainWith({ encrypted: false }), adopted: make() });
    expect(changed).toContainEqual({ property: `${FILES} Encrypted`, impact: ResourceImpact.WILL_REPLACE });
  });

  test('the rules say what remains', () => {
    const open = objections(build(make({ encrypted: false, allowAnonymousAccess: true, alreadyDeployed: true })));
    for (const rule of ['efs-encrypted', 'efs-transit-encryption', 'efs-policy'])
      expect(open).toContainEqual(expect.stringContaining(`${rule} at Stack/Files/Resource`));
  });

  test('it closes when the app says so', () => {
    expect(files({ alreadyDeployed: true, allowAnonymousAccess: false }).FileSystemPolicy.Statement).toContainEqual(DENIAL);
  });
});

describe('what an app sets comes before a default', () => {
  test('a key', () => {
    const built = build((stack) => make({ kmsKey: new kms.Key(stack, 'Own') })(stack));
    expect(only(built, FILES).Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Own/), 'Arn'] });
  });

  test('no encryption', () => {
    const { Encrypted, KmsKeyId } = files({ encrypted: false });
    expect([Encrypted, KmsKeyId]).toEqual([false, undefined]);
  });

  test('a policy', () => {
    const fileSystemPolicy = new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions: ['elasticfilesystem:ClientMount'] }),
      ],
    });
    expect(files({ fileSystemPolicy, allowAnonymousAccess: true }).FileSystemPolicy.Statement).toHaveLength(1);
  });

  test('a life cycle', () => {
    expect(files({ lifecyclePolicy: efs.LifecyclePolicy.AFTER_7_DAYS }).LifecyclePolicies).toContainEqual({
      TransitionToIA: 'AFTER_7_DAYS',
    });
  });
});

test('a key without encryption is an error', () => {
  expect(() => build((stack) => make({ encrypted: false, kmsKey: new kms.Key(stack, 'Own') })(stack))).toThrow(
    "'kmsKey' has no effect when 'encrypted' is false",
  );
});
