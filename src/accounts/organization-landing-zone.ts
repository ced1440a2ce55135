import { type CfnResource, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { DelegatedAdministrators } from './delegated-administrators';
import { DelegatedService } from './delegated-service';
import type { MemberAccount } from './member-account';
import type { AdditionalAccount, OrganizationLandingZoneProps } from './organization-landing-zone-props';
import { OrganizationUnits } from './organization-units';
import { OrganizationalUnit } from './organizational-unit';

const SECURITY_SERVICES = [
  DelegatedService.ACCESS_ANALYZER,
  DelegatedService.CLOUD_TRAIL,
  DelegatedService.CONFIG,
  DelegatedService.CONFIG_RULES,
  DelegatedService.GUARD_DUTY,
  DelegatedService.INSPECTOR,
  DelegatedService.MACIE,
  DelegatedService.SECURITY_HUB,
];

/**
 * The accounts of an organization, apart from each other: logs, security, backups, production and development, in units that
 * guardrails can be attached to.
 *
 * Units are Security, Infrastructure, Workloads with Production and NonProduction, and Sandbox. The account for security tooling
 * administers the security services of all accounts, that for backups AWS Backup, so that nobody has to work in the account that manages
 * the organization.
 *
 * It is deployed to that account. What there is already is named by `existing…` options, and stays as it is: the organization, units and
 * accounts. Where AWS Control Tower is used, let its Account Factory make accounts, which enrols them, and name them here. A service that
 * has another administrator already stops the deployment, and says which.
 *
 * Nothing is ever deleted: accounts, units and the organization stay when they are taken out of the stack, and services keep their
 * administrators. GuardDuty, Inspector, Macie and Security Hub are administered by Region: make a stack with `existing…` options in each
 * further one.
 *
 * What it creates: units, accounts, and a function that appoints administrators. It costs nothing by itself.
 *
 * @example
 * const landingZone = new OrganizationLandingZone(this, 'LandingZone', {
 *   existingOrganization: { organizationId: 'o-a1b2c3d4e5', rootId: 'r-ab12' },
 *   existingUnits: { [OrganizationalUnit.SECURITY]: 'ou-ab12-11111111' },
 *   logArchive: MemberAccount.existing('111122223333'),
 *   securityTooling: MemberAccount.existing('222233334444'),
 *   backup: MemberAccount.create({ email: 'aws+backup@example.com' }),
 *   production: MemberAccount.create({ email: 'aws+production@example.com' }),
 *   development: MemberAccount.create({ email: 'aws+development@example.com' }),
 * });
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/recommended-ous-and-accounts.html
 */
export class OrganizationLandingZone extends Construct {
  /** Id of the organization. */
  public readonly organizationId: string;
  /** Id of its root. */
  public readonly rootId: string;
  /** Id of the account that logs are kept in. */
  public readonly logArchiveAccountId: string;
  /** Id of the account of the security team. */
  public readonly securityToolingAccountId: string;
  /** Id of the account that copies of backups are kept in. */
  public readonly backupAccountId: string;
  /** Id of the account of production. */
  public readonly productionAccountId: string;
  /** Id of the account of development. */
  public readonly developmentAccountId: string;

  private readonly units: OrganizationUnits;
  private readonly accounts = new Map<string, string>();
  private readonly made: CfnResource[] = [];

  /**
   * @param scope where it is made: a stack in the account that manages the organization.
   * @param id its id in there.
   * @param props options.
   * @throws when an id is none, a unit is not known, two accounts have one address or one id, or a service is delegated twice.
   */
  constructor(scope: Construct, id: string, props: OrganizationLandingZoneProps) {
    super(scope, id);
    const accounts = accountsOf(props);
    checkAccounts(accounts);
    const { organizationId, rootId } = props.existingOrganization ?? this.createOrganization();
    this.organizationId = organizationId;
    this.rootId = rootId;
    this.units = new OrganizationUnits(this, rootId, props.existingUnits ?? {});
    this.made.push(...this.units.made);
    for (const [name, account] of Object.entries(accounts)) this.addAccount(name, account);
    this.inOrder();

    const [logArchive, securityTooling, backup, production, development] = [...this.accounts.values()];
    this.logArchiveAccountId = logArchive;
    this.securityToolingAccountId = securityTooling;
    this.backupAccountId = backup;
    this.productionAccountId = production;
    this.developmentAccountId = development;
    this.delegate(props);
  }

  /**
   * The id of a unit, to attach guardrails to or to deploy stack sets to.
   *
   * @param unit the unit.
   */
  public unitId(unit: OrganizationalUnit): string {
    return this.units.idOf(unit);
  }

  /**
   * The id of a further account.
   *
   * @param name its name in `additionalAccounts`.
   * @throws when there is none of that name.
   */
  public additionalAccountId(name: string): string {
    const accountId = this.accounts.get(name);
    if (accountId !== undefined) return accountId;
    throw new Error(`'name' must be that of an account, got '${name}': ${[...this.accounts.keys()].join(', ')}`);
  }

  private createOrganization() {
    const organization = new organizations.CfnOrganization(this, 'Organization', { featureSet: 'ALL' });
    organization.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.made.push(organization);
    return { organizationId: organization.attrId, rootId: organization.attrRootId };
  }

  private addAccount(name: string, { account, unit }: AdditionalAccount): void {
    const { accountId, creation } = account;
    if (creation === undefined) {
      this.accounts.set(name, accountId!);
      return;
    }
    const made = new organizations.CfnAccount(this, `Account-${name}`, {
      accountName: creation.name ?? name,
      email: creation.email,
      roleName: creation.roleName,
      parentIds: [this.units.idOf(unit)],
    });
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.made.push(made);
    this.accounts.set(name, made.attrAccountId);
  }

  /** Organizations makes one account at a time, and one change. */
  private inOrder(): void {
    for (const [index, each] of this.made.slice(1).entries()) each.addResourceDependency(this.made[index]);
  }

  private delegate(props: OrganizationLandingZoneProps): void {
    const { securityServices = SECURITY_SERVICES, delegateBackup = true, stackSets = true, alarmTopic } = props;
    const delegations = [
      ...securityServices.map((service) => ({ service, accountId: this.securityToolingAccountId })),
      ...(delegateBackup ? [{ service: DelegatedService.BACKUP, accountId: this.backupAccountId }] : []),
    ];
    if (delegations.length === 0 && !stackSets) return;
    const administrators = new DelegatedAdministrators(this, 'Administrators', { delegations, stackSets, alarmTopic });
    administrators.node.addDependency(...this.made);
  }
}

function accountsOf(props: OrganizationLandingZoneProps): Readonly<Record<string, AdditionalAccount>> {
  const { SECURITY, INFRASTRUCTURE, PRODUCTION, NON_PRODUCTION } = OrganizationalUnit;
  const known = {
    'log-archive': { account: props.logArchive, unit: SECURITY },
    'security-tooling': { account: props.securityTooling, unit: SECURITY },
    backup: { account: props.backup, unit: INFRASTRUCTURE },
    production: { account: props.production, unit: PRODUCTION },
    development: { account: props.development, unit: NON_PRODUCTION },
  };
  const { additionalAccounts = {} } = props;
  const twice = Object.keys(additionalAccounts).find((name) => name in known);
  if (twice)
    throw new Error(`'additionalAccounts' must have names of their own, got '${twice}': there is an option for that account`);
  return { ...known, ...additionalAccounts };
}

function checkAccounts(accounts: Readonly<Record<string, AdditionalAccount>>): void {
  const all = Object.entries(accounts);
  const marks = all
    .map(([name, { account }]) => [name, markOf(account)] as const)
    .filter(([, mark]) => !Token.isUnresolved(mark));
  for (const [index, [name, mark]] of marks.entries()) {
    const other = marks.slice(0, index).find(([, each]) => each === mark);
    if (other) {
      throw new Error(
        `The account '${name}' must be another than '${other[0]}', got ${mark} for both: what each is for is kept apart by its account`,
      );
    }
  }
}

/** What no two accounts share. */
function markOf({ accountId, creation }: MemberAccount): string {
  return accountId ?? creation!.email.toLowerCase();
}
