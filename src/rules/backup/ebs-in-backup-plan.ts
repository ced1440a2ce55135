import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { arnOfData, backupExamples, selecting } from '../shared/backup-examples';
import { inBackupPlan } from '../shared/backup-selection';

const { pass, fail, undetermined } = backupExamples({
  type: 'AWS::EC2::Volume',
  properties: { AvailabilityZone: 'eu-west-1a', Size: 100 },
  arn: arnOfData('ec2', 'volume/'),
  pattern: 'arn:aws:ec2:*:*:volume/*',
});

export default defineRule({
  id: 'Backup.8',
  slug: 'ebs-in-backup-plan',
  title: 'EBS volumes are in a backup plan',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-backup',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Volume'],
  inheritable: true,
  rationale: 'A volume lives in one Availability Zone, and EC2 backs up nothing by itself.',
  remediation:
    'Add a tag of the volume, or its ARN with `BackupResource.fromArn`, to a selection of a `backup.BackupPlan`, or add the instance that uses it.',
  references: [
    'Security Hub EC2.28',
    'AWS Config EBS_IN_BACKUP_PLAN',
    'AWS Config EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
    'cdk-nag EC2EBSInBackupPlan',
    'NIST 800-53 CP-9',
  ],
  check: (volume) => {
    const own = inBackupPlan(volume);
    /** The backup of an instance has all of its volumes. */
    return anyOf([own, ...instancesOf(volume).map(inBackupPlan)], () => own[0]);
  },
  examples: {
    pass: {
      ...pass,
      'the instance that uses it is covered': {
        Data: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-west-1a', Size: 100 } },
        Server: { Type: 'AWS::EC2::Instance', Properties: {} },
        Attachment: {
          Type: 'AWS::EC2::VolumeAttachment',
          Properties: { VolumeId: { Ref: 'Data' }, InstanceId: { Ref: 'Server' } },
        },
        ...selecting({ Resources: ['arn:aws:ec2:*:*:instance/*'] }),
      },
    },
    fail,
    undetermined,
  },
});

function instancesOf(volume: Resource): Resource[] {
  const attached = volume
    .pointedAtBy('AWS::EC2::VolumeAttachment', 'VolumeId')
    .flatMap((attachment) => attachment.at('InstanceId').target ?? []);
  const mounting = volume.peers('AWS::EC2::Instance').filter((instance) =>
    instance
      .at('Volumes')
      .items()
      .some((each) => each.at('VolumeId').pointsTo(volume)),
  );
  return [...attached, ...mounting];
}
