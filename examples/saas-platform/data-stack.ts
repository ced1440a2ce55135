import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { SecureBucket, SecureDatabase } from 'cdk-soc2';
import type { Construct } from 'constructs';

export interface DataStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
}

/** Where customer data lives. */
export class DataStack extends Stack {
  public readonly database: SecureDatabase;
  public readonly uploads: SecureBucket;

  constructor(scope: Construct, id: string, { vpc, ...props }: DataStackProps) {
    super(scope, id, props);

    this.database = new SecureDatabase(this, 'Database', {
      vpc,
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),
    });

    this.uploads = new SecureBucket(this, 'Uploads');
  }
}
