/** A backup plan for every account of the organization. */
export interface OrganizationBackup {
  /**
   * The Regions that it backs up, 1 at least.
   */
  readonly regions: string[];

  /** Name of the backup vault, which each account must have in each of these Regions. */
  readonly vaultName: string;

  /**
   * Name of the role that AWS Backup uses, with its path, which each account must have.
   *
   * @default 'service-role/AWSBackupDefaultServiceRole'
   */
  readonly roleName?: string;

  /**
   * The tag of what is backed up.
   *
   * @default 'Environment'
   */
  readonly tagKey?: string;

  /**
   * The values of the tag.
   *
   * @default ['production']
   */
  readonly tagValues?: string[];

  /**
   * For how many days backups are kept, 1 to 36,500.
   *
   * @default 35
   */
  readonly retentionDays?: number;

  /**
   * When backups start, in UTC.
   *
   * @default 'cron(0 3 ? * * *)'
   */
  readonly schedule?: string;
}

/**
 * The policy that AWS Organizations makes backup plans from in each account.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html
 */
export function backupPolicy(options: OrganizationBackup, partition: string) {
  const { regions, vaultName, roleName = 'service-role/AWSBackupDefaultServiceRole', retentionDays = 35 } = options;
  if (regions.length === 0)
    throw new Error("'regions' of 'backup' must name one Region at least, got none: name those with data");
  if (!Number.isInteger(retentionDays) || retentionDays < 1 || retentionDays > 36_500)
    throw new Error(`'retentionDays' of 'backup' must be 1 to 36500, got ${retentionDays}: an audit asks for 35 or more`);
  const to = <Value>(value: Value) => ({ '@@assign': value });
  return {
    plans: {
      Soc2Daily: {
        regions: to(regions),
        rules: {
          Daily: {
            schedule_expression: to(options.schedule ?? 'cron(0 3 ? * * *)'),
            start_backup_window_minutes: to('60'),
            complete_backup_window_minutes: to('720'),
            lifecycle: { delete_after_days: to(`${retentionDays}`) },
            target_backup_vault_name: to(vaultName),
          },
        },
        selections: {
          tags: {
            Tagged: {
              iam_role_arn: to(`arn:${partition}:iam::$account:role/${roleName}`),
              tag_key: to(options.tagKey ?? 'Environment'),
              tag_value: to(options.tagValues ?? ['production']),
            },
          },
        },
      },
    },
  };
}
