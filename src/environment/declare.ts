import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { METADATA_KEY } from '../model/metadata-key';

/**
 * Write what a construct declares of itself into the `Metadata` of its template, from where the ledger takes it.
 *
 * @param kind what it is about, such as `backup`.
 * @param says plain data; an auditor reads its keys and values as they are.
 */
export function declare(construct: IConstruct, kind: string, says: object): void {
  const { templateOptions } = Stack.of(construct);
  const ours = templateOptions.metadata?.[METADATA_KEY];
  const declarations = [...(ours?.declarations ?? []), { kind, at: construct.node.path, says }];
  templateOptions.metadata = { ...templateOptions.metadata, [METADATA_KEY]: { ...ours, declarations } };
}
