import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as rds from 'aws-cdk-lib/aws-rds';
import { databaseEngine, isSupported, takesInsights } from './database-engines';

/** Instance types whose storage RDS does not encrypt. */
const UNENCRYPTED = /^(m1|m2|t1)\.|^t2\.micro$/;

/** Stop what cannot be made secure, or would end on a surprise in a deployment. */
export function checkInstance(props: rds.DatabaseInstanceProps): void {
  checkEngine(props.engine);
  checkNetwork(props);
  const { engine } = props;
  if (databaseEngine(engine)?.isLimited) {
    throw new Error(
      `'engine' must be one that RDS encrypts and gives a standby, got '${engine.engineType}': choose another edition of SQL Server`,
    );
  }
  const type = props.instanceType?.toString() ?? '';
  if (UNENCRYPTED.test(type))
    throw new Error(`'instanceType' must be one that RDS encrypts, got '${type}': choose a later one, such as t4g.micro`);
  if (props.enablePerformanceInsights && !takesInsights(engine, type)) {
    throw new Error(
      `'enablePerformanceInsights' must be left out for '${type}': ${databaseEngine(engine)?.name} offers it on larger types only`,
    );
  }
}

/** An engine has to state a version, and the version needs support. */
export function checkEngine(engine: rds.IEngine): void {
  const known = databaseEngine(engine);
  if (known === undefined) return;
  const major = engine.engineVersion?.majorVersion;
  if (isSupported(engine) === false) {
    throw new Error(
      `'engine' must be ${known.name} ${known.supportedSince} or later, got ${engine.engineVersion?.fullVersion ?? major}: ` +
        'standard support of that version has ended. Choose a later version',
    );
  }
  if (engine.parameterGroupFamily === undefined) {
    throw new Error(
      `'engine' must state a version of ${known.name}, got none: TLS is forced and auditing turned on in a parameter group, which is made for a version`,
    );
  }
}

/** Automated backups reach back a week or more, and five weeks at most. */
export function checkRetention(property: string, retention: Duration | undefined): void {
  if (retention === undefined || retention.isUnresolved()) return;
  const days = retention.toDays({ integral: false });
  if (days < 7 || days > 35) {
    throw new Error(
      `'${property}' must be 7 to 35 days, got ${days}: damage that is noticed after a weekend needs a week. ` +
        'Keep backups for longer with a plan of AWS Backup',
    );
  }
}

/** A database needs subnets that the internet has no route to. */
export function checkNetwork({ vpc, vpcSubnets, subnetGroup }: Placement): void {
  if (vpc === undefined || vpcSubnets !== undefined || subnetGroup !== undefined) return;
  if (vpc.isolatedSubnets.length === 0 && vpc.privateSubnets.length === 0) {
    throw new Error(
      `'vpc' must have isolated or private subnets, got only public ones in '${vpc.node.path}': ` +
        'add subnets of the type PRIVATE_ISOLATED, or choose where the database goes with `vpcSubnets`',
    );
  }
}

/** Where a database goes. */
export interface Placement {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly subnetGroup?: unknown;
}
