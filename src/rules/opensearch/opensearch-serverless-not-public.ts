import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';

const policy = (Policy: Json, Type = 'network'): JsonObject => ({
  Policy: { Type: 'AWS::OpenSearchServerless::SecurityPolicy', Properties: { Name: 'orders', Type, Policy } },
});
const RULES = [{ ResourceType: 'collection', Resource: ['collection/orders'] }];
const network = (more: JsonObject) => policy(JSON.stringify([{ Rules: RULES, ...more }]));

export default defineRule({
  id: 'OpenSearch.14',
  slug: 'opensearch-serverless-not-public',
  title: 'OpenSearch Serverless collections are not reached from the internet',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: ['AWS::OpenSearchServerless::SecurityPolicy'],
  rationale: 'A public collection is one leaked credential away from the internet; a private one is also behind a network.',
  remediation:
    'Set `AllowFromPublic` to false in the network policy, and list endpoints in `SourceVPCEs` or services in `SourceServices`.',
  references: ['AWS Well-Architected SEC05-BP02', 'NIST 800-53 SC-7'],
  applies: (policy) => policy.at('Type').string !== 'encryption',
  check: (policy) => {
    const expected = 'false';
    const document = policy.at('Policy').once(fromJsonText);
    if (document.isUnknown || document.isAbsent) return document.must(expected, () => true);
    return document.items().flatMap((rule) => rule.at('AllowFromPublic').mustBe(false, { absent: '' }));
  },
  examples: {
    pass: {
      'access is through endpoints': network({ AllowFromPublic: false, SourceVPCEs: ['vpce-1'] }),
      'a service of AWS is let in': network({ SourceServices: ['bedrock.amazonaws.com'] }),
    },
    fail: {
      'access is from everywhere': network({ AllowFromPublic: true }),
      'one of two rules is public': policy(
        JSON.stringify([
          { Rules: RULES, AllowFromPublic: false, SourceVPCEs: ['vpce-1'] },
          { Rules: [{ ResourceType: 'dashboard', Resource: ['collection/orders'] }], AllowFromPublic: true },
        ]),
      ),
      'the text is put together': policy({
        'Fn::Sub':
          '[{"Rules":[{"ResourceType":"collection","Resource":["collection/${AWS::StackName}"]}],"AllowFromPublic":true}]',
      }),
    },
    undetermined: {
      'whether access is public is a parameter': {
        Parameters: { Public: { Type: 'String' } },
        Resources: policy({ 'Fn::Sub': '[{"Rules":[],"AllowFromPublic":${Public}}]' }),
      },
    },
  },
});
