import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EnvironmentKind, Soc2Environment } from '../../src';
import { ENV } from '../helpers/construct';

const { DatabaseInstanceEngine, DatabaseClusterEngine } = rds;

/** A VPC that is made elsewhere, with subnets of each type that is asked for. */
export function network(stack: Stack, types: readonly ('isolated' | 'private' | 'public')[] = ['isolated', 'private', 'public']) {
  const ids = (type: (typeof types)[number]) => (types.includes(type) ? [`subnet-${type}1`, `subnet-${type}2`] : undefined);
  const routes = (type: (typeof types)[number]) => ids(type)?.map((subnet) => subnet.replace('subnet', 'rtb'));
  return ec2.Vpc.fromVpcAttributes(stack, 'Network', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    isolatedSubnetIds: ids('isolated'),
    privateSubnetIds: ids('private'),
    publicSubnetIds: ids('public'),
    isolatedSubnetRouteTableIds: routes('isolated'),
    privateSubnetRouteTableIds: routes('private'),
    publicSubnetRouteTableIds: routes('public'),
  });
}

/** An engine of each family, in a version that is supported. */
export const ENGINES = {
  PostgreSQL: DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_6 }),
  MySQL: DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_4_8 }),
  MariaDB: DatabaseInstanceEngine.mariaDb({ version: rds.MariaDbEngineVersion.VER_11_4_5 }),
  'SQL Server': DatabaseInstanceEngine.sqlServerSe({ version: rds.SqlServerEngineVersion.VER_16_00_4236_2_V1 }),
  Oracle: DatabaseInstanceEngine.oracleSe2({ version: rds.OracleEngineVersion.VER_19 }),
} as const;

/** The same for clusters. */
export const CLUSTER_ENGINES = {
  'Aurora PostgreSQL': DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_4 }),
  'Aurora MySQL': DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_10_0 }),
} as const;

/** An app as `cdk init` makes it; findings do not throw. */
export function emptyApp(): App {
  const flags = require('aws-cdk-lib/recommended-feature-flags.json');
  return new App({ context: { ...flags, '@aws-cdk/core:failSynthOnValidationErrors': false } });
}

/** The template of a stack in an environment of a kind, and nothing but the template: judging it takes seconds. */
export function templateOf(make: (stack: Stack) => void, kind = EnvironmentKind.PRODUCTION, app = emptyApp()) {
  if (kind !== Soc2Environment.of(app).kind) Soc2Environment.declare(app, { kind, owner: 'platform team' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  return Template.fromStack(stack);
}

/** The properties of the only resource of a type. */
export function propertiesOf(template: Template, type: string) {
  const [resource, ...others] = Object.values(template.findResources(type));
  if (resource === undefined || others.length > 0)
    throw new Error(`expected one ${type}, found ${others.length + (resource ? 1 : 0)}`);
  return resource.Properties;
}
