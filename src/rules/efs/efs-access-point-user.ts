import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const accessPoint = (Uid: Json) => ({
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'fs-1', PosixUser: { Uid, Gid: '1000' } } },
});

export default defineRule({
  id: 'EFS.5',
  slug: 'efs-access-point-user',
  title: 'EFS access points act as a user of their own, which is not root',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::EFS::AccessPoint'],
  rationale: 'Without it, a client says itself which user it is, and may say any other, root included.',
  remediation:
    'Set `posixUser: { uid: "1000", gid: "1000" }` on the access point. A deployed access point is replaced by that change.',
  references: ['Security Hub EFS.4', 'AWS Config EFS_ACCESS_POINT_ENFORCE_USER_IDENTITY', 'NIST 800-53 AC-6'],
  check: (point) => point.at('PosixUser.Uid').must('the number of a user other than root', (uid) => (uid.number ?? 0) > 0),
  examples: {
    pass: { 'a user is named': accessPoint('1000') },
    fail: {
      'no user is named': { Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'fs-1' } } },
      'the user is root': accessPoint('0'),
    },
    undetermined: { 'the user is a parameter': byParameter(accessPoint) },
  },
});
