/** A labelled template on which we answer otherwise, and why our answer is the better one. */
interface Disagreement {
  readonly ours: 'PASS' | 'FAIL' | 'UNDETERMINED';
  readonly why: string;
}

/** By rule and case. A missing property fails in that rule set even where the service default is safe. */
export const DISAGREEMENTS: Readonly<Record<string, Disagreement>> = {
  // S3 and KMS
  // (end of S3 and KMS)
  // IAM
  // (end of IAM)
  // CloudTrail, logs, detection
  // (end of CloudTrail, logs, detection)
  // EC2 and load balancers
  // (end of EC2 and load balancers)
  // Data stores and functions
  // (end of data stores and functions)
};
