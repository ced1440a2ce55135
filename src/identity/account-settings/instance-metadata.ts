import {
  type DefaultHttpTokensEnforcedState,
  GetInstanceMetadataDefaultsCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import type { Setting } from './setting';

/** New instances ask for tokens (IMDSv2). */
export const instanceMetadata: Setting = async ({ clients: { ec2 }, wanted }) => {
  const enforced = wanted.HttpTokensEnforced as DefaultHttpTokensEnforcedState | undefined;
  const { AccountLevel: current } = await ec2.send(new GetInstanceMetadataDefaultsCommand({}));
  if (current?.HttpTokens === 'required' && (!enforced || current.HttpTokensEnforced === enforced)) return false;
  if (current?.ManagedBy === 'declarative-policy')
    throw new Error(
      'a declarative policy of the organization decides on instance metadata, and is weaker. Change the policy, or leave this setting to it',
    );
  await ec2.send(
    new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'required', ...(enforced && { HttpTokensEnforced: enforced }) }),
  );
  return true;
};
