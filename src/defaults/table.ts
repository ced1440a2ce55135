import { Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Days that a table can be restored to any point of; DynamoDB offers no more. */
const RECOVERY_DAYS = 35;

/**
 * Restorable, protected against deletion in production, and encrypted with the data key. Nothing of it replaces a table.
 *
 * A table that may be deployed keeps its encryption: readers that the app does not know lack rights to a new key.
 */
export const tableV2Defaults: Defaults<dynamodb.TablePropsV2> = (props, { scope, mayBeDeployed }) =>
  withDefaults<dynamodb.TablePropsV2>(props, {
    ...forEveryTable(scope, props),
    ...(mayBeDeployed ? {} : { encryption: encryptionV2(scope, props) }),
  });

/** The same for the older construct, which makes a table in one Region. */
export const tableDefaults: Defaults<dynamodb.TableProps> = (props, { scope, mayBeDeployed }) => {
  const keepsEncryption = mayBeDeployed || props?.encryption !== undefined;
  return withDefaults<dynamodb.TableProps>(props, {
    ...forEveryTable(scope, props),
    ...(keepsEncryption || props?.encryptionKey !== undefined ? {} : encryption(scope, props)),
  });
};

function forEveryTable(scope: Construct, props: dynamodb.TablePropsV2 | dynamodb.TableProps | undefined) {
  return {
    ...(props?.pointInTimeRecovery === undefined
      ? { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS } }
      : {}),
    ...(Soc2Environment.of(scope).isProduction ? { deletionProtection: true } : {}),
  };
}

/** Each replica needs a key of its own Region, which an app has to name; until it does, AWS keeps one in every Region. */
function encryptionV2(scope: Construct, props: dynamodb.TablePropsV2 | undefined): dynamodb.TableEncryptionV2 {
  const hasReplicas = (props?.replicas ?? []).length > 0 || props?.witnessRegion !== undefined;
  return hasReplicas || !hasRegion(scope)
    ? dynamodb.TableEncryptionV2.awsManagedKey()
    : dynamodb.TableEncryptionV2.customerManagedKey(domainKey(scope, 'data'));
}

/** The CDK replicates only tables that are encrypted with a key that AWS keeps. */
function encryption(scope: Construct, props: dynamodb.TableProps | undefined): Partial<dynamodb.TableProps> {
  return (props?.replicationRegions ?? []).length > 0
    ? { encryption: dynamodb.TableEncryption.AWS_MANAGED }
    : { encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, encryptionKey: domainKey(scope, 'data') };
}

/** Keys of a table are told by Region: the CDK takes none in a stack for any Region. */
function hasRegion(scope: Construct): boolean {
  return !Token.isUnresolved(Stack.of(scope).region);
}
