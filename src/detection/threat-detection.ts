import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AccountSetting } from '../functions/account-setting';
import { featuresOf, plainFeaturesOf } from './detector-features';
import { type FindingSuppression, suppress } from './finding-suppression';
import { letDeliver } from './let-deliver';
import { protectFromMalware } from './malware-protection';
import { refuseForMembers } from './refuse-for-members';
import { SecurityServiceMode } from './security-service-mode';
import { mayCreateServiceLinkedRole } from './service-linked-role';

/** Options of `ThreatDetection`. */
export interface ThreatDetectionProps {
  /**
   * Who turns GuardDuty on. An account has one detector in a Region: where there is one already, `CREATE` fails, and `ADOPT` brings
   * its settings up to those of this construct.
   *
   * @default SecurityServiceMode.CREATE
   */
  readonly mode?: SecurityServiceMode;

  /**
   * Whether GuardDuty watches what runs inside of EC2 instances, ECS tasks on Fargate and EKS nodes, by agents that it installs and
   * updates itself. It is billed by vCPU of what is watched.
   *
   * @default true
   */
  readonly runtimeMonitoring?: boolean;

  /**
   * Whether GuardDuty is turned on, with the same features, in every account of the organization, also in those that come later. Only
   * in the account of the delegated administrator of GuardDuty. It stays so when the stack is deleted.
   *
   * @default false
   */
  readonly forOrganization?: boolean;

  /**
   * Buckets whose uploads are scanned for malware. GuardDuty turns on the events of the bucket, and tags each object with
   * `GuardDutyMalwareScanStatus`. It is billed by object and amount of data.
   *
   * @default - none
   */
  readonly malwareScannedBuckets?: s3.IBucket[];

  /**
   * Findings that are known, and are archived without anybody being told.
   *
   * @default - none: every finding is reported
   */
  readonly suppressions?: FindingSuppression[];

  /**
   * Where findings are exported to, for GuardDuty itself keeps them for 90 days only. The policies of bucket and key get what
   * GuardDuty needs; those of a bucket from outside of the app must have it.
   *
   * @default - findings are not exported
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html
   */
  readonly exportBucket?: s3.IBucket;

  /**
   * What exported findings are encrypted with.
   *
   * @default - the key of the bucket
   */
  readonly exportKey?: kms.IKey;

  /**
   * Where alarms of the functions are sent that change what CloudFormation has no type for.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Whether GuardDuty stays on when the stack is deleted. A detector that was adopted always does.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE - it is deleted only when its first deployment fails
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * GuardDuty reads the logs of the account and Region all the time, and reports what looks like an attack.
 *
 * It reads CloudTrail, flow logs and DNS queries, what happens in S3 buckets and EKS clusters, who signs in to databases, where functions
 * connect to, and what runs inside of servers and containers; it scans disks of suspicious servers for malware. What happened again is
 * published every 15 minutes.
 *
 * What it creates: a detector; with `ADOPT` or `forOrganization` a function that calls GuardDuty, its role and log; a role and a plan for each
 * bucket that is scanned. What it costs in kind: GuardDuty is billed by the amount of logs that it reads, by vCPU that it watches, and by
 * data that it scans. A new account has 30 days for free, after which its usage page says what each feature costs.
 *
 * Where the delegated administrator of the organization turns GuardDuty on, say `SecurityServiceMode.DELEGATED`, and tell the rule pack:
 *
 * @example
 * Soc2.enable(new App(), {
 *   checks: {
 *     inherited: [{ rule: 'guardduty-enabled', owner: 'security team', pointer: 'stack Detection of the security account' }],
 *   },
 * });
 * new ThreatDetection(this, 'Threats', { mode: SecurityServiceMode.DELEGATED });
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/what-is-guardduty.html
 */
export class ThreatDetection extends Construct {
  /** The detector; not set where it was adopted, or is left to an administrator. */
  public readonly detector?: guardduty.CfnDetector;

