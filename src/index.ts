export type { IAdditionalRule, ICheckedResource, ResolvedProperty, RuleFinding } from './checks/additional-rule';
export type { InheritedControl, RuleExclusion } from './checks/inherited-control';
export { RuleCatalog, type RuleInfo, RuleSeverity } from './checks/rule-catalog';
export { Soc2Checks, type Soc2ChecksProps } from './checks/soc2-checks';
export { Soc2Exception, type Soc2ExceptionProps } from './checks/soc2-exception';
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
export { SecureDistribution, type SecureDistributionProps } from './edge/secure-distribution';
export { SecureLoadBalancer } from './edge/secure-load-balancer';
export type { SecureLoadBalancerProps } from './edge/secure-load-balancer-props';
export { WebFirewall, type WebFirewallProps, WebFirewallScope } from './edge/web-firewall';
export { EnvironmentKind, Soc2Environment, type Soc2EnvironmentProps } from './environment/soc2-environment';
export { type ILogArchive, LogArchive, type LogArchiveAttributes, type LogArchiveProps } from './logging/log-archive';
export type { DnsFirewallOptions } from './network/dns-firewall';
export { SecureVpc, type SecureVpcProps } from './network/secure-vpc';
export { Soc2, type Soc2EnableProps } from './soc2';
