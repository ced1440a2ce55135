import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { searchDomain } from '../shared/search-domains';

const domain = (AutoSoftwareUpdateEnabled: unknown) => searchDomain({ SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled } });

export default defineRule({
  id: 'OpenSearch.15',
  slug: 'opensearch-auto-update',
  title: 'OpenSearch domains install service software by themselves',
  criteria: [Criterion.CC7_1, Criterion.CC8_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::OpenSearchService::Domain'],
  rationale: 'Most updates wait for somebody to ask for them, and a known weakness stays open until somebody does.',
  remediation: 'Set `enableAutoSoftwareUpdate: true` on the domain; `offPeakWindowStart` says when.',
  references: ['Security Hub OpenSearch.10', 'AWS Config OPENSEARCH_UPDATE_CHECK', 'NIST 800-53 SI-2'],
  check: (domain) => domain.at('SoftwareUpdateOptions.AutoSoftwareUpdateEnabled').mustBe(true),
  examples: {
    pass: { 'updates are installed': domain(true) },
    fail: { 'updates are not mentioned': searchDomain({}), 'updates wait to be asked for': domain(false) },
    undetermined: { 'whether updates are installed is a parameter': byParameter(domain) },
  },
});
