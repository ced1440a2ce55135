import { Duration, Names, Stack, Tags } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { Soc2Environment } from '../environment/soc2-environment';
import { mayPut } from '../functions/may-put';
import { checkedPaths, checkedPrefix, LINUX_PATH, wholeHours } from './check-options';
import { checkRate } from './check-rate';
import { SCAN_SECONDS, scanDocument } from './clamav-document';

/** Options of `ClamAvScanning`. */
export interface ClamAvScanningProps {
  /**
   * Where reports are kept: the bucket of evidence, with versions. Its policy and the policy of its key must let roles of this account use
   * it, where they are of another account.
   */
  readonly bucket: s3.IBucket;

  /**
   * What names of reports begin with. Letters, digits and `!-_.*()/`; it ends with a slash.
   *
   * @default antivirus/clamav/
   */
  readonly prefix?: string;

  /**
   * Folders and files that are scanned, with all that is below them on the same file system. Absolute, of letters, digits and `._@+-/`.
   * One that a host does not have is left out, and the report says so.
   *
   * @default - /boot, /etc, /home, /opt, /root, /srv, /tmp, /usr and /var
   */
  readonly paths?: string[];

  /**
   * What is left out of them: files of a database, for example.
   *
   * @default - none
   */
  readonly ignoredPaths?: string[];

  /**
   * How often each host updates its definitions and is scanned. Whole hours from 1 to 720.
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;

  /**
   * How old the definitions of a host may be. Whole hours from 1 to 720.
   *
   * @default Duration.days(3)
   */
  readonly definitionAge?: Duration;

  /**
   * Who is told of hosts on which something was found, or whose scan failed. The topic, and its key, must let EventBridge publish.
   *
   * @default - the topic of the environment; nobody is told where it has none, and the association is non-compliant all the same
   */
  readonly alarmTopic?: sns.ITopic;
}

/** The tag of hosts that are scanned. */
const TAG = 'soc2:clamav';

const PATHS = ['/boot', '/etc', '/home', '/opt', '/root', '/srv', '/tmp', '/usr', '/var'];

/**
 * Scans files of Linux servers with ClamAV, for those whose auditor asks for antivirus on the host itself. GuardDuty, with
 * `ThreatDetection` and `AntivirusReport`, needs nothing of it.
 *
 * Once a day State Manager runs a script on each host. It installs ClamAV where it is missing, updates the definitions and scans. Its report
 * has two proofs: how old the definitions are and how they came, and what became of every file: found, clean, beyond the limits of ClamAV,
 * unreadable. It is the output of the command, and an object `<prefix><id of the role>:<host>/<time>.json`, where no other host can write.
 * The host can write there again: the versions of the bucket keep what was.
 *
 * A host is non-compliant, and somebody is told, when something was found, when its definitions are missing or too old, and when files
 * could not be read. Nothing is deleted or moved. A host that State Manager does not reach tells nothing: its newest report is old.
 *
 * The hosts need the SSM agent, a role, 2 GB of memory for the definitions, a way to `database.clamav.net` (or a `PrivateMirror` in the
 * `freshclam.conf` of their image), and ClamAV and the AWS CLI where their repositories lack them: Red Hat has ClamAV in EPEL. Windows
 * servers are left alone. What a host says of itself is as good as the host.
 *
 * What it creates: a document, an association, and a rule with a queue where somebody is told. What it costs in kind: scans cost time
 * and memory of the hosts; a report of some KB for a host and day; an event for each host that failed.
 *
 * @example
 * declare const evidence: s3.IBucket;
 * declare const host: ec2.Instance;
 * const antivirus = new ClamAvScanning(this, 'ClamAv', { bucket: evidence });
 * antivirus.watch(host);
 */
export class ClamAvScanning extends Construct {
  private readonly prefix: string;
  private readonly tagValue: string;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a path, a prefix or a time is not right.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClamAvScanningProps,
  ) {
    super(scope, id);
    this.prefix = checkedPrefix(props.prefix ?? 'antivirus/clamav/');
    this.tagValue = Names.uniqueResourceName(this, { maxLength: 200 });
    const association = this.makeScan();
    const topic = props.alarmTopic ?? Soc2Environment.of(this).alarmTopic;
    if (topic) this.tell(association, topic);
  }

  /**
   * Scan a host: it gets a tag by which State Manager finds it, and its role the right to send reports. A role that the app may not
   * change must have it: `s3:PutObject` below `<prefix>${aws:userid}/`, and the key of the bucket.
   *
   * @param host an instance, or an Auto Scaling group.
   * @throws when it is not a construct with a role.
   */
  public watch(host: iam.IGrantable): void {
    if (!Construct.isConstruct(host)) throw new Error("'host' must be an instance or an Auto Scaling group, got something else");
    Tags.of(host).add(TAG, this.tagValue);
    const statements = mayPut(this.props.bucket, `${this.prefix}\${aws:userid}/`);
    for (const statement of statements) host.grantPrincipal.addToPrincipalPolicy(statement);
  }

  private makeScan(): ssm.CfnAssociation {
    const { bucket, paths = PATHS, ignoredPaths = [], every = Duration.days(1), definitionAge = Duration.days(3) } = this.props;
    const hours = wholeHours('every', every, 720);
    const document = new ssm.CfnDocument(this, 'Scan', {
      documentType: 'Command',
      documentFormat: 'JSON',
      content: scanDocument({
        bucketName: bucket.bucketName,
        prefix: this.prefix,
        region: Stack.of(this).region,
        paths: checkedPaths('paths', paths, LINUX_PATH, 1),
        ignoredPaths: checkedPaths('ignoredPaths', ignoredPaths, LINUX_PATH, 0),
        definitionHours: wholeHours('definitionAge', definitionAge, 720),
      }),
      updateMethod: 'NewVersion',
    });
    return new ssm.CfnAssociation(this, 'Schedule', {
      name: document.ref,
      associationName: Names.uniqueResourceName(this, { maxLength: 120 }),
      targets: [{ key: `tag:${TAG}`, values: [this.tagValue] }],
      scheduleExpression: `rate(${hours} ${hours === 1 ? 'hour' : 'hours'})`,
      complianceSeverity: 'HIGH',
      ...checkRate(hours * 3_600, SCAN_SECONDS),
    });
  }

  private tell(association: ssm.CfnAssociation, topic: sns.ITopic): void {
    const deadLetterQueue = partOfSafeguard(new SecureQueue(this, 'DeadLetters', { isDeadLetterQueue: true, alarmTopic: topic }));
    const host = events.EventField.fromPath('$.detail.instance-id');
    const { account, region } = events.EventField;
    const message = events.RuleTargetInput.fromText(
      `The scan of ${host} with ClamAV, in account ${account}, ${region}, ended as ${events.EventField.fromPath('$.detail.status')}: something was found, ` +
        `the definitions are old, or files were not scanned. The newest report below '${this.prefix}' of the bucket says which; without one, look at the association in State Manager.`,
    );
    new events.Rule(this, 'Failed', {
      description: 'ClamAV found something on a host, or did not scan all of it',
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['EC2 State Manager Instance Association State Change'],
        detail: { 'association-id': [association.attrAssociationId], status: ['Failed', 'TimedOut'] },
      },
      targets: [new targets.SnsTopic(topic, { deadLetterQueue, message })],
    });
  }
}
