import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { privateSubnets } from './private-subnets';

/** Where a database goes: isolated subnets, or else private ones; undefined when a VPC has neither. */
export function databaseSubnets(vpc: ec2.IVpc): ec2.SubnetSelection | undefined {
  return vpc.isolatedSubnets.length + vpc.privateSubnets.length > 0 ? privateSubnets(vpc) : undefined;
}

/** Subnets in which a function reaches both a database and Secrets Manager; none when there are no such. */
export function rotationSubnets(vpc: ec2.IVpc): ec2.SubnetSelection | undefined {
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  return vpc.isolatedSubnets.length > 0 && hasSecretsEndpoint(vpc) ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } : undefined;
}

/** Whether a VPC was given a way to Secrets Manager. */
function hasSecretsEndpoint(vpc: ec2.IVpc): boolean {
  return vpc.node.findAll().some((each) => each instanceof ec2.CfnVPCEndpoint && /secretsmanager/.test(`${each.serviceName}`));
}
