import { Stack, Token } from 'aws-cdk-lib';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { additionalDenial } from './additional-denial';
import { EC2_POLICY, PRIVATE_NETWORK_POLICY } from './ec2-policy';
import { roleArns } from './exempt-roles';
import { type Guardrail, type GuardrailSettings, resourceControl, type Statement, serviceControl } from './guardrail';
import { backupPolicy } from './organization-backup';
import { OrganizationFeatures } from './organization-features';
import type { OrganizationGuardrailsProps } from './organization-guardrails-props';
import { checkNumber, checkSize, type PolicyType, packed } from './policy-quotas';
import { RESOURCE_CONTROL_GUARDRAILS } from './resource-control-guardrails';
import { SERVICE_CONTROL_GUARDRAILS } from './service-control-guardrails';
import { TAG_POLICY } from './tag-policy';

/** Policies that are no lists of guardrails, by the names that `without` has for them. */
const MANAGEMENT = ['ec2-settings', 'tags'];

/** Services that must be trusted for policies about them to work. */
const TRUSTED: Partial<Record<PolicyType, string>> = {
  DECLARATIVE_POLICY_EC2: 'ec2.amazonaws.com',
  BACKUP_POLICY: 'backup.amazonaws.com',
  TAG_POLICY: 'tagpolicies.tag.amazonaws.com',
};

/**
 * What nobody in the accounts of an organization can do, whatever rights they have there, and what nobody can do with its resources.
 *
 * Guardrails deny; they allow nothing. Each has a name, by which `without` leaves it out, and which the error message of AWS does not
 * tell: the statements of the policies have names like `DenyStopTrails`. Service control policies are
 * `leave-organization`, `use-root-user`, `stop-trails`, `stop-configuration-recorder`, `stop-threat-detection`, `stop-security-hub`,
 * `stop-scans`, `delete-backups`, `change-exempt-roles`, `leave-regions`, `create-users`, `turn-off-volume-encryption`,
 * `create-unencrypted-volumes`, `create-unencrypted-file-systems`, `share-outside-organization` and `open-function-urls`.
 * Resource control policies are `plain-text`, `old-tls`, `outside-identities` and `services-for-outsiders`. Of the others there are
 * `ec2-settings`, which makes instances ask for tokens (IMDSv2) and stops public images and snapshots, and `tags`, which reports tags
 * that are not written as `EnvironmentStage` writes them.
 *
 * Roles for emergencies, AWS Control Tower and stack sets are spared by what might be in their way, and roles of AWS Backup by what would
 * stop a restore. Nobody but they may make or change such roles, or sign in as such users, so that nobody becomes one of them: make roles for emergencies
 * first.
 * Roles of services (service-linked roles) are never concerned.
 *
 * Attach the guardrails to a unit for tests first. `outside-identities` locks out vendors that assume a role, and readers of public
 * buckets that are not served by CloudFront: name accounts of vendors in `trustedAccounts`.
 *
 * It is made in the account that manages the organization. Beside AWS Control
 * Tower, set `attachedAlready` to the number that its controls take. A policy that is too long, or one too many, stops synthesis.
 *
 * What it creates: policies, and a function that turns their types on. It costs nothing to speak of.
 *
 * @example
 * new OrganizationGuardrails(this, 'Guardrails', {
 *   organizationId: 'o-a1b2c3d4e5',
 *   targetIds: ['ou-ab12-11111111'],
 *   allowedRegions: ['eu-west-1', 'eu-central-1', 'us-east-1'],
 * });
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html
 */
export class OrganizationGuardrails extends Construct {
  /** Ids of the policies. */
  public readonly policyIds: string[];
  private readonly policies: organizations.CfnPolicy[] = [];

  /**
   * @param scope where the policies are made.
   * @param id its id in there.
   * @param props options.
   * @throws when an id, a Region or the name of a role or a guardrail is none, an action of a denial does not exist, or AWS Organizations
   * would not take the policies because of their size or number.
   */
  constructor(scope: Construct, id: string, props: OrganizationGuardrailsProps) {
    super(scope, id);
    const { without = [], privateTargetIds = [], backup, additionalDenials = [] } = props;
    const settings = readSettings(props);
    checkNames(without);
    const kept = (all: readonly Guardrail[]) => all.filter((each) => !without.includes(each.id));
    this.addControls('Accounts', 'SERVICE_CONTROL_POLICY', props, [
      ...kept(SERVICE_CONTROL_GUARDRAILS).map((each) => serviceControl(each, settings)),
      ...additionalDenials.map(additionalDenial),
    ]);
    this.addControls(
      'Resources',
      'RESOURCE_CONTROL_POLICY',
      props,
      kept(RESOURCE_CONTROL_GUARDRAILS).map((each) => resourceControl(each, settings)),
    );
    if (!without.includes('ec2-settings')) this.add('Ec2Settings', 'DECLARATIVE_POLICY_EC2', EC2_POLICY, props.targetIds);
    if (privateTargetIds.length > 0)
      this.add('PrivateNetworks', 'DECLARATIVE_POLICY_EC2', PRIVATE_NETWORK_POLICY, privateTargetIds);
    if (!without.includes('tags')) this.add('Tags', 'TAG_POLICY', TAG_POLICY, props.targetIds);
    if (backup) this.add('Backup', 'BACKUP_POLICY', backupPolicy(backup, Stack.of(this).partition), props.targetIds);
    this.turnOn(props);
    this.policyIds = this.policies.map(({ attrId }) => attrId);
  }

