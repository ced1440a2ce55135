import { Criterion } from '../criteria/criterion';
import { anyCall, calls, type MetricAlarm } from './metric-alarm';

const { A1_2, C1_1, C1_2, CC6_1, CC6_6, CC6_7, CC7_2, CC7_3 } = Criterion;

/** A person's session: an IAM user, the root user, the console, or a permission set of IAM Identity Center. */
const BY_A_PERSON =
  '(($.userIdentity.type=IAMUser) || ($.userIdentity.type=Root) || ($.sessionCredentialFromConsole="true") || ' +
  '($.userIdentity.sessionContext.sessionIssuer.userName="AWSReservedSSO_*"))';

/** What becomes of data: it is deleted, shared, copied out, opened to the public, or its secrets are read. */
export const DATA_ALARMS: readonly MetricAlarm[] = [
  {
    id: 'secret-read-by-person',
    happened: 'A person reads a secret: the login of a database for example',
    pattern:
      `{((($.eventSource=secretsmanager.amazonaws.com) && (${anyCall(['GetSecretValue', 'BatchGetSecretValue'])})) || ` +
      '(($.eventSource=ssm.amazonaws.com) && ($.eventName="GetParameter*") && ($.requestParameters.withDecryption IS TRUE))) && ' +
      `${BY_A_PERSON}}`,
    threshold: 1,
    lookAt: 'Ask what for, then rotate the secret; programs read them with roles of their own',
    criteria: [CC6_1, CC7_2, C1_1],
  },
  {
    id: 'secret-denied',
    happened: 'Somebody tries to read a secret without the right to',
    pattern:
      '{(($.eventSource=secretsmanager.amazonaws.com) || ($.eventSource=ssm.amazonaws.com)) && ' +
      '(($.eventName="*GetSecretValue") || ($.eventName="GetParameter*")) && ($.errorCode="AccessDenied*")}',
    threshold: 1,
    lookAt: 'See who tried, and which secrets: a wrong policy tries one, an intruder tries many',
    criteria: [CC6_1, CC7_2, CC7_3],
  },
  {
    id: 'database-deleted',
    happened: 'A database, a table or a cluster is deleted',
    pattern: calls(
      'DeleteDBInstance',
      'DeleteDBCluster',
      'DeleteGlobalCluster',
      'DeleteTable',
      'DeleteCluster',
      'DeleteCacheCluster',
      'DeleteReplicationGroup',
      'DeleteDomain',
      'DeleteGraph',
    ),
    threshold: 1,
    lookAt: 'Find the deployment that removed it; when there is none, keep every backup and start to restore',
    criteria: [A1_2, CC7_3, C1_2],
  },
  {
    id: 'storage-deleted',
    happened: 'A bucket, a file system or a stack is deleted',
    pattern: calls('DeleteBucket', 'DeleteFileSystem', 'DeleteStack', 'DeleteRepository', 'DeleteStream'),
    threshold: 1,
    lookAt: 'Find the deployment that removed it; when there is none, look for what else the same user deleted',
    criteria: [A1_2, CC7_3, C1_2],
  },
  {
    id: 'backup-deleted',
    happened: 'A backup, or what makes or protects backups, is deleted',
    pattern:
      '{($.userIdentity.invokedBy NOT EXISTS) && (' +
      anyCall([
        'DeleteRecoveryPoint',
        'DeleteBackupVault',
        'DeleteBackupVaultLockConfiguration',
        'DeleteBackupPlan',
        'DeleteBackupSelection',
        'DeleteDBSnapshot',
        'DeleteDBClusterSnapshot',
        'DeleteDBInstanceAutomatedBackup',
        'DeleteBackup',
        'DeleteSnapshot',
        'DeregisterImage',
      ]) +
      ')}',
    threshold: 1,
    lookAt: 'Backups expire by themselves: ask whoever deleted one by hand, and look at what happened to its source',
    criteria: [A1_2, CC7_3],
  },
  {
    id: 'objects-deleted-in-bulk',
    happened: 'Very many objects or items are deleted',
    pattern: `{${anyCall(['DeleteObject', 'DeleteObjects', 'DeleteItem', 'DeleteObjectVersion'])}}`,
    threshold: 1000,
    lookAt: 'Group by user and bucket; previous versions bring objects back, point-in-time recovery brings items back',
    criteria: [A1_2, CC7_2, C1_2],
  },
  {
    id: 'secret-deleted',
    happened: 'A secret or a parameter is deleted, or a secret no longer rotates',
    pattern:
      '{(($.eventSource=secretsmanager.amazonaws.com) || ($.eventSource=ssm.amazonaws.com)) && (' +
      `${anyCall(['DeleteSecret', 'CancelRotateSecret', 'DeleteParameter', 'DeleteParameters'])})}`,
    threshold: 1,
    lookAt: 'Restore the secret while its waiting time runs, unless its owner planned it',
    criteria: [CC6_1, CC7_3, A1_2],
  },
  {
    id: 'snapshot-shared',
    happened: 'A snapshot or an image is shared with another account, or with everybody',
    pattern:
      '{($.requestParameters.createVolumePermission.add.items[0].userId="*") || ' +
      '($.requestParameters.createVolumePermission.add.items[0].group="*") || ' +
      '($.requestParameters.launchPermission.add.items[0].userId="*") || ' +
      '($.requestParameters.launchPermission.add.items[0].group="*") || ' +
      '($.requestParameters.launchPermission.add.items[0].organizationArn="*") || ' +
      '(($.eventName="ModifyDB*SnapshotAttribute") && ($.requestParameters.valuesToAdd[0]="*"))}',
    threshold: 1,
    lookAt: 'Compare the account with yours: whoever takes data out copies a snapshot to an account of their own',
    criteria: [CC6_7, CC6_6, C1_1],
  },
  {
    id: 'data-exported',
    happened: 'Data is copied out of a database or a machine to where somebody chose',
    pattern: calls(
      'StartExportTask',
      'ExportTableToPointInTime',
      'ExportImage',
      'CreateStoreImageTask',
      'CreateInstanceExportTask',
      'CreateReplicationTask',
      'StartReplicationTask',
      'CreateDataRepositoryTask',
    ),
    threshold: 1,
    lookAt: 'See which bucket or endpoint receives it, and whose it is',
    criteria: [CC6_7, C1_1, CC7_2],
  },
  {
    id: 'resource-shared',
    happened: 'Another account is let in by a policy, a share or a key',
    pattern: calls(
      'CreateResourceShare',
      'AssociateResourceShare',
      'PutKeyPolicy',
      'PutResourcePolicy',
      'SetRepositoryPolicy',
      'PutBackupVaultAccessPolicy',
      'PutFileSystemPolicy',
      'AuthorizeSnapshotAccess',
      'AuthorizeDataShare',
    ),
    threshold: 1,
    lookAt: 'Read the policy: principals and accounts that are not yours mean that data leaves',
    criteria: [CC6_6, CC6_7, C1_1],
  },
  {
    id: 'public-access-allowed',
    happened: 'A lock against public access is weakened or removed',
    pattern:
      `{${anyCall([
        'DeleteBucketPublicAccessBlock',
        'DeleteAccountPublicAccessBlock',
        'DisableSnapshotBlockPublicAccess',
        'DisableImageBlockPublicAccess',
      ])} || ` +
      `${['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
        .map((lock) => `($.requestParameters.PublicAccessBlockConfiguration.${lock} IS FALSE)`)
        .join(' || ')}}`,
    threshold: 1,
    lookAt: 'See whether all four settings are still on, and who could read the bucket or snapshot since',
    criteria: [CC6_6, CC6_1, C1_1],
  },
];
