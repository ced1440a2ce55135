import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { volumeExamples, WORKSPACE } from '../shared/workspace-volumes';

const PROPERTY = 'RootVolumeEncryptionEnabled';

export default defineRule({
  id: 'WorkSpaces.2',
  slug: 'workspaces-root-volume-encrypted',
  title: 'Root volumes of WorkSpaces are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: [WORKSPACE],
  rationale: 'Programs leave passwords and copies of what people work on in temporary files, and those are on the root volume.',
  remediation:
    'Set `rootVolumeEncryptionEnabled: true` and `volumeEncryptionKey` on the `CfnWorkspace`. CloudFormation cannot change that on a deployed desktop: make a new one.',
  references: ['Security Hub WorkSpaces.2', 'checkov CKV_AWS_156', 'NIST 800-53 SC-28'],
  check: (desktop) => desktop.at(PROPERTY).mustBe(true),
  examples: volumeExamples(PROPERTY),
});
