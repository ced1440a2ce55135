import { ArnFormat, Names, Stack } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';
import { AuditTrailDataEvents, selectorsFor } from './audit-trail-selectors';
import { type ILogArchive, LogArchive } from './log-archive';

/** Whose calls a trail records, and who makes the trail. */
export enum AuditTrailScope {
  /** A new trail records all accounts of the organization. It is made in the management account or by a delegated administrator. */
  ORGANIZATION = 'ORGANIZATION',
  /** A new trail records the account. */
  ACCOUNT = 'ACCOUNT',
  /** There is a trail already, of the account or the organization: nothing is made. */
  EXISTING = 'EXISTING',
}

/** Options of `AuditTrail`. */
export interface AuditTrailProps {
  /**
   * Whose calls are recorded, and who makes the trail.
   *
   * @default AuditTrailScope.ACCOUNT
   */
  readonly scope?: AuditTrailScope;

  /**
   * Where the trail is kept. Not with `AuditTrailScope.EXISTING`.
   *
   * @default - a `LogArchive` of its own
   */
  readonly archive?: ILogArchive;

  /**
   * ARN of the trail that there is. Only with `AuditTrailScope.EXISTING`, which needs it.
   *
   * @default - a new trail is made
   */
  readonly existingTrailArn?: string;

  /**
   * The log group that the existing trail writes to, for `SecurityMetricAlarms`. Only with `AuditTrailScope.EXISTING`.
   *
   * @default - the log group is not known in this account, as with the trail of an organization
   */
  readonly existingLogGroup?: logs.ILogGroup;

  /**
   * Name of the trail, 3 to 128 characters. A trail is known by it in keys and policies, and another name makes another trail.
   *
   * @default - a name from the path of the construct
   */
  readonly trailName?: string;

  /**
   * Calls on data that are recorded. Each call is one event, and events are billed: look at the number of calls of a service first
   * where it is large, and leave it out, or set `aggregateDataEvents`.
   *
   * @default - objects of S3, functions of Lambda and tables of DynamoDB
   */
  readonly dataEvents?: AuditTrailDataEvents[];

  /**
   * Buckets whose objects are left out of data events, beside those of the archive: logs of deliveries have no end.
   *
   * @default - no other buckets
   */
  readonly excludedBuckets?: s3.IBucket[];

  /**
   * Whether data events are also summed up every five minutes, by API, resource and user. The sums are billed, and show what is
   * unusual where there are too many events to read.
   *
   * @default false
   */
  readonly aggregateDataEvents?: boolean;

  /**
   * Whether CloudTrail looks for unusual rates of calls and of errors (Insights). Billed by the management events that it looks at.
   *
   * @default true
   */
  readonly insights?: boolean;

  /**
   * Whether the use of KMS keys is left out: encryption and decryption are most of the events of many accounts. A rule warns, for
   * then nobody can tell who decrypted what.
   *
   * @default false
   */
  readonly excludeKmsEvents?: boolean;

  /**
   * Whether calls of the Data API of RDS are left out, one for each statement. A rule warns.
   *
   * @default false
   */
  readonly excludeRdsDataApiEvents?: boolean;
}

