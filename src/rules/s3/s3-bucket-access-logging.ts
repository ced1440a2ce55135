import { Criterion } from '../../criteria/criterion';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { logSenders } from '../shared/log-senders';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });
const LOGGED = { LoggingConfiguration: { DestinationBucketName: 'access-logs', LogFilePrefix: 'orders/' } };

export default defineRule({
  id: 'S3.9',
  slug: 's3-bucket-access-logging',
  title: 'S3 buckets log who accesses them',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'After an incident, the access log is what tells which objects were read, by whom, and from where.',
  remediation: 'Set `serverAccessLogsBucket` (and `serverAccessLogsPrefix`) to a bucket that is only for logs.',
  references: [
    'Security Hub S3.9',
    'AWS Config S3_BUCKET_LOGGING_ENABLED',
    'cdk-nag S3BucketLoggingEnabled',
    'Checkov CKV_AWS_18',
  ],
  check: (bucket) => {
    const logging = bucket.at('LoggingConfiguration');
    const destination = logging.at('DestinationBucketName');
    // Without a destination, S3 writes the logs to the bucket itself.
    const findings = destination.isAbsent
      ? logging.mustBeSet('a bucket for the logs')
      : destination.mustBeSet('a bucket for the logs');
    const senders = findings.length === 0 ? [] : logSenders(bucket);
    return senders.length === 0
      ? findings
      : senders.map(({ resource }) =>
          metBy(resource, 'it shows that the bucket receives logs; a log of log deliveries has no end'),
        );
  },
  examples: {
    pass: {
      'access is logged': bucket(LOGGED),
      'the bucket receives the access logs of another': {
        ...bucket({}),
        Data: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } } } },
      },
      'the bucket receives the logs of a trail': {
        ...bucket({ BucketName: 'trail-logs' }),
        Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true, S3BucketName: 'trail-logs' } },
      },
      'the policy lets S3 deliver access logs of other accounts': {
        ...bucket({}),
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'logging.s3.amazonaws.com' },
                  Action: 's3:PutObject',
                  Resource: { 'Fn::Sub': '${Bucket.Arn}/*' },
                },
              ],
            },
          },
        },
      },
    },
    fail: {
      'logging is not mentioned': bucket({}),
      'the log goes nowhere': bucket({ LoggingConfiguration: { DestinationBucketName: '' } }),
      'logging is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: bucket({
          LoggingConfiguration: { 'Fn::If': ['IsProduction', LOGGED.LoggingConfiguration, { Ref: 'AWS::NoValue' }] },
        }),
      },
    },
    undetermined: {
      'the destination is a parameter that may be empty': {
        Parameters: { Logs: { Type: 'String' } },
        Resources: bucket({ LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } }),
      },
    },
  },
});
