import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

export default defineRule({
  id: 'CodeBuild.7',
  slug: 'codebuild-not-public',
  title: 'Results of builds are not public',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project'],
  rationale: 'A public project shows the logs and the products of all its builds to the whole internet.',
  remediation: 'Set `visibility: codebuild.ProjectVisibility.PRIVATE`, or leave it out.',
  references: ['ElectricEye CodeBuild.7', 'NIST 800-53 AC-3'],
  check: (project) => project.at('Visibility').mustBe('PRIVATE', { absent: 'projects are private when they do not say' }),
  examples: {
    pass: { 'it is not mentioned': project(), 'the project is private': project({ Visibility: 'PRIVATE' }) },
    fail: {
      'the project is public': project({ Visibility: 'PUBLIC_READ' }),
      'the project is public in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Stage' }, 'open'] } },
        Resources: project({ Visibility: { 'Fn::If': ['IsOpen', 'PUBLIC_READ', 'PRIVATE'] } }),
      },
    },
    undetermined: { 'it is a parameter': withParameter('Visibility', project({ Visibility: { Ref: 'Visibility' } })) },
  },
});
