import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { MOUNT_PATH } from '../restore-messages';

/** The function that reads files, as it is now. */
export interface Reader {
  readonly name: string;
  readonly role: string;
  /** The access point that it mounts, if any. */
  readonly mounts?: string;
  /** Whether an update of it is under way. */
  readonly isBusy: boolean;
  /** Why its last update failed, if it did. */
  readonly fault?: string;
  readonly revision?: string;
}

/** Look at the function that reads files; undefined when it is not there any more. */
export async function describeReader(lambda: LambdaClient, FunctionName: string): Promise<Reader | undefined> {
  const found = await find(lambda, FunctionName);
  if (found === undefined) return undefined;
  const { FileSystemConfigs: [mounted] = [], LastUpdateStatus: update, State: state, RevisionId: revision } = found;
  const hasFailed = update === 'Failed' || state === 'Failed';
  return {
    name: FunctionName,
    role: found.Role ?? '',
    isBusy: update === 'InProgress' || state === 'Pending',
    ...(mounted?.Arn !== undefined && { mounts: mounted.Arn }),
    ...(hasFailed && { fault: found.LastUpdateStatusReason ?? found.StateReason ?? 'the reason is not known' }),
    ...(revision !== undefined && { revision }),
  };
}

async function find(lambda: LambdaClient, FunctionName: string): Promise<FunctionConfiguration | undefined> {
  try {
    return await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/**
 * Let the function mount an access point, or nothing. The change is made to the revision that was seen and to no other: of two tests
 * that want the same function, one gets it.
 */
export async function setMount(lambda: LambdaClient, { name, revision }: Reader, accessPointArn?: string): Promise<void> {
  try {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        FileSystemConfigs: accessPointArn === undefined ? [] : [{ Arn: accessPointArn, LocalMountPath: MOUNT_PATH }],
        ...(revision !== undefined && { RevisionId: revision }),
      }),
    );
  } catch (error) {
    // Somebody else changes it: it is looked at again.
    if (!/^(PreconditionFailed|ResourceConflict)Exception$/.test((error as Error).name)) throw error;
  }
}
