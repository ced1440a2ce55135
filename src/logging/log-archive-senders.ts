import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Who may write to an archive. */
export interface Senders {
  /** The organization whose accounts may; only the account of the archive when it is not set. */
  readonly organizationId?: string;
}

/** Let trails, of accounts and of the organization, and the log delivery of AWS write to a bucket. */
export function receiveLogs(bucket: s3.Bucket, { organizationId }: Senders): void {
  const { account } = Stack.of(bucket);
  const trails = sentBy(bucket, 'cloudtrail.amazonaws.com', { organizationId, service: 'cloudtrail', resource: 'trail/*' });
  const deliveries = sentBy(bucket, 'delivery.logs.amazonaws.com', { organizationId, service: 'logs', resource: '*' });
  const logs = organizationId
    ? { trails: [`AWSLogs/${organizationId}/*`, 'AWSLogs/*/CloudTrail*'], deliveries: ['AWSLogs/*'] }
    : { trails: [`AWSLogs/${account}/*`], deliveries: [`AWSLogs/${account}/*`] };
  allow(bucket, trails, 'Trails', logs.trails, ['s3:GetBucketAcl']);
  allow(bucket, deliveries, 'Deliveries', logs.deliveries, ['s3:GetBucketAcl']);
}

/** Let AWS Config write to a bucket. */
export function receiveConfigurations(bucket: s3.Bucket, { organizationId }: Senders): void {
  const sender = sentBy(bucket, 'config.amazonaws.com', { organizationId });
  const account = organizationId ? '*' : Stack.of(bucket).account;
  allow(bucket, sender, 'Configurations', [`AWSLogs/${account}/Config/*`], ['s3:GetBucketAcl', 's3:ListBucket']);
}

/**
 * Let the same services encrypt with a key.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function encryptForSenders(key: kms.Key, { organizationId }: Senders): void {
  const stack = Stack.of(key);
  const account = organizationId ? '*' : stack.account;
  const trails = sentBy(key, 'cloudtrail.amazonaws.com', { organizationId, service: 'cloudtrail', resource: 'trail/*' });
  const context = `arn:${stack.partition}:cloudtrail:*:${account}:trail/*`;
  const use = (sid: string, sender: Sender, actions: string[], conditions: Conditions = {}) =>
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals: [sender.principal],
        actions,
        resources: ['*'],
        conditions: { ...sender.conditions, ...conditions },
      }),
    );
  use('TrailsEncrypt', trails, ['kms:GenerateDataKey*'], { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': context } });
  use('TrailsDescribe', trails, ['kms:DescribeKey']);
  use('ConfigurationsEncrypt', sentBy(key, 'config.amazonaws.com', { organizationId }), ['kms:Decrypt', 'kms:GenerateDataKey']);
  use('DeliveriesEncrypt', sentBy(key, 'delivery.logs.amazonaws.com', { organizationId, service: 'logs', resource: '*' }), [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey*',
    'kms:ReEncrypt*',
  ]);
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Sender {
  readonly principal: iam.ServicePrincipal;
  readonly conditions: Conditions;
}

interface Origin extends Senders {
  /** What the service writes for, where its documentation says that it tells. */
  readonly service?: string;
  readonly resource?: string;
}

/**
 * A service, on behalf of the organization or of the account: no other customer of AWS can make it write here.
 *
 * AWS documents the condition on the organization for buckets. That these services send it to KMS too could not be confirmed.
 */
function sentBy(scope: s3.Bucket | kms.Key, principal: string, { organizationId, service, resource }: Origin): Sender {
  const stack = Stack.of(scope);
  const of = new iam.ServicePrincipal(principal);
  if (organizationId) return { principal: of, conditions: { StringEquals: { 'aws:SourceOrgID': organizationId } } };
  const account = { StringEquals: { 'aws:SourceAccount': stack.account } };
  if (service === undefined || resource === undefined) return { principal: of, conditions: account };
  const arn = stack.formatArn({ service, region: '*', resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
  // Trails tell their ARN, of which the account is a part.
  if (service === 'cloudtrail') return { principal: of, conditions: { ArnLike: { 'aws:SourceArn': arn } } };
  return { principal: of, conditions: { ...account, ArnLike: { 'aws:SourceArn': arn } } };
}

function allow(
  bucket: s3.Bucket,
  { principal, conditions }: Sender,
  what: string,
  keys: readonly string[],
  look: string[],
): void {
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `${what}Look`,
      principals: [principal],
      actions: look,
      resources: [bucket.bucketArn],
      conditions,
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: `${what}Write`,
      principals: [principal],
      actions: ['s3:PutObject'],
      resources: keys.map((key) => bucket.arnForObjects(key)),
      conditions: {
        ...conditions,
        StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
}
