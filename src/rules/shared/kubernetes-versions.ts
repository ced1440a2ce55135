/**
 * The oldest version that EKS supports at no extra charge, and that the community still mends.
 *
 * Standard support of 1.33 ended on 29 July 2026, that of 1.34 ends on 2 December 2026, that of 1.35 on 27 March 2027.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const OLDEST_SUPPORTED = '1.34';

/** Whether a version of Kubernetes comes before another: `1.9` before `1.28`. */
export function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor, otherMinor] = than.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
