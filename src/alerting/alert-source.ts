/** Where an alert comes from. */
export enum AlertSource {
  /** Findings of GuardDuty, by their number. */
  GUARDDUTY = 'GUARDDUTY',
  /** Uploads and backups in which GuardDuty found malware. */
  MALWARE_SCAN = 'MALWARE_SCAN',
  /** New findings of Security Hub CSPM. */
  SECURITY_HUB = 'SECURITY_HUB',
  /** New findings of Security Hub, in the open format OCSF. */
  SECURITY_HUB_V2 = 'SECURITY_HUB_V2',
  /** Vulnerabilities that Inspector finds, and those that it closes. */
  INSPECTOR = 'INSPECTOR',
  /** Files of servers that changed, as `FileIntegrity` finds. */
  FILE_INTEGRITY = 'FILE_INTEGRITY',
  /** Findings of Macie on sensitive data and on buckets. */
  MACIE = 'MACIE',
  /** What IAM Access Analyzer finds to be reachable from outside, or unused. */
  ACCESS_ANALYZER = 'ACCESS_ANALYZER',
  /** New bulletins in feeds, as `SecurityBulletins` reads them. */
  SECURITY_BULLETINS = 'SECURITY_BULLETINS',
  /** Outages, investigations, abuse and security bulletins of AWS Health. */
  HEALTH = 'HEALTH',
  /** Backup, copy and restore jobs that did not succeed. */
  BACKUP = 'BACKUP',
  /** Resources that no longer meet a rule of AWS Config, and those that meet it again. */
  CONFIG = 'CONFIG',
  /** Everything that the root user does. */
  ROOT_USE = 'ROOT_USE',
  /** Logging, recording or threat detection that is switched off or changed. */
  AUDIT_TRAIL = 'AUDIT_TRAIL',
  /** Keys, passwords and second factors that are made or taken away, and refused attempts to read login information. */
  CREDENTIALS = 'CREDENTIALS',
  /** Data, backups and keys that are deleted. */
  DELETIONS = 'DELETIONS',
}
