import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { PUBLIC_ACCESS_SWITCHES } from '../shared/public-access-switches';

const bucket = (PublicAccessBlockConfiguration: Json) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration } },
});
const ALL = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

export default defineRule({
  id: 'S3.4',
  slug: 's3-bucket-public-access-block',
  title: 'S3 buckets block public access in all four ways',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'The block holds whatever a policy or an ACL says, so that one careless statement does not publish the data.',
  remediation:
    'Set `blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL`; serve public content through CloudFront with origin access control.',
  references: [
    'Security Hub S3.8',
    'AWS Config S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED',
    'cdk-nag S3BucketLevelPublicAccessProhibited',
    'Checkov CKV_AWS_53, CKV_AWS_54, CKV_AWS_55, CKV_AWS_56',
  ],
  check: (bucket) => {
    const block = bucket.at('PublicAccessBlockConfiguration');
    if (block.isAbsent)
      return [
        block.fails('all four switches on', 'public access is not blocked, and buckets from before April 2023 do not by default'),
      ];
    return PUBLIC_ACCESS_SWITCHES.flatMap((name) => block.at(name).mustBe(true));
  },
  examples: {
    pass: { 'all four switches are on': bucket(ALL), 'the switches are text': bucket({ ...ALL, BlockPublicAcls: 'true' }) },
    fail: {
      'the block is not mentioned': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'one switch is not mentioned': bucket({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true }),
      'one switch is off': bucket({ ...ALL, BlockPublicPolicy: false }),
      'one switch is removed': bucket({ ...ALL, IgnorePublicAcls: { Ref: 'AWS::NoValue' } }),
    },
    undetermined: {
      'a switch is a parameter': {
        Parameters: { Private: { Type: 'String' } },
        Resources: bucket({ ...ALL, BlockPublicPolicy: { Ref: 'Private' } }),
      },
    },
  },
});
