import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { patternOf } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';

/** Everyone, or everyone in some account. */
const EVERYONE = /^(\*+|arn:[^:]*:iam::[^:]*:(\*|(role|user)\/\*))$/;
/** Every collection of the account, or every index in every one of them. */
const EVERYTHING = /^(\*|collection\/\*|(index|model)\/\*(\/\*)?)$/;

const rule = (resource: string) => ({ ResourceType: 'index', Resource: [resource], Permission: ['aoss:ReadDocument'] });
const grant = (more: JsonObject) =>
  JSON.stringify([{ Rules: [rule('index/orders/*')], Principal: ['arn:aws:iam::111122223333:role/App'], ...more }]);
const policy = (Policy: Json): JsonObject => ({
  Policy: { Type: 'AWS::OpenSearchServerless::AccessPolicy', Properties: { Name: 'orders', Type: 'data', Policy } },
});

export default defineRule({
  id: 'OpenSearch.17',
  slug: 'opensearch-serverless-data-access',
  title: 'Data access policies of OpenSearch Serverless name who may reach which collections',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::OpenSearchServerless::AccessPolicy'],
  rationale:
    'The policy is all that stands between whoever may call the service and the documents; one for everything also opens the collections that come later.',
  remediation:
    'Name roles in `Principal`, and collections in `Resource` (`collection/orders`, `index/orders/*`), of the policy of the `opensearchserverless.CfnAccessPolicy`.',
  references: ['AWS Well-Architected SEC03-BP02', 'NIST 800-53 AC-6'],
  check: (policy) => {
    const document = fromJsonText(policy.at('Policy'));
    if (document.isUnknown || document.string !== undefined) return [document.undetermined('a policy in JSON')];
    return document.items().flatMap((grant) => [
      ...grant
        .at('Principal')
        .items()
        .flatMap((principal) => mustName(principal, 'a role or a user', EVERYONE)),
      ...grant
        .all('Rules.*.Resource')
        .flatMap((resources) => resources.items())
        .flatMap((resource) => mustName(resource, 'collections that are named', EVERYTHING)),
    ]);
  },
  examples: {
    pass: {
      'a role reaches one collection': policy(grant({})),
      'the text names the account': policy({ 'Fn::Sub': grant({ Principal: ['arn:aws:iam::${AWS::AccountId}:role/App'] }) }),
    },
    fail: {
      'every principal is let in': policy(grant({ Principal: ['*'] })),
      'every collection is open': policy(grant({ Rules: [rule('index/*/*')] })),
      'one of two rules opens every collection': policy(grant({ Rules: [rule('index/orders/*'), rule('collection/*')] })),
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Reader: { Type: 'String' } },
        Resources: policy({ 'Fn::Sub': grant({ Principal: ['${Reader}'] }) }),
      },
      'the text is no policy': policy('everyone'),
    },
  },
});

function mustName(value: Value, expected: string, tooWide: RegExp): Observation[] {
  if (tooWide.test(patternOf(value, 'surely'))) return [value.fails(expected)];
  return tooWide.test(patternOf(value, 'possibly')) ? [value.undetermined(expected)] : [];
}
