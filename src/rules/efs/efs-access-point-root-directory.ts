import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const accessPoint = (Path: Json) => ({
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'fs-1', RootDirectory: { Path } } },
});

export default defineRule({
  id: 'EFS.4',
  slug: 'efs-access-point-root-directory',
  title: 'EFS access points show one directory, not the whole file system',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::EFS::AccessPoint'],
  rationale: 'An access point is there to keep applications that share a file system out of each other’s files.',
  remediation:
    'Set `path` on the access point to the directory of the application. A deployed access point is replaced by that change.',
  references: ['Security Hub EFS.3', 'AWS Config EFS_ACCESS_POINT_ENFORCE_ROOT_DIRECTORY', 'NIST 800-53 AC-6'],
  check: (point) =>
    point.at('RootDirectory.Path').must('a directory below the root', ({ string = '' }) => /^\/+[^/]/.test(string)),
  examples: {
    pass: { 'a directory is shown': accessPoint('/orders') },
    fail: {
      'no directory is named': { Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'fs-1' } } },
      'the root is shown': accessPoint('/'),
    },
    undetermined: { 'the directory is a parameter': byParameter(accessPoint) },
  },
});
