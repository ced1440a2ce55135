import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { NOTEBOOK, notebook } from '../shared/sagemaker-notebook';

const root = (RootAccess: unknown) => notebook({ RootAccess });

export default defineRule({
  id: 'SageMaker.6',
  slug: 'sagemaker-notebook-no-root',
  title: 'Users of SageMaker notebooks are not root',
  criteria: [Criterion.CC6_3, Criterion.CC6_8],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: [NOTEBOOK],
  rationale: 'Root can switch off what watches a notebook, and install what it likes.',
  remediation: 'Set `rootAccess: "Disabled"` on the `CfnNotebookInstance`; lifecycle scripts still run as root.',
  references: ['Security Hub SageMaker.3', 'AWS Config SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK', 'NIST 800-53 AC-6'],
  check: (instance) => instance.at('RootAccess').mustBe('Disabled'),
  examples: {
    pass: { 'users are not root': root('Disabled') },
    fail: { 'root is not mentioned': notebook({}), 'users are root': root('Enabled') },
    undetermined: { 'whether users are root is a parameter': byParameter(root) },
  },
});
