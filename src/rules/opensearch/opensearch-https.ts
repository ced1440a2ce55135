import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const domain = (EnforceHTTPS: unknown) => searchDomain({ DomainEndpointOptions: { EnforceHTTPS } });

export default defineRule({
  id: 'OpenSearch.8',
  slug: 'opensearch-https',
  title: 'OpenSearch domains refuse plain HTTP',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale:
    'The endpoint answers over HTTP as well unless told otherwise, and then passwords and documents cross the network in the clear.',
  remediation: 'Set `enforceHttps: true` on the domain.',
  references: ['Security Hub OpenSearch.8', 'AWS Config OPENSEARCH_HTTPS_REQUIRED', 'Checkov CKV_AWS_83', 'NIST 800-53 SC-8'],
  check: (domain) => domain.at('DomainEndpointOptions.EnforceHTTPS').mustBe(true),
  examples: {
    pass: {
      'HTTPS is enforced': domain(true),
      'the domain has the earlier name of the service': elasticsearchDomain({ DomainEndpointOptions: { EnforceHTTPS: true } }),
    },
    fail: {
      'HTTPS is not mentioned': searchDomain({}),
      'HTTPS is not enforced': domain('false'),
      'only production enforces HTTPS': byStage(domain, true, false),
    },
    undetermined: { 'whether HTTPS is enforced is a parameter': byParameter(domain) },
  },
});
