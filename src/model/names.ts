import { cut } from './resolve';
import type { Resource } from './resource';
import type { Value } from './value';

/** The property that names a resource, for types that other resources refer to by name. */
const NAME_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['AWS::Backup::BackupVault', 'BackupVaultName'],
  ['AWS::CloudTrail::Trail', 'TrailName'],
  ['AWS::CloudWatch::Alarm', 'AlarmName'],
  ['AWS::CodeBuild::Project', 'Name'],
  ['AWS::DocDB::DBCluster', 'DBClusterIdentifier'],
  ['AWS::DocDB::DBClusterParameterGroup', 'Name'],
  ['AWS::DynamoDB::GlobalTable', 'TableName'],
  ['AWS::DynamoDB::Table', 'TableName'],
  ['AWS::EC2::LaunchTemplate', 'LaunchTemplateName'],
  ['AWS::EC2::SecurityGroup', 'GroupName'],
  ['AWS::ECR::Repository', 'RepositoryName'],
  ['AWS::ECS::Cluster', 'ClusterName'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Name'],
  ['AWS::Events::EventBus', 'Name'],
  ['AWS::Glue::SecurityConfiguration', 'Name'],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::KMS::Alias', 'AliasName'],
  ['AWS::Kinesis::Stream', 'Name'],
  ['AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName'],
  ['AWS::Lambda::Function', 'FunctionName'],
  ['AWS::Logs::DeliverySource', 'Name'],
  ['AWS::Logs::LogGroup', 'LogGroupName'],
  ['AWS::Neptune::DBCluster', 'DBClusterIdentifier'],
  ['AWS::Neptune::DBClusterParameterGroup', 'Name'],
  ['AWS::RDS::DBCluster', 'DBClusterIdentifier'],
  ['AWS::RDS::DBClusterParameterGroup', 'DBClusterParameterGroupName'],
  ['AWS::RDS::DBInstance', 'DBInstanceIdentifier'],
  ['AWS::RDS::DBParameterGroup', 'DBParameterGroupName'],
  ['AWS::RDS::OptionGroup', 'OptionGroupName'],
  ['AWS::Redshift::ClusterParameterGroup', 'ParameterGroupName'],
  ['AWS::S3::Bucket', 'BucketName'],
  ['AWS::SNS::Topic', 'TopicName'],
  ['AWS::SQS::Queue', 'QueueName'],
  ['AWS::SecretsManager::Secret', 'Name'],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName'],
]);

/** The property with the name of resources of a type. */
export function nameProperty(type: string): string | undefined {
  return NAME_PROPERTIES.get(type);
}

/** What an ARN calls a service whose types call it otherwise; any other is the same word. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['CloudWatch', 'cloudwatch'],
  ['ElasticLoadBalancingV2', 'elasticloadbalancing'],
  ['KinesisFirehose', 'firehose'],
  ['StepFunctions', 'states'],
]);

/** Names of these are the same in all Regions of an account. */
const GLOBAL = /^AWS::(IAM|S3)::/;

/**
 * Whether a value is the name of a resource, or an ARN or URL that ends with it.
 *
 * A name means a resource of its own account and Region only.
 */
export function isNameOf(value: Value, resource: Resource): boolean {
  const name = resource.physicalName;
  if (name === undefined || value.isAbsent || (value.isKnown && value.scalar === undefined)) return false;
  // A name that only deployment knows is still the same name where the same template says it in the same words.
  const isSame = value.resource.entry.template === resource.entry.template;
  if (!isSame && !(name.isKnown && value.isKnown && isNear(value.resource, resource))) return false;
  const wanted = name.text;
  if (wanted === '' || wanted.includes('${?}')) return false;
  const text = withoutWildcard(value.text);
  if (text === wanted) return true;
  if (text.startsWith('arn:')) return isArnOf(text, wanted, resource);
  return (ADDRESSES.get(resource.type)?.test(text) ?? false) && text.slice(-wanted.length - 1).replace(/^[:/]/, '') === wanted;
}

/** Other texts that end with the name of a resource. */
const ADDRESSES: ReadonlyMap<string, RegExp> = new Map([
  ['AWS::Lambda::Function', /^(\d{12}|\$\{AWS::AccountId\}):function:[^:]*$/],
  ['AWS::S3::Bucket', /^s3:\/\/[^/]*$/],
  ['AWS::SQS::Queue', /^https:\/\/[^/]*\/[^/]*\/[^/]*$/],
]);

function isArnOf(arn: string, name: string, { type, environment: { account, region } }: Resource): boolean {
  const [, , service, inRegion = '', inAccount = '', ...rest] = cut(arn, ':');
  const [, provider = ''] = type.split('::');
  const agrees = (part: string, known: string | undefined) =>
    part === '' || part.startsWith('${AWS::') || known === undefined || part === known;
  if (service !== (SERVICES.get(provider) ?? provider.toLowerCase())) return false;
  if (!agrees(inAccount, account) || !agrees(inRegion, region)) return false;
  const id = rest.join(':');
  if (id === name || type === 'AWS::S3::Bucket') return id === name;
  // A role may have a path; what stands before any other name is one word: `table/…`, `log-group:…`.
  return id.replace(/^[A-Za-z-]+[:/]/, '') === name || (provider === 'IAM' && id.endsWith(`/${name}`));
}

function isNear(a: Resource, b: Resource): boolean {
  const { account } = a.environment;
  return a.environment === b.environment || (GLOBAL.test(b.type) && account !== undefined && account === b.environment.account);
}

/** The last part of a name, an ARN or a URL: the same for a name and for all that ends with it. */
export function lastPart(text: string): string {
  const plain = withoutWildcard(text);
  return plain.slice(Math.max(plain.lastIndexOf(':'), plain.lastIndexOf('/')) + 1);
}

/** The ARN of a log group ends with `:*`. */
function withoutWildcard(text: string): string {
  return text.endsWith(':*') ? text.slice(0, -2) : text;
}
