import { Construct } from 'constructs';
import { withDefaults } from '../defaults/with-defaults';
import { SecurityPosture } from '../detection/security-posture';
import { SensitiveDataDiscovery } from '../detection/sensitive-data-discovery';
import { ThreatDetection } from '../detection/threat-detection';
import { VulnerabilityScanning } from '../detection/vulnerability-scanning';
import { IamBaseline, type IamBaselineProps } from '../identity/iam-baseline';
import { AuditTrail, type AuditTrailProps, AuditTrailScope } from '../logging/audit-trail';
import { ConfigurationRecorder, type ConfigurationRecorderProps } from '../logging/configuration-recorder';
import { type ILogArchive, LogArchive } from '../logging/log-archive';
import { SecurityMetricAlarms, type SecurityMetricAlarmsProps } from '../logging/security-metric-alarms';
import type { AccountBaselineProps } from './account-baseline-props';
import { BaselinePart } from './baseline-part';

/**
 * What an account should have in a Region before anything else is in it: a record of every call and every configuration, alarms on both,
 * threat detection, comparison with standards, scans for weaknesses and for personal data, and settings that protect the account.
 *
 * It composes constructs of this library, and each takes its options: what there is already is adopted, or left to the administrator of
 * the organization. A part can be left out.
 *
 * A trail covers all Regions: in a further Region, leave out `BaselinePart.AUDIT_TRAIL` and `BaselinePart.SECURITY_METRIC_ALARMS`, and
 * name the first one as `homeRegion` of the recorder. For all accounts of an organization, see `OrganizationBaseline`.
 *
 * What it creates, and what that costs in kind, is said by the constructs: `AuditTrail`, `ConfigurationRecorder`, `LogArchive`,
 * `SecurityMetricAlarms`, `ThreatDetection`, `SecurityPosture`, `VulnerabilityScanning`, `SensitiveDataDiscovery` and `IamBaseline`. Data
 * events, evaluations of rules and threat detection are billed by volume.
 *
 * @example
 * new AccountBaseline(this, 'Baseline', {
 *   alarmTopic: new SecureTopic(this, 'Alerts'),
 *   securityServices: SecurityServiceMode.DELEGATED,
 *   auditTrail: { insights: false },
 *   without: [BaselinePart.SENSITIVE_DATA_DISCOVERY],
 * });
 */
export class AccountBaseline extends Construct {
  /** Where logs are kept; not set where nothing that is kept there is made. */
  public readonly archive?: ILogArchive;
  /** The trail; not set where it is left out. */
  public readonly auditTrail?: AuditTrail;
  /** The recorder; not set where it is left out. */
  public readonly configurationRecorder?: ConfigurationRecorder;
  /** The alarms on the trail; not set where they are left out. */
  public readonly securityMetricAlarms?: SecurityMetricAlarms;
  /** GuardDuty; not set where it is left out. */
  public readonly threatDetection?: ThreatDetection;
  /** Security Hub; not set where it is left out. */
  public readonly securityPosture?: SecurityPosture;
  /** Inspector; not set where it is left out. */
  public readonly vulnerabilityScanning?: VulnerabilityScanning;
  /** Macie; not set where it is left out. */
  public readonly sensitiveDataDiscovery?: SensitiveDataDiscovery;
  /** The settings of the account; not set where they are left out. */
  public readonly iamBaseline?: IamBaseline;

