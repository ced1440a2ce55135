/**
 * How often operations may be called in a second, in an account and Region, where AWS allows so little that a collector would be
 * throttled. Some of it is left to others who call.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export const RATE_LIMITS: Readonly<Record<string, number>> = {
  // AWS allows 2.
  'CloudTrailClient.LookupEventsCommand': 1.5,
};
