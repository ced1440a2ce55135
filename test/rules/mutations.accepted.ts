/** Mutations that no rule catches, and why that is so. */
export interface Accepted {
  readonly type: string;
  /** The path of the change, as the catalogue has it. */
  readonly path: string | RegExp;
  /** The templates in which they survive; all when it is not given. */
  readonly template?: RegExp;
  /** The logical ids of the resources; all when it is not given. */
  readonly resource?: RegExp;
  readonly why: string;
}

/** What harms nothing where it is done. */
const HARMLESS: readonly Accepted[] = [
  {
    type: 'AWS::IAM::ManagedPolicy',
    path: /^PolicyDocument/,
    template: /permissions boundary/,
    why: 'A boundary grants nothing: what it allows is only what other policies may grant.',
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    path: 'SecurityGroupEgress',
    template: /saas-platform/,
    why: 'The rules that stand beside the group remain, and CloudFormation opens nothing else where there are some.',
  },
];

const EXAMPLES = /^examples\/(account-baseline|saas-platform)$/;

/** What the examples do twice, or beyond what rules ask for: a second lock, another way to people, an alarm that no mapping has. */
const BEYOND: readonly Accepted[] = [
  {
    type: 'AWS::Events::Rule',
    path: /^/,
    template: EXAMPLES,
    resource: /^Alerts(GuardDuty|MalwareInBucket)/,
    why: 'GuardDuty passes its findings on to Security Hub, whose findings reach people by a rule of their own.',
  },
  {
    type: 'AWS::Logs::MetricFilter',
    path: /^/,
    template: EXAMPLES,
    resource: /^(Baseline)?SecurityMetricAlarms/,
    why: 'Beside the alarms that rules ask for, there are some that no mapping of the field has.',
  },
  {
    type: 'AWS::S3::BucketPolicy',
    path: /^PolicyDocument\/Statement\/\[Effect=Deny\]/,
    template: EXAMPLES,
    resource: /^((Baseline)?LogArchive|EvidenceBucketPolicy)/,
    why: 'Nobody may delete, or lift the lock: a second lock, beside that of the objects, which no rule asks for.',
  },
  {
    type: 'AWS::S3::Bucket',
    path: 'LifecycleConfiguration/Rules/*/Status',
    template: EXAMPLES,
    resource: /^PatchingEvidence/,
    why: 'It ends how long reports are kept; another of its rules clears uploads away, and either will do.',
  },
  {
    type: 'AWS::SSM::Association',
    path: /^(ScheduleExpression)?$/,
    template: EXAMPLES,
    why: 'It looks for missing patches; the maintenance window beside it installs them, and the rule takes either.',
  },
  {
    type: 'AWS::S3::Bucket',
    path: 'LoggingConfiguration',
    template: EXAMPLES,
    resource: /^(Baseline)?LogArchiveConfiguration/,
    why: 'It takes what AWS Config records: rules count it with the buckets of logs.',
  },
  {
    type: 'AWS::CloudTrail::Trail',
    path: 'AdvancedEventSelectors/*',
    template: EXAMPLES,
    why: 'One of its selectors is about what no rule asks for.',
  },
  {
    type: 'AWS::SecurityHub::Hub',
    path: '',
    template: EXAMPLES,
    why: 'A hub of the new Security Hub stands beside it, and the rule takes either.',
  },
  { type: 'AWS::Macie::Session', path: /^/, template: EXAMPLES, why: 'In the Region of copies there is no bucket to look into.' },
  {
    type: 'AWS::CloudWatch::Alarm',
    path: 'TreatMissingData',
    template: EXAMPLES,
    why: 'Most alarms count what goes wrong: where there is no data, nothing did. Those on what did not happen are found.',
  },
  {
    type: 'AWS::Backup::BackupVault',
    path: /^AccessPolicy/,
    template: EXAMPLES,
    why: 'The lock of the vault keeps recovery points with the policy and without.',
  },
  {
    type: 'AWS::Backup::BackupPlan',
    path: /CopyActions/,
    template: EXAMPLES,
    why: 'The other rules of the plan go on making copies.',
  },
  {
    type: 'AWS::Backup::BackupSelection',
    path: /^/,
    template: EXAMPLES,
    why: 'Everything is selected twice, by name and by tag.',
  },
];

export const ACCEPTED: readonly Accepted[] = [...HARMLESS, ...BEYOND];

/** Rules that nothing makes fail which is done to one property of their examples, and why. */
export const UNBREAKABLE: Readonly<Record<string, string>> = {};
