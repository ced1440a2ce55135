export { AccountBaseline } from './accounts/account-baseline';
export type { AccountBaselineProps } from './accounts/account-baseline-props';
export { BaselinePart } from './accounts/baseline-part';
export { DelegatedService } from './accounts/delegated-service';
export { EnvironmentStage, type EnvironmentStageProps } from './accounts/environment-stage';
export { MemberAccount, type NewAccountOptions } from './accounts/member-account';
export type { OrganizationBackup } from './accounts/organization-backup';
export { OrganizationBaseline } from './accounts/organization-baseline';
export type { OrganizationBaselineProps } from './accounts/organization-baseline-props';
export { OrganizationGuardrails } from './accounts/organization-guardrails';
export type { OrganizationGuardrailsProps } from './accounts/organization-guardrails-props';
export { OrganizationLandingZone } from './accounts/organization-landing-zone';
export type {
  AdditionalAccount,
  ExistingOrganization,
  OrganizationLandingZoneProps,
} from './accounts/organization-landing-zone-props';
export { OrganizationalUnit } from './accounts/organizational-unit';
export { AlertRouter } from './alerting/alert-router';
export type { AlertRouterProps } from './alerting/alert-router-props';
export { AlertSource } from './alerting/alert-source';
export { RunbookFamily } from './alerting/runbook-family';
export { Runbooks, type RunbooksProps } from './alerting/runbooks';
export { type SecurityBulletinFeed, SecurityBulletins, type SecurityBulletinsProps } from './alerting/security-bulletins';
export { UsualActivity, type UsualActivityOptions, type UsualActivityProps } from './alerting/usual-activity';
export type { AirGappedVaultOptions } from './backup/air-gapped-vault';
export { BackupProgram } from './backup/backup-program';
export type { BackupProgramProps } from './backup/backup-program-props';
export type { BackupSchedule } from './backup/backup-schedule';
export type { ComplianceLock } from './backup/backup-vault-lock';
export type {
  BucketRestoreTestOptions,
  DatabaseRestoreTestOptions,
  FileSystemRestoreTestOptions,
  InstanceRestoreTestOptions,
  RestoredAssertion,
  RestoredTable,
  RestoreTestOptions,
  TableRestoreTestOptions,
  VolumeRestoreTestOptions,
} from './backup/restore-expectations';
export { RestoreHook, type RestoreHookOptions } from './backup/restore-hook';
export { RestorableType, RestoreTest } from './backup/restore-test';
export { RestoreTesting } from './backup/restore-testing';
export type { RestoreTestingProps } from './backup/restore-testing-props';
export { SecureBackupVault, type SecureBackupVaultProps } from './backup/secure-backup-vault';
export type { IAdditionalRule, ICheckedResource, ResolvedProperty, RuleFinding } from './checks/additional-rule';
export type { InheritedControl, RuleExclusion } from './checks/inherited-control';
export { RuleCatalog, type RuleInfo, RuleSeverity } from './checks/rule-catalog';
export { Soc2Checks, type Soc2ChecksProps } from './checks/soc2-checks';
export { Soc2Exception, type Soc2ExceptionProps } from './checks/soc2-exception';
export { EvidenceCollector, type EvidenceCollectorProps } from './collection/evidence-collector';
export { EvidenceStore, type EvidenceStoreProps, type IEvidenceStore } from './collection/evidence-store';
export { Criterion } from './criteria/criterion';
export { TrustServicesCategory } from './criteria/trust-services-category';
export { CacheAuthentication } from './data/cache-authentication';
export { CacheEngine } from './data/cache-engine';
export type {
  DatabaseAlarmThresholds,
  DatabaseClusterAlarmThresholds,
  DatabaseInstanceAlarmThresholds,
} from './data/database-alarms';
export { SecureBucket, type SecureBucketProps } from './data/secure-bucket';
export { SecureCache } from './data/secure-cache';
export type { SecureCacheProps } from './data/secure-cache-props';
export { SecureDatabase, type SecureDatabaseProps } from './data/secure-database';
export { SecureDatabaseCluster, type SecureDatabaseClusterProps } from './data/secure-database-cluster';
export { SecureFileSystem, type SecureFileSystemProps } from './data/secure-file-system';
export { SecureQueue, type SecureQueueProps } from './data/secure-queue';
export { SecureRepository, type SecureRepositoryProps } from './data/secure-repository';
export { SecureSearchDomain, type SecureSearchDomainProps } from './data/secure-search-domain';
export { SecureTable, type SecureTableProps } from './data/secure-table';
export { SecureTopic, type SecureTopicProps } from './data/secure-topic';
export { AntivirusReport, type AntivirusReportProps } from './detection/antivirus-report';
export { CisLevel, type CisScanOptions } from './detection/cis-scan';
export type { DisabledControl } from './detection/disabled-control';
export type { FindingAggregation } from './detection/finding-aggregation';
export type { FindingDeadlines } from './detection/finding-deadlines';
export { FindingSeverity } from './detection/finding-severity';
export type { FindingSuppression } from './detection/finding-suppression';
export { InspectorScan } from './detection/inspector-scan';
export { SecurityPosture, type SecurityPostureProps } from './detection/security-posture';
export { SecurityServiceMode } from './detection/security-service-mode';
export { SecurityStandard } from './detection/security-standard';
export { SensitiveDataDiscovery, type SensitiveDataDiscoveryProps } from './detection/sensitive-data-discovery';
export { ThreatDetection, type ThreatDetectionProps } from './detection/threat-detection';
export type { VulnerabilityException } from './detection/vulnerability-exception';
export { VulnerabilityScanning, type VulnerabilityScanningProps } from './detection/vulnerability-scanning';
export { SecureDistribution, type SecureDistributionProps } from './edge/secure-distribution';
export { SecureLoadBalancer } from './edge/secure-load-balancer';
export type { SecureLoadBalancerProps } from './edge/secure-load-balancer-props';
export { WebFirewall, type WebFirewallProps, WebFirewallScope } from './edge/web-firewall';
export { EnvironmentKind, Soc2Environment, type Soc2EnvironmentProps } from './environment/soc2-environment';
export { ClamAvScanning, type ClamAvScanningProps } from './hosts/clamav-scanning';
export { FileIntegrity } from './hosts/file-integrity';
export type { FileIntegrityProps } from './hosts/file-integrity-props';
export type { HostAlarmThresholds } from './hosts/host-alarms';
export { PatchProgram } from './hosts/patch-program';
export type { PatchProgramProps } from './hosts/patch-program-props';
export { PatchedSystem } from './hosts/patched-system';
export { SecureAutoScalingGroup, type SecureAutoScalingGroupProps } from './hosts/secure-auto-scaling-group';
export { SecureInstance, type SecureInstanceProps } from './hosts/secure-instance';
export { SessionLogging, type SessionLoggingProps } from './hosts/session-logging';
export { AccessReview } from './identity/access-review';
export type { AccessReviewProps } from './identity/access-review-props';
export { AccountProtection } from './identity/account-protection';
export { BreakGlass, type BreakGlassProps } from './identity/break-glass';
export { BreakGlassWatch, type BreakGlassWatchProps } from './identity/break-glass-watch';
export { IamBaseline, type IamBaselineProps } from './identity/iam-baseline';
export type { PasswordPolicy } from './identity/password-policy';
export type { PermissionSetAssignment, PermissionSetOptions, PermissionSetsProps } from './identity/permission-set-options';
export { PermissionSets } from './identity/permission-sets';
export { AuditTrail, type AuditTrailProps, AuditTrailScope } from './logging/audit-trail';
export { AuditTrailDataEvents } from './logging/audit-trail-selectors';
export { ConfigurationRecorder, type ConfigurationRecorderProps, ConformancePackScope } from './logging/configuration-recorder';
export { type ILogArchive, LogArchive, type LogArchiveAttributes, type LogArchiveProps } from './logging/log-archive';
export { SecurityMetricAlarms, type SecurityMetricAlarmsProps } from './logging/security-metric-alarms';
export type { DnsFirewallOptions } from './network/dns-firewall';
export { SecureVpc, type SecureVpcProps } from './network/secure-vpc';
export { DashboardSection } from './operations/dashboard-section';
export { OperationsDashboard, type OperationsDashboardProps } from './operations/operations-dashboard';
export { Soc2, type Soc2EnableProps } from './soc2';
