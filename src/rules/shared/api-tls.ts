import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';

const EXPECTED = 'a policy with TLS 1.2 or later';

/**
 * The security policies of API Gateway that accept TLS 1.2 or later only.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
const STRONG = [
  'TLS_1_2',
  'SecurityPolicy_TLS12_2018_EDGE',
  'SecurityPolicy_TLS12_PFS_2025_EDGE',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
  'SecurityPolicy_TLS13_2025_EDGE',
];

/** Findings where a security policy accepts TLS 1.0 or 1.1; `absent` says why none is needed, without it one is. */
export function mustRefuseOldTls(policy: Value, absent?: string): Observation[] {
  if (policy.string === 'TLS_1_0') return [policy.fails(EXPECTED, 'the policy accepts TLS 1.0')];
  if (policy.isKnown && !STRONG.includes(policy.string ?? ''))
    return [policy.undetermined(EXPECTED, 'it is not a policy that this version knows')];
  return policy.must(EXPECTED, () => true, { absent, problem: 'no policy is named, and the default accepts TLS 1.0' });
}
