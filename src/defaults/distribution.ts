import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { outermostStack } from '../environment/outermost-stack';
import { accessLogsBucket } from './bucket';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Days for which standard logs are kept. */
const LOG_DAYS = 365;

/** HTTPS only, TLS 1.2 or later, security headers, and standard logs. */
export const distributionDefaults: Defaults<cloudfront.DistributionProps> = (props, { scope, id }) => {
  const { defaultBehavior, additionalBehaviors = {}, certificate, enableLogging, logBucket } = props!;
  const others = Object.entries(additionalBehaviors).map(([path, each]) => [path, behaviorDefaults(each)]);
  return {
    ...withDefaults(props, {
      // Without a certificate of its own a distribution has the policy of CloudFront.
      ...(certificate ? { minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 } : {}),
      ...(enableLogging === undefined && logBucket === undefined
        ? { enableLogging: true, logBucket: distributionLogsBucket(scope), logFilePrefix: `${scope.node.path}/${id}/` }
        : {}),
    }),
    defaultBehavior: behaviorDefaults(defaultBehavior),
    ...(others.length > 0 ? { additionalBehaviors: Object.fromEntries(others) } : {}),
  };
};

/** A behavior sends viewers to HTTPS, and tells browsers to insist on it and not to be framed. */
export function behaviorDefaults<Options extends cloudfront.AddBehaviorOptions>(options: Options): Options {
  const defaults: cloudfront.AddBehaviorOptions = {
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
  };
  return withDefaults<Options>(options, defaults as Partial<Options>);
}

const LOGS = 'Soc2DistributionLogs';

/**
 * The bucket for standard logs of distributions: one for each stack.
 *
 * CloudFront writes them by an access list, which is on for this bucket alone; what it writes belongs to the account.
 */
function distributionLogsBucket(scope: Construct): s3.IBucket {
  const stack = outermostStack(scope);
  return (stack.node.tryFindChild(LOGS) as s3.Bucket | undefined) ?? makeBucket(stack);
}

function makeBucket(stack: Stack): s3.Bucket {
  const encryptionKey = domainKey(stack, 'logs');
  encryptionKey.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  return new s3.Bucket(stack, LOGS, {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    versioned: true,
    serverAccessLogsBucket: accessLogsBucket(stack),
    serverAccessLogsPrefix: `${stack.node.path}/${LOGS}/`,
    lifecycleRules: [
      {
        expiration: Duration.days(LOG_DAYS),
        noncurrentVersionExpiration: Duration.days(90),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
