import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Refuse a place that the internet reaches, unless an app asks for it by `vpcSubnets`, where rules judge it. */
export function checkPlacement(vpc: ec2.IVpc, vpcSubnets: ec2.SubnetSelection | undefined): void {
  if (vpcSubnets !== undefined || vpc.privateSubnets.length > 0 || vpc.isolatedSubnets.length > 0) return;
  throw new Error(
    `'vpc' must have private subnets, got '${vpc.node.path}' with public ones only: servers are reached by Session Manager, and need ` +
      "no address in the internet. Add subnets of type PRIVATE_WITH_EGRESS, or say 'vpcSubnets'",
  );
}

/**
 * Whether a server must say itself that it wants no public address: its subnet is public, or made elsewhere, so that nobody knows what
 * it does. Elsewhere it says nothing, for then CloudFormation can change its security groups without another server in its place.
 */
export function mustRefuseAddress(vpc: ec2.IVpc, vpcSubnets: ec2.SubnetSelection | undefined): boolean {
  const { subnets, hasPublic } = vpc.selectSubnets(vpcSubnets);
  return hasPublic || subnets.some((subnet) => !(subnet instanceof ec2.Subnet));
}
