import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { DISTRIBUTION, distribution } from '../shared/distributions';
import { DELIVERY, DELIVERY_SOURCE, deliveriesOf } from '../shared/log-delivery';

const source = {
  Source: {
    Type: DELIVERY_SOURCE,
    Properties: {
      Name: 'web',
      LogType: 'ACCESS_LOGS',
      ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}' },
    },
  },
};

export default defineRule({
  id: 'CloudFront.2',
  slug: 'cloudfront-logging',
  title: 'Distributions write access logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: [DISTRIBUTION],
  rationale: 'Requests that the cache answers leave no trace anywhere else; an investigation starts with this log.',
  remediation:
    'Set `enableLogging: true` and `logBucket`, or create a `logs.CfnDeliverySource` with a delivery for the distribution.',
  references: [
    'Security Hub CloudFront.5',
    'AWS Config CLOUDFRONT_ACCESSLOGS_ENABLED',
    'cdk-nag CloudFrontDistributionAccessLogging',
    'checkov CKV_AWS_86',
  ],
  check: (distribution) => {
    const delivered = deliveriesOf(distribution, ['ACCESS_LOGS']);
    return delivered.length > 0 ? delivered : distribution.at('DistributionConfig.Logging.Bucket').mustBeSet('a bucket for logs');
  },
  examples: {
    pass: {
      'logs go to a bucket': distribution({ Logging: { Bucket: 'logs.s3.amazonaws.com' } }),
      'logs are delivered by cloudwatch logs': {
        ...distribution({}),
        ...source,
        Delivery: { Type: DELIVERY, Properties: { DeliverySourceName: 'web', DeliveryDestinationArn: 'arn' } },
      },
    },
    fail: {
      'logging is not mentioned': distribution({}),
      'logging has no bucket': distribution({ Logging: { IncludeCookies: false } }),
      'nothing takes the logs that are handed over': { ...distribution({}), ...source },
    },
    undetermined: {
      'the bucket is a parameter': {
        Parameters: { Bucket: { Type: 'String' } },
        Resources: distribution({ Logging: { Bucket: { Ref: 'Bucket' } } }),
      },
    },
  },
});
