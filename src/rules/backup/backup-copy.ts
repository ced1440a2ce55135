import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { declaredKind } from '../shared/environment-kind';

const EXPECTED = 'a vault in another account or Region, or a logically air-gapped vault';

/** AWS keeps its backups in an account of its own. */
const AIR_GAPPED = 'AWS::Backup::LogicallyAirGappedBackupVault';

/** What only deployment knows; its own Region is `<Region>`. */
const HOLE = /\$\{(?:AWS::)?([^}]*)\}/g;

/** Whether a vault is somewhere else; the ARN has the Region and the account in its fourth and fifth part. */
function mustBeElsewhere(vault: Value): Observation[] {
  if (vault.isAbsent) return [vault.fails(EXPECTED)];
  const { environment } = vault.resource;
  const { target } = vault;
  if (target?.type === AIR_GAPPED) return [];
  if (target)
    return target.environment === environment ? [vault.fails(EXPECTED, 'the copy stays in the account and Region')] : [];
  const [, , , region = '', account = ''] = vault.text.replace(HOLE, '<$1>').split(':');
  const answers = [isOther(region, environment.region, '<Region>'), isOther(account, environment.account, '<AccountId>')];
  if (answers.includes(true)) return [];
  return answers.includes(undefined)
    ? [vault.undetermined(EXPECTED, 'the Region or the account of the stack or of the vault is not known')]
    : [vault.fails(EXPECTED, 'the copy stays in the account and Region')];
}

function isOther(part: string, own: string | undefined, itself: string): boolean | undefined {
  if (part === itself) return false;
  return part === '' || part.startsWith('<') || own === undefined ? undefined : part !== own;
}

/** A copy can never be returned to any second: a plan for that leaves copies to the plan that makes snapshots. */
function isBesideSnapshots(plan: Resource): boolean {
  return isContinuous(plan) && plan.peers('AWS::Backup::BackupPlan').some((peer) => !isContinuous(peer));
}

function isContinuous(plan: Resource): boolean {
  const rules = plan.at('BackupPlan.BackupPlanRule').items();
  return rules.length > 0 && rules.every((rule) => rule.at('EnableContinuousBackup').boolean === true);
}

const plan = (...rules: JsonObject[]) => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanName: 'plan',
        BackupPlanRule: rules.map((rule) => ({ RuleName: 'rule', TargetBackupVault: 'vault', ...rule })),
      },
    },
  },
});
const copy = (DestinationBackupVaultArn: Json) => ({ CopyActions: [{ DestinationBackupVaultArn }] });
const here = (region: string, account: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:backup:${region}:${account}:backup-vault:copies`,
});
const vault = { Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'copies' } } };

export default defineRule({
  id: 'Backup.16',
  slug: 'backup-copy',
  title: 'Backups are copied to another account or Region',
  criteria: [Criterion.A1_2, Criterion.CC7_5, Criterion.CC9_1],
  control: 'disaster-recovery',
  severity: 'warning',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  applies: (plan) => declaredKind(plan.environment) !== 'non-production' && !isBesideSnapshots(plan),
  rationale: 'Backups beside the data are lost with it: to a lost Region, or to whoever takes over the account.',
  remediation:
    'Give a rule of the plan `copyActions` with a vault of another account or Region, from `BackupVault.fromBackupVaultArn`; or set `TargetLogicallyAirGappedBackupVaultArn` of the rule.',
  references: ['AWS Backup Audit Manager BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', 'NIST 800-53 CP-6', 'NIST 800-53 CP-9(3)'],
  check: (plan) => {
    const rules = plan.at('BackupPlan.BackupPlanRule');
    const attempts = rules.items().flatMap((rule) => [
      rule.at('TargetLogicallyAirGappedBackupVaultArn').mustBeSet(EXPECTED),
      ...rule
        .at('CopyActions')
        .items()
        .map((action) => mustBeElsewhere(action.at('DestinationBackupVaultArn'))),
    ]);
    return anyOf(attempts, () => rules.fails(EXPECTED, 'every backup stays in the account and Region of its data'));
  },
  examples: {
    pass: {
      'one of two rules fills an air-gapped vault': plan(
        {},
        { TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:air-gapped' },
      ),
      'copies go to an air-gapped vault of the account': {
        ...plan(copy({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] })),
        Vault: { Type: AIR_GAPPED, Properties: { BackupVaultName: 'copies', MinRetentionDays: 35, MaxRetentionDays: 365 } },
      },
      'a plan to return to any second stands beside one with copies': {
        ...plan({ TargetLogicallyAirGappedBackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:air-gapped' }),
        Continuous: plan({ EnableContinuousBackup: true }).Plan,
      },
    },
    fail: {
      'there are no copies': plan({}),
      'there is only a plan to return to any second': plan({ EnableContinuousBackup: true }),
      'the plan that makes snapshots has no copies': {
        ...plan({}),
        Continuous: plan({ EnableContinuousBackup: true }).Plan,
      },
      'the copy goes to a vault beside the first': { ...plan(copy({ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] })), ...vault },
      'the copy stays in the Region and account': plan(copy(here('${AWS::Region}', '${AWS::AccountId}'))),
    },
    undetermined: {
      'the vault is a parameter': { Parameters: { Vault: { Type: 'String' } }, Resources: plan(copy({ Ref: 'Vault' })) },
      'the Region of the stack is not known': plan(copy(here('eu-central-1', '${AWS::AccountId}'))),
    },
  },
});
