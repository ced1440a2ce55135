import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { logExamples, mustPublishLog, SEARCH_DOMAINS } from '../shared/search-domains';

export default defineRule({
  id: 'OpenSearch.13',
  slug: 'opensearch-slow-logs',
  title: 'OpenSearch domains send their log of slow searches to CloudWatch Logs',
  criteria: [Criterion.A1_1, Criterion.CC7_2],
  control: 'capacity-management',
  // What counts as slow is set index by index: an empty log is what most domains would get.
  severity: 'info',
  resourceTypes: SEARCH_DOMAINS,
  rationale:
    'Searches that slow down are the first sign of a domain that runs out of capacity, or of somebody who copies an index.',
  remediation: 'Set `logging: { slowSearchLogEnabled: true }` on the domain, and thresholds on its indexes.',
  references: ['cdk-nag OpenSearchSlowLogsToCloudWatch', 'AWS Config OPENSEARCH_LOGS_TO_CLOUDWATCH'],
  check: (domain) => mustPublishLog(domain, 'SEARCH_SLOW_LOGS'),
  examples: logExamples('SEARCH_SLOW_LOGS', 'AUDIT_LOGS'),
});
