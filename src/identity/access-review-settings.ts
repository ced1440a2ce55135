/** Variables of the environment of the function that reviews access. */
export const VARIABLES = {
  bucket: 'REVIEW_BUCKET',
  prefix: 'REVIEW_PREFIX',
  /** Months between reviews. */
  months: 'REVIEW_MONTHS',
  /** Days after which keys are old, and access counts as unused. */
  days: 'UNUSED_DAYS',
  /** What metrics call the review. */
  review: 'REVIEW_NAME',
  /** The instance of Identity Center; not set where it is not looked at. */
  instance: 'IDENTITY_CENTER',
  identityStore: 'IDENTITY_STORE',
} as const;

export const NAMESPACE = 'Soc2/AccessReview';
export const DIMENSION = 'Review';

/** Names of metrics. */
export const METRICS = {
  oldKeys: 'OldKeys',
  unusedCredentials: 'UnusedCredentials',
  withoutSecondFactor: 'WithoutSecondFactor',
  rootAccess: 'RootAccess',
  unusedRoles: 'UnusedRoles',
  unusedPermissionSets: 'UnusedPermissionSets',
  emergencyUseToReview: 'EmergencyUseToReview',
  daysUnsigned: 'DaysUnsigned',
} as const;

/** Where signed reviews are put, below the folder of a review. */
export const SIGNED = 'signed/';
