import { CfnResource, Stack, Tags, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The ARN of a resource that AWS Backup protects; undefined for a member of a cluster, which is backed up with it. */
type ArnOf = (resource: CfnResource, stack: Stack) => string | undefined;

const attribute =
  (name: string): ArnOf =>
  (resource) =>
    resource.getAtt(name).toString();

const named =
  (service: string, kind: string, separator: '/' | ':'): ArnOf =>
  (resource, stack) =>
    `arn:${stack.partition}:${service}:${stack.region}:${stack.account}:${kind}${separator}${resource.ref}`;

const unlessInCluster: ArnOf = (resource, stack) =>
  (resource as CfnResource & { dbClusterIdentifier?: string }).dbClusterIdentifier === undefined
    ? attribute('DBInstanceArn')(resource, stack)
    : undefined;

/** What a program protects, by the types of CloudFormation. */
const PROTECTED: Readonly<Record<string, ArnOf>> = {
  'AWS::DocDB::DBCluster': named('rds', 'cluster', ':'),
  'AWS::DynamoDB::GlobalTable': attribute('Arn'),
  'AWS::DynamoDB::Table': attribute('Arn'),
  'AWS::EC2::Instance': named('ec2', 'instance', '/'),
  'AWS::EC2::Volume': named('ec2', 'volume', '/'),
  'AWS::EFS::FileSystem': attribute('Arn'),
  'AWS::FSx::FileSystem': attribute('ResourceARN'),
  'AWS::Neptune::DBCluster': named('rds', 'cluster', ':'),
  'AWS::RDS::DBCluster': attribute('DBClusterArn'),
  'AWS::RDS::DBInstance': unlessInCluster,
  'AWS::S3::Bucket': attribute('Arn'),
};

/** What AWS Backup calls those types in the settings of a Region. */
export const PROTECTED_SERVICES = ['Aurora', 'DocumentDB', 'DynamoDB', 'EBS', 'EC2', 'EFS', 'FSx', 'Neptune', 'RDS', 'S3'];

/** Types that AWS Backup can return to any second, as patterns of ARNs. Those of RDS are also those of Aurora, and of clusters that get snapshots. */
export function continuousPatterns({ partition }: Stack): string[] {
  return [`arn:${partition}:rds:*:*:db:*`, `arn:${partition}:rds:*:*:cluster:*`, `arn:${partition}:s3:::*`];
}

/** The ARNs of what is to be backed up in constructs. */
export function arnsIn(constructs: readonly IConstruct[]): string[] {
  const resources = new Set(constructs.flatMap((construct) => construct.node.findAll()).filter(CfnResource.isCfnResource));
  return [...resources].flatMap((resource) => {
    const arnOf = Object.hasOwn(PROTECTED, resource.cfnResourceType) ? PROTECTED[resource.cfnResourceType] : undefined;
    return arnOf?.(resource, resource.stack) ?? [];
  });
}

/** Tag what is to be backed up in a construct, as AWS Backup finds it where nobody names it. */
export function tagProtected(construct: IConstruct, key: string, value: string): void {
  Tags.of(construct).add(key, value, { includeResourceTypes: Object.keys(PROTECTED) });
}

/** Stop what the program cannot reach: AWS Backup works in one account and Region. */
export function mustBeBeside(program: IConstruct, construct: IConstruct): void {
  const [own, other] = [Stack.of(program), Stack.of(construct)];
  for (const of of ['account', 'region'] as const) {
    if (Token.isUnresolved(own[of]) || Token.isUnresolved(other[of]) || own[of] === other[of]) continue;
    throw new Error(
      `'${construct.node.path}' must be in the ${of} of the backup program '${program.node.path}', ${own[of]}, got ${other[of]}: ` +
        'make a program there as well',
    );
  }
}
