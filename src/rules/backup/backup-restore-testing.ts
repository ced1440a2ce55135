import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import type { Json } from '../../model/json';
import { metBy, missing } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';
import { orInherited } from '../shared/or-inherited';
import type { Ternary } from '../shared/ternary';

const SELECTION = 'AWS::Backup::RestoreTestingSelection';

/** What restore testing calls the resources of a type; a member of a cluster is restored with it. */
const RESTORABLE: Readonly<Record<string, (resource: Resource) => string | undefined>> = {
  'AWS::DocDB::DBCluster': () => 'DocumentDB',
  'AWS::DynamoDB::GlobalTable': () => 'DynamoDB',
  'AWS::DynamoDB::Table': () => 'DynamoDB',
  'AWS::EC2::Instance': () => 'EC2',
  'AWS::EC2::Volume': () => 'EBS',
  'AWS::EFS::FileSystem': () => 'EFS',
  'AWS::FSx::FileSystem': () => 'FSx',
  'AWS::Neptune::DBCluster': () => 'Neptune',
  'AWS::RDS::DBCluster': (cluster) => (cluster.at('Engine').text.startsWith('aurora') ? 'Aurora' : 'RDS'),
  'AWS::RDS::DBInstance': (instance) => (instance.at('DBClusterIdentifier').isAbsent ? 'RDS' : undefined),
};

/** Kinds of resources that a backup selection covers, or may cover, and that are not among those that are tested. */
function untested(environment: EnvironmentView, tested: ReadonlySet<string>): { kind: string; isCovered: Ternary }[] {
  const kinds = new Map<string, Ternary>();
  for (const [type, kindOf] of Object.entries(RESTORABLE)) {
    for (const resource of environment.resources(type)) {
      const kind = kindOf(resource);
      if (kind === undefined || kinds.get(kind) || tested.has(kind.toLowerCase())) continue;
      const observations = inBackupPlan(resource);
      if (observations.every((each) => each.kind === 'note')) kinds.set(kind, true);
      else if (observations.every((each) => each.kind === 'undetermined')) kinds.set(kind, undefined);
    }
  }
  return [...kinds].map(([kind, isCovered]) => ({ kind, isCovered }));
}

const table = { Data: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
const backedUp = { ...table, ...selecting({ Resources: ['*'] }) };
const testing = (ProtectedResourceType: Json) => ({
  Testing: {
    Type: SELECTION,
    Properties: { RestoreTestingPlanName: 'monthly', ProtectedResourceType, ProtectedResourceArns: ['*'] },
  },
});

export default defineRule({
  id: 'Backup.12',
  slug: 'backup-restore-testing',
  title: 'Backups of every kind are restored as a test',
  criteria: [Criterion.A1_3, Criterion.A1_2, Criterion.CC7_5],
  control: 'restore-testing',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [SELECTION, 'AWS::Backup::BackupSelection'],
  rationale: 'A backup that nobody ever restored is a hope; an auditor asks for the record of a restore in the period.',
  remediation:
    'Create a `backup.CfnRestoreTestingPlan`, and a `backup.CfnRestoreTestingSelection` for each kind of resource in a backup plan; or declare who restores them, and where the records are, as an inherited control of `backup-restore-testing`.',
  references: ['AWS Config RDS_MEETS_RESTORE_TIME_TARGET', 'NIST 800-53 CP-4', 'NIST 800-53 CP-9(1)'],
  check: (environment) => {
    if (environment.resources('AWS::Backup::BackupSelection').length === 0)
      return [{ kind: 'note', text: 'the environment has no backup selection' }];
    const selections = environment.resources(SELECTION);
    const kinds = selections.map((each) => each.at('ProtectedResourceType'));
    const left = untested(environment, new Set(kinds.map(({ text }) => text.toLowerCase())));
    if (left.length === 0) return selections.map((each) => metBy(each, 'it tests the restore of its kind'));
    const names = left.map(({ kind }) => kind).join(', ');
    const expected = `a restore testing selection for ${names}, ${orInherited('backup-restore-testing')}`;
    const open = kinds.find((kind) => kind.isUnknown);
    if (open) return [open.undetermined(expected)];
    return when(left.some(({ isCovered }) => isCovered) || undefined, [
      missing(`nothing tests the restore of ${names}`, expected),
    ]);
  },
  examples: {
    pass: {
      'the kind of the table is tested': { ...backedUp, ...testing('DynamoDB') },
      'nothing is backed up': table,
      'what is backed up cannot be tested': { ...selecting({ Resources: ['*'] }) },
    },
    fail: {
      'nothing is tested': backedUp,
      'another kind is tested': { ...backedUp, ...testing('S3') },
      'one of two kinds is tested': {
        ...backedUp,
        ...testing('DynamoDB'),
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
      },
    },
    undetermined: {
      'the kind is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: { ...backedUp, ...testing({ Ref: 'Kind' }) },
      },
    },
  },
});
