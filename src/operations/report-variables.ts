/** Variables of the environment of the function that reports on operations. */
export const VARIABLES = {
  dashboard: 'DASHBOARD',
  /** Days that a report is about. */
  days: 'DAYS',
  bucket: 'REPORT_BUCKET',
  prefix: 'REPORT_PREFIX',
} as const;
