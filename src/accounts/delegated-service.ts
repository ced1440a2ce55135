/** A service that an account can administer for the organization, in the place of the account that manages it. */
export enum DelegatedService {
  /** IAM Access Analyzer. */
  ACCESS_ANALYZER = 'access-analyzer.amazonaws.com',
  /** AWS Backup. */
  BACKUP = 'backup.amazonaws.com',
  /** CloudTrail. */
  CLOUD_TRAIL = 'cloudtrail.amazonaws.com',
  /** AWS Config: aggregators of all accounts. */
  CONFIG = 'config.amazonaws.com',
  /** AWS Config: rules and conformance packs in all accounts. */
  CONFIG_RULES = 'config-multiaccountsetup.amazonaws.com',
  /** GuardDuty, in the Region of the stack. */
  GUARD_DUTY = 'guardduty.amazonaws.com',
  /** Inspector, in the Region of the stack. */
  INSPECTOR = 'inspector2.amazonaws.com',
  /** Macie, in the Region of the stack. */
  MACIE = 'macie.amazonaws.com',
  /** Security Hub, in the Region of the stack. */
  SECURITY_HUB = 'securityhub.amazonaws.com',
  /** Stack sets of CloudFormation, as `OrganizationBaseline` uses them. */
  STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com',
}
