import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { NOTEBOOK, notebook } from '../shared/sagemaker-notebook';

export default defineRule({
  id: 'SageMaker.2',
  slug: 'sagemaker-notebook-kms',
  title: 'Disks of SageMaker notebooks are encrypted with a key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: [NOTEBOOK],
  rationale:
    'Researchers keep copies of real data in notebooks; a key of the account says who reads them, and can be taken away.',
  remediation:
    'Set `kmsKeyId` on the `CfnNotebookInstance`. A deployed notebook is replaced by that change: save its files first.',
  references: [
    'AWS Config SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED',
    'cdk-nag SageMakerNotebookInstanceKMSKeyConfigured',
    'Checkov CKV_AWS_187',
    'NIST 800-53 SC-28',
  ],
  check: (instance) => instance.at('KmsKeyId').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'a key is named': notebook({ KmsKeyId: 'alias/research' }),
      'the key is of the same template': { ...notebook({ KmsKeyId: { Ref: 'Key' } }), Key: { Type: 'AWS::KMS::Key' } },
    },
    fail: { 'no key is named': notebook({}), 'the key is empty': notebook({ KmsKeyId: '' }) },
    undetermined: { 'the key is a parameter that may be empty': byParameter((KmsKeyId) => notebook({ KmsKeyId })) },
  },
});
