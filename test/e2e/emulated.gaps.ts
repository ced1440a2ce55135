/** Types of resources that our constructs make and that the emulator's CloudFormation leaves out, with what that leaves untested. */
export const NOT_MADE: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable':
    'It makes AWS::DynamoDB::Table only: a plain table, hardened where it is used, is read back instead.',
  'AWS::S3::BucketPolicy': 'It makes no policies of buckets; rules and cfn-lint judge them.',
  'AWS::SNS::TopicPolicy': 'It makes no policies of topics; rules and cfn-lint judge them.',
  'AWS::SQS::QueuePolicy': 'It makes no policies of queues; rules and cfn-lint judge them.',
  'AWS::WAFv2::LoggingConfiguration': 'It makes nothing of WAFv2.',
  'AWS::WAFv2::WebACL': 'It makes nothing of WAFv2.',
  'AWS::WAFv2::WebACLAssociation': 'It makes nothing of WAFv2.',
};

/** A property of a resource that the emulator makes, and that its CloudFormation does not carry out. */
interface UnsetProperty {
  readonly property: string;
  readonly why: string;
}

export const NOT_SET: readonly UnsetProperty[] = [
  {
    property: 'AWS::DynamoDB::Table PointInTimeRecoverySpecification',
    why: 'It passes on keys, throughput, SSE and protection.',
  },
  {
    property: 'AWS::EFS::FileSystem, in an update',
    why: 'It updates no file systems: the difference of templates tells what changes.',
  },
  { property: 'AWS::EFS::FileSystem FileSystemPolicy', why: 'It passes on encryption, backup and lifecycle.' },
  { property: 'AWS::RDS::DBInstance DBParameterGroupName', why: 'It breaks on a parameter group of the same template.' },
  { property: 'AWS::S3::Bucket LifecycleConfiguration', why: 'It passes on encryption and tags.' },
  { property: 'AWS::S3::Bucket LoggingConfiguration', why: 'It passes on encryption and tags.' },
  { property: 'AWS::S3::Bucket OwnershipControls', why: 'It passes on encryption and tags.' },
  { property: 'AWS::S3::Bucket PublicAccessBlockConfiguration', why: 'It passes on encryption and tags.' },
  { property: 'AWS::S3::Bucket VersioningConfiguration', why: 'It passes on encryption and tags.' },
  { property: 'AWS::SQS::Queue RedrivePolicy, in an update', why: 'It updates time-outs of queues only.' },
];
