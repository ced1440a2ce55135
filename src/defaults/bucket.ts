import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { outermostStack } from '../environment/outermost-stack';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Days for which previous versions of an object are kept. */
const VERSION_DAYS = 90;

/** Days for which access logs are kept. */
const LOG_DAYS = 365;

/**
 * Closed to the public, TLS only, versioned, with access logs, and encrypted with the data key. Nothing of it replaces a bucket.
 *
 * A bucket that may be deployed keeps its encryption: readers that the app does not know lack rights to a new key, and S3 delivers
 * access logs only to buckets that it encrypts itself.
 */
export const bucketDefaults: Defaults<s3.BucketProps> = (props, { scope, id, mayBeDeployed }) => {
  const keepsEncryption = mayBeDeployed || props?.encryption !== undefined || props?.encryptionKey !== undefined;
  const isLogged =
    scope.node.id === ACCESS_LOGS || props?.serverAccessLogsBucket !== undefined || props?.serverAccessLogsPrefix !== undefined;
  return withDefaults(props, {
    ...(keepsEncryption ? {} : { encryption: s3.BucketEncryption.KMS, encryptionKey: domainKey(scope, 'data') }),
    ...(keepsEncryption && props?.encryptionKey === undefined ? {} : { bucketKeyEnabled: true }),
    ...(isLogged ? {} : { serverAccessLogsBucket: accessLogsBucket(scope), serverAccessLogsPrefix: `${scope.node.path}/${id}/` }),
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    // Access lists are off unless an app needs them.
    ...(props?.accessControl === undefined ? { objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED } : {}),
    versioned: true,
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(VERSION_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(7) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
};

const ACCESS_LOGS = 'Soc2AccessLogs';

/**
 * The bucket that receives the access logs of buckets and load balancers: one for each stack.
 *
 * It is encrypted by S3 itself, for load balancers deliver to no other, and logs no access of its own, which would have no end.
 */
export function accessLogsBucket(scope: Construct): s3.IBucket {
  const stack = outermostStack(scope);
  const known = stack.node.tryFindChild(ACCESS_LOGS)?.node.tryFindChild('Bucket');
  if (known) return known as s3.Bucket;
  const home = new Construct(stack, ACCESS_LOGS);
  // Without it, apps of before 2022 let S3 write logs by means of access lists, which are off here.
  home.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
  return new s3.Bucket(home, 'Bucket', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    lifecycleRules: [
      {
        expiration: Duration.days(LOG_DAYS),
        noncurrentVersionExpiration: Duration.days(VERSION_DAYS),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
