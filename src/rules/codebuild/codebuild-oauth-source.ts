import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { project, sourcesOf } from '../shared/codebuild-project';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'an address without credentials';
const WITH_CREDENTIALS = /^[a-z+]+:\/\/[^/]*@/i;
const TO_A_HOST = /^[a-z+]+:\/\/[^/$]+\//i;

const from = (Type: string, Location: Json, more: Record<string, Json> = {}) => project({ Source: { Type, Location, ...more } });
const credential = (AuthType: Json) => ({
  Credential: { Type: 'AWS::CodeBuild::SourceCredential', Properties: { AuthType, ServerType: 'GITHUB', Token: 'arn:aws:x' } },
});

export default defineRule({
  id: 'CodeBuild.2',
  slug: 'codebuild-oauth-source',
  title: 'Build projects sign in to their sources by OAuth or a connection',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::CodeBuild::Project', 'AWS::CodeBuild::SourceCredential'],
  rationale:
    'A password or personal token opens all that its owner can open, is shown to whoever sees the project, and never ends.',
  remediation:
    'Remove credentials from the location, and sign in through a connection (`codeconnections.CfnConnection`) instead of `GitHubSourceCredentials` or `BitBucketSourceCredentials`.',
  references: [
    'Security Hub CodeBuild.1',
    'AWS Config CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK',
    'Control Tower CT.CODEBUILD.PR.1',
    'cdk-nag CodeBuildProjectSourceRepoUrl',
  ],
  check: (resource) => {
    if (resource.type === 'AWS::CodeBuild::Project') return sourcesOf(resource).flatMap((source) => judge(source.at('Location')));
    return resource.at('AuthType').mustBe(['OAUTH', 'CODECONNECTIONS', 'SECRETS_MANAGER']);
  },
  examples: {
    pass: {
      'the source comes with the pipeline': project(),
      'the address has no credentials': from('GITHUB', 'https://github.com/shop/web.git', { Auth: { Type: 'OAUTH' } }),
      'the name of the repository is a parameter': withParameter(
        'Name',
        from('BITBUCKET', { 'Fn::Sub': 'https://bitbucket.org/shop/${Name}' }),
      ),
      'the account signs in through a connection': credential('CODECONNECTIONS'),
    },
    fail: {
      'the address has a token': from('GITHUB', 'https://token@github.com/shop/web.git'),
      'the address has a password': from('BITBUCKET', 'https://shop:horse@bitbucket.org/shop/web.git'),
      'the address has a token, which is a parameter': withParameter(
        'Token',
        from('GITHUB', { 'Fn::Sub': 'https://${Token}@github.com/shop/web' }),
      ),
      'the address of a second source has a token': project({
        SecondarySources: [{ Type: 'GITHUB', Location: 'https://token@github.com/shop/web.git', SourceIdentifier: 'web' }],
      }),
      'the account signs in with a personal token': credential('PERSONAL_ACCESS_TOKEN'),
    },
    undetermined: {
      'the address is a parameter': withParameter('Address', from('GITHUB', { Ref: 'Address' })),
      'the way to sign in is a parameter': withParameter('Way', credential({ Ref: 'Way' })),
    },
  },
});

function judge(location: Value): Observation[] {
  const { resource, path, text } = location;
  if (WITH_CREDENTIALS.test(text))
    return [{ kind: 'fail', resource, path, problem: 'the address has credentials', found: 'credentials', expected: EXPECTED }];
  const isOpen = location.isUnknown && location.mentions().length === 0 && !TO_A_HOST.test(text);
  return isOpen ? [location.undetermined(EXPECTED)] : [];
}
