import {
  EnableEbsEncryptionByDefaultCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
} from '@aws-sdk/client-ec2';
import type { Setting } from './setting';

/** New volumes are encrypted, with the key where one is named. */
export const volumeEncryption: Setting = async ({ clients: { ec2 }, wanted: { KmsKeyId: key } }) => {
  const { EbsEncryptionByDefault: isOn } = await ec2.send(new GetEbsEncryptionByDefaultCommand({}));
  if (!isOn) await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  if (typeof key !== 'string') return !isOn;
  const { KmsKeyId: current } = await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}));
  if (current === key) return !isOn;
  await ec2.send(new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: key }));
  return true;
};
