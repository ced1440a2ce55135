import { TECHNICAL_CHECKS } from './technical-checks';

/** What the table of checks says otherwise: the labelled templates of these names show that more, or another, rule of ours answers. */
const CORRECTIONS: Readonly<Record<string, readonly string[]>> = {
  dms_no_plaintext_password: ['dms-endpoint-no-plaintext-password'],
  elasticsearch_https_required: ['opensearch-https', 'opensearch-tls12'],
  elasticsearch_primary_node_fault_tolerance: ['opensearch-dedicated-masters'],
  emr_security_config_enabled_and_configured_rule: [
    'emr-ebs-encryption',
    'emr-emrfs-encryption',
    'emr-security-configuration',
    'emr-transit-encryption',
  ],
  iam_policy_no_statements_with_full_access: ['iam-least-privilege-inline-policies'],
  opensearch_access_control_enabled: ['opensearch-fine-grained-access'],
  opensearch_data_node_fault_tolerance: ['opensearch-data-nodes'],
  opensearch_https_required: ['opensearch-https', 'opensearch-tls12'],
  rds_storage_encrypted: ['rds-cluster-encrypted', 'rds-instance-encrypted'],
  secretsmanager_using_cmk: ['secret-kms'],
};

/** Names of the other rule set, in lower case, and the slugs that check the same: the table of checks gives them as `guard:…`. */
export const GUARD_LINKS: Readonly<Record<string, readonly string[]>> = { ...linksOf(), ...CORRECTIONS };

function linksOf(): Record<string, string[]> {
  const links: Record<string, string[]> = {};
  for (const { slug, sources } of TECHNICAL_CHECKS)
    for (const [, name] of sources.matchAll(/(?:^|;)guard:([a-z0-9_]+)/g)) links[name] = [...(links[name] ?? []), slug];
  return links;
}

/** Names that the labelled templates spell otherwise than the technical checks. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  ecr_repo_scan_on_push: 'ecr_repo_scan_on_push_rule',
  elasticache_replication_group_encryption_in_transit: 'elasticache_replication_group_transit_encryption',
  incoming_ssh_disabled: 'restricted_ssh',
  lambda_no_wildcard_principals: 'lambda_no_wildcard_principal',
  rds_instance_logging_enabled: 'rds_logging_enabled',
  restricted_incoming_traffic: 'restricted_common_ports',
  s3_bucket_default_lock_enable: 's3_bucket_default_lock_enabled',
  s3_bucket_no_public_rw_acl: 's3_bucket_public_rw_acl',
};
