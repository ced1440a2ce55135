import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const MODERN = /^Policy-Min-TLS-1-[2-9]/;
const domain = (TLSSecurityPolicy: unknown) => searchDomain({ DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy } });

export default defineRule({
  id: 'OpenSearch.9',
  slug: 'opensearch-tls12',
  title: 'OpenSearch domains take TLS 1.2 or newer only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'TLS 1.0 and 1.1 have known weaknesses, and every standard that an auditor holds them against has withdrawn them.',
  remediation: 'Set `tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS` on the domain.',
  references: ['Security Hub OpenSearch.8', 'Control Tower CT.OPENSEARCH.PR.16', 'NIST 800-53 SC-13'],
  check: (domain) =>
    domain
      .at('DomainEndpointOptions.TLSSecurityPolicy')
      .must("a policy such as 'Policy-Min-TLS-1-2-PFS-2023-10'", ({ string = '' }) => MODERN.test(string)),
  examples: {
    pass: {
      'TLS 1.2 is the least': domain('Policy-Min-TLS-1-2-2019-07'),
      'forward secrecy is asked for': domain('Policy-Min-TLS-1-2-PFS-2023-10'),
      'the domain has the earlier name of the service': elasticsearchDomain({
        DomainEndpointOptions: { TLSSecurityPolicy: 'Policy-Min-TLS-1-2-2019-07' },
      }),
    },
    fail: {
      'no policy is named': searchDomain({ DomainEndpointOptions: { EnforceHTTPS: true } }),
      'TLS 1.0 is taken': domain('Policy-Min-TLS-1-0-2019-07'),
    },
    undetermined: { 'the policy is a parameter': byParameter(domain) },
  },
});
