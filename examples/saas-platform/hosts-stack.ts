import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FileIntegrity, PatchProgram, SecureAutoScalingGroup, SessionLogging } from 'cdk-soc2';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';

export interface HostsStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
  readonly data: DataStack;
}

/**
 * A service that runs on servers of our own: it makes previews of what customers upload.
 *
 * There is no bastion host and no key: people administer the servers by sessions, which are logged.
 */
export class HostsStack extends Stack {
  public readonly integrity: FileIntegrity;

  constructor(scope: Construct, id: string, { vpc, data, ...props }: HostsStackProps) {
    super(scope, id, props);
    new SessionLogging(this, 'Sessions');

    const previews = new SecureAutoScalingGroup(this, 'Previews', {
      vpc,
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.C7G, ec2.InstanceSize.LARGE),
      minCapacity: 2,
      maxCapacity: 4,
    });
    data.uploads.grantReadWrite(previews);

    const patching = new PatchProgram(this, 'Patching');
    patching.patch(previews);
    this.integrity = new FileIntegrity(this, 'FileIntegrity', {
      bucket: patching.evidenceBucket,
      maintenanceWindows: [patching.maintenanceWindowId],
    });
    this.integrity.watch(previews);
  }
}
