import type { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SecureAutoScalingGroup, type SecureAutoScalingGroupProps, SecureVpc } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const instanceType = ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE);
const machineImage = ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 });
const make =
  (props: Partial<SecureAutoScalingGroupProps> = {}) =>
  (stack: Stack) =>
    new SecureAutoScalingGroup(stack, 'Servers', { vpc: new SecureVpc(stack, 'Vpc'), instanceType, ...props });
const plain = (stack: Stack) =>
  new autoscaling.AutoScalingGroup(stack, 'Servers', { vpc: new SecureVpc(stack, 'Vpc'), instanceType, machineImage });

keepsItsPromises({ make: make(), plain, adopted: make({ alreadyDeployed: true, machineImage }) });
