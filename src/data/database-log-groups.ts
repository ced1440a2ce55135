import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';

interface LogGroups {
  /** `instance` or `cluster`. */
  readonly kind: string;
  readonly identifier: string;
  readonly logTypes: readonly string[];
  readonly retention: logs.RetentionDays;
  /** What waits for them. */
  readonly database: CfnResource;
  /** Where they are listed, by the type of the log. */
  readonly listed: Record<string, logs.ILogGroup>;
}

/**
 * The log groups that RDS writes to, before it makes them itself without a key and without an end.
 *
 * In production they outlive their stack; elsewhere they go with it, for it could not be made again beside groups of their names.
 */
export function databaseLogGroups(
  scope: Construct,
  { kind, identifier, logTypes, retention, database, listed }: LogGroups,
): void {
  for (const logType of logTypes) {
    const group = new logs.LogGroup(scope, `LogGroup-${logType}`, {
      logGroupName: `/aws/rds/${kind}/${identifier.toLowerCase()}/${logType}`,
      encryptionKey: domainKey(scope, 'logs'),
      retention,
      removalPolicy: Soc2Environment.of(scope).isProduction ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    database.node.addDependency(group);
    listed[logType] = group;
  }
}
