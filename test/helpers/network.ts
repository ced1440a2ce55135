import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** A network that stands elsewhere, so that a test is about what it makes in there. */
export function network(stack: Stack, zones = ZONES.length): ec2.IVpc {
  const ids = (prefix: string) => ZONES.slice(0, zones).map((_, index) => `${prefix}0000000000000${index}`);
  return ec2.Vpc.fromVpcAttributes(stack, 'Network', {
    vpcId: 'vpc-00000000000000001',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ZONES.slice(0, zones),
    publicSubnetIds: ids('subnet-0a'),
    publicSubnetRouteTableIds: ids('rtb-0a'),
    privateSubnetIds: ids('subnet-0b'),
    privateSubnetRouteTableIds: ids('rtb-0b'),
    isolatedSubnetIds: ids('subnet-0c'),
    isolatedSubnetRouteTableIds: ids('rtb-0c'),
  });
}
