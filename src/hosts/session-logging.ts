import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { AccountSetting } from '../functions/account-setting';
import { ONLY_SESSIONS, SESSION_LOG_GROUP, SESSION_PREFERENCES } from './host-settings';

/** Options of `SessionLogging`. */
export interface SessionLoggingProps {
  /**
   * Minutes without a key stroke after which a session ends. Whole minutes, 1 to 60.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-timeout.html
   * @default Duration.minutes(15)
   */
  readonly idleTimeout?: Duration;

  /**
   * After which a session ends, whatever happens in it. Whole minutes, 1 to 1,440.
   *
   * @default Duration.hours(8)
   */
  readonly maxDuration?: Duration;

  /**
   * The user of Linux that sessions run as. He must exist on every server. Principals with the tag `SSMSessionRunAs` run as the user that
   * it names.
   *
   * @default - `ssm-user`, which the agent makes, and which may become root
   */
  readonly runAsUser?: string;

  /**
   * A log group that is there already, for example one that the stack left when it was deleted. It must be encrypted by KMS, or sessions do
   * not start. Where it is not called `/soc2/sessions`, call `grantUse` for the roles of servers.
   *
   * @default - a new one, `/soc2/sessions`
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long sessions are kept in a new log group.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Where the alarm of the function that writes the preferences is sent.
   *
   * @default - the topic of the environment; without one there is no alarm
   */
  readonly alarmTopic?: sns.ITopic;
}

/** The name of a user that Linux takes; Session Manager takes it as it is. */
const USER = /^[a-z_][a-z0-9_-]{0,31}$/;

/**
 * How people reach servers: by sessions of Session Manager that are encrypted end to end, logged as they run, and end by themselves.
 *
 * Make it once for each account and Region. Preferences that somebody made there before, in the console for one, get a new version that
 * says what this class says; `SSM-SessionManagerRunShell` keeps the earlier one. They stay when the stack goes, as do log and key.
 *
 * Roles of `SecureInstance` and `SecureAutoScalingGroup` may write to the log group `/soc2/sessions` and decrypt sessions, whichever stack they
 * are in. Call `grantUse` for the roles of other servers. Whoever starts a session needs `kms:GenerateDataKey` for the key.
 *
 * What a session shows is logged, which may be data of customers: the log is encrypted with the key for logs. Sessions that forward a
 * port or carry SSH are not logged by AWS, only that they took place; `docs/hosts.md` says how to forbid them.
 *
 * What it creates: a log group, a function that writes the preferences; once for each stack keys for data and logs.
 * What it costs in kind: log data by volume, the keys and their requests. Sessions themselves cost nothing.
 *
 * @example
 * new SessionLogging(this, 'Sessions', { idleTimeout: Duration.minutes(10) });
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html
 */
export class SessionLogging extends Construct {
  /** Where sessions are logged. */
  public readonly logGroup: logs.ILogGroup;
  /** The key that sessions are encrypted with between the server and whoever administers it. */
  public readonly encryptionKey: kms.IKey;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a time is out of bounds, or when `runAsUser` is no name of a user.
   */
  constructor(scope: Construct, id: string, props: SessionLoggingProps = {}) {
    super(scope, id);
    const { idleTimeout = Duration.minutes(15), maxDuration = Duration.hours(8), runAsUser, alarmTopic } = props;
    if (runAsUser !== undefined && !USER.test(runAsUser))
      throw new Error(`'runAsUser' must be the name of a user of Linux, such as 'operator', got '${runAsUser}'`);
    this.encryptionKey = domainKey(this, 'data');
    this.logGroup = props.logGroup ?? this.newLogGroup(props.retention);
    const preferences = {
      schemaVersion: '1.0',
      description: 'Sessions are encrypted, and logged as they run',
      sessionType: 'Standard_Stream',
      inputs: {
        s3BucketName: '',
        s3KeyPrefix: '',
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: props.logGroup?.logGroupName ?? SESSION_LOG_GROUP,
        cloudWatchEncryptionEnabled: true,
        cloudWatchStreamingEnabled: true,
        kmsKeyId: this.encryptionKey.keyArn,
        runAsEnabled: runAsUser !== undefined,
        runAsDefaultUser: runAsUser ?? '',
        idleSessionTimeout: String(minutes('idleTimeout', idleTimeout, 60)),
        maxSessionDuration: String(minutes('maxDuration', maxDuration, 1_440)),
        shellProfile: { windows: '', linux: '' },
      },
    };
    const setting = new AccountSetting(this, 'Preferences', {
      handler: 'session-preferences',
      description: 'write the preferences of Session Manager',
      resourceType: 'Custom::Soc2SessionPreferences',
      properties: { DocumentName: SESSION_PREFERENCES, Content: Stack.of(this).toJsonString(preferences) },
      statements: [
        new iam.PolicyStatement({
          actions: ['ssm:CreateDocument', 'ssm:DescribeDocument', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'],
          resources: [Stack.of(this).formatArn({ service: 'ssm', resource: 'document', resourceName: SESSION_PREFERENCES })],
        }),
      ],
      alarmTopic,
    });
    setting.resource.node.addDependency(this.logGroup);
  }

  private newLogGroup(retention = logs.RetentionDays.ONE_YEAR): logs.LogGroup {
    return new logs.LogGroup(this, 'Log', {
      logGroupName: SESSION_LOG_GROUP,
      encryptionKey: domainKey(this, 'logs'),
      retention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * Let the role of a server take part in sessions. Those of `SecureInstance` and `SecureAutoScalingGroup` may already.
   *
   * @param grantee the role of a server, which Systems Manager manages.
   */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    const { logGroupArn } = this.logGroup;
    const all = Stack.of(this).formatArn({ service: 'logs', resource: 'log-group:*' });
    iam.Grant.addToPrincipal({ grantee, actions: ['logs:DescribeLogGroups'], resourceArns: [all] });
    const resourceArns = [this.encryptionKey.keyArn];
    iam.Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns, conditions: { ...ONLY_SESSIONS } });
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resourceArns: [logGroupArn],
    });
  }
}

function minutes(name: string, duration: Duration, most: number): number {
  const value = duration.toMinutes({ integral: false });
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`'${name}' must be whole minutes from 1 to ${most}, got ${value} minutes`);
  return value;
}
