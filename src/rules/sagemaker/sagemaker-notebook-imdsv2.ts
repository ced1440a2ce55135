import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { NOTEBOOK, notebook } from '../shared/sagemaker-notebook';

const least = (MinimumInstanceMetadataServiceVersion: unknown) =>
  notebook({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion } });

export default defineRule({
  id: 'SageMaker.7',
  slug: 'sagemaker-notebook-imdsv2',
  title: 'SageMaker notebooks hand out credentials by version 2 of the metadata service',
  criteria: [Criterion.CC6_1, Criterion.CC6_6],
  control: 'host-access',
  severity: 'warning',
  resourceTypes: [NOTEBOOK],
  rationale: 'Version 1 answers any request that the notebook can be talked into, and the answer is the credentials of its role.',
  remediation:
    'Set `instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" }` on the `CfnNotebookInstance`.',
  references: ['Checkov CKV_AWS_371', 'NIST 800-53 AC-3'],
  check: (instance) => instance.at('InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion').mustBe('2'),
  examples: {
    pass: { 'version 2 is the least': least('2'), 'the version is a number': least(2) },
    fail: { 'no version is named': notebook({}), 'version 1 is taken': least('1') },
    undetermined: { 'the version is a parameter': byParameter(least) },
  },
});
