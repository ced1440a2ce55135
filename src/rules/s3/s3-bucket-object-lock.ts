import { Criterion } from '../../criteria/criterion';
import { anyOf, metBy } from '../../model/observation';
import { defineRule } from '../rule';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });

export default defineRule({
  id: 'S3.12',
  slug: 's3-bucket-object-lock',
  title: 'S3 buckets can lock objects against deletion',
  criteria: [Criterion.C1_1, Criterion.PI1_5, Criterion.A1_2],
  control: 'data-retention',
  severity: 'info',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'Not even an administrator, or whoever stole those credentials, can remove a locked object before its time.',
  remediation:
    'Set `objectLockEnabled: true` and `objectLockDefaultRetention` for records, backups and logs; a lock cannot be taken off again.',
  references: ['Security Hub S3.15', 'AWS Config S3_BUCKET_DEFAULT_LOCK_ENABLED', 'cdk-nag S3BucketDefaultLockEnabled'],
  check: (bucket) => {
    const enabled = bucket.at('ObjectLockEnabled');
    const configured = bucket.at('ObjectLockConfiguration.ObjectLockEnabled');
    const findings = anyOf([enabled.mustBe(true), configured.mustBe('Enabled')], () => enabled.fails('true'));
    const senders =
      findings.length === 0 ? [] : bucket.pointedAtBy('AWS::S3::Bucket', 'LoggingConfiguration.DestinationBucketName');
    return senders.length === 0
      ? findings
      : senders.map((each) => metBy(each, 'S3 does not deliver its access logs to a bucket with Object Lock'));
  },
  examples: {
    pass: {
      'Object Lock is on': bucket({ ObjectLockEnabled: true }),
      'Object Lock is on with a default retention': bucket({
        ObjectLockEnabled: 'true',
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
      }),
      'the bucket receives access logs': {
        ...bucket({}),
        Records: {
          Type: 'AWS::S3::Bucket',
          Properties: { ObjectLockEnabled: true, LoggingConfiguration: { DestinationBucketName: { Ref: 'Bucket' } } },
        },
      },
    },
    fail: { 'Object Lock is not mentioned': bucket({}), 'Object Lock is off': bucket({ ObjectLockEnabled: false }) },
    undetermined: {
      'Object Lock is a parameter': {
        Parameters: { Lock: { Type: 'String' } },
        Resources: bucket({ ObjectLockEnabled: { Ref: 'Lock' } }),
      },
    },
  },
});
