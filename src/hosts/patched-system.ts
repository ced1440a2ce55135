/** A family of operating systems that has a patch baseline of its own. */
export enum PatchedSystem {
  /** Amazon Linux 2. Its standard support ended in June 2026. */
  AMAZON_LINUX_2 = 'AMAZON_LINUX_2',
  /** Amazon Linux 2023. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** Ubuntu Server. */
  UBUNTU = 'UBUNTU',
  /** Red Hat Enterprise Linux. */
  REDHAT_ENTERPRISE_LINUX = 'REDHAT_ENTERPRISE_LINUX',
  /** Windows Server. */
  WINDOWS = 'WINDOWS',
}