/**
 * Who did what, when and from where: the record of the calls of an account or an organization.
 *
 * Covers all Regions and global services, with digests that show whether a file was changed or removed, encrypted, kept in a
 * `LogArchive`, and written to a log group for a year, where `SecurityMetricAlarms` looks at it.
 *
 * Where there is a trail already, say so: `AuditTrailScope.EXISTING` makes nothing, and tells other constructs where it writes to. A
 * second trail of management events is billed by event. CloudTrail Lake is not used: it is closed to new customers.
 *
 * What it creates: the trail, a role, a log group, once for each stack a KMS key for logs, and a `LogArchive` unless it is given one.
 * What it costs in kind: data events, Insights and the log group by volume; the archive and the key. The first copy of management
 * events is free.
 *
 * @example
 * const trail = new AuditTrail(this, 'AuditTrail');
 * new SecurityMetricAlarms(this, 'SecurityMetricAlarms', { trail, alarmTopic: new SecureTopic(this, 'Alerts') });
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class AuditTrail extends Construct {
  /** ARN of the trail. */
  public readonly trailArn: string;
  /** The trail; not set where there was one already. */
  public readonly trail?: cloudtrail.CfnTrail;
  /** Where the trail is kept; not set where there was one already. */
  public readonly archive?: ILogArchive;
  /** Where the trail writes to beside the archive; not set where an existing trail writes to none that is known. */
  public readonly logGroup?: logs.ILogGroup;

  /**
   * @param scope where the trail is made.
   * @param id its id in there.
   * @param props options.
   * @throws when options do not go with the scope, or a trail of the organization is to be kept in an archive that is not of it.
   */
  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    checkScope(props);
    if (props.existingTrailArn !== undefined) {
      this.trailArn = props.existingTrailArn;
      this.logGroup = props.existingLogGroup;
      return;
    }

    const archive = props.archive ?? new LogArchive(this, 'Archive');
    const organizationId = props.scope === AuditTrailScope.ORGANIZATION ? archive.organizationId : undefined;
    const trailName = props.trailName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const logGroup = encryptedLogGroup(this, 'Logs');
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com'),
      description: `Lets the trail ${trailName} write to its log group`,
    });
    const writing = mayWrite(role, logGroup, organizationId);

    this.trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: props.scope === AuditTrailScope.ORGANIZATION,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: archive.bucket.bucketName,
      kmsKeyId: archive.encryptionKey.keyArn,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: selectorsFor(recorded(props, archive)),
      ...((props.insights ?? true) && {
        insightSelectors: [{ insightType: 'ApiCallRateInsight' }, { insightType: 'ApiErrorRateInsight' }],
      }),
      ...(props.aggregateDataEvents && { aggregationConfigurations: [AGGREGATION] }),
    });
    // CloudTrail tries out at once whether it may write.
    this.trail.node.addDependency(archive, writing);

    this.trailArn = this.trail.attrArn;
    this.archive = archive;
    this.logGroup = logGroup;
  }
}

const AGGREGATION: cloudtrail.CfnTrail.AggregationConfigurationProperty = {
  eventCategory: 'Data',
  templates: ['API_ACTIVITY', 'RESOURCE_ACCESS', 'USER_ACTIONS'],
};

function recorded(props: AuditTrailProps, { bucket, configurationBucket }: ILogArchive) {
  const { dataEvents = Object.values(AuditTrailDataEvents), excludedBuckets = [] } = props;
  const left = [bucket, configurationBucket, ...excludedBuckets].map(({ bucketArn }) => bucketArn);
  return {
    dataEvents,
    buckets: [...new Set(left)],
    sources: [
      ...(props.excludeKmsEvents ? ['kms.amazonaws.com'] : []),
      ...(props.excludeRdsDataApiEvents ? ['rdsdata.amazonaws.com'] : []),
    ],
  };
}

/** Streams are named after the account, or the organization, and the Region that events come from. */
function mayWrite(role: iam.Role, logGroup: logs.LogGroup, organizationId: string | undefined): iam.Policy {
  const stack = Stack.of(role);
  const streams = [`${stack.account}_CloudTrail_`, ...(organizationId ? [`${organizationId}_`] : [])].map((sender) =>
    stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${logGroup.logGroupName}:log-stream:${sender}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  const policy = new iam.Policy(role, 'Write', {
    statements: [new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: streams })],
  });
  policy.attachToRole(role);
  return policy;
}

function checkScope({ scope = AuditTrailScope.ACCOUNT, ...props }: AuditTrailProps): void {
  const isExisting = scope === AuditTrailScope.EXISTING;
  if (isExisting !== (props.existingTrailArn !== undefined)) {
    throw new Error(
      isExisting
        ? "'existingTrailArn' must be set with AuditTrailScope.EXISTING, got none: it is the ARN of the trail that there is"
        : `'existingTrailArn' must not be set with AuditTrailScope.${scope}, got ${props.existingTrailArn}: a new trail is made. Set ` +
            "'scope: AuditTrailScope.EXISTING' to use the one that there is",
    );
  }
  const [misplaced] =
    Object.entries(props).find(([name, value]) => value !== undefined && isExisting !== /^existing/.test(name)) ?? [];
  if (misplaced) {
    throw new Error(
      `'${misplaced}' must not be set with AuditTrailScope.${scope}: ` +
        (isExisting ? 'it is about a trail that is made here' : 'it is about a trail that there is already'),
    );
  }
  if (scope === AuditTrailScope.ORGANIZATION && props.archive?.organizationId === undefined) {
    throw new Error(
      "'archive' must be one with an 'organizationId' with AuditTrailScope.ORGANIZATION: the trail writes below the id of the " +
        "organization. Make it with 'new LogArchive(…, { organizationId })' or 'LogArchive.fromAttributes'",
    );
  }
}
