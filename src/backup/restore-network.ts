import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { SecureVpc } from '../network/secure-vpc';

/** What of a network is needed. */
export interface RestoreNetworkProps {
  /** A network with isolated subnets; one is made when it is not set. */
  readonly vpc?: ec2.IVpc;
  /** Whether databases are looked into, by a function inside of the network. */
  readonly hasDatabases: boolean;
  /** Whether that function reads secrets. */
  readonly hasSecrets: boolean;
  /** Whether Systems Manager must reach restored instances. */
  readonly hasHealthCommands: boolean;
}

/** Every port that a database of RDS can listen on. */
const DATABASE_PORTS = ec2.Port.tcpRange(1_150, 65_535);

const { SECRETS_MANAGER, SSM, SSM_MESSAGES, EC2_MESSAGES } = ec2.InterfaceVpcEndpointAwsService;

/**
 * Where restored resources stand: in subnets without a way out, in a security group that lets nothing out, and lets in nobody but the
 * function that looks into databases. What was restored calls nobody, production least of all.
 */
export class RestoreNetwork extends Construct {
  public readonly vpc: ec2.IVpc;
  public readonly subnets: ec2.SubnetSelection;
  /** Of what is restored. */
  public readonly restored: ec2.SecurityGroup;
  /** Of the function that looks into databases. */
  public readonly validator: ec2.SecurityGroup;
  public readonly subnetGroup?: rds.SubnetGroup;

  constructor(scope: Construct, id: string, { vpc, hasDatabases, hasSecrets, hasHealthCommands }: RestoreNetworkProps) {
    super(scope, id);
    this.vpc = vpc ?? isolatedNetwork(this);
    const subnets = this.vpc.isolatedSubnets;
    if (subnets.length === 0) {
      throw new Error(
        `'vpc' must have isolated subnets, got ${this.vpc.node.path} with none: restored data must have no way out. ` +
          'Add some, or leave it out to have a network made',
      );
    }
    this.subnets = { subnets };
    this.restored = this.group('Restored', 'What restore tests restore; nothing gets out');
    this.validator = this.group('Validator', 'Looks into restored databases');
    this.validator.addEgressRule(this.restored, DATABASE_PORTS, 'Look into restored databases');
    this.restored.addIngressRule(this.validator, DATABASE_PORTS, 'Be looked into');
    if (hasDatabases) {
      this.subnetGroup = new rds.SubnetGroup(this, 'SubnetGroup', {
        vpc: this.vpc,
        vpcSubnets: this.subnets,
        description: 'Restored databases: no way out',
      });
    }
    if (hasSecrets) this.endpoints([SECRETS_MANAGER], this.validator);
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
  return new SecureVpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    interfaceEndpoints: [],
    gatewayEndpoints: {},
  });
}