  /** The id of the detector; not set where it is left to an administrator. */
  public readonly detectorId?: string;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when something is asked for that only an administrator can do where GuardDuty is left to one, when a suppression lacks a
   * reason, an owner or a day, and when there is no key to encrypt exported findings with.
   */
  constructor(scope: Construct, id: string, props: ThreatDetectionProps = {}) {
    super(scope, id);
    const { mode = SecurityServiceMode.CREATE, runtimeMonitoring = true, suppressions = [], malwareScannedBuckets = [] } = props;
    if (mode === SecurityServiceMode.DELEGATED) refuseForMembers(props, 'malwareScannedBuckets');
    if (mode === SecurityServiceMode.CREATE) {
      this.detector = this.create(runtimeMonitoring, props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
      this.detectorId = this.detector.attrId;
    }
    if (mode === SecurityServiceMode.ADOPT) this.detectorId = this.adopt(runtimeMonitoring, props.alarmTopic);
    for (const bucket of malwareScannedBuckets) protectFromMalware(this, `Scan${Names.nodeUniqueId(bucket.node)}`, bucket);
    if (this.detectorId === undefined) return;
    for (const suppression of suppressions) suppress(this, this.detectorId, suppression);
    if (props.exportBucket) this.export(this.detectorId, props.exportBucket, props.exportKey);
    if (props.forOrganization) this.extend(this.detectorId, runtimeMonitoring, props.alarmTopic);
  }

  private create(watchesRuntime: boolean, removalPolicy: RemovalPolicy): guardduty.CfnDetector {
    const detector = new guardduty.CfnDetector(this, 'Detector', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
      features: featuresOf(watchesRuntime),
    });
    detector.applyRemovalPolicy(removalPolicy);
    return detector;
  }

  private adopt(watchesRuntime: boolean, alarmTopic?: sns.ITopic): string {
    const setting = new AccountSetting(this, 'AdoptedDetector', {
      handler: 'adopt-detector',
      description: 'bring the settings of the detector of GuardDuty up to date',
      resourceType: 'Custom::Soc2Detector',
      properties: {
        Enable: true,
        FindingPublishingFrequency: 'FIFTEEN_MINUTES',
        Features: plainFeaturesOf(watchesRuntime),
      },
      statements: [
        // It has no resources.
        new iam.PolicyStatement({ actions: ['guardduty:ListDetectors'], resources: ['*'] }),
        new iam.PolicyStatement({ actions: ['guardduty:UpdateDetector'], resources: [this.anyDetector()] }),
        mayCreateServiceLinkedRole(
          this,
          'malware-protection.guardduty.amazonaws.com',
          'AWSServiceRoleForAmazonGuardDutyMalwareProtection',
        ),
      ],
      alarmTopic,
    });
    return setting.resource.getAttString('DetectorId');
  }

  private export(detectorId: string, bucket: s3.IBucket, exportKey?: kms.IKey): void {
    const { key, before } = letDeliver(this, {
      service: 'guardduty.amazonaws.com',
      sources: [this.anyDetector()],
      bucket,
      key: exportKey,
      keyActions: ['kms:GenerateDataKey'],
    });
    const destination = new guardduty.CfnPublishingDestination(this, 'Export', {
      detectorId,
      destinationType: 'S3',
      destinationProperties: { destinationArn: bucket.bucketArn, kmsKeyArn: key.keyArn },
    });
    destination.node.addDependency(...before);
  }

  private extend(detectorId: string, watchesRuntime: boolean, alarmTopic?: sns.ITopic): void {
    new AccountSetting(this, 'Organization', {
      handler: 'guardduty-organization',
      description: 'turn GuardDuty on in the accounts of the organization',
      resourceType: 'Custom::Soc2GuardDutyOrganization',
      properties: { DetectorId: detectorId, Features: plainFeaturesOf(watchesRuntime) },
      // It has no resources.
      statements: [new iam.PolicyStatement({ actions: ['guardduty:UpdateOrganizationConfiguration'], resources: ['*'] })],
      alarmTopic,
    });
  }

  private anyDetector(): string {
    return Stack.of(this).formatArn({ service: 'guardduty', resource: 'detector', resourceName: '*' });
  }
}
