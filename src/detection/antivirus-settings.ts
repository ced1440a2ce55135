/** What the report on antivirus publishes and is told: known to the construct and to its function. */

export const NAMESPACE = 'Soc2/Antivirus';

export const METRICS = {
  /** Features of GuardDuty that should be on, and are not. */
  featuresOff: 'FeaturesOff',
  covered: 'ResourcesCovered',
  unhealthy: 'ResourcesUnhealthy',
  notCovered: 'InstancesNotCovered',
  notScanned: 'InstancesNotScanned',
  threats: 'ResourcesWithThreats',
} as const;

/** Variables of the environment of the function. */
export const VARIABLES = {
  bucket: 'REPORT_BUCKET',
  prefix: 'REPORT_PREFIX',
  /** Days in which each instance is to be scanned; not set where nobody asks for scans. */
  scanDays: 'SCAN_DAYS',
} as const;
