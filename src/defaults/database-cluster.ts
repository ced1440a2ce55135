import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { backupRetention, engineSettings, insightsRetention } from './database';
import { databaseEngine } from './database-engines';
import { databaseSubnets } from './database-placement';
import type { Defaults, Hardening } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Logged, backed up, protected in production, and for a new cluster encrypted with the data key, in private subnets.
 *
 * Of a cluster that may be deployed nothing is touched that makes a new one in its place or restarts it. Instances are made by the
 * app; what they report is left to it, for not every instance type can.
 */
export const databaseClusterDefaults: Defaults<rds.DatabaseClusterProps> = (props, hardening) => {
  const own = withPrivateInstances(props as rds.DatabaseClusterProps);
  if (hardening.mayBeDeployed) return withDefaults(own, always(own, hardening));
  return { ...withDefaults(own, { ...always(own, hardening), ...ofNew(own, hardening) }), ...engineSettings(own) };
};

function withPrivateInstances(props: rds.DatabaseClusterProps): rds.DatabaseClusterProps {
  if (props.instanceProps === undefined) return props;
  return { ...props, instanceProps: withDefaults(props.instanceProps, { publiclyAccessible: false }) };
}

type Common = Partial<rds.DatabaseClusterProps>;

function always(props: rds.DatabaseClusterProps, { scope }: Hardening): Common {
  const environment = Soc2Environment.of(scope);
  const engine = databaseEngine(props.engine);
  return {
    ...(environment.isProduction ? { deletionProtection: true } : {}),
    ...(engine === undefined ? {} : { cloudwatchLogsExports: [...engine.logs], iamAuthentication: engine.iamAuthentication }),
    ...insightsRetention(props),
    cloudwatchLogsRetention: logs.RetentionDays.ONE_YEAR,
    backup: { retention: backupRetention(environment) },
    deleteAutomatedBackups: false,
    copyTagsToSnapshot: true,
    removalPolicy: RemovalPolicy.SNAPSHOT,
  };
}

function ofNew(props: rds.DatabaseClusterProps, { scope }: Hardening): Common {
  const { vpc, subnetGroup, instanceProps, engine, replicationSourceIdentifier } = props;
  const isDecided = props.storageEncrypted !== undefined || props.storageEncryptionKey !== undefined;
  const encryptionKey = domainKey(scope, 'data');
  const network = vpc ?? instanceProps?.vpc;
  const isPlaced = network === undefined || subnetGroup !== undefined || instanceProps?.vpcSubnets !== undefined;
  return {
    ...(isPlaced ? {} : { vpcSubnets: databaseSubnets(network) }),
    ...(isDecided ? {} : { storageEncrypted: true, storageEncryptionKey: encryptionKey }),
    // A replica has the users of its source.
    ...(replicationSourceIdentifier === undefined
      ? { credentials: rds.Credentials.fromUsername(engine.defaultUsername ?? 'admin', { encryptionKey }) }
      : {}),
  };
}
