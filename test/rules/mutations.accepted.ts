/** Mutations that no rule catches, and why that is so. */
export interface Accepted {
  readonly type: string;
  /** The path of the change, as the catalogue has it. */
  readonly path: string | RegExp;
  /** The templates in which they survive; all when it is not given. */
  readonly template?: RegExp;
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
];

const PASSWORD = 'No rule looks for a password that is written into the resource; those of other services have one.';

/** What harms, and what no rule finds yet. An entry goes away with the rule that finds it. */
const GAPS: readonly Accepted[] = [
  {
    type: 'AWS::Backup::BackupVault',
    path: /^AccessPolicy\/Statement\/(\+|\[Effect=Allow\])/,
    why: 'No rule looks for everyone in the policy of a vault.',
  },
  { type: 'AWS::RDS::DBInstance', path: 'MasterUserPassword', why: PASSWORD },
  { type: 'AWS::RDS::DBCluster', path: 'MasterUserPassword', why: PASSWORD },
  { type: 'AWS::DocDB::DBCluster', path: 'MasterUserPassword', why: PASSWORD },
  { type: 'AWS::Redshift::Cluster', path: 'MasterUserPassword', why: PASSWORD },
  { type: 'AWS::RedshiftServerless::Namespace', path: 'AdminUserPassword', why: PASSWORD },
  {
    type: 'AWS::IAM::User',
    path: 'LoginProfile',
    why: 'No rule looks for a user who may sign in to the console with a password, let alone one that is written down.',
  },
  { type: 'AWS::Amplify::Branch', path: 'BasicAuthConfig/Password', why: PASSWORD },
  {
    type: 'AWS::AppSync::GraphQLApi',
    path: 'AuthenticationType',
    why: 'No rule asks how an API of AppSync knows its callers (Security Hub AppSync.5).',
  },
  { type: 'AWS::ECS::TaskDefinition', path: 'PidMode', why: 'No rule looks at the namespaces of the host (Security Hub ECS.3).' },
  {
    type: 'AWS::ECS::TaskDefinition',
    path: 'NetworkMode',
    why: 'No rule looks at the network of the host (Security Hub ECS.17).',
  },
  {
    type: 'AWS::ECS::Cluster',
    path: 'Configuration/ExecuteCommandConfiguration',
    why: 'No rule asks that commands run in containers by hand are logged.',
  },
  {
    type: 'AWS::ECS::Service',
    path: 'NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp',
    why: 'No rule looks at public addresses of containers (Security Hub ECS.2, AWS Config ECS_SERVICE_ASSIGN_PUBLIC_IP_DISABLED).',
  },
  {
    type: 'AWS::SSO::PermissionSet',
    path: 'InlinePolicy',
    why: 'The rules about what policies allow do not read those of permission sets.',
  },
  { type: 'AWS::KMS::Key', path: 'RotationPeriodInDays', why: 'The rule takes any period, though the longest is seven years.' },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    path: 'RotationRules/AutomaticallyAfterDays',
    why: 'The rule takes any interval (Security Hub SecretsManager.4 asks for 90 days or less).',
  },
  {
    type: 'AWS::SecretsManager::RotationSchedule',
    path: 'RotationRules/ScheduleExpression',
    why: 'The rule does not read the schedule (Security Hub SecretsManager.4 asks for 90 days or less).',
  },
];

export const ACCEPTED: readonly Accepted[] = [...HARMLESS, ...GAPS];

/** Rules that nothing makes fail which is done to one property of their examples, and why. */
export const UNBREAKABLE: Readonly<Record<string, string>> = {};
