import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The subnets of a network for what need not reach the internet: the isolated ones, or those with egress where there are none. */
export function privateSubnets(vpc: ec2.IVpc): ec2.SubnetSelection {
  const { PRIVATE_ISOLATED, PRIVATE_WITH_EGRESS } = ec2.SubnetType;
  return { subnetType: vpc.isolatedSubnets.length > 0 ? PRIVATE_ISOLATED : PRIVATE_WITH_EGRESS };
}
