/** A standard that Security Hub compares an account with: the end of its ARN. */
export enum SecurityStandard {
  /** AWS Foundational Security Best Practices. */
  AWS_FOUNDATIONAL_SECURITY_BEST_PRACTICES = 'aws-foundational-security-best-practices/v/1.0.0',
  /** The AWS Foundations Benchmark 5.0.0 of the Center for Internet Security. */
  CIS_AWS_FOUNDATIONS_BENCHMARK = 'cis-aws-foundations-benchmark/v/5.0.0',
  /** NIST Special Publication 800-53, revision 5. */
  NIST_800_53 = 'nist-800-53/v/5.0.0',
  /** NIST Special Publication 800-171, revision 2. */
  NIST_800_171 = 'nist-800-171/v/2.0.0',
  /** The Payment Card Industry Data Security Standard 4.0.1. */
  PCI_DSS = 'pci-dss/v/4.0.1',
  /** Whether resources have tags. */
  AWS_RESOURCE_TAGGING = 'aws-resource-tagging-standard/v/1.0.0',
}
