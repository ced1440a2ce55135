import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const endpoint = (InitialInstanceCount: Json, more: object = {}) => ({
  Config: {
    Type: 'AWS::SageMaker::EndpointConfig',
    Properties: { ProductionVariants: [{ VariantName: 'all', ModelName: 'prices', InitialInstanceCount, ...more }] },
  },
});

export default defineRule({
  id: 'SageMaker.8',
  slug: 'sagemaker-endpoint-instances',
  title: 'SageMaker endpoints have more than one instance',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  rationale: 'One instance is in one Availability Zone; from the second on, SageMaker spreads them.',
  remediation:
    'Set `initialInstanceCount: 2` or more on each production variant, or serve without instances by `serverlessConfig`.',
  references: ['Security Hub SageMaker.4', 'AWS Config SAGEMAKER_ENDPOINT_CONFIG_PROD_INSTANCE_COUNT', 'NIST 800-53 CP-10'],
  /** A serverless variant has no instances. */
  applies: (config) =>
    config
      .at('ProductionVariants')
      .items()
      .some((variant) => variant.at('ServerlessConfig').isAbsent),
  check: (config) =>
    config
      .at('ProductionVariants')
      .items()
      .filter((variant) => variant.at('ServerlessConfig').isAbsent)
      .flatMap((variant) => {
        const least = variant.at('ManagedInstanceScaling.MinInstanceCount');
        return (least.isAbsent ? variant.at('InitialInstanceCount') : least).mustBeAtLeast(2);
      }),
  examples: {
    pass: {
      'there are two instances': endpoint(2),
      'there are two instances at least': endpoint(1, { ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 2 } }),
    },
    fail: { 'there is one instance': endpoint(1), 'the number is not mentioned': endpoint({ Ref: 'AWS::NoValue' }) },
    undetermined: { 'the number is a parameter': byParameter((count) => endpoint(count)) },
  },
});
