import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { elasticsearchDomain, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const domain = (Enabled: unknown, more: object = {}) => searchDomain({ AdvancedSecurityOptions: { Enabled, ...more } });

export default defineRule({
  id: 'OpenSearch.11',
  slug: 'opensearch-fine-grained-access',
  title: 'OpenSearch domains decide by user and index who may read',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'Without it, whoever may search at all may search every index, and there is no audit log of who did.',
  remediation:
    'Set `fineGrainedAccessControl: { masterUserArn: … }` on the domain; it needs `nodeToNodeEncryption`, `encryptionAtRest` and `enforceHttps`.',
  references: [
    'Security Hub OpenSearch.7',
    'AWS Config OPENSEARCH_ACCESS_CONTROL_ENABLED',
    'Control Tower CT.OPENSEARCH.PR.15',
    'NIST 800-53 AC-6',
  ],
  check: (domain) => {
    const options = domain.at('AdvancedSecurityOptions');
    return [
      ...options.at('Enabled').mustBe(true),
      ...options.at('AnonymousAuthEnabled').mustBe(false, { absent: '', problem: 'users without a password are let in' }),
    ];
  },
  examples: {
    pass: {
      'access control is on': domain(true, { MasterUserOptions: { MasterUserARN: 'arn:aws:iam::111122223333:role/Search' } }),
      'the domain has the earlier name of the service': elasticsearchDomain({ AdvancedSecurityOptions: { Enabled: true } }),
    },
    fail: {
      'access control is not mentioned': searchDomain({}),
      'access control is off': domain('false'),
      'anonymous users are let in': domain(true, { AnonymousAuthEnabled: true }),
    },
    undetermined: { 'access control is a parameter': byParameter((value) => domain(value)) },
  },
});
