import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { databaseEngine, engineParameters, isSupported, takesInsights } from './database-engines';
import { databaseSubnets } from './database-placement';
import type { Defaults, Hardening } from './hardening';
import { withDefaults } from './with-defaults';

/** Days for which automated backups reach back. */
const BACKUP_DAYS = { production: 35, otherwise: 7 };

/**
 * Private, logged, backed up, protected in production, and for a new database encrypted with the data key.
 *
 * Of a database that may be deployed nothing is touched that makes a new one in its place or restarts it.
 */
export const databaseDefaults: Defaults<rds.DatabaseInstanceProps> = (props, hardening) => {
  const own = props as rds.DatabaseInstanceProps;
  if (hardening.mayBeDeployed) return withDefaults(own, always(own, hardening));
  return { ...withDefaults(own, { ...always(own, hardening), ...ofNew(own, hardening) }), ...engineSettings(own) };
};

/** As above, for a database that is made of a snapshot, which decides on encryption and on the name of the master user. */
export const restoredDatabaseDefaults: Defaults<rds.DatabaseInstanceFromSnapshotProps> = (props, hardening) => {
  const own = props as rds.DatabaseInstanceFromSnapshotProps;
  if (hardening.mayBeDeployed) return withDefaults(own, always(own, hardening));
  return { ...withDefaults(own, { ...always(own, hardening), ...ofNewSource(own) }), ...engineSettings(own) };
};

/** Parameters that force TLS and turn on auditing. Where an app brings a group of its own, or there can be none, nothing. */
export function engineSettings({ engine, parameters, parameterGroup }: EngineOwner): Pick<EngineOwner, 'parameters'> {
  const known = databaseEngine(engine);
  if (known === undefined || parameterGroup !== undefined || engine.parameterGroupFamily === undefined) return {};
  return isSupported(engine) === false ? {} : { parameters: engineParameters(known, parameters) };
}

/** What has an engine. */
interface EngineOwner {
  readonly engine: rds.IEngine;
  readonly parameters?: Record<string, string>;
  readonly parameterGroup?: rds.IParameterGroup;
}

/** Days of automated backups. */
export function backupRetention({ isProduction }: Soc2Environment): Duration {
  return Duration.days(isProduction ? BACKUP_DAYS.production : BACKUP_DAYS.otherwise);
}

type Common = Partial<rds.DatabaseInstanceSourceProps>;

function always(props: rds.DatabaseInstanceSourceProps, { scope, mayBeDeployed }: Hardening): Common {
  const environment = Soc2Environment.of(scope);
  const engine = databaseEngine(props.engine);
  const takesStandby = props.availabilityZone === undefined && engine?.isLimited !== true;
  const logTypes = engine === undefined ? {} : { cloudwatchLogsExports: [...engine.logs] };
  return {
    ...(environment.isProduction ? { deletionProtection: true } : {}),
    ...(environment.isProduction && takesStandby ? { multiAz: true } : {}),
    ...(engine?.iamAuthentication ? { iamAuthentication: true } : {}),
    ...(takesInsights(props.engine, `${props.instanceType ?? ''}`) ? insights(props, scope, mayBeDeployed) : {}),
    ...logTypes,
    cloudwatchLogsRetention: logs.RetentionDays.ONE_YEAR,
    backupRetention: backupRetention(environment),
    deleteAutomatedBackups: false,
    copyTagsToSnapshot: true,
    publiclyAccessible: false,
    removalPolicy: RemovalPolicy.SNAPSHOT,
  };
}

/** What a database spends its time on, for seven days, which costs nothing. The key of what is collected cannot be changed later. */
function insights(props: rds.DatabaseInstanceSourceProps, scope: Hardening['scope'], mayBeDeployed: boolean): Common {
  if (props.enablePerformanceInsights === false) return {};
  return {
    enablePerformanceInsights: true,
    databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
    ...insightsRetention(props),
    ...(mayBeDeployed ? {} : { performanceInsightEncryptionKey: domainKey(scope, 'data') }),
  };
}

/** The advanced mode shows fifteen months, and takes nothing else; the seven days of the standard one cost nothing. */
export function insightsRetention({ databaseInsightsMode: mode }: Pick<Common, 'databaseInsightsMode'>): InsightsRetention {
  return mode === rds.DatabaseInsightsMode.ADVANCED
    ? { performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15 }
    : {};
}

type InsightsRetention = Pick<Common, 'performanceInsightRetention'>;

function ofNewSource({ vpc, subnetGroup }: rds.DatabaseInstanceSourceProps): Common {
  return {
    ...(subnetGroup === undefined ? { vpcSubnets: databaseSubnets(vpc) } : {}),
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    autoMinorVersionUpgrade: true,
  };
}

function ofNew(props: rds.DatabaseInstanceProps, { scope }: Hardening): Partial<rds.DatabaseInstanceProps> {
  const isDecided = props.storageEncrypted !== undefined || props.storageEncryptionKey !== undefined;
  const isLimited = databaseEngine(props.engine)?.isLimited === true;
  const encryptionKey = domainKey(scope, 'data');
  return {
    ...ofNewSource(props),
    ...(isDecided || isLimited ? {} : { storageEncrypted: true, storageEncryptionKey: encryptionKey }),
    credentials: rds.Credentials.fromUsername(props.engine.defaultUsername ?? 'admin', { encryptionKey }),
  };
}
