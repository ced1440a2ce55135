import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const domain = (Enabled: unknown) => searchDomain({ EncryptionAtRestOptions: { Enabled } });

export default defineRule({
  id: 'OpenSearch.1',
  slug: 'opensearch-rest-encryption',
  title: 'OpenSearch domains are encrypted at rest',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'An index is a second copy of the data that it makes searchable, and needs the same protection as the first.',
  remediation:
    'Set `encryptionAtRest: { enabled: true }` on the domain. On a deployed domain, look at the change set first: an option that was set before is changed by replacing the domain.',
  references: [
    'Security Hub OpenSearch.1',
    'Security Hub ES.1',
    'AWS Config OPENSEARCH_ENCRYPTED_AT_REST',
    'cdk-nag OpenSearchEncryptedAtRest',
    'NIST 800-53 SC-28',
  ],
  check: (domain) => domain.at('EncryptionAtRestOptions.Enabled').mustBe(true),
  examples: {
    pass: {
      'the domain is encrypted': domain(true),
      'the domain has the earlier name of the service': elasticsearchDomain({ EncryptionAtRestOptions: { Enabled: 'true' } }),
    },
    fail: {
      'encryption is not mentioned': searchDomain({}),
      'encryption is off': domain(false),
      'a key is named but encryption is not on': elasticsearchDomain({ EncryptionAtRestOptions: { KmsKeyId: 'alias/search' } }),
      'only production is encrypted': byStage(domain, true, false),
    },
    undetermined: { 'encryption is a parameter': byParameter(domain) },
  },
});
