import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { CloudFormationTemplate } from './construct';

/** A property that a new template changes on a resource that is deployed. */
export interface Change {
  /** For example `AWS::RDS::DBInstance StorageEncrypted`. */
  readonly property: string;
  readonly impact: ResourceImpact;
}

/** What a new template changes on resources of the old one; `cdk diff` says the same. */
export function changes(deployed: CloudFormationTemplate, next: CloudFormationTemplate): Change[] {
  const { resources } = fullDiff(structuredClone(deployed) as object, structuredClone(next) as object);
  const found: Change[] = [];
  resources.forEachDifference((logicalId, { oldResourceType, isAddition, isRemoval, propertyUpdates, changeImpact }) => {
    if (isAddition) return;
    if (isRemoval) found.push({ property: `${oldResourceType} ${logicalId}`, impact: changeImpact });
    for (const [property, update] of Object.entries(propertyUpdates ?? {}))
      found.push({ property: `${oldResourceType} ${property}`, impact: update.changeImpact ?? ResourceImpact.NO_CHANGE });
  });
  return found;
}

/**
 * Properties that are said to replace a resource in some cases, and never do in the way that constructs here change them.
 *
 * For databases, what RDS changes in place and what not is in the source of the resource.
 *
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/blob/main/aws-rds-dbinstance/src/main/java/software/amazon/rds/dbinstance/util/ImmutabilityHelper.java
 */
const IN_PLACE: readonly string[] = [
  'AWS::RDS::DBInstance BackupRetentionPeriod',
  'AWS::RDS::DBInstance DBParameterGroupName',
  'AWS::RDS::DBInstance MultiAZ',
];

/** Those of the changes that make CloudFormation delete, or create anew, what is deployed. */
export function replacing(all: readonly Change[]): string[] {
  const SAFE = [ResourceImpact.NO_CHANGE, ResourceImpact.WILL_UPDATE, ResourceImpact.WILL_CREATE];
  return all
    .filter(({ property, impact }) => !SAFE.includes(impact) && !IN_PLACE.includes(property))
    .map(({ property, impact }) => `${property}: ${impact}`);
}
