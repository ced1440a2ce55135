import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { byTrailBucket } from '../shared/trail-bucket';

const trail = (bucket: object, name: Json = { Ref: 'Logs' }) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: name, IsLogging: true } },
  Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'trail-logs', ...bucket } },
});

export default defineRule({
  id: 'CloudTrail.11',
  slug: 'cloudtrail-bucket-access-logging',
  title: 'The bucket that receives trail logs has access logging',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'log-protection',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'Whoever covers tracks goes for the audit log itself; the access log of its bucket shows who came near it.',
  remediation: 'Create the bucket yourself with `serverAccessLogsBucket`, and give it to the `Trail` as `bucket`.',
  references: [
    'Security Hub CloudTrail.7',
    'AWS Config CLOUDTRAIL_S3_BUCKET_ACCESS_LOGGING',
    'CIS AWS Foundations 3.4',
    'NIST 800-53 AU-9',
  ],
  check: (trail) =>
    byTrailBucket(trail, 'a bucket with access logging', (bucket) => {
      const findings = bucket.at('LoggingConfiguration').mustBeSet('access logging');
      return findings.length > 0 ? findings : [metBy(bucket, 'the bucket of the trail has access logging')];
    }),
  examples: {
    pass: {
      'the access log goes to another bucket': trail({ LoggingConfiguration: { DestinationBucketName: 'access-logs' } }),
      'the bucket is given by its name': trail({ LoggingConfiguration: { DestinationBucketName: 'access-logs' } }, 'trail-logs'),
    },
    fail: {
      'the bucket has no access logging': trail({}),
      'the bucket is given by its name and has no access logging': trail({}, { 'Fn::Sub': 'trail-logs' }),
      'access logging is removed in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: trail({
          LoggingConfiguration: { 'Fn::If': ['IsProduction', { LogFilePrefix: 'access/' }, { Ref: 'AWS::NoValue' }] },
        }),
      },
    },
    undetermined: { 'the bucket belongs to another account': trail({}, 'organization-trail-logs') },
  },
});