  private addControls(
    name: string,
    type: PolicyType,
    props: OrganizationGuardrailsProps,
    statements: readonly Statement[],
  ): void {
    const contents = packed(type, statements);
    checkNumber(type, contents.length, props.attachedAlready ?? 1);
    for (const [index, content] of contents.entries()) this.add(`${name}${index + 1}`, type, content, props.targetIds);
  }

  private add(name: string, type: PolicyType, content: unknown, targetIds: string[]): void {
    checkSize(type, name, measurable(content), 'shorten the lists in the options');
    const policy = new organizations.CfnPolicy(this, name, {
      name: `${this.node.id}-${name}`,
      description: DESCRIPTIONS[type],
      type,
      content,
      targetIds: [...targetIds],
    });
    // Changes of an organization are made one after the other.
    const before = this.policies.at(-1);
    if (before) policy.addResourceDependency(before);
    this.policies.push(policy);
  }

  private turnOn({ alarmTopic }: OrganizationGuardrailsProps): void {
    const policyTypes = [...new Set(this.policies.map(({ type }) => type as PolicyType))];
    if (policyTypes.length === 0) return;
    const trustedServices = policyTypes.flatMap((type) => TRUSTED[type] ?? []);
    const features = new OrganizationFeatures(this, 'Features', { policyTypes, trustedServices, alarmTopic });
    this.policies[0].node.addDependency(features);
  }
}

const DESCRIPTIONS: Record<PolicyType, string> = {
  SERVICE_CONTROL_POLICY: 'What nobody in these accounts may do',
  RESOURCE_CONTROL_POLICY: 'What nobody may do with resources of these accounts',
  DECLARATIVE_POLICY_EC2: 'Settings of EC2 that no account changes',
  BACKUP_POLICY: 'The backup plan of every account',
  TAG_POLICY: 'How tags are written',
};

/** The longest id of an organization, for one that only deployment knows. */
const LONGEST_ID = `o-${'x'.repeat(32)}`;

function measurable(content: unknown): unknown {
  return JSON.parse(JSON.stringify(content), (_, value) => (Token.isUnresolved(value) ? LONGEST_ID : value));
}

function readSettings(props: OrganizationGuardrailsProps): GuardrailSettings {
  const { breakGlassRoles = ['BreakGlass', 'aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*'] } = props;
  const { administrationRoles = ['AWSControlTowerExecution', 'stacksets-exec-*'] } = props;
  const { restoreRoles = ['service-role/AWSBackupDefaultServiceRole'], trustedAccounts = [] } = props;
  if (breakGlassRoles.length === 0)
    throw new Error("'breakGlassRoles' must name one role at least, got none: nobody could help in an emergency");
  all('organizationId', [props.organizationId], /^o-[a-z0-9]{10,32}$/, "the id of an organization, such as 'o-a1b2c3d4e5'");
  all('targetIds', props.targetIds, TARGET, TARGET_WORDS);
  all('privateTargetIds', props.privateTargetIds, TARGET, TARGET_WORDS);
  all('allowedRegions', props.allowedRegions, /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, "Regions such as 'eu-west-1'");
  all('trustedAccounts', props.trustedAccounts, /^\d{12}$/, 'account ids of 12 digits');
  return {
    organizationId: props.organizationId,
    regions: props.allowedRegions,
    administration: [...roleArns('breakGlassRoles', breakGlassRoles), ...roleArns('administrationRoles', administrationRoles)],
    restores: roleArns('restoreRoles', restoreRoles),
    trustedAccounts,
  };
}

const TARGET = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;
const TARGET_WORDS = "ids of a root, units or accounts, such as 'r-ab12' or 'ou-ab12-11111111'";

/** A list must have something in it, and nothing wrong; what only deployment knows is taken as it is. */
function all(option: string, values: readonly string[] | undefined, pattern: RegExp, expected: string): void {
  const wrong = values?.find((value) => !Token.isUnresolved(value) && !pattern.test(value));
  if (wrong !== undefined) throw new Error(`'${option}' must be ${expected}, got '${wrong}'`);
  if (values?.length === 0 && /^(targetIds|allowedRegions)$/.test(option))
    throw new Error(`'${option}' must be ${expected}, got none`);
}

function checkNames(without: readonly string[]): void {
  const known = [...SERVICE_CONTROL_GUARDRAILS, ...RESOURCE_CONTROL_GUARDRAILS].map(({ id }) => id).concat(MANAGEMENT);
  const unknown = without.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`'without' must name guardrails, got '${unknown}': ${known.join(', ')}`);
}
