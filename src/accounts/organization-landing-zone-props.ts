import type * as sns from 'aws-cdk-lib/aws-sns';
import type { DelegatedService } from './delegated-service';
import type { MemberAccount } from './member-account';
import type { OrganizationalUnit } from './organizational-unit';

/** An organization that there is. */
export interface ExistingOrganization {
  /** Its id, such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;
  /** The id of its root, such as `r-ab12`. */
  readonly rootId: string;
}

/** A further account of an organization. */
export interface AdditionalAccount {
  /** The account. */
  readonly account: MemberAccount;
  /** The unit that it is made in. */
  readonly unit: OrganizationalUnit;
}

/** Options of `OrganizationLandingZone`. */
export interface OrganizationLandingZoneProps {
  /** The account that logs of all accounts are kept in, and that nobody works in. It is made in the unit Security. */
  readonly logArchive: MemberAccount;

  /** The account of the security team, which administers the security services. It is made in the unit Security. */
  readonly securityTooling: MemberAccount;

  /** The account that copies of backups are kept in. It is made in the unit Infrastructure. */
  readonly backup: MemberAccount;

  /** The account of production. It is made in the unit Workloads/Production. */
  readonly production: MemberAccount;

  /** The account of development. It is made in the unit Workloads/NonProduction. */
  readonly development: MemberAccount;

  /**
   * Further accounts, by their names, such as `staging`.
   *
   * @default - none
   */
  readonly additionalAccounts?: { [name: string]: AdditionalAccount };

  /**
   * The organization, where there is one.
   *
   * @default - it is made, and the account of the stack manages it
   */
  readonly existingOrganization?: ExistingOrganization;

  /**
   * Units that there are: ids by paths, such as `{ Security: 'ou-ab12-11111111' }`. AWS Control Tower has a unit Security, and most often
   * one Sandbox.
   *
   * @default - all are made
   */
  readonly existingUnits?: { [path: string]: string };

  /**
   * The services that the account for security tooling administers for the organization.
   *
   * @default - IAM Access Analyzer, CloudTrail, AWS Config with its rules, GuardDuty, Inspector, Macie and Security Hub
   */
  readonly securityServices?: DelegatedService[];

  /**
   * Whether the account for backups administers AWS Backup for the organization.
   *
   * @default true
   */
  readonly delegateBackup?: boolean;

  /**
   * Whether stack sets can deploy to all accounts, as `OrganizationBaseline` does.
   *
   * @default true
   */
  readonly stackSets?: boolean;

  /**
   * Where alarms of the functions are sent that change what CloudFormation has no type for.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}
