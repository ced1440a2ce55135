import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { type Finding, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { EBS_DEFAULTS, enablesEncryption } from '../shared/ebs-default';
import { Launch } from '../shared/launch';
import { SDK_CALL } from '../shared/sdk-call';

const volume = (properties: JsonObject) => ({
  Volume: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-west-1a', Size: 20, ...properties } },
});
const launched = (type: string, ebs: JsonObject) => ({
  Host: { Type: type, Properties: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, ...ebs } }] } },
});

export default defineRule({
  id: 'EC2.10',
  slug: 'ebs-volume-encrypted',
  title: 'EBS volumes are encrypted',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Volume', 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  // A launch template that names no image adds settings to one that is named elsewhere.
  applies: (resource) =>
    resource.type !== 'AWS::EC2::LaunchTemplate' ||
    !resource.at('LaunchTemplateData.ImageId').isAbsent ||
    !resource.at('LaunchTemplateData.BlockDeviceMappings').isAbsent,
  rationale: 'A volume that is copied, shared as a snapshot or left behind shows its contents unless it is encrypted.',
  remediation:
    'Set `encrypted: true` on the volume or in `ec2.BlockDeviceVolume.ebs(…)`. A deployed volume or instance is replaced by that change: restore an encrypted copy of its snapshot.',
  references: ['Security Hub EC2.3', 'AWS Config ENCRYPTED_VOLUMES', 'cdk-nag EC2EBSVolumeEncrypted', 'checkov CKV_AWS_3'],
  check: (resource) => {
    const found = resource.type === 'AWS::EC2::Volume' ? mustBeEncrypted(resource.properties) : mappings(resource);
    const wrong = found.filter((each): each is Finding => each.kind !== 'note');
    const saysNo = wrong.some(({ kind, found: value }) => kind === 'fail' && value !== 'nothing');
    if (wrong.length === 0 || saysNo) return found;
    const byDefault = EBS_DEFAULTS.flatMap((type) => resource.peers(type)).find((each) => enablesEncryption(each));
    return byDefault ? [metBy(byDefault, 'it switches EBS encryption by default on')] : found;
  },
  examples: {
    pass: {
      'the volume is encrypted': volume({ Encrypted: true }),
      'the volume has a key': volume({ KmsKeyId: 'alias/data' }),
      'the volume of the instance is encrypted': launched('AWS::EC2::Instance', { Encrypted: 'true' }),
      'the device is a disk of the host': {
        Host: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            BlockDeviceMappings: [
              { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } },
              { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' },
            ],
          },
        },
      },
      'the account encrypts by default': {
        ...volume({}),
        Call: { Type: SDK_CALL, Properties: { Create: '{"service":"EC2","action":"enableEbsEncryptionByDefault"}' } },
      },
    },
    fail: {
      'encryption is not mentioned': volume({}),
      'encryption is off': volume({ Encrypted: false }),
      'the volume of the instance is not encrypted': launched('AWS::EC2::Instance', {}),
      'the volume of the launch configuration is not encrypted': launched('AWS::AutoScaling::LaunchConfiguration', {
        Encrypted: false,
      }),
      'the volume of the launch template is not encrypted': {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20 } }] } },
        },
      },
    },
    undetermined: {
      'encryption is a parameter': {
        Parameters: { Encrypted: { Type: 'String' } },
        Resources: volume({ Encrypted: { Ref: 'Encrypted' } }),
      },
      'the volume is made from a snapshot': volume({ SnapshotId: 'snap-0123456789abcdef0' }),
      'the image decides about the only volume': {
        Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-0123456789abcdef0' } },
      },
    },
  },
});

/** A volume, or the part of a block device mapping that describes one. */
function mustBeEncrypted(volume: Value): Observation[] {
  const encrypted = volume.at('Encrypted');
  if (!encrypted.isAbsent) return encrypted.mustBe(true);
  if (!volume.at('KmsKeyId').isAbsent)
    return encrypted.mustBe(true, { absent: 'EC2 accepts a key only for a volume that is encrypted' });
  if (!volume.at('SourceVolumeId').isAbsent) return encrypted.mustBe(true, { absent: 'only encrypted volumes can be copied' });
  const snapshot = volume.at('SnapshotId');
  return snapshot.isAbsent ? encrypted.mustBe(true) : [encrypted.undetermined('true', 'the snapshot decides')];
}

function mappings(resource: Resource): Observation[] {
  const list = new Launch(resource).at('BlockDeviceMappings');
  if (list.isAbsent) return [list.undetermined('an encrypted root volume', 'the image decides about its root volume')];
  return list.items().flatMap((mapping) => (mapping.at('Ebs').isAbsent ? [] : mustBeEncrypted(mapping.at('Ebs'))));
}
