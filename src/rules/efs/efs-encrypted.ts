import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const fileSystem = (Encrypted: Json) => ({ Files: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted } } });

export default defineRule({
  id: 'EFS.1',
  slug: 'efs-encrypted',
  title: 'EFS file systems are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::EFS::FileSystem'],
  rationale:
    'Files that many servers share are often the least looked after; without a key, a leaked copy of them shows nothing.',
  remediation:
    'Set `encrypted: true` on the file system. A deployed file system is replaced by that change: copy its files to a new one first.',
  references: [
    'Security Hub EFS.1',
    'AWS Config EFS_ENCRYPTED_CHECK',
    'CIS AWS Foundations 2.4.1',
    'cdk-nag EFSEncrypted',
    'NIST 800-53 SC-28',
  ],
  check: (fileSystem) => fileSystem.at('Encrypted').mustBe(true),
  examples: {
    pass: { 'the file system is encrypted': fileSystem(true), 'the value is a text': fileSystem('true') },
    fail: {
      'encryption is not mentioned': { Files: { Type: 'AWS::EFS::FileSystem' } },
      'encryption is off': fileSystem(false),
      'only production is encrypted': byStage(fileSystem, true, false),
    },
    undetermined: { 'encryption is a parameter': byParameter(fileSystem) },
  },
});
