import type { Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { SecureRepository, type SecureRepositoryProps } from '../../src';
import { build, only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const plain = (stack: Stack) => new ecr.Repository(stack, 'Images');
const adopted = (stack: Stack) => new SecureRepository(stack, 'Images', { alreadyDeployed: true });

keepsItsPromises({ make: (stack) => new SecureRepository(stack, 'Images'), plain, adopted });

function repository(props?: SecureRepositoryProps) {
  return only(
    build((stack) => new SecureRepository(stack, 'Images', props)),
    'AWS::ECR::Repository',
  );
}

const rulesOf = ({ Properties }: ReturnType<typeof repository>) =>
  JSON.parse(Properties.LifecyclePolicy.LifecyclePolicyText).rules as { selection: Record<string, unknown> }[];

describe('a repository', () => {
  const made = repository();

  test('is encrypted with the data key', () => {
    expect(made.Properties.EncryptionConfiguration).toEqual({
      EncryptionType: 'KMS',
      KmsKey: { 'Fn::GetAtt': [expect.stringMatching(/^Soc2DataKey/), 'Arn'] },
    });
  });

  test('scans images on push, and keeps tags where they are', () => {
    expect(made.Properties).toMatchObject({
      ImageScanningConfiguration: { ScanOnPush: true },
      ImageTagMutability: 'IMMUTABLE',
    });
  });

  test('drops images without a tag after 30 days, and keeps the newest 1,000', () => {
    expect(rulesOf(made).map(({ selection }) => selection)).toEqual([
      { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 30, countUnit: 'days' },
      { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 1000 },
    ]);
  });

  test('is kept when the stack is deleted', () => expect(made.DeletionPolicy).toBe('Retain'));
});

describe('in the place of a deployed repository', () => {
  test('only scanning and tags are set', () => {
    expect(changesOf({ plain, adopted }).map(({ property }) => property)).toEqual([
      'AWS::ECR::Repository ImageScanningConfiguration',
      'AWS::ECR::Repository ImageTagMutability',
    ]);
  });
});

describe('what an app sets comes before a default', () => {
  test('encryption', () => {
    expect(repository({ encryption: ecr.RepositoryEncryption.AES_256 }).Properties.EncryptionConfiguration).toBeUndefined();
  });

  test('tags that may move', () => {
    const filter = ecr.ImageTagMutabilityExclusionFilter.wildcard('latest');
    expect(repository({ imageTagMutabilityExclusionFilters: [filter] }).Properties.ImageTagMutability).toBe(
      'IMMUTABLE_WITH_EXCLUSION',
    );
  });

  test('a rule about all images that is added later', () => {
    const built = build((stack) => new SecureRepository(stack, 'Images').addLifecycleRule({ maxImageCount: 50 }));
    expect(rulesOf(only(built, 'AWS::ECR::Repository'))).toHaveLength(3);
  });
});

test('keeps its encryption in the place of a deployed one, in an app where nothing else is deployed yet', () => {
  const made = injected(adopted, { sinceFirstDeployment: true });
  expect(only({ template: made }, 'AWS::ECR::Repository').Properties.EncryptionConfiguration).toBeUndefined();
});

describe('a plain repository in an app with Soc2.enable', () => {
  const inApp = (sinceFirstDeployment: boolean) =>
    only({ template: injected(plain, { sinceFirstDeployment }) }, 'AWS::ECR::Repository').Properties;

  test('is encrypted where nothing is deployed yet', () => {
    expect(inApp(true)).toMatchObject({ EncryptionConfiguration: { EncryptionType: 'KMS' }, ImageTagMutability: 'IMMUTABLE' });
  });

  test('keeps its encryption and its images where it may be deployed', () => {
    expect(inApp(false)).toEqual({ ImageScanningConfiguration: { ScanOnPush: true }, ImageTagMutability: 'IMMUTABLE' });
  });
});
