import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';

/** What EBS volumes have in common that are launched with a server and with an Auto Scaling group. */
interface Device {
  readonly deviceName: string;
  readonly volume: { readonly ebsDevice?: ec2.EbsDeviceProps; readonly virtualName?: string };
}

/**
 * The disks that a server is launched with, encrypted with the data key unless an app says otherwise, the root among them.
 *
 * @param rootDevice what the root device of the image is called; where nobody knows, only the disks of the app are encrypted.
 */
export function encryptedVolumes<Each extends Device>(
  scope: Construct,
  rootDevice: string | undefined,
  own: readonly Each[] = [],
): ec2.BlockDevice[] | undefined {
  const given = own.map(({ volume, ...rest }) => ({ ...rest, volume: encrypted(volume, scope) }));
  const hasRoot = rootDevice === undefined || own.some(({ deviceName }) => deviceName === rootDevice);
  const root = { deviceName: rootDevice ?? '', volume: encrypted({ ebsDevice: { volumeType: GP3 } }, scope) };
  const all = hasRoot ? given : [root, ...given];
  return all.length > 0 ? all : undefined;
}

const GP3 = ec2.EbsDeviceVolumeType.GP3;

/** A disk of the host itself is not encrypted by EBS, and one of which the app says whether it is stays as it is. */
function encrypted(volume: Device['volume'], scope: Construct): ec2.BlockDeviceVolume {
  const { ebsDevice } = volume;
  if (ebsDevice === undefined || ebsDevice.encrypted !== undefined || ebsDevice.kmsKey) return volume as ec2.BlockDeviceVolume;
  return new Volume({ ...ebsDevice, encrypted: true, kmsKey: domainKey(scope, 'data') });
}

/** A volume that is as large as the image says where nothing is said. */
class Volume extends ec2.BlockDeviceVolume {
  constructor(device: ec2.EbsDeviceProps) {
    super(device);
  }
}
