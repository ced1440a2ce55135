import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { tableV2Defaults } from '../defaults/table';
import { withDefaults } from '../defaults/with-defaults';

/** Options of `SecureTable`: those of `dynamodb.TableV2`, every one of which comes before a default. */
export interface SecureTableProps extends dynamodb.TablePropsV2 {
  /**
   * Whether the table is deployed already, as a plain `dynamodb.TableV2` for example. Then its encryption stays as it is: readers
   * that the app does not know lack rights to a new key. Rule `dynamodb-kms` reports what remains; to follow it, let the readers use
   * a key, and set `encryption` to that.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Where alarms on throttled requests are sent.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How many requests may be throttled within five minutes before an alarm goes off: reads and writes are counted apart, those of
   * the table together with those of the indexes in `globalSecondaryIndexes`. At least 1.
   *
   * @default 1
   */
  readonly throttledRequestsThreshold?: number;
}

/**
 * A table that can be restored to any second of the last 35 days, is encrypted with a customer-managed key, and in production is
 * protected against deletion.
 *
 * Takes every property of `dynamodb.TableV2` and can take its place: the logical id stays the same, and nothing that is added makes
 * CloudFormation replace a table that is deployed already. A table with replicas is encrypted with the key that AWS keeps in each
 * Region, unless `encryption` names a key for each of them.
 *
 * What it creates beside the table: a KMS key for data, once for each stack, and two alarms where there is
 * somewhere to send them. What it costs in kind: the key and its requests, storage of the recovery data by the size of the table,
 * the alarms, and contributor insights, by the table, by each of its indexes and by the request. Of requests they count those that are
 * throttled: `ContributorInsightsMode.ACCESSED_AND_THROTTLED_KEYS` shows the keys of all of them, and is billed for all of them.
 *
 * @example
 * new SecureTable(this, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/best-practices-security-preventative.html
 */
export class SecureTable extends dynamodb.TableV2 {
  private readonly keys?: dynamodb.TableEncryptionV2;

  /**
   * @param scope where the table is made.
   * @param id its id in there.
   * @param props options.
   * @throws when the recovery period is not 1 to 35 days, a replica lacks a key, or the threshold of alarms is below 1.
   */
  constructor(scope: Construct, id: string, props: SecureTableProps) {
    const { alreadyDeployed: mayBeDeployed = false, alarmTopic, throttledRequestsThreshold = 1, ...own } = props;
    validate(own, throttledRequestsThreshold);
    const hardened = tableV2Defaults(withInsights(own), { scope, id, mayBeDeployed });
    super(scope, id, hardened);
    this.keys = hardened.encryption;
    const indexes = (own.globalSecondaryIndexes ?? []).map(({ indexName }) => indexName);
    for (const kind of ['Read', 'Write'] as const)
      addAlarms(this, alarmTopic, throttling(this, kind, indexes, throttledRequestsThreshold));
  }

  /**
   * Add a replica.
   *
   * @param props the Region of the replica, and what differs there.
   * @throws when the table is encrypted with a customer-managed key, and `encryption` names none for the Region.
   */
  public override addReplica(props: dynamodb.ReplicaTableProps): void {
    requireKeys(this.keys, [props]);
    super.addReplica(props);
  }
}

/** Which keys are asked for too often, only the service can tell: it shows those of requests that are throttled. */
function withInsights(props: dynamodb.TablePropsV2): dynamodb.TablePropsV2 {
  if (props.contributorInsights !== undefined) return props;
  const mode = dynamodb.ContributorInsightsMode.THROTTLED_KEYS;
  return withDefaults(props, { contributorInsightsSpecification: { enabled: true, mode } });
}

/** Each replica is encrypted with a key of its own Region. */
function requireKeys(encryption: dynamodb.TableEncryptionV2 | undefined, replicas: readonly dynamodb.ReplicaTableProps[]): void {
  if (encryption?.type !== dynamodb.TableEncryption.CUSTOMER_MANAGED) return;
  const known = Object.keys(encryption.replicaKeyArns ?? {});
  const missing = replicas.map(({ region }) => region).filter((region) => !known.includes(region));
  if (missing.length === 0) return;
  throw new Error(
    `'encryption' must name a key for the replicas in ${missing.join(', ')}, got keys for ${known.join(', ') || 'no replica'}: set it ` +
      `to TableEncryptionV2.customerManagedKey(key, { '${missing[0]}': '<ARN of a key there>' }), or to ` +
      'TableEncryptionV2.awsManagedKey()',
  );
}

function validate(props: dynamodb.TablePropsV2, threshold: number): void {
  const { pointInTimeRecoverySpecification: recovery, encryption, replicas = [] } = props;
  requireKeys(encryption, replicas);
  const days = recovery?.recoveryPeriodInDays;
  if (days !== undefined && (days < 1 || days > 35)) {
    throw new Error(
      `'pointInTimeRecoverySpecification.recoveryPeriodInDays' must be 1 to 35 days, got ${days}: ` +
        'leave it out for 35 days, and add the table to a backup plan to keep its data longer',
    );
  }
  if (threshold < 1) {
    throw new Error(
      `'throttledRequestsThreshold' must be at least 1 request, got ${threshold}: leave it out to hear of every throttled request`,
    );
  }
}

/** So many metrics an alarm can add up. */
const MOST_METRICS = 10;

/** Alarms on throttled reads or writes of a table and its indexes: one, unless there are too many indexes for one. */
function throttling(table: SecureTable, kind: 'Read' | 'Write', indexes: readonly string[], threshold: number) {
  const metrics = [undefined, ...indexes].map(
    (index) =>
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName: `${kind}ThrottleEvents`,
        dimensionsMap: { TableName: table.tableName, ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }) },
        statistic: cloudwatch.Stats.SUM,
      }),
  );
  const groups = Array.from({ length: Math.ceil(metrics.length / MOST_METRICS) }, (_, group) =>
    metrics.slice(group * MOST_METRICS, (group + 1) * MOST_METRICS),
  );
  const alarms = groups.map((group, index) => [
    `${kind}Throttling${index === 0 ? '' : index + 1}`,
    {
      metric: group.length === 1 ? group[0] : sum(group, `throttled ${kind.toLowerCase()}s`),
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      alarmDescription:
        `${kind}s of the DynamoDB table ${table.node.path} are throttled, and callers may fail. Look at its contributor insights ` +
        'for a key that is used too much, and at its capacity or its limit on throughput.',
    },
  ]);
  return Object.fromEntries(alarms);
}

function sum(metrics: readonly cloudwatch.Metric[], label: string): cloudwatch.MathExpression {
  const named = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new cloudwatch.MathExpression({ expression: `SUM(METRICS())`, usingMetrics: named, label });
}
