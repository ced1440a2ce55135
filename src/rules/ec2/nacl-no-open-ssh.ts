import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { ACL_ENTRY, letsIn, openToWorld } from '../shared/acl-entries';
import { aclExamples } from '../shared/acl-examples';
import { SSH } from '../shared/high-risk-ports';

export default defineRule({
  id: 'EC2.21',
  slug: 'nacl-no-open-ssh',
  title: 'No network ACL lets in SSH from anywhere',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'warning',
  resourceTypes: [ACL_ENTRY],
  applies: letsIn,
  rationale:
    'The network ACL holds when somebody opens SSH in a security group for an hour and forgets it; only if it is closed.',
  remediation:
    'Leave port 22 out of the range that the entry allows, name a source with `ec2.AclCidr.ipv4(…)`, or deny the port in an entry with a lower `ruleNumber`.',
  references: ['Security Hub EC2.21', 'AWS Config NACL_NO_UNRESTRICTED_SSH_RDP', 'CT.EC2.PR.5', 'CIS AWS Foundations 5.2'],
  check: (entry) => openToWorld(entry, SSH, 'SSH (22) is'),
  examples: aclExamples(22),
});
