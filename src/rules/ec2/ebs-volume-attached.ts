import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { unnamedPointer } from '../shared/unnamed-pointer';

const ATTACHMENT = 'AWS::EC2::VolumeAttachment';

/** What attaches a volume, and the property that names it. */
const USES = [
  [ATTACHMENT, 'VolumeId'],
  ['AWS::EC2::Instance', 'Volumes.*.VolumeId'],
] as const;

const volume = { Volume: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-west-1a', Encrypted: true } } };
const attached = (id: Json) => ({
  ...volume,
  Attachment: { Type: ATTACHMENT, Properties: { InstanceId: 'i-1', VolumeId: id, Device: '/dev/sdf' } },
});

export default defineRule({
  id: 'EC2.41',
  slug: 'ebs-volume-attached',
  title: 'EBS volumes are attached to an instance',
  criteria: [Criterion.CC6_1, Criterion.CC6_5],
  control: 'asset-inventory',
  severity: 'info',
  resourceTypes: ['AWS::EC2::Volume'],
  rationale: 'A disk that belongs to no server is a copy of data that nobody looks after, and that nobody deletes.',
  remediation: 'Attach the volume with an `ec2.CfnVolumeAttachment`, or remove it.',
  references: ['ElectricEye EBS.1', 'AWS Config EC2_VOLUME_INUSE_CHECK'],
  check: (each) => {
    for (const [type, path] of USES) {
      const [user] = each.pointedAtBy(type, path);
      if (user) return [metBy(user, 'it attaches the volume')];
    }
    const open = unnamedPointer(each, ATTACHMENT, 'VolumeId', 'this volume');
    return open.length > 0 ? open : [each.fails('nothing attaches the volume', `an '${ATTACHMENT}'`)];
  },
  examples: {
    pass: {
      'an attachment names it': attached({ Ref: 'Volume' }),
      'an instance names it': {
        ...volume,
        Host: {
          Type: 'AWS::EC2::Instance',
          Properties: { ImageId: 'ami-1', Volumes: [{ Device: '/dev/sdf', VolumeId: { 'Fn::GetAtt': ['Volume', 'VolumeId'] } }] },
        },
      },
    },
    fail: { 'nothing names it': volume, 'another volume is attached': attached('vol-0123456789abcdef0') },
    undetermined: {
      'the volume of the attachment is a parameter': {
        Parameters: { VolumeId: { Type: 'String' } },
        Resources: attached({ Ref: 'VolumeId' }),
      },
    },
  },
});
