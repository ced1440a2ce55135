import type { Runbook, Step } from './runbook';
import { RunbookFamily } from './runbook-family';
import { checkRole, lookAtRole, lookUpEvents, quarantineRole, ROLE } from './runbook-steps';

const BUCKETS = 'arn:{P}:s3:::*';
const OBJECTS = 'arn:{P}:s3:::*/*';
const TRAILS = 'arn:{P}:cloudtrail:{R}:{A}:trail/*';

const BUCKET = {
  BucketName: { type: 'String', description: 'The bucket.', allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' },
} as const;

const bucketStatus: Step = {
  name: 'CheckPolicyStatus',
  title: 'See whether the policy still lets everybody in.',
  service: 's3',
  api: 'GetBucketPolicyStatus',
  inputs: { Bucket: '{{ BucketName }}' },
  rights: { 's3:GetBucketPolicyStatus': [BUCKETS] },
  outputs: { IsPublic: ['$.PolicyStatus.IsPublic', 'Boolean'] },
};

const EXPOSED_BUCKET: Runbook = {
  family: RunbookFamily.EXPOSED_BUCKET,
  title: 'Exposed bucket',
  summary: 'A bucket can be read or written by everybody, or by somebody outside who should not.',
  signs: [
    'GuardDuty reports Policy:S3, Macie reports Policy:IAMUser/S3BucketPublic, or Access Analyzer says that anybody can reach it.',
  ],
  parameters: BUCKET,
  look: [
    {
      name: 'LookAtPolicy',
      title: 'Keep the policy of the bucket.',
      service: 's3',
      api: 'GetBucketPolicy',
      inputs: { Bucket: '{{ BucketName }}' },
      rights: { 's3:GetBucketPolicy': [BUCKETS] },
      outputs: { Policy: ['$.Policy', 'String'] },
    },
    {
      name: 'LookAtAccess',
      title: 'Note which kinds of public access were blocked.',
      service: 's3',
      api: 'GetPublicAccessBlock',
      inputs: { Bucket: '{{ BucketName }}' },
      rights: { 's3:GetBucketPublicAccessBlock': [BUCKETS] },
      outputs: { BlockPublicPolicy: ['$.PublicAccessBlockConfiguration.BlockPublicPolicy', 'Boolean'] },
    },
  ],
  contain: [
    {
      name: 'BlockPublicAccess',
      title: 'Block every kind of public access to the bucket. Whoever reads it in public no longer can.',
      service: 's3',
      api: 'PutPublicAccessBlock',
      inputs: {
        Bucket: '{{ BucketName }}',
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
      rights: { 's3:PutBucketPublicAccessBlock': [BUCKETS] },
      undo: {
        name: 'AllowPublicAccess',
        title: 'Take the block from the bucket. What was blocked before is to be set again in the code that deploys it.',
        service: 's3',
        api: 'DeletePublicAccessBlock',
        inputs: { Bucket: '{{ BucketName }}' },
        rights: { 's3:PutBucketPublicAccessBlock': [BUCKETS] },
      },
    },
  ],
  collect: [lookUpEvents('CollectChanges', 'Read who changed the bucket.', 'ResourceName', '{{ BucketName }}')],
  eradicate: [],
  recover: [bucketStatus],
  people: {
    contain: ['If it is shared with one account outside, the block does not help: take the statement out of the policy.'],
    collect: [
      'Find out from the access logs or data events who read what, since it was open. Write down what data it was: the law may ask you to tell people.',
    ],
    eradicate: ['Take the statement that opens the bucket out of the code that deploys it, and deploy.'],
    recover: ['Leave the block on, and set it for the whole account. Publish through CloudFront instead.'],
  },
};

const MALWARE: Runbook = {
  family: RunbookFamily.MALWARE,
  title: 'Malware in a bucket',
  summary: 'A file that was uploaded holds malware. Whoever opens it runs it.',
  signs: ['GuardDuty reports that an object holds a threat.'],
  parameters: {
    ...BUCKET,
    ObjectKey: { type: 'String', description: 'The object.' },
    ObjectVersionId: {
      type: 'String',
      description: 'The version that holds the malware; the alert or the step LookAtVersions says which.',
    },
    MarkerVersionId: {
      type: 'String',
      description: 'To undo: the version of the delete marker; the step HideObject of the first run says which.',
      default: 'none',
    },
  },
  look: [
    {
      name: 'LookAtVersioning',
      title: 'See that the bucket keeps versions: without them, hiding the object would delete it.',
      service: 's3',
      api: 'GetBucketVersioning',
      inputs: { Bucket: '{{ BucketName }}' },
      rights: { 's3:GetBucketVersioning': [BUCKETS] },
      outputs: { Status: ['$.Status', 'String'] },
    },
    {
      name: 'LookAtVersions',
      title: 'Note the versions of the object.',
      service: 's3',
      api: 'ListObjectVersions',
      inputs: { Bucket: '{{ BucketName }}', Prefix: '{{ ObjectKey }}', MaxKeys: 10 },
      rights: { 's3:ListBucketVersions': [BUCKETS] },
      outputs: { VersionIds: ['$.Versions..VersionId', 'StringList'] },
    },
  ],
  contain: [
    {
      name: 'HideObject',
      title: 'Hide the object by a delete marker: who asks for it is told that there is none, and its versions stay.',
      service: 's3',
      api: 'DeleteObject',
      inputs: { Bucket: '{{ BucketName }}', Key: '{{ ObjectKey }}' },
      rights: { 's3:DeleteObject': [OBJECTS] },
      outputs: { MarkerVersionId: ['$.VersionId', 'String'] },
      undo: {
        name: 'ShowObject',
        title: 'Remove the delete marker (MarkerVersionId): the object is there again.',
        service: 's3',
        api: 'DeleteObject',
        inputs: { Bucket: '{{ BucketName }}', Key: '{{ ObjectKey }}', VersionId: '{{ MarkerVersionId }}' },
        rights: { 's3:DeleteObjectVersion': [OBJECTS] },
      },
    },
  ],
  collect: [
    {
      name: 'CollectObject',
      title: 'Note the size, the time and the owner of the upload.',
      service: 's3',
      api: 'HeadObject',
      inputs: { Bucket: '{{ BucketName }}', Key: '{{ ObjectKey }}', VersionId: '{{ ObjectVersionId }}' },
      rights: { 's3:GetObjectVersion': [OBJECTS] },
      outputs: { Size: ['$.ContentLength', 'Integer'] },
    },
  ],
  eradicate: [
    {
      name: 'DeleteVersion',
      title: 'Delete the version that holds the malware. It cannot be brought back.',
      service: 's3',
      api: 'DeleteObject',
      inputs: { Bucket: '{{ BucketName }}', Key: '{{ ObjectKey }}', VersionId: '{{ ObjectVersionId }}' },
      rights: { 's3:DeleteObjectVersion': [OBJECTS] },
    },
  ],
  recover: [
    {
      name: 'CheckVersions',
      title: 'See which versions are left.',
      service: 's3',
      api: 'ListObjectVersions',
      inputs: { Bucket: '{{ BucketName }}', Prefix: '{{ ObjectKey }}', MaxKeys: 10 },
      rights: { 's3:ListBucketVersions': [BUCKETS] },
    },
  ],
  people: {
    contain: [
      'Reject the approval if the step LookAtVersioning does not say Enabled: copy the object to a closed bucket first.',
      'If the malware is on a server, use the runbook for compromised instances.',
    ],
    collect: ['Find out from data events who uploaded the file and who has read it.'],
    eradicate: ['Warn whoever read it, and scan their computers.'],
    recover: ['Deny reading of objects that were not scanned, by a policy on the tag GuardDutyMalwareScanStatus.'],
  },
};

const MASS_DELETION: Runbook = {
  family: RunbookFamily.MASS_DELETION,
  title: 'Mass deletion',
  summary: 'A role deletes data, backups or keys, much of it or what matters.',
  signs: ['Alerts on deletions follow one another.', 'GuardDuty reports Impact:S3 or Impact:IAMUser.'],
  parameters: ROLE,
  look: [lookAtRole],
  contain: [quarantineRole],
  collect: [
    lookUpEvents('CollectCallsOfRole', 'Read which calls name the role.', 'ResourceName', '{{ RoleName }}'),
    lookUpEvents('CollectKeyDeletions', 'Read which keys are to be deleted.', 'EventName', 'ScheduleKeyDeletion'),
    lookUpEvents('CollectBackupDeletions', 'Read which recovery points were deleted.', 'EventName', 'DeleteRecoveryPoint'),
  ],
  eradicate: [],
  recover: [checkRole],
  people: {
    contain: [
      'Cancel the deletion of keys at once (`aws kms cancel-key-deletion`): without its key, data cannot be read, and backups of it neither.',
      'Switch on the protection against deletion where it is off.',
    ],
    collect: ['List what was deleted, when, and whether there is a backup of it.'],
    eradicate: [
      'Find out how the role came to delete: a person, a pipeline, a stolen session. Follow the runbook for stolen credentials if it was stolen.',
    ],
    recover: [
      'Restore from backups from before the deletion, to a new place, and compare.',
      'Run the runbook with Mode Undo when the role may work again.',
    ],
  },
};

const trailStatus = (name: string, title: string): Step => ({
  name,
  title,
  service: 'cloudtrail',
  api: 'GetTrailStatus',
  inputs: { Name: '{{ TrailName }}' },
  rights: { 'cloudtrail:GetTrailStatus': [TRAILS] },
  outputs: { IsLogging: ['$.IsLogging', 'Boolean'] },
});

const TRAIL_TAMPERING: Runbook = {
  family: RunbookFamily.TRAIL_TAMPERING,
  title: 'Trail tampering',
  summary: 'Somebody switched off or changed the record of what happens in the account. What they do next may leave no trace.',
  signs: [
    'An alert says that logging or detection was changed.',
    'GuardDuty reports Stealth:IAMUser/CloudTrailLoggingDisabled or DefenseEvasion:IAMUser.',
  ],
  parameters: {
    TrailName: { type: 'String', description: 'The trail.', allowedPattern: '^[A-Za-z0-9._-]{3,128}$' },
    ...ROLE,
  },
  look: [trailStatus('LookAtTrail', 'Note whether the trail records.'), lookAtRole],
  contain: [
    {
      name: 'StartLogging',
      title: 'Switch the trail on again.',
      service: 'cloudtrail',
      api: 'StartLogging',
      inputs: { Name: '{{ TrailName }}' },
      rights: { 'cloudtrail:StartLogging': [TRAILS] },
      undo: {
        name: 'StopLogging',
        title: 'Switch the trail off, as it was found.',
        service: 'cloudtrail',
        api: 'StopLogging',
        inputs: { Name: '{{ TrailName }}' },
        rights: { 'cloudtrail:StopLogging': [TRAILS] },
      },
    },
    quarantineRole,
  ],
  collect: [
    lookUpEvents('CollectStops', 'Read who stopped the trail.', 'EventName', 'StopLogging'),
    lookUpEvents('CollectCallsOfRole', 'Read which calls name the role.', 'ResourceName', '{{ RoleName }}'),
  ],
  eradicate: [],
  recover: [trailStatus('CheckTrail', 'See that the trail records.'), checkRole],
  people: {
    contain: ['If GuardDuty, AWS Config or flow logs were switched off, deploy their stack again: that brings them back.'],
    collect: [
      'Management events of the last 90 days are in CloudTrail whatever happened to the trail: search them from the change on.',
      'Check the digests of the trail: they show which files are missing or changed.',
    ],
    eradicate: ['Find out what was done while nothing was recorded: look at the state of users, roles, keys and policies.'],
    recover: [
      'Deny changes of the trail by a service control policy.',
      'Run the runbook with Mode Undo only for the role: leave the trail on.',
    ],
  },
};

/** Runbooks on data and on the record of what happens to it. */
export const DATA_RUNBOOKS: readonly Runbook[] = [EXPOSED_BUCKET, MALWARE, MASS_DELETION, TRAIL_TAMPERING];
