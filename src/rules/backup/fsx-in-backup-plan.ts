import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { arnOfData, backupExamples } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';
import { allAre, type Ternary } from '../shared/ternary';

/** Where each kind of file system says how long automatic backups are kept. Lustre keeps none by default, the others 30 days. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  LUSTRE: 'LustreConfiguration',
  ONTAP: 'OntapConfiguration',
  OPENZFS: 'OpenZFSConfiguration',
  WINDOWS: 'WindowsConfiguration',
};

const lustre = (properties: JsonObject) => ({
  FileSystemType: 'LUSTRE',
  LustreConfiguration: { DeploymentType: 'PERSISTENT_2', ...properties },
});

const { pass, fail, undetermined } = backupExamples({
  type: 'AWS::FSx::FileSystem',
  properties: lustre({}),
  arn: arnOfData('fsx', 'file-system/'),
  pattern: 'arn:aws:fsx:*:*:file-system/*',
});

const fileSystem = (properties: JsonObject) => ({ Data: { Type: 'AWS::FSx::FileSystem', Properties: { ...properties } } });

export default defineRule({
  id: 'Backup.11',
  slug: 'fsx-in-backup-plan',
  title: 'FSx file systems are backed up, by a plan or automatically',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'error',
  resourceTypes: ['AWS::FSx::FileSystem'],
  inheritable: true,
  rationale: 'A shared file system is where many people can overwrite and delete; without a backup there is no way back.',
  remediation:
    'Set `automaticBackupRetention: Duration.days(7)` or longer, or add the ARN or a tag of the file system to a selection of a `backup.BackupPlan`.',
  references: ['AWS Config FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN', 'NIST 800-53 CP-9'],
  ...about(
    (fileSystem) => fileSystem.at('FileSystemType').string !== 'LUSTRE' || canBeBackedUp(fileSystem),
    (fileSystem) => {
      const plan = inBackupPlan(fileSystem);
      return anyOf([plan, automaticBackups(fileSystem)], () => plan[0]);
    },
  ),
  examples: {
    pass: {
      ...pass,
      'automatic backups are kept for a month': fileSystem(lustre({ AutomaticBackupRetentionDays: 30 })),
      'automatic backups are kept for a month by default': fileSystem({
        FileSystemType: 'ONTAP',
        OntapConfiguration: { DeploymentType: 'MULTI_AZ_1' },
      }),
    },
    fail: {
      ...fail,
      'automatic backups are off': fileSystem({
        FileSystemType: 'WINDOWS',
        WindowsConfiguration: { ThroughputCapacity: 8, AutomaticBackupRetentionDays: 0 },
      }),
      'automatic backups are kept for a few days': fileSystem(lustre({ AutomaticBackupRetentionDays: 3 })),
    },
    undetermined: {
      ...undetermined,
      'how long automatic backups are kept is a parameter': {
        Parameters: { Days: { Type: 'Number' } },
        Resources: fileSystem(lustre({ AutomaticBackupRetentionDays: { Ref: 'Days' } })),
      },
    },
  },
});

/** FSx makes no backups of scratch file systems, nor of those that S3 is the origin of. */
function canBeBackedUp(fileSystem: Resource): Ternary {
  const deployment = fileSystem.at('LustreConfiguration.DeploymentType');
  return allAre([
    deployment.isUnknown ? undefined : !(deployment.string ?? 'SCRATCH_1').startsWith('SCRATCH'),
    fileSystem.at('LustreConfiguration.ImportPath').isAbsent,
    fileSystem.pointedAtBy('AWS::FSx::DataRepositoryAssociation', 'FileSystemId').length === 0,
  ]);
}

function automaticBackups(fileSystem: Resource): Observation[] {
  const type = fileSystem.at('FileSystemType');
  const configuration = CONFIGURATIONS[type.string ?? ''];
  if (configuration === undefined) return [type.undetermined('a kind of file system that keeps automatic backups')];
  const absent = configuration === 'LustreConfiguration' ? undefined : 'FSx backs it up daily, and keeps backups for 30 days';
  return fileSystem.at(`${configuration}.AutomaticBackupRetentionDays`).mustBeAtLeast(7, { absent });
}
