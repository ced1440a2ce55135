import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

/** Instances with disks of their own, which encrypt them by hardware; SageMaker takes no key for those. */
const OWN_DISKS = /^ml\.([a-z]+\d+[a-z]*d[a-z]*|g[56][a-z]*|p5[a-z]*|p6[a-z0-9-]*|trn\d[a-z]*|i\d[a-z]*)\./;

const endpoint = (KmsKeyId: Json, InstanceType = 'ml.m5.large') => ({
  Config: {
    Type: 'AWS::SageMaker::EndpointConfig',
    Properties: { ProductionVariants: [{ VariantName: 'all', ModelName: 'prices', InstanceType }], KmsKeyId },
  },
});
const NOTHING = { Ref: 'AWS::NoValue' };

export default defineRule({
  id: 'SageMaker.1',
  slug: 'sagemaker-endpoint-kms',
  title: 'Disks of SageMaker endpoints are encrypted with a key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  rationale:
    'SageMaker encrypts with a key of its own; only a key of the account says in CloudTrail who used it, and can be taken away.',
  remediation:
    'Set `kmsKeyId` on the `CfnEndpointConfig`. The configuration is replaced by that change; the endpoint stays up meanwhile.',
  references: [
    'AWS Config SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED',
    'cdk-nag SageMakerEndpointConfigurationKMSKeyConfigured',
    'Checkov CKV_AWS_98',
    'NIST 800-53 SC-28',
  ],
  check: (config) => {
    const hasOwnDisks = config
      .at('ProductionVariants')
      .items()
      .some((variant) => OWN_DISKS.test(variant.at('InstanceType').string ?? ''));
    const absent = hasOwnDisks
      ? 'the instances have disks of their own, which are encrypted by hardware; SageMaker takes no key'
      : undefined;
    return config.at('KmsKeyId').mustBeSet('a KMS key', { absent });
  },
  examples: {
    pass: {
      'a key is named': endpoint('arn:aws:kms:eu-west-1:111122223333:key/1'),
      'the key is of the same template': { ...endpoint({ 'Fn::GetAtt': ['Key', 'Arn'] }), Key: { Type: 'AWS::KMS::Key' } },
      'the instances encrypt their own disks': endpoint(NOTHING, 'ml.g5.xlarge'),
      'disks come with the instances': endpoint(NOTHING, 'ml.c6gd.2xlarge'),
    },
    fail: { 'no key is named': endpoint(NOTHING), 'the key is empty': endpoint('') },
    undetermined: { 'the key is a parameter that may be empty': byParameter((key) => endpoint(key)) },
  },
});
