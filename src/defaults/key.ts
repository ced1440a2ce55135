import * as kms from 'aws-cdk-lib/aws-kms';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Rotated every year, where KMS can: ciphertexts and the ARN stay as they are. */
export const keyDefaults: Defaults<kms.KeyProps> = (props) => {
  const isSymmetric = (props?.keySpec ?? kms.KeySpec.SYMMETRIC_DEFAULT) === kms.KeySpec.SYMMETRIC_DEFAULT;
  return withDefaults<kms.KeyProps>(props, isSymmetric ? { enableKeyRotation: true } : {});
};
