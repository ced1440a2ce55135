import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const artifacts = (EncryptionDisabled: Json, Type = 'S3') =>
  project({ Artifacts: { Type, Location: 'builds', EncryptionDisabled } });

export default defineRule({
  id: 'CodeBuild.4',
  slug: 'codebuild-artifact-encryption',
  title: 'What a build makes is encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project'],
  rationale: 'What a build makes is the program that runs in production; encrypted, it opens only to whoever may use the key.',
  remediation: 'Leave out `encryption: false` in `codebuild.Artifacts.s3(…)`.',
  references: [
    'AWS Config CODEBUILD_PROJECT_ARTIFACT_ENCRYPTION',
    'Control Tower CT.CODEBUILD.PR.5',
    'cdk-nag CodeBuildProjectKMSEncryptedArtifacts',
    'checkov CKV_AWS_78',
  ],
  check: (project) =>
    [project.at('Artifacts'), ...project.at('SecondaryArtifacts').items()]
      .filter((artifacts) => artifacts.at('Type').string?.toUpperCase() !== 'NO_ARTIFACTS')
      .flatMap((artifacts) =>
        artifacts
          .at('EncryptionDisabled')
          .mustBe(false, { absent: 'CodeBuild encrypts artifacts when the project does not say' }),
      ),
  examples: {
    pass: {
      'encryption is not mentioned': project(),
      'encryption is not disabled': artifacts('false'),
      'nothing is made': artifacts(true, 'NO_ARTIFACTS'),
    },
    fail: {
      'encryption is disabled': artifacts(true),
      'encryption of a second artifact is disabled': project({
        SecondaryArtifacts: [{ Type: 'S3', ArtifactIdentifier: 'docs', EncryptionDisabled: 'true' }],
      }),
    },
    undetermined: { 'it is a parameter': withParameter('Plain', artifacts({ Ref: 'Plain' })) },
  },
});
