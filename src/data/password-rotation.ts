import { AspectPriority, Aspects, CfnResource, Duration, type IAspect } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import { rotationSubnets } from '../defaults/database-placement';

/** A database whose password a function can change. */
interface Rotatable extends IConstruct {
  readonly vpc: ec2.IVpc;
  addRotationSingleUser(options?: rds.RotationSingleUserOptions): unknown;
}

/**
 * Have the password that a database was made with changed every 30 days, unless the app has it changed itself.
 *
 * Only when the tree is complete is it known what the app does, and where a function reaches Secrets Manager.
 */
export function rotatePassword(database: Rotatable): void {
  Aspects.of(database).add(new RotatesPassword(database), { priority: AspectPriority.MUTATING });
}

class RotatesPassword implements IAspect {
  constructor(private readonly database: Rotatable) {}

  public visit(node: IConstruct): void {
    if (node !== this.database || isRotated(node)) return;
    const vpcSubnets = rotationSubnets(this.database.vpc);
    if (vpcSubnets) this.database.addRotationSingleUser({ automaticallyAfter: Duration.days(30), vpcSubnets });
  }
}

function isRotated(database: IConstruct): boolean {
  return database.node
    .findAll()
    .some((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::SecretsManager::RotationSchedule');
}
