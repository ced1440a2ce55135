import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { patternOf, type Reading, type Statement } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { fromJsonText } from '../shared/json-text';
import { aboutTrust, trusting } from '../shared/trust-policy';

const EXPECTED = 'a condition on the subject that names a repository, a project or an account';
const ACTION = 'sts:AssumeRoleWithWebIdentity';
const HOST = 'token.actions.githubusercontent.com';
const github = (Condition?: Json) =>
  trusting(
    { Federated: `arn:aws:iam::111122223333:oidc-provider/${HOST}` },
    { Action: ACTION, ...(Condition !== undefined && { Condition }) },
  );
const subject = (sub: Json, operator = 'StringLike'): JsonObject => ({
  StringEquals: { [`${HOST}:aud`]: 'sts.amazonaws.com' },
  [operator]: { [`${HOST}:sub`]: sub },
});

export default defineRule({
  id: 'IAM.21',
  slug: 'iam-oidc-subject-condition',
  title: 'Roles for other platforms ask who calls from there',
  criteria: [Criterion.CC6_3, Criterion.CC6_1, Criterion.CC8_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::IAM::Role'],
  ...aboutTrust(isForPlatform, judge),
  rationale:
    'GitHub and its like sign for all their customers: a role that asks only for the platform can be taken from any repository.',
  remediation:
    "Pass a condition on the subject to `WebIdentityPrincipal`, such as `StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:org/repo:ref:refs/heads/main' }`.",
  references: ['checkov CKV_AWS_358', 'NIST 800-53 AC-6'],
  examples: {
    pass: {
      'a branch of a repository is named': github(subject('repo:shop/web:ref:refs/heads/main', 'StringEquals')),
      'repositories of an organization are named': github(
        subject(['repo:shop/web:*', 'repo:shop/api:*'], 'ForAnyValue:StringLike'),
      ),
      'the number of the repository is named': github({ StringEquals: { [`${HOST}:repository_id`]: '1234' } }),
      'a service account of Kubernetes is named, as CDK writes it': {
        ...trusting(
          { Federated: { Ref: 'Provider' } },
          { Action: ACTION, Condition: { StringEquals: { 'Fn::GetAtt': ['Json', 'Value'] } } },
        ),
        Provider: {
          Type: 'Custom::AWSCDKOpenIdConnectProvider',
          Properties: { Url: 'https://oidc.eks.eu-west-1.amazonaws.com/id/1' },
        },
        Json: {
          Type: 'Custom::AWSCDKCfnJson',
          Properties: { Value: { 'Fn::Join': ['', ['{"', { Ref: 'Provider' }, ':sub":"system:serviceaccount:shop:web"}']] } },
        },
      },
    },
    fail: {
      'there is no condition': github(),
      'only the audience is asked for': github({ StringEquals: { [`${HOST}:aud`]: 'sts.amazonaws.com' } }),
      'any repository will do': github(subject('repo:*')),
      'any organization will do': github(subject(['repo:shop/web:*', 'repo:*/web:ref:refs/heads/main'])),
      'organizations that begin like it will do': github(subject('repo:shop*')),
      'the condition holds where there is no subject': github(subject('repo:shop/web:*', 'StringLikeIfExists')),
      'any project of GitLab will do': trusting(
        { Federated: { 'Fn::GetAtt': ['Provider', 'Arn'] } },
        { Action: ACTION, Condition: { StringLike: { 'gitlab.com:sub': 'project_path:*:ref_type:branch:ref:main' } } },
      ),
    },
    undetermined: {
      'the subject is a parameter': withParameter('Subject', github(subject({ Ref: 'Subject' }))),
      'the condition is a parameter': withParameter('Condition', github({ Ref: 'Condition' })),
    },
  },
});

/** Platforms whose tokens say who calls in other words than `sub`. */
const WITHOUT_SUBJECT = /(cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/;

function isForPlatform(statement: Statement, reading: Reading): boolean {
  return (
    statement.covers(ACTION, reading) &&
    statement.principals.some(({ kind, value }) => kind === 'Federated' && !WITHOUT_SUBJECT.test(value.text))
  );
}

function judge(statement: Statement): Observation[] {
  const condition = statement.value.at('Condition');
  const subjects = subjectsOf(condition);
  const narrow = (reading: Reading) =>
    subjects.some(({ isPattern, values }) => !isPattern || !values.some((each) => isWide(each, reading)));
  if (narrow('possibly')) return [];
  if (narrow('surely')) return [condition.undetermined(EXPECTED, 'deployment may put a wildcard into it')];
  const open = [condition, ...condition.entries().map(([, keys]) => keys)].find(
    (each) => each.isUnknown && !jsonOf(each).isKnown,
  );
  if (open) return [open.undetermined(EXPECTED)];
  const problem =
    subjects.length > 0 ? 'the subject may be anybody on the platform' : 'everybody on the platform may take the role';
  return [condition.fails(EXPECTED, problem)];
}

const CLAIM = /:(sub|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref)$/i;

/** What the conditions ask of who calls; each of them must hold, with any of its values. */
function subjectsOf(condition: Value): { isPattern: boolean; values: Value[] }[] {
  return condition.entries().flatMap(([operator, keys]) => {
    const name = /^(?:ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike)$/i.exec(operator)?.[1];
    if (name === undefined) return [];
    const entries = jsonOf(keys).entries();
    return entries
      .filter(([key]) => CLAIM.test(key))
      .map(([, values]) => ({ isPattern: name.toLowerCase() === 'stringlike', values: values.items() }));
  });
}

/** CDK computes keys that hold the address of a cluster in a custom resource. */
function jsonOf(keys: Value): Value {
  return keys.target?.type === 'Custom::AWSCDKCfnJson' ? fromJsonText(keys.target.at('Value')) : keys;
}

/** Whether a pattern names nobody: a wildcard stands where the owner of the repository, or the account, would. */
function isWide(value: Value, reading: Reading): boolean {
  const [named] = patternOf(value, reading).split(/[*?]/, 1);
  if (named === patternOf(value, reading)) return false;
  const [, path, rest] =
    /^(repo:|project_path:)?(?:organization:|org\/|system:serviceaccount:|repository_owner:)?(.*)$/s.exec(named) ?? [];
  return path ? !rest.includes('/') : rest === '';
}
