const named = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));

const MACIE = named('EnableMacie DisableMacie UpdateMacieSession UpdateMemberSession UpdateAutomatedDiscoveryConfiguration');
const WAF = named('PutLoggingConfiguration DeleteLoggingConfiguration');

const BY_SOURCE: Readonly<Record<string, ReadonlySet<string>>> = {
  'cloudtrail.amazonaws.com': named(`
    CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging PutEventSelectors PutInsightSelectors PutEventConfiguration
    CreateEventDataStore UpdateEventDataStore DeleteEventDataStore RestoreEventDataStore
    StartEventDataStoreIngestion StopEventDataStoreIngestion
    CreateChannel UpdateChannel DeleteChannel PutResourcePolicy DeleteResourcePolicy
    RegisterOrganizationDelegatedAdmin DeregisterOrganizationDelegatedAdmin`),
  'logs.amazonaws.com': named(`
    DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteRetentionPolicy PutLogGroupDeletionProtection
    AssociateKmsKey DisassociateKmsKey PutSubscriptionFilter DeleteSubscriptionFilter PutMetricFilter DeleteMetricFilter
    PutTransformer DeleteTransformer PutDataProtectionPolicy DeleteDataProtectionPolicy
    PutAccountPolicy DeleteAccountPolicy PutResourcePolicy DeleteResourcePolicy
    PutDestination DeleteDestination PutDestinationPolicy
    CreateDelivery DeleteDelivery UpdateDeliveryConfiguration PutDeliverySource DeleteDeliverySource
    PutDeliveryDestination DeleteDeliveryDestination PutDeliveryDestinationPolicy DeleteDeliveryDestinationPolicy
    CreateLogAnomalyDetector UpdateLogAnomalyDetector DeleteLogAnomalyDetector`),
  'monitoring.amazonaws.com': named(`
    PutMetricAlarm PutCompositeAlarm DeleteAlarms EnableAlarmActions DisableAlarmActions SetAlarmState
    PutAlarmMuteRule DeleteAlarmMuteRule PutAnomalyDetector DeleteAnomalyDetector
    PutMetricStream DeleteMetricStream StartMetricStreams StopMetricStreams
    PutInsightRule PutManagedInsightRules DeleteInsightRules EnableInsightRules DisableInsightRules`),
  'config.amazonaws.com': named(`
    PutConfigurationRecorder StartConfigurationRecorder StopConfigurationRecorder DeleteConfigurationRecorder
    PutServiceLinkedConfigurationRecorder DeleteServiceLinkedConfigurationRecorder AssociateResourceTypes DisassociateResourceTypes
    PutDeliveryChannel DeleteDeliveryChannel PutRetentionConfiguration DeleteRetentionConfiguration
    PutConfigRule DeleteConfigRule DeleteEvaluationResults PutConformancePack DeleteConformancePack
    PutOrganizationConfigRule DeleteOrganizationConfigRule PutOrganizationConformancePack DeleteOrganizationConformancePack
    PutConfigurationAggregator DeleteConfigurationAggregator PutAggregationAuthorization DeleteAggregationAuthorization`),
  'guardduty.amazonaws.com': named(`
    CreateDetector UpdateDetector DeleteDetector CreateFilter UpdateFilter DeleteFilter ArchiveFindings
    CreateIPSet UpdateIPSet DeleteIPSet CreateThreatIntelSet UpdateThreatIntelSet DeleteThreatIntelSet
    CreateTrustedEntitySet UpdateTrustedEntitySet DeleteTrustedEntitySet
    CreateThreatEntitySet UpdateThreatEntitySet DeleteThreatEntitySet
    CreatePublishingDestination UpdatePublishingDestination DeletePublishingDestination
    CreateMalwareProtectionPlan UpdateMalwareProtectionPlan DeleteMalwareProtectionPlan UpdateMalwareScanSettings
    CreateMembers DeleteMembers DisassociateMembers StartMonitoringMembers StopMonitoringMembers UpdateMemberDetectors
    DisassociateFromAdministratorAccount DisassociateFromMasterAccount
    EnableOrganizationAdminAccount DisableOrganizationAdminAccount UpdateOrganizationConfiguration`),
  'securityhub.amazonaws.com': named(`
    EnableSecurityHub DisableSecurityHub EnableSecurityHubV2 DisableSecurityHubV2 UpdateSecurityHubConfiguration
    BatchEnableStandards BatchDisableStandards UpdateStandardsControl BatchUpdateStandardsControlAssociations UpdateSecurityControl
    EnableImportFindingsForProduct DisableImportFindingsForProduct
    CreateFindingAggregator UpdateFindingAggregator DeleteFindingAggregator CreateAggregatorV2 UpdateAggregatorV2 DeleteAggregatorV2
    CreateAutomationRule BatchUpdateAutomationRules BatchDeleteAutomationRules
    CreateAutomationRuleV2 UpdateAutomationRuleV2 DeleteAutomationRuleV2
    CreateConfigurationPolicy UpdateConfigurationPolicy DeleteConfigurationPolicy
    StartConfigurationPolicyAssociation StartConfigurationPolicyDisassociation
    CreateMembers DeleteMembers DisassociateMembers DisassociateFromAdministratorAccount DisassociateFromMasterAccount
    EnableOrganizationAdminAccount DisableOrganizationAdminAccount UpdateOrganizationConfiguration`),
  'events.amazonaws.com': named(`
    PutRule DeleteRule EnableRule DisableRule PutTargets RemoveTargets UpdateEventBus DeleteEventBus PutPermission RemovePermission`),
  'inspector2.amazonaws.com': named(`
    Enable Disable UpdateConfiguration UpdateOrganizationConfiguration CreateFilter UpdateFilter DeleteFilter
    AssociateMember DisassociateMember EnableDelegatedAdminAccount DisableDelegatedAdminAccount`),
  'access-analyzer.amazonaws.com': named(
    'CreateAnalyzer UpdateAnalyzer DeleteAnalyzer CreateArchiveRule UpdateArchiveRule DeleteArchiveRule',
  ),
  'macie.amazonaws.com': MACIE,
  'macie2.amazonaws.com': MACIE,
  'ec2.amazonaws.com': named('CreateFlowLogs DeleteFlowLogs'),
  's3.amazonaws.com': named('PutBucketLogging'),
  'waf.amazonaws.com': WAF,
  'waf-regional.amazonaws.com': WAF,
  'wafv2.amazonaws.com': WAF,
  'network-firewall.amazonaws.com': named('UpdateLoggingConfiguration'),
  'route53.amazonaws.com': named('CreateQueryLoggingConfig DeleteQueryLoggingConfig'),
  'route53resolver.amazonaws.com': named(`
    CreateResolverQueryLogConfig DeleteResolverQueryLogConfig PutResolverQueryLogConfigPolicy
    AssociateResolverQueryLogConfig DisassociateResolverQueryLogConfig`),
};

/**
 * Events that change what is logged or watched, or by whom it is seen, by the source of the event.
 *
 * Left out is what other work makes by the thousand and takes nothing away, such as new log groups and streams.
 */
export const LOGGING_EVENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(BY_SOURCE));
