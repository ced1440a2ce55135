import type * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Backed up, encrypted with the data key, and open only to clients that say over TLS who they are.
 *
 * A file system that may be deployed keeps its encryption, for CloudFormation would put an empty one in its place, and its clients,
 * which may not mount it with TLS and IAM yet.
 */
export const fileSystemDefaults: Defaults<efs.FileSystemProps> = (props, { scope, mayBeDeployed }) => {
  const keepsKey = mayBeDeployed || props?.encrypted === false || props?.kmsKey !== undefined;
  const saysWhoIsIn = props?.fileSystemPolicy !== undefined || props?.allowAnonymousAccess === true;
  const keepsClients = saysWhoIsIn || (mayBeDeployed && props?.allowAnonymousAccess === undefined);
  return withDefaults<efs.FileSystemProps>(props, {
    ...(mayBeDeployed ? {} : { encrypted: true }),
    ...(keepsKey ? {} : { kmsKey: domainKey(scope, 'data') }),
    ...(keepsClients ? {} : { allowAnonymousAccess: false, fileSystemPolicy: onlyWithTls() }),
    enableAutomaticBackups: true,
  } as Partial<efs.FileSystemProps>);
};

function onlyWithTls(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'OnlyWithTls',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
}
