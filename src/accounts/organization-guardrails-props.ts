import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { OrganizationBackup } from './organization-backup';

/** Options of `OrganizationGuardrails`. */
export interface OrganizationGuardrailsProps {
  /** Id of the organization, such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;

  /**
   * Ids of the root, units or accounts that the guardrails are attached to. What is attached to a root or a unit holds for everything
   * below it. Service control policies do not hold for the account that manages the organization: keep everything else out of it.
   */
  readonly targetIds: string[];

  /**
   * The Regions that may be used. Name `us-east-1` where certificates and firewalls of CloudFront are made, and the Regions that backups
   * are copied to.
   */
  readonly allowedRegions: string[];

  /**
   * Roles for emergencies: names, with `*` as placeholder and with their path, or ARNs of roles and users. The guardrails about services,
   * Regions and storage do not hold for them.
   *
   * @default ['BreakGlass', 'aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*']
   */
  readonly breakGlassRoles?: string[];

  /**
   * Other roles that the guardrails spare in the same way: those that deploy what the guardrails protect. Nobody else may change any of
   * these roles.
   *
   * Name `cdk-*-cfn-exec-role-*` where stacks of the CDK in member accounts have trails, recorders or detectors. Who may deploy with it
   * then may turn them off with it.
   *
   * @default ['AWSControlTowerExecution', 'stacksets-exec-*'] - AWS Control Tower and stack sets
   */
  readonly administrationRoles?: string[];

  /**
   * Roles that AWS Backup restores with. They may bring back storage that was not encrypted.
   *
   * @default ['service-role/AWSBackupDefaultServiceRole']
   */
  readonly restoreRoles?: string[];

  /**
   * Accounts outside of the organization that may use resources in it, where the policies of these allow it: those of a vendor.
   *
   * @default - none
   */
  readonly trustedAccounts?: string[];

  /**
   * Guardrails that are left out, by their names.
   *
   * @default - none: all are attached
   */
  readonly without?: string[];

  /**
   * Denials of your own, which become part of the service control policies. Actions are looked up in the list of those that AWS has.
   *
   * @default - none
   */
  readonly additionalDenials?: PolicyStatement[];

  /**
   * Units or accounts that serve nothing to the internet. No call from there reaches a VPC in them, but for subnets that an account
   * exempts. Never name those of a public load balancer.
   *
   * @default - none
   */
  readonly privateTargetIds?: string[];

  /**
   * A backup plan that each account gets. The vault and the role must be there, in each account and Region.
   *
   * @default - none: each account has a plan of its own, such as that of `BackupProgram`
   */
  readonly backup?: OrganizationBackup;

  /**
   * How many service control policies and resource control policies the targets have already, of each type. AWS Control Tower attaches
   * some to units.
   *
   * @default 1 - those that AWS attaches itself, which allow everything
   */
  readonly attachedAlready?: number;

  /**
   * Where the alarm on the function is sent that turns types of policies on.
   *
   * @default - the topic of the environment; no alarm where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}
