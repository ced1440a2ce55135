import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const config = (UntrustedArtifactOnDeployment: Json) => ({
  Signing: {
    Type: 'AWS::Lambda::CodeSigningConfig',
    Properties: {
      AllowedPublishers: { SigningProfileVersionArns: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/build/1'] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment },
    },
  },
});

export default defineRule({
  id: 'Lambda.10',
  slug: 'lambda-code-signing-enforced',
  title: 'Code that is not signed as asked is not deployed',
  criteria: [Criterion.CC8_1, Criterion.CC6_8, Criterion.CC7_1],
  control: 'file-integrity',
  severity: 'warning',
  resourceTypes: ['AWS::Lambda::CodeSigningConfig'],
  rationale: 'A signature that is checked and then disregarded keeps nobody from deploying what no pipeline built.',
  remediation:
    'Set `untrustedArtifactOnDeployment: lambda.UntrustedArtifactOnDeployment.ENFORCE` on the `lambda.CodeSigningConfig`.',
  references: ['NIST 800-53 CM-14', 'NIST 800-53 SI-7'],
  check: (config) => config.at('CodeSigningPolicies.UntrustedArtifactOnDeployment').mustBe('Enforce'),
  examples: {
    pass: { 'a deployment is refused': config('Enforce') },
    fail: {
      'a deployment is only warned of': config('Warn'),
      'nothing is said': config({ Ref: 'AWS::NoValue' }),
      'only production refuses': byStage(config, 'Enforce', 'Warn'),
    },
    undetermined: { 'what happens is a parameter': byParameter(config) },
  },
});
