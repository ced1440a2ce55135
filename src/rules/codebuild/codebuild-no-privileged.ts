import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const mode = (PrivilegedMode: Json) => project({ Environment: { Image: 'aws/codebuild/standard:7.0', PrivilegedMode } });

export default defineRule({
  id: 'CodeBuild.8',
  slug: 'codebuild-no-privileged',
  title: 'Builds do not run with the rights of their host',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  // Who builds images of containers needs it, and each build has a machine of its own.
  severity: 'info',
  resourceTypes: ['AWS::CodeBuild::Project'],
  rationale: 'A privileged build may reach the devices of its host; only what starts Docker itself needs that.',
  remediation: 'Leave out `privileged` in `environment`, unless the build makes images of containers.',
  references: [
    'Security Hub CodeBuild.5',
    'AWS Config CODEBUILD_PROJECT_ENVIRONMENT_PRIVILEGED_CHECK',
    'Control Tower CT.CODEBUILD.PR.4',
    'checkov CKV_AWS_316',
  ],
  check: (project) => project.at('Environment.PrivilegedMode').mustBe(false, { absent: '' }),
  examples: {
    pass: { 'it is not mentioned': project(), 'builds are not privileged': mode(false) },
    fail: { 'builds are privileged': mode(true), 'builds are privileged, by a text': mode('true') },
    undetermined: { 'it is a parameter': withParameter('Mode', mode({ Ref: 'Mode' })) },
  },
});
