import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SecureInstance, type SecureInstanceProps, SecureVpc } from '../../src';
import { keepsItsPromises } from '../helpers/promises';

const instanceType = ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE);
const machineImage = ec2.MachineImage.latestAmazonLinux2023();
const make =
  (props: Partial<SecureInstanceProps> = {}) =>
  (stack: Stack) =>
    new SecureInstance(stack, 'Server', { vpc: props.vpc ?? new SecureVpc(stack, 'Vpc'), instanceType, machineImage, ...props });
const plain = (stack: Stack) =>
  new ec2.Instance(stack, 'Server', { vpc: new SecureVpc(stack, 'Vpc'), instanceType, machineImage });

keepsItsPromises({ make: make(), plain, adopted: make({ alreadyDeployed: true }) });
