import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';

/** A log group for the logs of a construct: encrypted with the log key, kept for a year, and kept when a stack is deleted. */
export function encryptedLogGroup(scope: Construct, id: string): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    encryptionKey: domainKey(scope, 'logs'),
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
