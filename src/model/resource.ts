import type { Assembly, Environment } from './assembly';
import { decide } from './conditions';
import { isObject, own } from './json';
import type { Finding } from './observation';
import type { Context } from './resolve';
import type { Scenario } from './scenario';
import type { ResourceEntry } from './template';
import { Value } from './value';

/** A resource as a rule sees it: in one scenario, with its neighbours. */
export class Resource {
  private readonly context: Context;

  constructor(
    public readonly entry: ResourceEntry,
    private readonly assembly: Assembly,
    private readonly scenario: Scenario,
  ) {
    this.context = { template: entry.template, scenario, exports: assembly, depth: 0 };
  }

  public get type(): string {
    return this.entry.type;
  }

  public get logicalId(): string {
    return this.entry.logicalId;
  }

  /** Path of the construct that made the resource, when the template says so. */
  public get constructPath(): string | undefined {
    return constructPathOf(this.entry);
  }

  public get environment(): Environment {
    return this.assembly.environmentOf(this.entry.template);
  }

  /** Whether the resource is created in this scenario. */
  public get exists(): boolean {
    const { Condition: condition } = this.entry.body;
    return typeof condition !== 'string' || decide(condition, this.context);
  }

  /** A property, by its dotted path below `Properties`. */
  public at(path: string): Value {
    return this.properties.at(path);
  }

  /** All properties. */
  public get properties(): Value {
    return new Value(this, 'Properties', this.entry.body.Properties ?? {}, this.context);
  }

  /** An attribute of the resource itself, such as `DeletionPolicy`. */
  public attribute(name: string): Value {
    return new Value(this, name, own(this.entry.body, name), this.context);
  }

  /** The value of a tag; `Tags` may be a list of `{ Key, Value }` or a mapping. */
  public tag(key: string): Value {
    const tags = this.at('Tags');
    return tags.entries().length > 0 ? tags.at(key) : tags.pick('Key', key).at('Value');
  }

  /** Resources of a type that point to this one with the property at a path (or any member of the list there). */
  public pointedAtBy(type: string, path: string): Resource[] {
    const byReference = this.assembly.incoming(this.entry).filter((entry) => entry.type === type);
    const byName = this.physicalName === undefined ? [] : this.assembly.withoutReference(type, path);
    return [...new Set([...byReference, ...byName])]
      .map((entry) => this.view(entry))
      .filter(
        (candidate) =>
          candidate.exists &&
          candidate
            .at(path)
            .items()
            .some((item) => item.pointsTo(this)),
      );
  }

  /** All resources of a type in the same account and Region. */
  public peers(type: string): Resource[] {
    return this.select(type, (each) => each === this.environment);
  }

  /** All resources of a type in the same account, in any Region. */
  public accountPeers(type: string): Resource[] {
    const { account } = this.environment;
    return this.select(type, (each) => each === this.environment || (account !== undefined && each.account === account));
  }

  /** Another resource, in the same scenario. */
  public view(entry: ResourceEntry): Resource {
    return entry === this.entry ? this : new Resource(entry, this.assembly, this.scenario);
  }

  /** The name that the template gives to the resource, when it does: `BucketName`, `TableName`, …. */
  public get physicalName(): Value | undefined {
    const property = NAME_PROPERTIES[this.type];
    const name = property === undefined ? undefined : this.at(property);
    return name === undefined || name.isAbsent ? undefined : name;
  }

  private select(type: string, within: (environment: Environment) => boolean): Resource[] {
    return this.assembly
      .ofType(type)
      .filter((entry) => within(this.assembly.environmentOf(entry.template)))
      .map((entry) => this.view(entry))
      .filter((resource) => resource.exists);
  }

  /** The finding that something about the resource is wrong that no single property shows. */
  public fails(problem: string, expected: string, found = 'nothing'): Finding {
    return { kind: 'fail', resource: this, path: 'Properties', problem, found, expected };
  }
}

/**
 * Path of the construct that made a resource, when the construct tree or its template says so.
 *
 * The tree comes first: a template that another app synthesized, and this one includes, has the paths of that app.
 */
export function constructPathOf(entry: ResourceEntry): string | undefined {
  const inTree = entry.template.origin.constructPathOf?.(entry.logicalId);
  if (inTree !== undefined) return inTree;
  const { Metadata: metadata } = entry.body;
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' && path !== '' ? path : undefined;
}

/** The property that names a resource, for types that other templates refer to by name. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::EC2::SecurityGroup': 'GroupName',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBClusterParameterGroup': 'DBClusterParameterGroupName',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBParameterGroup': 'DBParameterGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
};
