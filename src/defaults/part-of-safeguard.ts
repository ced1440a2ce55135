import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { METADATA_KEY, SAFEGUARD_PART } from '../model/metadata-key';

/** Say in the template that a resource is a part of a safeguard: the network diagram does not take it for the application then. */
export function partOfSafeguard<T extends IConstruct>(construct: T): T {
  const resource = construct.node.defaultChild as CfnResource;
  resource.addMetadata(METADATA_KEY, { ...resource.getMetadata(METADATA_KEY), part: SAFEGUARD_PART });
  return construct;
}
