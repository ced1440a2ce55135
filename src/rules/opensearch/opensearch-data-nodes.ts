import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { clusterOf, declared, elasticsearchDomain, inProduction, SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';

const nodes = (InstanceCount: unknown, ZoneAwarenessEnabled: unknown = true) =>
  searchDomain({ ClusterConfig: { InstanceCount, ZoneAwarenessEnabled } });

export default defineRule({
  id: 'OpenSearch.12',
  slug: 'opensearch-data-nodes',
  title: 'OpenSearch domains have three data nodes in several Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: SEARCH_DOMAINS,
  rationale:
    'With fewer nodes, or all in one zone, one failure takes the indexes offline and can lose what was not yet in a snapshot.',
  remediation:
    'Set `capacity: { dataNodes: 3 }` and `zoneAwareness: { enabled: true, availabilityZoneCount: 3 }` on the domain, or `multiAzWithStandbyEnabled: true`.',
  references: ['Security Hub OpenSearch.6', 'AWS Config OPENSEARCH_DATA_NODE_FAULT_TOLERANCE', 'cdk-nag OpenSearchZoneAwareness'],
  check: (domain) => {
    const cluster = clusterOf(domain);
    const standby = cluster.at('MultiAZWithStandbyEnabled').boolean === true;
    return inProduction(domain, () => [
      ...cluster.at('InstanceCount').mustBeAtLeast(3),
      ...(standby ? [] : cluster.at('ZoneAwarenessEnabled').mustBe(true)),
    ]);
  },
  examples: {
    pass: {
      'three nodes are spread over zones': nodes(3),
      'the domain keeps a zone on standby': searchDomain({
        ClusterConfig: { InstanceCount: 3, MultiAZWithStandbyEnabled: true },
      }),
      'one node is not for production': declared('DEVELOPMENT', nodes(1, false)),
      'the domain has the earlier name of the service': elasticsearchDomain({
        ElasticsearchClusterConfig: { InstanceCount: 4, ZoneAwarenessEnabled: true },
      }),
    },
    fail: {
      'nodes are not mentioned': searchDomain({}),
      'there are two nodes': nodes(2),
      'there are two nodes in production': declared('PRODUCTION', nodes(2)),
      'all nodes are in one zone': nodes(3, false),
    },
    undetermined: { 'the number of nodes is a parameter': byParameter((value) => nodes(value)) },
  },
});
