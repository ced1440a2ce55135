import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { SEARCH_DOMAINS, searchDomain } from '../shared/search-domains';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = Object.fromEntries(
  SEARCH_DOMAINS.map((type) => [type, ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword']]),
);

export default defineRule({
  id: 'OpenSearch.16',
  slug: 'opensearch-no-plaintext-password',
  title: 'Passwords of OpenSearch domains are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'The master user reads and deletes every index, and a template is read by many and kept for ever.',
  remediation:
    'Leave out `masterUserPassword`, so that CDK generates a secret; or set `masterUserArn` in `fineGrainedAccessControl`, and have no password.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: passwordExamples((MasterUserPassword) =>
    searchDomain({ AdvancedSecurityOptions: { MasterUserOptions: { MasterUserName: 'admin', MasterUserPassword } } }),
  ),
});
