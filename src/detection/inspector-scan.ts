/** What Amazon Inspector looks through for known weaknesses. */
export enum InspectorScan {
  /** Packages of EC2 instances, and how they can be reached from the network. */
  EC2 = 'EC2',
  /** Container images in ECR. */
  ECR = 'ECR',
  /** Packages of Lambda functions. */
  LAMBDA = 'LAMBDA',
  /** The code of Lambda functions itself. It comes with `LAMBDA` only. */
  LAMBDA_CODE = 'LAMBDA_CODE',
  /** Code repositories that are connected to Inspector. */
  CODE_REPOSITORY = 'CODE_REPOSITORY',
}
