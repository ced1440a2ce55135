import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { type Statement, statementsOf } from '../../model/policy';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';

const EXPECTED = 'named actions on named resources';

const set = (...Statement: Json[]) => ({
  Set: {
    Type: 'AWS::SSO::PermissionSet',
    Properties: { Name: 'operators', InlinePolicy: { Version: '2012-10-17', Statement } },
  },
});
const allow = (Action: Json, Resource: Json) => ({ Effect: 'Allow', Action, Resource });

function isEverything(statement: Statement): boolean {
  return statement.allows && statement.coversAllActions && statement.coversAllResources;
}

export default defineRule({
  id: 'SSO.3',
  slug: 'sso-permission-set-no-admin-policy',
  title: 'No permission set allows every action on every resource by a policy of its own',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::SSO::PermissionSet'],
  applies: (set) => !set.at('InlinePolicy').isAbsent,
  rationale:
    'A permission set is handed to groups of people in many accounts; one that allows everything undoes all other limits.',
  remediation:
    'Name actions and resources in `inlinePolicy`, and keep a set for emergencies that is watched and rarely assigned.',
  references: ['Security Hub IAM.1', 'NIST 800-53 AC-6'],
  check: (set) => {
    const policy = fromJsonText(set.at('InlinePolicy'));
    if (policy.isUnknown) return [policy.undetermined(EXPECTED)];
    return statementsOf(policy).flatMap((statement) => {
      if (isEverything(statement)) return [statement.value.fails(EXPECTED, 'the statement allows everything')];
      const isOpen =
        statement.isUnknown ||
        [...statement.actions, ...statement.resources].some((each) => each.isUnknown && each.mentions().length === 0);
      return isOpen && !statement.denies
        ? [statement.value.undetermined(EXPECTED, 'a part of the statement may be anything')]
        : [];
    });
  },
  examples: {
    pass: {
      'actions are named': set(allow(['s3:GetObject', 's3:ListBucket'], '*')),
      'everything is allowed on one bucket': set(allow('*', 'arn:aws:s3:::orders/*')),
      'everything is denied': set({ Effect: 'Deny', Action: '*', Resource: '*' }),
    },
    fail: {
      'everything is allowed': set(allow('*', '*')),
      'everything is allowed, beside something else': set(allow('s3:GetObject', '*'), allow(['*:*'], ['*'])),
    },
    undetermined: {
      'the actions are a parameter': {
        Parameters: { Actions: { Type: 'String' } },
        Resources: set(allow({ Ref: 'Actions' }, '*')),
      },
    },
  },
});
