/** A part of `AccountBaseline`. */
export enum BaselinePart {
  /** `AuditTrail`. */
  AUDIT_TRAIL = 'AuditTrail',
  /** `ConfigurationRecorder`. */
  CONFIGURATION_RECORDER = 'ConfigurationRecorder',
  /** `SecurityMetricAlarms`, which read the log group of the trail. */
  SECURITY_METRIC_ALARMS = 'SecurityMetricAlarms',
  /** `ThreatDetection`. */
  THREAT_DETECTION = 'ThreatDetection',
  /** `SecurityPosture`. */
  SECURITY_POSTURE = 'SecurityPosture',
  /** `VulnerabilityScanning`. */
  VULNERABILITY_SCANNING = 'VulnerabilityScanning',
  /** `SensitiveDataDiscovery`. */
  SENSITIVE_DATA_DISCOVERY = 'SensitiveDataDiscovery',
  /** `IamBaseline`. */
  IAM_BASELINE = 'IamBaseline',
}
