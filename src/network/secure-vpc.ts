import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { vpcDefaults } from '../defaults/vpc';
import { Soc2Environment } from '../environment/soc2-environment';
import { DnsFirewall, type DnsFirewallOptions } from './dns-firewall';
import { EgressFirewall, MAX_DOMAINS } from './egress-firewall';
import { QueryLogging } from './query-logging';
import { FIREWALL_SUBNETS, NAT_SUBNETS, vpcLayout } from './vpc-layout';

/** Options of `SecureVpc`: those of `ec2.Vpc`, every one of which comes before a default. */
export interface SecureVpcProps extends ec2.VpcProps {
  /**
   * Services that are reached by an interface endpoint, without a way to the internet. Each is billed by hour in each
   * Availability Zone, and by volume.
   *
   * @default - in production SSM and its messages, ECR and its images, CloudWatch Logs, Secrets Manager, KMS and STS; none elsewhere
   */
  readonly interfaceEndpoints?: ec2.InterfaceVpcEndpointAwsService[];

  /**
   * Whether the names that the network asks for are logged. Set it to false where a central team shares a configuration for it.
   *
   * @default true
   */
  readonly queryLogging?: boolean;

  /**
   * Names that the network must not ask for. Billed by domain and by query.
   *
   * @default - every name is resolved
   */
  readonly dnsFirewall?: DnsFirewallOptions;

  /**
   * The names that private subnets may reach by HTTP and TLS, at most 500; `.example.com` stands for those below a name. AWS
   * Network Firewall drops the rest, and is billed by hour in each Availability Zone, and by volume.
   *
   * Services of AWS that are reached without an endpoint must be listed too. It makes subnets of its own, and so goes neither with
   * `subnetConfiguration` nor with `alreadyDeployed`.
   *
   * @default - every name can be reached
   */
  readonly egressDomains?: string[];

  /**
   * Whether the network is deployed already, as a plain `ec2.Vpc` for example. Set it when this class takes the place of another
   * one, and leave it there. Never set it for what this class has made: its subnets would be replaced.
   *
   * Then its zones, NAT gateways, subnets and endpoints stay as they are: other subnets would take the place of those that are in
   * use.
   *
   * Flow logs, query logging and the empty default security group are added. Before that, look that nothing uses the default
   * security group, and that what is launched in public subnets asks for its public address itself.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;
}

const { SSM, SSM_MESSAGES, ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SECRETS_MANAGER, KMS, STS } = ec2.InterfaceVpcEndpointAwsService;

const SERVICES = [SSM, SSM_MESSAGES, ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SECRETS_MANAGER, KMS, STS];

const { S3, DYNAMODB } = ec2.GatewayVpcEndpointAwsService;

/**
 * A network in three tiers: load balancers face the internet, services reach it and are not reached, databases do neither.
 *
 * Takes every property of `ec2.Vpc`. Nothing that is launched in it gets a public address by itself, the default security group has
 * no rules, and it is logged who talks to whom and which names are asked for.
 *
 * In the place of a network that is deployed, set `alreadyDeployed: true`; the logical ids stay the same, and no subnet moves.
 * Isolated subnets can be added there at the end of `subnetConfiguration`, if each entry has a `cidrMask` and addresses are left:
 * without masks the CDK divides the addresses anew, and every subnet would be replaced.
 *
 * What it creates beside the network: flow logs and a log of queries, each with a log group; endpoints for S3 and DynamoDB, which
 * cost nothing; a function that empties the default security group; and once for each stack a KMS key for logs.
 * What it costs in kind: NAT gateways by hour and volume, one in each of three zones in production and one elsewhere; interface
 * endpoints by hour in each zone, eight in production and none elsewhere; logs by volume; the key.
 *
 * @example
 * new SecureVpc(this, 'Network', { ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/16') });
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html
 */
export class SecureVpc extends ec2.Vpc {
  /** The endpoint for S3, to add a policy to; not set where the app makes its own. */
  public readonly s3Endpoint?: ec2.GatewayVpcEndpoint;
  /** The endpoint for DynamoDB, to add a policy to; not set where the app makes its own. */
  public readonly dynamoDbEndpoint?: ec2.GatewayVpcEndpoint;
  /** Where queries are logged; not set without query logging. */
  public readonly queryLogGroup?: logs.LogGroup;
  /** Services that have an endpoint by default; while the L2 adds those of the app there are none yet. */
  private readonly endpoints?: Set<string>;