  /**
   * @param scope where the parts are made.
   * @param id its id in there.
   * @param props options.
   * @throws when a part has options and is left out, when there is nowhere to send alarms on the trail to, and when a part does not take
   * its options.
   */
  constructor(scope: Construct, id: string, props: AccountBaselineProps = {}) {
    super(scope, id);
    const { without = [], alarmTopic, securityServices: mode } = props;
    checkParts(props, without);
    const has = (part: BaselinePart) => !without.includes(part);
    const trailProps = has(BaselinePart.AUDIT_TRAIL) ? (props.auditTrail ?? {}) : undefined;
    const recorderProps = has(BaselinePart.CONFIGURATION_RECORDER) ? (props.configurationRecorder ?? {}) : undefined;
    this.archive = props.archive ?? this.makeArchive(trailProps, recorderProps);

    if (trailProps) {
      const isMade = trailProps.scope !== AuditTrailScope.EXISTING;
      this.auditTrail = new AuditTrail(
        this,
        BaselinePart.AUDIT_TRAIL,
        withDefaults<AuditTrailProps>(trailProps, isMade ? { archive: this.archive } : {}),
      );
    }
    if (recorderProps) {
      const made = recorderProps.alreadyRecording ? {} : { archive: this.archive, alarmTopic };
      this.configurationRecorder = new ConfigurationRecorder(
        this,
        BaselinePart.CONFIGURATION_RECORDER,
        withDefaults<ConfigurationRecorderProps>(recorderProps, made),
      );
    }
    if (has(BaselinePart.SECURITY_METRIC_ALARMS)) {
      const alarms = withDefaults<SecurityMetricAlarmsProps>(props.securityMetricAlarms, { trail: this.auditTrail, alarmTopic });
      this.securityMetricAlarms = new SecurityMetricAlarms(this, BaselinePart.SECURITY_METRIC_ALARMS, alarms);
    }

    const common = { mode, alarmTopic };
    if (has(BaselinePart.THREAT_DETECTION))
      this.threatDetection = new ThreatDetection(
        this,
        BaselinePart.THREAT_DETECTION,
        withDefaults(props.threatDetection, common),
      );
    if (has(BaselinePart.SECURITY_POSTURE)) {
      this.securityPosture = new SecurityPosture(
        this,
        BaselinePart.SECURITY_POSTURE,
        withDefaults(props.securityPosture, common),
      );
      // Security Hub checks what AWS Config records.
      if (this.configurationRecorder) this.securityPosture.node.addDependency(this.configurationRecorder);
    }
    if (has(BaselinePart.VULNERABILITY_SCANNING)) {
      this.vulnerabilityScanning = new VulnerabilityScanning(
        this,
        BaselinePart.VULNERABILITY_SCANNING,
        withDefaults(props.vulnerabilityScanning, common),
      );
    }
    if (has(BaselinePart.SENSITIVE_DATA_DISCOVERY)) {
      this.sensitiveDataDiscovery = new SensitiveDataDiscovery(
        this,
        BaselinePart.SENSITIVE_DATA_DISCOVERY,
        withDefaults(props.sensitiveDataDiscovery, common),
      );
    }
    if (has(BaselinePart.IAM_BASELINE)) {
      const settings = withDefaults<IamBaselineProps>(props.iamBaseline, { externalAccessAnalyzer: mode, alarmTopic });
      this.iamBaseline = new IamBaseline(this, BaselinePart.IAM_BASELINE, settings);
    }
  }

  /** One archive for both; none where neither needs it. */
  private makeArchive(trail?: AuditTrailProps, recorder?: ConfigurationRecorderProps): ILogArchive | undefined {
    const needed = [
      trail !== undefined && trail.scope !== AuditTrailScope.EXISTING && trail.archive === undefined,
      recorder !== undefined && !recorder.alreadyRecording && recorder.archive === undefined,
    ];
    return needed.includes(true) ? new LogArchive(this, 'LogArchive') : undefined;
  }
}

/** Where each part has its options. */
const OPTIONS: Readonly<Record<BaselinePart, keyof AccountBaselineProps>> = {
  [BaselinePart.AUDIT_TRAIL]: 'auditTrail',
  [BaselinePart.CONFIGURATION_RECORDER]: 'configurationRecorder',
  [BaselinePart.SECURITY_METRIC_ALARMS]: 'securityMetricAlarms',
  [BaselinePart.THREAT_DETECTION]: 'threatDetection',
  [BaselinePart.SECURITY_POSTURE]: 'securityPosture',
  [BaselinePart.VULNERABILITY_SCANNING]: 'vulnerabilityScanning',
  [BaselinePart.SENSITIVE_DATA_DISCOVERY]: 'sensitiveDataDiscovery',
  [BaselinePart.IAM_BASELINE]: 'iamBaseline',
};

function checkParts(props: AccountBaselineProps, without: readonly BaselinePart[]): void {
  const wrong = without.find((part) => props[OPTIONS[part]] !== undefined);
  if (wrong) throw new Error(`'${OPTIONS[wrong]}' must not be set where 'without' has ${wrong}: leave out one of them`);
}
