import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const model = (EnableNetworkIsolation: Json) => ({
  Model: {
    Type: 'AWS::SageMaker::Model',
    Properties: { ExecutionRoleArn: 'arn:aws:iam::111122223333:role/Serve', EnableNetworkIsolation },
  },
});

export default defineRule({
  id: 'SageMaker.5',
  slug: 'sagemaker-model-isolation',
  title: 'Containers of SageMaker models reach no network',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'egress-control',
  severity: 'warning',
  resourceTypes: ['AWS::SageMaker::Model'],
  rationale: 'A model, or a library in its container, that somebody tampered with cannot send off what it is asked about.',
  remediation:
    'Set `enableNetworkIsolation: true` on the `CfnModel`; SageMaker still loads the model from S3 into the container.',
  references: [
    'Security Hub SageMaker.5',
    'AWS Config SAGEMAKER_MODEL_ISOLATION_ENABLED',
    'Checkov CKV_AWS_370',
    'NIST 800-53 SC-7',
  ],
  check: (model) => model.at('EnableNetworkIsolation').mustBe(true),
  examples: {
    pass: { 'containers are isolated': model(true) },
    fail: {
      'isolation is not mentioned': { Model: { Type: 'AWS::SageMaker::Model', Properties: {} } },
      'containers reach the network': model('false'),
    },
    undetermined: { 'isolation is a parameter': byParameter(model) },
  },
});
