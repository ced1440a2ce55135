import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { SecureVpc } from '../network/secure-vpc';

/** What of a network is needed. */
export interface RestoreNetworkProps {
  /** A network with isolated subnets; one is made when it is not set. */
  readonly vpc?: ec2.IVpc;
  /** Whether databases are looked into, by a function inside of the network. */
  readonly hasDatabases: boolean;
  /** Whether that function reads secrets. */
  readonly hasSecrets: boolean;
  /** Whether files are read, by functions inside of the network. */
  readonly hasFiles: boolean;
  /** Whether Systems Manager must reach restored instances. */
  readonly hasHealthCommands: boolean;
}

/** Every port that a database of RDS can listen on. */
const DATABASE_PORTS = ec2.Port.tcpRange(1_150, 65_535);

/** The port of mount targets. */
const NFS = ec2.Port.tcp(2_049);

const { SECRETS_MANAGER, SSM, SSM_MESSAGES, EC2_MESSAGES } = ec2.InterfaceVpcEndpointAwsService;

/**
 * Where restored resources stand: in subnets without a way out, in a security group that lets nothing out, and lets in nobody but the
 * functions that look into databases and read files. What was restored calls nobody, production least of all.
 *
 * A function that reads files calls no service, so its mount needs no endpoint.
 */
export class RestoreNetwork extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly subnets: ec2.SubnetSelection;
  /** One subnet in each zone, as file systems have mount targets. */
  public readonly zones: ec2.SelectedSubnets;
  /** Of what is restored. */
  public readonly restored: ec2.SecurityGroup;
  /** Of the function that looks into databases, if there are any. */
  public readonly validator?: ec2.SecurityGroup;
  /** Of the functions that read files, if there are any. */
  public readonly reader?: ec2.SecurityGroup;
  public readonly subnetGroup?: rds.SubnetGroup;

  constructor(scope: Construct, id: string, props: RestoreNetworkProps) {
    super(scope, id);
    const { vpc, hasDatabases, hasSecrets, hasFiles, hasHealthCommands } = props;
    this.vpc = vpc ?? isolatedNetwork(this);
    const subnets = this.vpc.isolatedSubnets;
    if (subnets.length === 0) {
      throw new Error(
        `'vpc' must have isolated subnets, got ${this.vpc.node.path} with none: restored data must have no way out. ` +
          'Add some, or leave it out to have a network made',
      );
    }
    this.subnets = { subnets };
    this.zones = this.vpc.selectSubnets({ subnets, onePerAz: true });
    this.restored = this.group('Restored', 'What restore tests restore; nothing gets out');
    if (hasFiles) {
      this.reader = this.group('Reader', 'Reads files of restored file systems');
      this.reader.addEgressRule(this.restored, NFS, 'Mount restored file systems');
      this.restored.addIngressRule(this.reader, NFS, 'Be mounted');
    }
    if (hasDatabases) {
      this.validator = this.group('Validator', 'Looks into restored databases');
      this.validator.addEgressRule(this.restored, DATABASE_PORTS, 'Look into restored databases');
      this.restored.addIngressRule(this.validator, DATABASE_PORTS, 'Be looked into');
      this.subnetGroup = new rds.SubnetGroup(this, 'SubnetGroup', {
        vpc: this.vpc,
        vpcSubnets: this.subnets,
        description: 'Restored databases: no way out',
      });
    }
    if (hasSecrets && this.validator) this.endpoints([SECRETS_MANAGER], this.validator);
    if (hasHealthCommands) this.endpoints([SSM, SSM_MESSAGES, EC2_MESSAGES], this.restored);
  }

  private group(id: string, description: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  private endpoints(services: readonly ec2.InterfaceVpcEndpointAwsService[], caller: ec2.SecurityGroup): void {
    for (const service of services) {
      const group = this.group(`${service.shortName}-group`, `Endpoint of ${service.shortName} for restore tests`);
      group.addIngressRule(caller, ec2.Port.HTTPS, 'Restore tests call the service');
      caller.addEgressRule(group, ec2.Port.HTTPS, `Call ${service.shortName}`);
      new ec2.InterfaceVpcEndpoint(this, `${service.shortName}-endpoint`, {
        vpc: this.vpc,
        service,
        subnets: this.subnets,
        securityGroups: [group],
        open: false,
      });
    }
  }
}

function isolatedNetwork(scope: Construct): ec2.IVpc {
  const vpc = new SecureVpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    interfaceEndpoints: [],
    gatewayEndpoints: {},
  });
  return partOfSafeguard(vpc);
}
