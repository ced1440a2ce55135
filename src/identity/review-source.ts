/** What items of OpsCenter for the review of emergency access say that they come from. */
export const REVIEW_SOURCE = 'cdk-soc2-break-glass';
