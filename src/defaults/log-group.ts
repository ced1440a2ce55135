import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Encrypted with the log key, which readers need no right to, and kept when a stack is deleted. New ones keep logs for a year.
 *
 * A log group that may be deployed keeps the period that it has, two years by the CDK's default: a shorter one would delete logs.
 */
export const logGroupDefaults: Defaults<logs.LogGroupProps> = (props, { scope, mayBeDeployed }) => {
  // Log groups of the delivery class keep events for a day, whatever is asked.
  const keepsPeriod = mayBeDeployed || props?.logGroupClass === logs.LogGroupClass.DELIVERY;
  return withDefaults<logs.LogGroupProps>(props, {
    ...(keepsPeriod ? {} : { retention: logs.RetentionDays.ONE_YEAR }),
    ...(props?.encryptionKey === undefined ? { encryptionKey: domainKey(scope, 'logs') } : {}),
    removalPolicy: RemovalPolicy.RETAIN,
  });
};
