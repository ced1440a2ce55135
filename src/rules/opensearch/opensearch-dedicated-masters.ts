import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';
import { clusterOf, declared, elasticsearchDomain, inProduction, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const masters = (DedicatedMasterCount: unknown) =>
  searchDomain({ ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount } });

export default defineRule({
  id: 'OpenSearch.6',
  slug: 'opensearch-dedicated-masters',
  title: 'OpenSearch domains have three dedicated master nodes',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'When the nodes that hold the data also have to agree on who leads, a burst of searches can stop the whole domain.',
  remediation: 'Set `capacity: { masterNodes: 3 }` on the domain.',
  references: [
    'Security Hub OpenSearch.11',
    'AWS Config OPENSEARCH_PRIMARY_NODE_FAULT_TOLERANCE',
    'cdk-nag OpenSearchDedicatedMasterNode',
  ],
  check: (domain) => {
    const cluster = clusterOf(domain);
    return inProduction(domain, () => [
      ...cluster.at('DedicatedMasterEnabled').mustBe(true),
      ...cluster.at('DedicatedMasterCount').mustBeAtLeast(3, { absent: '' }),
    ]);
  },
  examples: {
    pass: {
      'there are three dedicated masters': masters(3),
      'one master is not for production': declared('STAGING', masters(1)),
      'the domain has the earlier name of the service': elasticsearchDomain({
        ElasticsearchClusterConfig: { DedicatedMasterEnabled: 'true', DedicatedMasterCount: '3' },
      }),
    },
    fail: {
      'dedicated masters are not mentioned': searchDomain({}),
      'dedicated masters are off': searchDomain({ ClusterConfig: { DedicatedMasterEnabled: false } }),
      'one master is for production': declared('PRODUCTION', masters(1)),
      'two masters cannot outvote each other': masters(2),
      'only production has enough': byStage(masters, 3, 1),
    },
    undetermined: { 'the number of masters is a parameter': byParameter(masters) },
  },
});
