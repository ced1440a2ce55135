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
 * Not confirmed: that restore tests take this key, and those of parameter groups and classes of instances. They are named as in the
 * calls of RDS that restore a snapshot; case does not matter.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
 */
function ofSignIn({ expect, secret }: TestParts): Record<string, string> {
  return expect.data && !secret ? { enableIAMDatabaseAuthentication: 'true' } : {};
}

/**
 * How objects of a bucket are encrypted; the bucket itself has what new buckets have.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-s3.html
 */
const ofObjects = (keyArn: string) => ({ encryptionType: 'SSE-KMS', kmsKey: keyArn });

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
  S3: (_, { keyArn }) => ofObjects(keyArn),
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
 * one can be chosen. Names of keys of DynamoDB, EBS, EC2 and EFS are those that can be overridden by the page below; case does not
 * matter.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export function overridesOf(parts: TestParts, context: OverrideContext): Record<string, string> {
  return OVERRIDES[parts.kind as Kind](parts, context);
}
