/** The four switches of S3 Block Public Access. */
export const PUBLIC_ACCESS_SWITCHES = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;
