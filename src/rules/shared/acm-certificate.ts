import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';

/** Findings where the ARN of a certificate is missing, or is that of one that was uploaded to IAM. */
export function mustComeFromAcm(arn: Value): Observation[] {
  const isUploaded = arn.text.includes(':server-certificate/') || arn.target?.type === 'AWS::IAM::ServerCertificate';
  return isUploaded ? [arn.fails('a certificate from ACM')] : arn.mustBeSet('a certificate');
}
