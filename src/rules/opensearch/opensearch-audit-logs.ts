import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { logExamples, mustPublishLog, SEARCH_DOMAINS } from '../shared/search-domains';

export default defineRule({
  id: 'OpenSearch.5',
  slug: 'opensearch-audit-logs',
  title: 'OpenSearch domains send their audit log to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: SEARCH_DOMAINS,
  rationale:
    'CloudTrail does not see searches: only the audit log says who signed in, who was refused, and who read which index.',
  remediation:
    'Set `logging: { auditLogEnabled: true }` and `fineGrainedAccessControl` on the domain, then choose in OpenSearch Dashboards what is recorded.',
  references: ['Security Hub OpenSearch.5', 'AWS Config OPENSEARCH_AUDIT_LOGGING_ENABLED', 'NIST 800-53 AU-12'],
  check: (domain) => mustPublishLog(domain, 'AUDIT_LOGS'),
  examples: logExamples('AUDIT_LOGS', 'ES_APPLICATION_LOGS'),
});
