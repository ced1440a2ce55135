import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { NOTEBOOK, notebook } from '../shared/sagemaker-notebook';

const access = (DirectInternetAccess: unknown) => notebook({ SubnetId: 'subnet-1', DirectInternetAccess });

export default defineRule({
  id: 'SageMaker.3',
  slug: 'sagemaker-notebook-no-internet',
  title: 'SageMaker notebooks have no internet access of their own',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'egress-control',
  severity: 'error',
  resourceTypes: [NOTEBOOK],
  rationale: 'A notebook with its own way to the internet takes data past every firewall and every log of the network.',
  remediation:
    'Set `directInternetAccess: "Disabled"` and `subnetId`. A deployed notebook is replaced by that change: save its files first.',
  references: [
    'Security Hub SageMaker.1',
    'AWS Config SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS',
    'cdk-nag SageMakerNotebookNoDirectInternetAccess',
    'NIST 800-53 SC-7',
  ],
  check: (instance) => instance.at('DirectInternetAccess').mustBe('Disabled'),
  examples: {
    pass: { 'access is off': access('Disabled') },
    fail: {
      'access is not mentioned': notebook({ SubnetId: 'subnet-1' }),
      'access is on': access('Enabled'),
      'access is off in production only': byStage(access, 'Disabled', 'Enabled'),
    },
    undetermined: { 'access is a parameter': byParameter(access) },
  },
});
