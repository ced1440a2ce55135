import * as efs from 'aws-cdk-lib/aws-efs';
import type { Construct } from 'constructs';
import { fileSystemDefaults } from '../defaults/file-system';
import { withDefaults } from '../defaults/with-defaults';

/** Options of `SecureFileSystem`: those of `efs.FileSystem`, every one of which comes before a default. */
export interface SecureFileSystemProps extends efs.FileSystemProps {
  /**
   * Whether the file system is deployed already, as a plain `efs.FileSystem` for example. Set it when this class takes the place
   * of another one, and leave it there. Never set it for what this class has made: CloudFormation would make an empty one in its
   * place.
   *
   * Then three things stay as they are: its encryption and its key, for CloudFormation would put an empty file system in the
   * place of the one with the files; who may mount it, for clients that use neither TLS nor IAM would lose their files; and how
   * long files stay in the storage that is read without a fee. The rules `efs-encrypted`, `efs-transit-encryption` and
   * `efs-policy` report what remains, and `docs/migrating-data.md` says how to get there.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;
}

/**
 * A file system that is encrypted with a customer-managed key, lets in clients over TLS that say who they are, and is backed up.
 *
 * Takes every property of `efs.FileSystem` and can take its place: the logical id stays the same. Clients mount it with the options
 * `tls` and `iam`, and with a role that `grantRead`, `grantReadWrite` or `grantRootAccess` let in. Tell it with `alreadyDeployed`
 * when it takes the place of a file system that has files: CloudFormation can encrypt only a new one.
 *
 * What it creates beside the file system: a KMS key for data, once for each stack. What it costs in kind: the
 * key and its requests, and the storage of daily backups, which are kept for 35 days. Files that nobody read for 30 days move to
 * storage that costs less to keep and a fee to read, and come back when they are read.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureFileSystem(this, 'Documents', { vpc });
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/security-considerations.html
 */
export class SecureFileSystem extends efs.FileSystem {
  /**
   * @param scope where the file system is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a key is given for a file system that is not to be encrypted.
   */
  constructor(scope: Construct, id: string, props: SecureFileSystemProps) {
    const { alreadyDeployed: mayBeDeployed = false, ...own } = props;
    if (own.encrypted === false && own.kmsKey) {
      throw new Error("'kmsKey' has no effect when 'encrypted' is false: leave out 'encrypted', or the key");
    }
    super(scope, id, fileSystemDefaults(mayBeDeployed ? own : withDefaults(own, LIFECYCLE), { scope, id, mayBeDeployed }));
  }
}

const LIFECYCLE: Partial<efs.FileSystemProps> = {
  lifecyclePolicy: efs.LifecyclePolicy.AFTER_30_DAYS,
  outOfInfrequentAccessPolicy: efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS,
};
