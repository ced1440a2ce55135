import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { volumeExamples, WORKSPACE } from '../shared/workspace-volumes';

const PROPERTY = 'UserVolumeEncryptionEnabled';

export default defineRule({
  id: 'WorkSpaces.1',
  slug: 'workspaces-user-volume-encrypted',
  title: 'User volumes of WorkSpaces are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: [WORKSPACE],
  rationale: 'The user volume holds the files that people work on; a copy of an encrypted one shows nothing without the key.',
  remediation:
    'Set `userVolumeEncryptionEnabled: true` and `volumeEncryptionKey` on the `CfnWorkspace`. CloudFormation cannot change that on a deployed desktop: make a new one.',
  references: ['Security Hub WorkSpaces.1', 'checkov CKV_AWS_155', 'NIST 800-53 SC-28'],
  check: (desktop) => desktop.at(PROPERTY).mustBe(true),
  examples: volumeExamples(PROPERTY),
});
