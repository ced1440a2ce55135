import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const bucket = (...rules: JsonObject[]) => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/Copy', Rules: rules } },
  },
});
const COPY = { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copies' } };

export default defineRule({
  id: 'S3.13',
  slug: 's3-bucket-replication',
  title: 'S3 buckets copy their objects to another bucket',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'disaster-recovery',
  severity: 'info',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'A copy in another Region or account is still there when the Region fails or the account is taken over.',
  remediation: 'Set `replicationRules` for data that backups do not cover; both buckets must be versioned.',
  references: [
    'Security Hub S3.7',
    'AWS Config S3_BUCKET_REPLICATION_ENABLED',
    'cdk-nag S3BucketReplicationEnabled',
    'Checkov CKV_AWS_144',
  ],
  check: (bucket) => {
    const rules = bucket.at('ReplicationConfiguration.Rules');
    // CloudFormation does not take a rule without a status.
    const attempts = rules.items().map((rule) => rule.at('Status').mustBe('Enabled', { absent: '' }));
    return anyOf(attempts, () => rules.fails('an enabled rule', 'no rule copies the objects of the bucket'));
  },
  examples: {
    pass: { 'objects are copied': bucket(COPY), 'one of two rules is enabled': bucket({ ...COPY, Status: 'Disabled' }, COPY) },
    fail: {
      'replication is not mentioned': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'the rule is disabled': bucket({ ...COPY, Status: 'Disabled' }),
    },
    undetermined: {
      'the status of the rule is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: bucket({ ...COPY, Status: { Ref: 'Status' } }),
      },
    },
  },
});
