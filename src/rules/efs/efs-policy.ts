import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { fileSystemPolicy, fileSystemWith, MOUNT, NO_MOUNT } from '../shared/file-system-policy';
import { publicGrants } from '../shared/public-grants';

const EXPECTED = 'a policy that lets named roles mount the file system';

export default defineRule({
  id: 'EFS.3',
  slug: 'efs-policy',
  title: 'EFS file systems have a policy that lets in only clients that say who they are',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::EFS::FileSystem'],
  rationale:
    'Without a policy, every server that reaches a mount target reads and writes all files, and no log says which role it was.',
  remediation:
    'Set `allowAnonymousAccess: false` on the file system, and let roles in with `grantRead` or `grantReadWrite`; they mount with IAM authorization.',
  references: ['ElectricEye EFS.2', 'AWS Well-Architected SEC03-BP02', 'NIST 800-53 AC-6'],
  check: (fileSystem) => {
    const policy = fileSystemPolicy(fileSystem);
    if (policy.isAbsent) return [policy.fails(EXPECTED, 'there is no policy: whoever reaches a mount target is let in')];
    return publicGrants(policy, (statement, reading) => statement.covers(MOUNT, reading));
  },
  examples: {
    pass: {
      'nobody is let in unnamed': fileSystemWith(NO_MOUNT),
      'a role is named': fileSystemWith({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'everyone of the organization is let in': fileSystemWith({
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-ab12cd34ef' } },
      }),
    },
    fail: {
      'there is no policy': { Files: { Type: 'AWS::EFS::FileSystem' } },
      'everyone may mount': fileSystemWith({}),
      'everyone may do everything': fileSystemWith(NO_MOUNT, { Action: 'elasticfilesystem:*', Principal: '*' }),
      'everyone may mount, by TLS': fileSystemWith({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    },
    undetermined: { 'who may mount is a parameter': byParameter((AWS) => fileSystemWith({ Principal: { AWS } })) },
  },
});
