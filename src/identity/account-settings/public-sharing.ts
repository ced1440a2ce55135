import {
  EnableImageBlockPublicAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { GetServiceSettingCommand, UpdateServiceSettingCommand } from '@aws-sdk/client-ssm';
import { DOCUMENT_SHARING } from '../account-settings-properties';
import { unlessNone } from './clients';
import type { Setting } from './setting';

/** No bucket is public. */
export const publicAccessBlock: Setting = async ({ clients: { s3 }, account: AccountId }) => {
  const answer = await unlessNone(
    s3.send(new GetPublicAccessBlockCommand({ AccountId })),
    'NoSuchPublicAccessBlockConfiguration',
  );
  const current = answer?.PublicAccessBlockConfiguration;
  const all = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  if (Object.keys(all).every((name) => current?.[name as keyof typeof all])) return false;
  await s3.send(new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration: all }));
  return true;
};

/** No snapshot is public. */
export const snapshotSharing: Setting = async ({ clients: { ec2 } }) => {
  const { State: state } = await ec2.send(new GetSnapshotBlockPublicAccessStateCommand({}));
  if (state === 'block-all-sharing') return false;
  await ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
  return true;
};

/** No image becomes public. */
export const imageSharing: Setting = async ({ clients: { ec2 } }) => {
  const { ImageBlockPublicAccessState: state } = await ec2.send(new GetImageBlockPublicAccessStateCommand({}));
  if (state === 'block-new-sharing') return false;
  await ec2.send(new EnableImageBlockPublicAccessCommand({ ImageBlockPublicAccessState: 'block-new-sharing' }));
  return true;
};

/** No document of Systems Manager becomes public. */
export const documentSharing: Setting = async ({ clients: { ssm } }) => {
  const { ServiceSetting: current } = await ssm.send(new GetServiceSettingCommand({ SettingId: DOCUMENT_SHARING }));
  if (current?.SettingValue === 'Disable') return false;
  await ssm.send(new UpdateServiceSettingCommand({ SettingId: DOCUMENT_SHARING, SettingValue: 'Disable' }));
  return true;
};
