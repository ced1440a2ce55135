import { Stack, type StackProps } from 'aws-cdk-lib';
import { SecureVpc } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** The network: load balancers face the internet, services do not, databases cannot reach it. */
export class NetworkStack extends Stack {
  public readonly vpc: SecureVpc;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.vpc = new SecureVpc(this, 'Vpc');
  }
}
