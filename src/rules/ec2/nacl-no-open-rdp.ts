import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { ACL_ENTRY, letsIn, openToWorld } from '../shared/acl-entries';
import { aclExamples } from '../shared/acl-examples';
import { RDP } from '../shared/high-risk-ports';

export default defineRule({
  id: 'EC2.22',
  slug: 'nacl-no-open-rdp',
  title: 'No network ACL lets in Remote Desktop from anywhere',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: [ACL_ENTRY],
  applies: letsIn,
  rationale:
    'The port of Remote Desktop lies among those that answers come back to, so an entry for answers opens it unless it is denied first.',
  remediation:
    'Deny port 3389 in an entry with a lower `ruleNumber` than the one for the answers from 1024 on, or name a source with `ec2.AclCidr.ipv4(…)`.',
  references: ['Security Hub EC2.21', 'AWS Config NACL_NO_UNRESTRICTED_SSH_RDP', 'CIS AWS Foundations 5.2'],
  check: (entry) => openToWorld(entry, { ...RDP, protocol: 'tcp' }, 'Remote Desktop (3389) is'),
  examples: aclExamples(3389),
});
