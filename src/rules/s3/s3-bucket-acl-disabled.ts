import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { DISTRIBUTION } from '../shared/distributions';

/** CloudFront delivers its standard logs by an ACL, and to no bucket that ignores them. */
const TAKES_OVER = 'BucketOwnerPreferred';

const bucket = (ObjectOwnership: Json) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { OwnershipControls: { Rules: [{ ObjectOwnership }] } } },
});
const logging = {
  Web: {
    Type: DISTRIBUTION,
    Properties: { DistributionConfig: { Logging: { Bucket: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } } } },
  },
};

export default defineRule({
  id: 'S3.17',
  slug: 's3-bucket-acl-disabled',
  title: 'Access to S3 buckets is by policies, not by ACLs',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'With ACLs, whoever uploads an object decides who else reads it, one object at a time, and no policy shows it.',
  remediation:
    'Leave out `objectOwnership` and `accessControl`; for buckets that take access logs, set the feature flag `@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy`.',
  references: ['Security Hub S3.12', 'AWS Config S3_BUCKET_ACL_PROHIBITED', 'Checkov CKV2_AWS_65', 'NIST 800-53 AC-3'],
  check: (bucket) => {
    const rules = bucket.at('OwnershipControls.Rules');
    const [rule] = rules.items();
    const [distribution] = bucket.pointedAtBy(DISTRIBUTION, 'DistributionConfig.Logging.Bucket');
    if (distribution && rule?.at('ObjectOwnership').string === TAKES_OVER)
      return [metBy(distribution, 'it delivers standard logs by an ACL, and they belong to the owner of the bucket')];
    return (rule ?? rules)
      .at(rule ? 'ObjectOwnership' : '0.ObjectOwnership')
      .mustBe('BucketOwnerEnforced', { absent: 'S3 ignores ACLs of new buckets since April 2023' });
  },
  examples: {
    pass: {
      'ACLs are ignored': bucket('BucketOwnerEnforced'),
      'nothing is said about ACLs': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'CloudFront delivers logs, which belong to the owner': { ...bucket(TAKES_OVER), ...logging },
    },
    fail: {
      'who writes an object decides': bucket('ObjectWriter'),
      'ACLs are heeded for objects of others': bucket(TAKES_OVER),
      'logs of CloudFront belong to who writes them': { ...bucket('ObjectWriter'), ...logging },
    },
    undetermined: { 'who decides is a parameter': byParameter(bucket) },
  },
});
