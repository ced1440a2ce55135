import type * as sns from 'aws-cdk-lib/aws-sns';
import type { SecurityPostureProps } from '../detection/security-posture';
import type { SecurityServiceMode } from '../detection/security-service-mode';
import type { SensitiveDataDiscoveryProps } from '../detection/sensitive-data-discovery';
import type { ThreatDetectionProps } from '../detection/threat-detection';
import type { VulnerabilityScanningProps } from '../detection/vulnerability-scanning';
import type { IamBaselineProps } from '../identity/iam-baseline';
import type { AuditTrailProps } from '../logging/audit-trail';
import type { ConfigurationRecorderProps } from '../logging/configuration-recorder';
import type { ILogArchive } from '../logging/log-archive';
import type { SecurityMetricAlarmsProps } from '../logging/security-metric-alarms';
import type { BaselinePart } from './baseline-part';

/** Options of `AccountBaseline`. */
export interface AccountBaselineProps {
  /**
   * Where the trail and what AWS Config records are kept.
   *
   * @default - a `LogArchive` of its own, where a trail or a recorder is made that names none
   */
  readonly archive?: ILogArchive;

  /**
   * Where alarms are sent.
   *
   * @default - where the environment sends them
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Who turns GuardDuty, Security Hub, Inspector, Macie and IAM Access Analyzer on. The options of a single part say otherwise for it.
   *
   * @default SecurityServiceMode.CREATE
   */
  readonly securityServices?: SecurityServiceMode;

  /**
   * Parts that are left out, because somebody else provides them. Declare their rules as inherited controls in the options of the rule
   * pack.
   *
   * @default - none
   */
  readonly without?: BaselinePart[];

  /**
   * Options of the trail.
   *
   * @default - those of `AuditTrail`
   */
  readonly auditTrail?: AuditTrailProps;

  /**
   * Options of the recorder of AWS Config, and of its conformance packs.
   *
   * @default - those of `ConfigurationRecorder`
   */
  readonly configurationRecorder?: ConfigurationRecorderProps;

  /**
   * Options of the alarms on the trail.
   *
   * @default - those of `SecurityMetricAlarms`
   */
  readonly securityMetricAlarms?: SecurityMetricAlarmsProps;

  /**
   * Options of GuardDuty.
   *
   * @default - those of `ThreatDetection`
   */
  readonly threatDetection?: ThreatDetectionProps;

  /**
   * Options of Security Hub.
   *
   * @default - those of `SecurityPosture`
   */
  readonly securityPosture?: SecurityPostureProps;

  /**
   * Options of Inspector.
   *
   * @default - those of `VulnerabilityScanning`
   */
  readonly vulnerabilityScanning?: VulnerabilityScanningProps;

  /**
   * Options of Macie.
   *
   * @default - those of `SensitiveDataDiscovery`
   */
  readonly sensitiveDataDiscovery?: SensitiveDataDiscoveryProps;

  /**
   * Options of passwords, public access, volumes and analyzers.
   *
   * @default - those of `IamBaseline`
   */
  readonly iamBaseline?: IamBaselineProps;
}
