import { type CfnResource, Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { completed } from '../defaults/completed';
import { searchDomainDefaults } from '../defaults/search-domain';
import { Soc2Environment } from '../environment/soc2-environment';
import { addSearchAlarms } from './search-alarms';
import { searchPlacement } from './search-placement';
import { checkSearchVersion } from './search-version';

/** Options of `SecureSearchDomain`: those of `opensearchservice.Domain`, every one of which comes before a default. */
export interface SecureSearchDomainProps extends opensearch.DomainProps {
  /**
   * Whether the domain is deployed already, as a plain `opensearchservice.Domain` for example. Set it when this class takes the
   * place of another one, and leave it there. Never set it for what this class has made: CloudFormation would make an empty one
   * in its place.
   *
   * Then its encryption, its network, its nodes and its users stay as they are, and so do log groups that it has: CloudFormation
   * makes an empty domain in the place of one whose encryption changes, and a domain cannot move into a network. The rules report
   * what remains; `docs/migrating-data.md` says how to move indexes to a new domain.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - where the environment sends its alarms; no alarms where it sends none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Load of a node, in percent, from which an alarm goes off after 45 minutes.
   *
   * @default 80
   */
  readonly cpuAlarmThreshold?: number;

  /**
   * Memory in use, in percent of the heap, from which an alarm goes off after three minutes.
   *
   * @default 95
   */
  readonly memoryAlarmThreshold?: number;

  /**
   * Free storage of a node down to which an alarm goes off.
   *
   * @default - a quarter of the volume of a node
   */
  readonly freeStorageAlarmThreshold?: Size;
}

/**
 * A search domain inside of a network that knows who asks, index by index, and writes down who did.
 *
 * Takes every property of `opensearchservice.Domain` and can take its place: logical ids stay the same. It is encrypted at rest with a
 * customer-managed key and between its nodes, takes HTTPS only, and updates itself. Fine-grained access control is on: where no master
 * user is named, a role is made that administrators of the account may assume, so that there is no password. Map other roles to roles
 * of OpenSearch as the master user, and choose there what the audit log records.
 *
 * In production, three nodes that only lead and three with data (four where there are two Availability Zones) are spread over zones;
 * elsewhere, there is one node. Give types of nodes and sizes of volumes in `capacity` and `ebs`.
 *
 * What it creates beside the domain and its security group: four log groups and a resource policy for them (of which an account may
 * have ten in a Region; `suppressLogsResourcePolicy` goes without), the role of the master user, alarms where there is somewhere to
 * send them, and once for each stack a key for data and one for logs. What it costs in kind: the nodes and their
 * volumes, the logs, the keys and the alarms.
 *
 * @example
 * declare const vpc: ec2.IVpc;
 *
 * new SecureSearchDomain(this, 'Orders', {
 *   version: opensearchservice.EngineVersion.OPENSEARCH_2_19,
 *   vpc,
 *   capacity: { dataNodeInstanceType: 'r7g.large.search', masterNodeInstanceType: 'm7g.large.search' },
 *   ebs: { volumeSize: 100 },
 * });
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
 */
export class SecureSearchDomain extends opensearch.Domain {
  /** The role that may do everything with the domain; only where no master user is named, and not in the place of a deployed one. */
  public readonly masterUserRole?: iam.Role;

  /**
   * @param scope where the domain is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a new domain has no `vpc`, has a version out of standard support, or is for production in one Availability Zone.
   */
  constructor(scope: Construct, id: string, props: SecureSearchDomainProps) {
    const {
      alreadyDeployed: mayBeDeployed = false,
      alarmTopic,
      cpuAlarmThreshold: cpu = 80,
      memoryAlarmThreshold: memory = 95,
      freeStorageAlarmThreshold,
      ...own
    } = props;
    const role = mayBeDeployed || namesMasterUser(own) ? undefined : masterUserRole(scope, id);
    const placed = mayBeDeployed ? own : placedNew(scope, id, own, role);
    // A policy that the CDK makes already, with a function that calls CloudWatch Logs, stays where it is.
    const hasPolicy = own.suppressLogsResourcePolicy === true || (mayBeDeployed && isLogged(own));
    const complete = searchDomainDefaults(placed, { scope, id, mayBeDeployed });
    super(scope, id, completed({ ...complete, suppressLogsResourcePolicy: hasPolicy ? own.suppressLogsResourcePolicy : true }));

    if (!hasPolicy) this.letLogsIn(complete.logging);
    this.masterUserRole = role;
    if (role) this.grantReadWrite(role);
    const freeStorage = freeStorageAlarmThreshold ?? Size.mebibytes((complete.ebs?.volumeSize ?? 10) * 256);
    addSearchAlarms(this, alarmTopic, { cpu, memory, freeStorage });
  }

  private letLogsIn(logging: opensearch.LoggingOptions = {}): void {
    const { account, region, partition } = Stack.of(this);
    const groups = [logging.appLogGroup, logging.slowSearchLogGroup, logging.slowIndexLogGroup, logging.auditLogGroup];
    const policy = new logs.ResourcePolicy(this, 'LogsPolicy', {
      policyStatements: [
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('es.amazonaws.com')],
          actions: ['logs:PutLogEvents', 'logs:CreateLogStream'],
          resources: groups.flatMap((group) => group?.logGroupRef.logGroupArn ?? []),
          conditions: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:es:${region}:${account}:domain/*` },
          },
        }),
      ],
    });
    (this.node.defaultChild as CfnResource).node.addDependency(policy);
  }
}

function placedNew(scope: Construct, id: string, own: opensearch.DomainProps, role?: iam.Role): opensearch.DomainProps {
  const path = `${scope.node.path}/${id}`;
  checkSearchVersion(path, own.version);
  const placed = searchPlacement(path, own, Soc2Environment.of(scope).isProduction);
  return role
    ? { ...placed, fineGrainedAccessControl: { ...own.fineGrainedAccessControl, masterUserArn: role.roleArn } }
    : placed;
}

function namesMasterUser({ fineGrainedAccessControl: control, useUnsignedBasicAuth }: opensearch.DomainProps): boolean {
  return useUnsignedBasicAuth === true || (control?.masterUserArn ?? control?.masterUserName) !== undefined;
}

function masterUserRole(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, `${id}MasterUser`, {
    description: `May do everything with the search domain ${scope.node.path}/${id}`,
    assumedBy: new iam.AccountRootPrincipal(),
  });
}

function isLogged({ logging = {} }: opensearch.DomainProps): boolean {
  return [logging.appLogEnabled, logging.slowSearchLogEnabled, logging.slowIndexLogEnabled, logging.auditLogEnabled].includes(
    true,
  );
}
