import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { logExamples, mustPublishLog, SEARCH_DOMAINS } from '../shared/search-domains';

export default defineRule({
  id: 'OpenSearch.4',
  slug: 'opensearch-logs',
  title: 'OpenSearch domains send their error log to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale: 'What went wrong inside of a managed domain can be read nowhere else once its nodes are replaced.',
  remediation: 'Set `logging: { appLogEnabled: true }` on the domain.',
  references: [
    'Security Hub OpenSearch.4',
    'AWS Config OPENSEARCH_LOGS_TO_CLOUDWATCH',
    'cdk-nag OpenSearchErrorLogsToCloudWatch',
    'NIST 800-53 AU-2',
  ],
  check: (domain) => mustPublishLog(domain, 'ES_APPLICATION_LOGS'),
  examples: logExamples('ES_APPLICATION_LOGS', 'SEARCH_SLOW_LOGS'),
});
