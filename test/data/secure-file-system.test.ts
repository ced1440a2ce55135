import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import { SecureFileSystem } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const vpcOf = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  });

keepsItsPromises({
  make: (stack) => new SecureFileSystem(stack, 'Files', { vpc: vpcOf(stack) }),
  plain: (stack) => new efs.FileSystem(stack, 'Files', { vpc: vpcOf(stack) }),
  adopted: (stack) => new SecureFileSystem(stack, 'Files', { vpc: vpcOf(stack), alreadyDeployed: true }),
});
