import type { Kind } from './restore-messages';
import type { RestoreNetwork } from './restore-network';
import type { TestParts } from './restore-parts';

/** What overrides refer to. */
export interface OverrideContext {
  readonly keyArn: string;
  readonly network?: RestoreNetwork;
}

/** A list in the place of a text: AWS Backup takes it as JSON. */
const list = (ids: readonly string[]) => `["${ids.join('","')}"]`;

function ofDatabase({ network }: OverrideContext): Record<string, string> {
  return {
    dbSubnetGroupName: network!.subnetGroup!.subnetGroupName,
    vpcSecurityGroupIds: list([network!.restored.securityGroupId]),
  };
}

/**
 * A database that is looked into with a token must take tokens, whatever the source did.
 *
 * Not confirmed by a restore: the spelling of this key, and those of parameter groups and of the key of buckets. Case does not matter.
 */
function ofSignIn({ expect, secret }: TestParts): Record<string, string> {
  return expect.data && !secret ? { enableIAMDatabaseAuthentication: 'true' } : {};
}

const OVERRIDES: Readonly<Record<Kind, (parts: TestParts, context: OverrideContext) => Record<string, string>>> = {
  RDS: (parts, context) => ({
    ...ofDatabase(context),
    publiclyAccessible: 'false',
    multiAz: 'false',
    ...ofSignIn(parts),
    ...(parts.parameterGroupName && { dbParameterGroupName: parts.parameterGroupName }),
    ...(parts.expect.instanceClass && { dbInstanceClass: parts.expect.instanceClass }),
  }),
  Aurora: (parts, context) => ({
    ...ofDatabase(context),
    ...ofSignIn(parts),
    ...(parts.parameterGroupName && { dbClusterParameterGroupName: parts.parameterGroupName }),
  }),
  DynamoDB: (_, { keyArn }) => ({ encryptionType: 'KMS', kmsMasterKeyArn: keyArn }),
  S3: (_, { keyArn }) => ({ encryptionType: 'SSE-KMS', kmsKey: keyArn }),
  EBS: (_, { keyArn }) => ({ kmsKeyId: keyArn }),
  EC2: ({ instanceRole }, { network }) => ({
    subnetId: network!.vpc.isolatedSubnets[0].subnetId,
    securityGroupIds: list([network!.restored.securityGroupId]),
    requireImdsV2: 'true',
    ...(instanceRole && { iamInstanceProfileName: 'UseBackedUpValue' }),
  }),
  EFS: (_, { keyArn }) => ({ kmsKeyId: keyArn }),
};

/**
 * How a resource is restored for a test: into the network without a way out, and encrypted with the key of restored resources where
 * one can be chosen. Names of keys are those of the metadata of each type.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export function overridesOf(parts: TestParts, context: OverrideContext): Record<string, string> {
  return OVERRIDES[parts.kind as Kind](parts, context);
}
