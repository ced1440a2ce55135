import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const domain = (Enabled: unknown) => searchDomain({ NodeToNodeEncryptionOptions: { Enabled } });

export default defineRule({
  id: 'OpenSearch.3',
  slug: 'opensearch-node-to-node',
  title: 'OpenSearch domains encrypt what their nodes send each other',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'Every document travels between nodes when it is indexed and searched, in plain text unless this is on.',
  remediation: 'Set `nodeToNodeEncryption: true` on the domain. Once on, it cannot be switched off again.',
  references: [
    'Security Hub OpenSearch.3',
    'Security Hub ES.3',
    'AWS Config OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK',
    'cdk-nag OpenSearchNodeToNodeEncryption',
    'NIST 800-53 SC-8',
  ],
  check: (domain) => domain.at('NodeToNodeEncryptionOptions.Enabled').mustBe(true),
  examples: {
    pass: {
      'encryption between nodes is on': domain(true),
      'the domain has the earlier name of the service': elasticsearchDomain({ NodeToNodeEncryptionOptions: { Enabled: true } }),
    },
    fail: {
      'encryption between nodes is not mentioned': searchDomain({}),
      'encryption between nodes is off': domain('false'),
      'only production encrypts': byStage(domain, true, false),
    },
    undetermined: { 'encryption between nodes is a parameter': byParameter(domain) },
  },
});
