import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Encrypted with the data key. Nothing of it replaces a secret.
 *
 * A secret that may be deployed keeps its encryption: readers that the app does not know lack rights to a new key.
 */
export const secretDefaults: Defaults<secretsmanager.SecretProps> = (props, { scope, mayBeDeployed }) =>
  withDefaults<secretsmanager.SecretProps>(
    props,
    mayBeDeployed || props?.encryptionKey !== undefined ? {} : { encryptionKey: domainKey(scope, 'data') },
  );
