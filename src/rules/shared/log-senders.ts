import { statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { bucketPolicies } from './bucket-policies';
import { isNot, isOneOf, type Ternary } from './ternary';

/** Something that shows that a bucket receives logs. */
export interface LogSender {
  /** What sends the logs, or the policy or bucket that says that logs arrive. */
  readonly resource: Resource;
  /** Whether the logs can only be delivered to a bucket that encrypts with SSE-S3; undefined when only deployment knows. */
  readonly needsS3Keys: Ternary;
}

/** Type, property that names the bucket, and whether delivery needs SSE-S3. */
const SENDERS: readonly (readonly [string, string, boolean])[] = [
  ['AWS::S3::Bucket', 'LoggingConfiguration.DestinationBucketName', true],
  ['AWS::ElasticLoadBalancing::LoadBalancer', 'AccessLoggingPolicy.S3BucketName', true],
  ['AWS::CloudFront::Distribution', 'DistributionConfig.Logging.Bucket', false],
  ['AWS::CloudTrail::Trail', 'S3BucketName', false],
  ['AWS::Config::DeliveryChannel', 'S3BucketName', false],
  ['AWS::EC2::FlowLog', 'LogDestination', false],
  ['AWS::Logs::DeliveryDestination', 'DestinationResourceArn', false],
  ['AWS::Route53Resolver::ResolverQueryLoggingConfig', 'DestinationArn', false],
  ['AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs', false],
];

/** Services that a bucket policy lets write logs, and whether delivery needs SSE-S3. */
const WRITERS: Readonly<Record<string, boolean>> = {
  'cloudtrail.amazonaws.com': false,
  'config.amazonaws.com': false,
  'delivery.logs.amazonaws.com': false,
  'logdelivery.elasticloadbalancing.amazonaws.com': true,
  'logging.s3.amazonaws.com': true,
};

const BALANCER_LOGS = ['access_logs.s3.bucket', 'connection_logs.s3.bucket', 'health_check_logs.s3.bucket'];

/** What sends logs to a bucket; nothing for a bucket that is not for logs. */
export function logSenders(bucket: Resource): readonly LogSender[] {
  return bucket.properties.once(findLogSenders);
}

function findLogSenders({ resource: bucket }: Value): readonly LogSender[] {
  return [...declaredSenders(bucket), ...loadBalancers(bucket), ...permittedWriters(bucket), ...byAcl(bucket)];
}

function declaredSenders(bucket: Resource): LogSender[] {
  return SENDERS.flatMap(([type, path, needsS3Keys]) =>
    bucket.pointedAtBy(type, path).flatMap((resource) => (resource === bucket ? [] : [{ resource, needsS3Keys }])),
  );
}

/** Network load balancers can deliver to a bucket with a customer key, application load balancers cannot. */
function loadBalancers(bucket: Resource): LogSender[] {
  return bucket
    .peers('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter((balancer) => {
      const attributes = balancer.at('LoadBalancerAttributes');
      return BALANCER_LOGS.some((key) => attributes.pick('Key', key).at('Value').pointsTo(bucket));
    })
    .map((resource) => ({ resource, needsS3Keys: isNot(isOneOf(resource.at('Type'), ['network'])) }));
}

function permittedWriters(bucket: Resource): LogSender[] {
  return bucketPolicies(bucket).flatMap((resource) =>
    statementsOf(resource.at('PolicyDocument'))
      .filter((statement) => statement.allows && statement.covers('s3:PutObject'))
      .flatMap((statement) => statement.principals)
      .filter(({ kind, value }) => kind === 'Service' && Object.hasOwn(WRITERS, value.text))
      .map(({ value }) => ({ resource, needsS3Keys: WRITERS[value.text] })),
  );
}

/** The ACL of older log buckets: it lets S3 deliver server access logs. */
function byAcl(bucket: Resource): LogSender[] {
  return bucket.at('AccessControl').string === 'LogDeliveryWrite' ? [{ resource: bucket, needsS3Keys: true }] : [];
}
