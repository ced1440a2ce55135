import { defineRule } from '../rule';
import { patternOfCalls, trailAlarm } from '../shared/trail-alarm';
import { callRecords } from '../shared/trail-records';

const CALLS = [
  'PutBucketAcl',
  'PutBucketPolicy',
  'PutBucketCors',
  'PutBucketLifecycle',
  'PutBucketReplication',
  'DeleteBucketPolicy',
  'DeleteBucketCors',
  'DeleteBucketLifecycle',
  'DeleteBucketReplication',
];

export default defineRule({
  id: 'CloudWatch.8',
  slug: 'alarm-s3-policy-changes',
  title: 'Somebody is told when the policy of a bucket changes',
  rationale: 'One call opens a bucket to the world, has it copied elsewhere, or lets its objects expire.',
  references: ['CIS AWS Foundations 4.8', 'Security Hub CloudWatch.8', 'ElectricEye CloudTrail.16', 'NIST 800-53 SI-4'],
  ...trailAlarm({
    slug: 'alarm-s3-policy-changes',
    what: 'changes of bucket policies',
    pattern: patternOfCalls('s3', ...CALLS),
    records: callRecords('s3', ...CALLS),
    bus: 'own Region',
  }),
});
