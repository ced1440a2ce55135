import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const lambda = (properties: JsonObject) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.8',
  slug: 'lambda-code-signing',
  title: 'Lambda functions take signed code only',
  criteria: [Criterion.CC8_1, Criterion.CC6_8, Criterion.CC7_1],
  control: 'file-integrity',
  // It takes a signing profile and a pipeline that signs.
  severity: 'info',
  resourceTypes: ['AWS::Lambda::Function'],
  applies: (lambda) => lambda.at('PackageType').string !== 'Image' && lambda.at('Code.ImageUri').isAbsent,
  rationale: 'A signature shows that what runs is what the pipeline built, whoever uploaded it.',
  remediation: 'Pass a `lambda.CodeSigningConfig` as `codeSigningConfig`, and sign the code in the pipeline.',
  references: ['checkov CKV_AWS_272', 'NIST 800-53 CM-14'],
  check: (lambda) => lambda.at('CodeSigningConfigArn').mustBeSet('a code signing configuration'),
  examples: {
    pass: {
      'there is a configuration': {
        ...lambda({ CodeSigningConfigArn: { 'Fn::GetAtt': ['Signing', 'CodeSigningConfigArn'] } }),
        Signing: { Type: 'AWS::Lambda::CodeSigningConfig' },
      },
    },
    fail: { 'signing is not mentioned': lambda({}), 'the configuration is empty': lambda({ CodeSigningConfigArn: '' }) },
    undetermined: {
      'the configuration is a parameter': withParameter('Signing', lambda({ CodeSigningConfigArn: { Ref: 'Signing' } })),
    },
  },
});