  /**
   * @param scope where the network is made.
   * @param id its id in there.
   * @param props options.
   * @throws when `egressDomains` is empty or too long, or is given with what it does not go with.
   */
  constructor(scope: Construct, id: string, props: SecureVpcProps = {}) {
    const { isProduction } = Soc2Environment.of(scope);
    const mayBeDeployed = props.alreadyDeployed ?? false;
    const hasEgressFirewall = props.egressDomains !== undefined;
    checkEgress(props);
    const layout = mayBeDeployed ? {} : vpcLayout(props, { isProduction, hasEgressFirewall });
    super(scope, id, vpcDefaults({ ...props, ...layout }, { scope, id, mayBeDeployed }));

    if (props.egressDomains) this.addEgressFirewall(props.egressDomains, isProduction);
    if (!mayBeDeployed && props.gatewayEndpoints === undefined) {
      this.s3Endpoint = this.addGatewayEndpoint('S3Endpoint', { service: S3 });
      this.dynamoDbEndpoint = this.addGatewayEndpoint('DynamoDbEndpoint', { service: DYNAMODB });
    }
    const services = props.interfaceEndpoints ?? (isProduction && !mayBeDeployed ? SERVICES : []);
    if (services.length > 0) this.addInterfaceEndpoints(services);
    this.endpoints = new Set([...(this.s3Endpoint ? [S3.name, DYNAMODB.name] : []), ...services.map(({ name }) => name)]);
    if (props.queryLogging ?? true) this.queryLogGroup = new QueryLogging(this, 'QueryLogging', this).logGroup;
    if (props.dnsFirewall) new DnsFirewall(this, 'DnsFirewall', this, props.dnsFirewall);
  }

  /**
   * Add an endpoint for S3 or DynamoDB, which costs nothing.
   *
   * @param id its id.
   * @param options its options.
   * @throws when the network has one for the service already.
   */
  public addGatewayEndpoint(id: string, options: ec2.GatewayVpcEndpointOptions): ec2.GatewayVpcEndpoint {
    this.mustLack(
      options.service,
      id,
      "use 's3Endpoint' or 'dynamoDbEndpoint', or set 'gatewayEndpoints: {}' to have none by default",
    );
    return super.addGatewayEndpoint(id, options);
  }

  /**
   * Add an endpoint for a service, billed by hour in each Availability Zone.
   *
   * @param id its id.
   * @param options its options.
   * @throws when the network has one for the service already.
   */
  public addInterfaceEndpoint(id: string, options: ec2.InterfaceVpcEndpointOptions): ec2.InterfaceVpcEndpoint {
    this.mustLack(options.service, id, "leave this one out, or set 'interfaceEndpoints' to those that are wanted by default");
    return super.addInterfaceEndpoint(id, options);
  }

  private mustLack({ name }: { readonly name: string }, id: string, remedy: string): void {
    if (!this.endpoints?.has(name)) return;
    throw new Error(
      `'service' of the endpoint '${id}' must be one without an endpoint in '${this.node.path}', got ${name}: ${remedy}`,
    );
  }

  private addInterfaceEndpoints(services: readonly ec2.InterfaceVpcEndpointAwsService[]): void {
    const group = new ec2.SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this,
      description: 'Endpoints of AWS services',
      allowAllOutbound: false,
    });
    group.addIngressRule(ec2.Peer.ipv4(this.vpcCidrBlock), ec2.Port.HTTPS, 'The network calls services of AWS');
    for (const service of services)
      this.addInterfaceEndpoint(`${service.shortName}-endpoint`, { service, securityGroups: [group], open: false });
  }

  private addEgressFirewall(allowedDomains: readonly string[], isProtected: boolean): void {
    const nat = takeOut(this.publicSubnets, this.selectSubnets({ subnetGroupName: NAT_SUBNETS }));
    const firewall = takeOut(this.privateSubnets, this.selectSubnets({ subnetGroupName: FIREWALL_SUBNETS }));
    new EgressFirewall(this, 'EgressFirewall', {
      vpc: this,
      inner: this.privateSubnets,
      firewall,
      nat,
      allowedDomains,
      isProtected,
    });
  }
}

/** Take subnets out of those that are selected by type: nothing else is to stand in them. */
function takeOut(all: ec2.ISubnet[], { subnets }: ec2.SelectedSubnets): ec2.ISubnet[] {
  for (const subnet of subnets) all.splice(all.indexOf(subnet), 1);
  return subnets;
}

function checkEgress({ egressDomains, subnetConfiguration, natGateways, alreadyDeployed }: SecureVpcProps): void {
  if (egressDomains === undefined) return;
  const count = egressDomains.length;
  if (count === 0 || count > MAX_DOMAINS)
    throw new Error(`'egressDomains' must name 1 to ${MAX_DOMAINS} domains, got ${count}: leave it out to let everything out`);
  const others = {
    subnetConfiguration,
    alreadyDeployed: alreadyDeployed || undefined,
    natGateways: natGateways === 0 ? 0 : undefined,
  };
  const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
  if (other === undefined) return;
  throw new Error(
    `'egressDomains' must not be set with '${other}${other === 'natGateways' ? ': 0' : ''}', got both: the firewall stands in ` +
      'subnets of its own between the private ones and NAT gateways, which the network makes when it is new',
  );
}
