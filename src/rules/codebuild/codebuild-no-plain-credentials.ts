import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { project } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';
import { plainSecret } from '../shared/plain-secrets';
import { isOneOf } from '../shared/ternary';

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
const EXPECTED = 'PARAMETER_STORE or SECRETS_MANAGER';
const variable = (Name: string, Value: Json, more: JsonObject = {}) =>
  project({ Environment: { Image: 'aws/codebuild/standard:7.0', EnvironmentVariables: [{ Name, Value, ...more }] } });

export default defineRule({
  id: 'CodeBuild.1',
  slug: 'codebuild-no-plain-credentials',
  title: 'Build projects hold no credentials in plain text',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project', 'AWS::CodeBuild::SourceCredential'],
  rationale: 'Variables of a project are shown in the console and in each build, and a build often may change production.',
  remediation:
    'Give the rights to the `role` of the project, pass other secrets with `type: codebuild.BuildEnvironmentVariableType.SECRETS_MANAGER`, and change what was shown.',
  references: [
    'Security Hub CodeBuild.2',
    'AWS Config CODEBUILD_PROJECT_ENVVAR_AWSCRED_CHECK',
    'Control Tower CT.CODEBUILD.PR.2',
    'cdk-nag CodeBuildProjectEnvVarAwsCred',
    'NIST 800-53 IA-5(7)',
  ],
  check: (resource) => {
    if (resource.type === 'AWS::CodeBuild::Project')
      return resource.at('Environment.EnvironmentVariables').items().flatMap(judge);
    const token = resource.at('Token');
    const { path, isKnown } = token;
    const problem = 'the template holds the token';
    return isKnown ? [{ kind: 'fail', resource, path, problem, found: 'a secret', expected: 'a dynamic reference' }] : [];
  },
  examples: {
    pass: {
      'there are no variables': project(),
      'a variable is no secret': variable('STAGE', 'production', { Type: 'PLAINTEXT' }),
      'a key comes from Secrets Manager': variable('AWS_SECRET_ACCESS_KEY', 'deploy:key', { Type: 'SECRETS_MANAGER' }),
      'a token comes from Parameter Store': variable('NPM_TOKEN', 'npm-token', { Type: 'PARAMETER_STORE' }),
      'the token for the source comes from Secrets Manager': {
        Credential: {
          Type: 'AWS::CodeBuild::SourceCredential',
          Properties: { AuthType: 'OAUTH', ServerType: 'GITHUB', Token: '{{resolve:secretsmanager:github}}' },
        },
      },
    },
    fail: {
      'the name of an access key is a variable': variable('AWS_ACCESS_KEY_ID', { Ref: 'Key' }, { Type: 'PLAINTEXT' }),
      'the type of a secret key is not mentioned': variable('AWS_SECRET_ACCESS_KEY', 'horse'),
      'another variable is a token': variable('NPM_TOKEN', 'correct-horse', { Type: 'PLAINTEXT' }),
      'another variable holds an access key': variable('UPLOADER', 'AKIAIOSFODNN7EXAMPLE'),
      'the token for the source is in the template': {
        Credential: { Type: 'AWS::CodeBuild::SourceCredential', Properties: { AuthType: 'OAUTH', Token: 'correct-horse' } },
      },
    },
    undetermined: {
      'the type is a parameter': withParameter('Kind', variable('AWS_SECRET_ACCESS_KEY', 'deploy', { Type: { Ref: 'Kind' } })),
      'the token is a parameter': withParameter('Token', variable('NPM_TOKEN', { Ref: 'Token' })),
    },
  },
});

function judge(variable: Value): Observation[] {
  const type = variable.at('Type');
  const name = variable.at('Name').text;
  const shown = KEYS.includes(name)
    ? [variable.at('Name').fails(EXPECTED, `${name} is a variable in plain text`)]
    : plainSecret(name, variable.at('Value'));
  return when(type.isAbsent || isOneOf(type, ['PLAINTEXT']), shown);
}
