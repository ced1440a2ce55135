import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Environment variables of new functions are encrypted with the data key.
 *
 * All else is left to the rules: tracing is billed, a log group of another name moves the logs, a queue for failed events and a
 * VPC are decisions. Lambda gives the role of a function the right to the key when it creates the function.
 */
export const functionDefaults: Defaults<lambda.FunctionProps> = (props, { scope, mayBeDeployed }) => {
  const hasVariables = Object.keys(props?.environment ?? {}).length > 0;
  const keepsKey = mayBeDeployed || !hasVariables || props?.environmentEncryption !== undefined;
  return withDefaults<lambda.FunctionProps>(props, keepsKey ? {} : { environmentEncryption: domainKey(scope, 'data') });
};
