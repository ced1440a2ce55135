import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as route53resolver from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';

/** Logs the names that a VPC asks for. */
export class QueryLogging extends Construct {
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, vpc: ec2.IVpc) {
    super(scope, id);
    this.logGroup = encryptedLogGroup(this, 'LogGroup');
    const config = new route53resolver.CfnResolverQueryLoggingConfig(this, 'Config', {
      destinationArn: this.logGroup.logGroupArn,
    });
    new route53resolver.CfnResolverQueryLoggingConfigAssociation(this, 'Association', {
      resolverQueryLogConfigId: config.attrId,
      resourceId: vpc.vpcId,
    });
  }
}
