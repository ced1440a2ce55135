import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

/** The year in the name of a policy: `TransferSecurityPolicy-FIPS-2024-05`. */
const YEAR = /-(\d{4})-\d{2}$/;
const server = (SecurityPolicyName: Json) => ({ Files: { Type: 'AWS::Transfer::Server', Properties: { SecurityPolicyName } } });

export default defineRule({
  id: 'Transfer.2',
  slug: 'transfer-security-policy',
  title: 'Transfer servers leave out ciphers that are broken',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::Transfer::Server'],
  rationale:
    'The old policies agree to ciphers and key exchanges that have been broken since; a client, or somebody on the way, can ask for them.',
  remediation:
    "Set `securityPolicyName: \\'TransferSecurityPolicy-2025-03\\'` on the `transfer.CfnServer`, or another of 2024 or later.",
  references: ['Checkov CKV_AWS_380', 'AWS Transfer Family User Guide, security policies', 'NIST 800-53 SC-8'],
  check: (server) => {
    const policy = server.at('SecurityPolicyName');
    return policy.must('a security policy of 2024 or later', ({ string = '' }) => Number(YEAR.exec(string)?.[1]) >= 2024, {
      problem: policy.isAbsent
        ? 'a server that CloudFormation creates without a policy has that of 2018, which still takes SHA-1'
        : undefined,
    });
  },
  examples: {
    pass: {
      'the policy is of 2024': server('TransferSecurityPolicy-2024-01'),
      'the policy is of 2025, with keys that quantum computers do not break': server('TransferSecurityPolicy-2025-03'),
      'the policy is one for FIPS': server('TransferSecurityPolicy-FIPS-2024-05'),
    },
    fail: {
      'no policy is named': server({ Ref: 'AWS::NoValue' }),
      'the policy is of 2018': server('TransferSecurityPolicy-2018-11'),
      'the policy is of 2020, and one for FIPS': server('TransferSecurityPolicy-FIPS-2020-06'),
      'only production has a current policy': byStage(server, 'TransferSecurityPolicy-2024-01', 'TransferSecurityPolicy-2020-06'),
    },
    undetermined: { 'the policy is a parameter': byParameter(server) },
  },
});
