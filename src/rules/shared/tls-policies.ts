/**
 * The predefined security policies of application and network load balancers.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const PREFIX = 'ELBSecurityPolicy-';

/** TLS 1.2 or later only, and keys of a session that the certificate's key does not reveal afterwards. */
const STRONG = [
  'FS-1-2-2019-08',
  'FS-1-2-Res-2019-08',
  'FS-1-2-Res-2020-10',
  'TLS13-1-2-2021-06',
  'TLS13-1-2-Ext0-FIPS-2023-04',
  'TLS13-1-2-Ext0-FIPS-PQ-2025-09',
  'TLS13-1-2-FIPS-2023-04',
  'TLS13-1-2-FIPS-PQ-2025-09',
  'TLS13-1-2-PQ-2025-09',
  'TLS13-1-2-RFC9151-FIPS-2023-07',
  'TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07',
  'TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07',
  'TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07',
  'TLS13-1-2-Res-2021-06',
  'TLS13-1-2-Res-FIPS-2023-04',
  'TLS13-1-2-Res-FIPS-PQ-2025-09',
  'TLS13-1-2-Res-PQ-2025-09',
  'TLS13-1-3-2021-06',
  'TLS13-1-3-FIPS-2023-04',
  'TLS13-1-3-FIPS-PQ-2025-09',
  'TLS13-1-3-PQ-2025-09',
  'TLS13-1-3-RFC9151-FIPS-2023-07',
];

/** TLS 1.2 or later, with ciphers that have no forward secrecy. */
const WITHOUT_FORWARD_SECRECY = [
  'TLS-1-2-2017-01',
  'TLS-1-2-Ext-2018-06',
  'TLS13-1-2-Ext0-RFC9151-FIPS-2023-07',
  'TLS13-1-2-Ext1-2021-06',
  'TLS13-1-2-Ext1-FIPS-2023-04',
  'TLS13-1-2-Ext1-FIPS-PQ-2025-09',
  'TLS13-1-2-Ext1-PQ-2025-09',
  'TLS13-1-2-Ext2-2021-06',
  'TLS13-1-2-Ext2-FIPS-2023-04',
  'TLS13-1-2-Ext2-FIPS-PQ-2025-09',
  'TLS13-1-2-Ext2-PQ-2025-09',
  'TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07',
];

/** TLS 1.0 or 1.1 is accepted. */
const OLD = [
  '2015-05',
  '2016-08',
  'FS-1-1-2019-08',
  'FS-2018-06',
  'TLS-1-0-2015-04',
  'TLS-1-0-2015-05',
  'TLS-1-1-2017-01',
  'TLS13-1-0-2021-06',
  'TLS13-1-0-FIPS-2023-04',
  'TLS13-1-0-FIPS-PQ-2025-09',
  'TLS13-1-0-PQ-2025-09',
  'TLS13-1-1-2021-06',
  'TLS13-1-1-FIPS-2023-04',
];

/** What CloudFormation sets when a listener names no policy. */
export const DEFAULT_POLICY = `${PREFIX}2016-08`;

/** What a security policy is worth: `strong`, what is wrong with it, or nothing when it is not a policy we know. */
export function worthOf(policy: string): 'strong' | 'accepts TLS 1.0 or 1.1' | 'has ciphers without forward secrecy' | undefined {
  const name = policy.startsWith(PREFIX) ? policy.slice(PREFIX.length) : '';
  if (STRONG.includes(name)) return 'strong';
  if (OLD.includes(name)) return 'accepts TLS 1.0 or 1.1';
  return WITHOUT_FORWARD_SECRECY.includes(name) ? 'has ciphers without forward secrecy' : undefined;
}
