import * as sqs from 'aws-cdk-lib/aws-sqs';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * TLS only, and encrypted with the data key. Nothing of it replaces a queue.
 *
 * A queue that may be deployed keeps its encryption: senders and receivers that the app does not know lack rights to a new key. No
 * queue is made for messages that fail: whether a queue is not one itself, only `SecureQueue` and the rules know.
 */
export const queueDefaults: Defaults<sqs.QueueProps> = (props, { scope, mayBeDeployed }) => {
  const keepsEncryption = mayBeDeployed || props?.encryption !== undefined || props?.encryptionMasterKey !== undefined;
  return withDefaults<sqs.QueueProps>(props, {
    ...(keepsEncryption ? {} : { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: domainKey(scope, 'data') }),
    enforceSSL: true,
  });
};
