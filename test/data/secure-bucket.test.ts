import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureBucket } from '../../src';
import { build, only } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

keepsItsPromises({
  make: (stack) => new SecureBucket(stack, 'Bucket'),
  plain: (stack) => new s3.Bucket(stack, 'Bucket'),
  adopted: (stack) => new SecureBucket(stack, 'Bucket', { alreadyDeployed: true }),
});

test('a deployed bucket keeps its encryption', () => {
  const plain = (stack: Parameters<Parameters<typeof build>[0]>[0]) => new s3.Bucket(stack, 'Bucket');
  const adopted = (stack: Parameters<typeof plain>[0]) => new SecureBucket(stack, 'Bucket', { alreadyDeployed: true });
  expect(changesOf({ plain, adopted }).map(({ property }) => property)).not.toContain('AWS::S3::Bucket BucketEncryption');
});

test('what an app sets comes before a default', () => {
  const built = build((stack) => new SecureBucket(stack, 'Bucket', { versioned: false, serverAccessLogsPrefix: 'own/' }));
  expect(only(built, 'AWS::S3::Bucket').Properties.VersioningConfiguration).toBeUndefined();
});

test('access is logged also in an app without the feature flags of today', () => {
  const stack = new Stack(new App(), 'Stack');
  new SecureBucket(stack, 'Bucket');
  const resources = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  expect(resources.filter(({ Properties }) => Properties.LoggingConfiguration)).toHaveLength(1);
  expect(resources.filter(({ Properties }) => Properties.AccessControl)).toEqual([]);
});
