import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { NOTEBOOK, notebook } from '../shared/sagemaker-notebook';

export default defineRule({
  id: 'SageMaker.4',
  slug: 'sagemaker-notebook-vpc',
  title: 'SageMaker notebooks stand in a VPC of the account',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: [NOTEBOOK],
  rationale: 'Outside of a VPC, no security group, no endpoint policy and no flow log is about the notebook.',
  remediation: 'Set `subnetId` and `securityGroupIds`. A deployed notebook is replaced by that change: save its files first.',
  references: [
    'Security Hub SageMaker.2',
    'AWS Config SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC',
    'cdk-nag SageMakerNotebookInVPC',
    'NIST 800-53 SC-7',
  ],
  check: (instance) => instance.at('SubnetId').mustBeSet('a subnet'),
  examples: {
    pass: {
      'a subnet is named': notebook({ SubnetId: 'subnet-1' }),
      'the subnet is of the same template': {
        ...notebook({ SubnetId: { Ref: 'Subnet' } }),
        Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24' } },
      },
    },
    fail: { 'no subnet is named': notebook({}), 'the subnet is empty': notebook({ SubnetId: '' }) },
    undetermined: { 'the subnet is a parameter that may be empty': byParameter((SubnetId) => notebook({ SubnetId })) },
  },
});
