import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { PUBLIC_ACCESS_SWITCHES } from '../shared/public-access-switches';

const accessPoint = (block: object, Type = 'AWS::S3::AccessPoint') => ({
  Point: { Type, Properties: { Bucket: 'orders', PublicAccessBlockConfiguration: { ...block } } },
});
const ALL = Object.fromEntries(PUBLIC_ACCESS_SWITCHES.map((name) => [name, true]));
const policies = (BlockPublicPolicy: Json) => accessPoint({ ...ALL, BlockPublicPolicy });

export default defineRule({
  id: 'S3.18',
  slug: 's3-access-point-public-access-block',
  title: 'S3 access points block public access',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'],
  rationale: 'An access point is a second door to a bucket, with a policy of its own, and cannot be closed later: only removed.',
  remediation:
    'Leave out `publicAccessBlockConfiguration`, or set all four of its switches to true. The access point is replaced by that change.',
  references: ['Security Hub S3.19', 'Security Hub S3.24', 'AWS Config S3_ACCESS_POINT_PUBLIC_ACCESS_BLOCKS', 'NIST 800-53 AC-3'],
  check: (point) => {
    const block = point.at('PublicAccessBlockConfiguration');
    if (block.isAbsent) return block.must('all four switches', () => true, { absent: 'a new access point blocks public access' });
    return PUBLIC_ACCESS_SWITCHES.flatMap((name) => block.at(name).mustBe(true));
  },
  examples: {
    pass: {
      'public access is blocked': accessPoint(ALL),
      'nothing is said about public access': { Point: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket: 'orders' } } },
      'access from many Regions is blocked too': accessPoint(ALL, 'AWS::S3::MultiRegionAccessPoint'),
    },
    fail: {
      'public policies are taken': policies(false),
      'one switch is not mentioned': accessPoint({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true }),
    },
    undetermined: { 'a switch is a parameter': byParameter(policies) },
  },
});
