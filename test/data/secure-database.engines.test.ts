import type { Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { SecureDatabase } from '../../src';
import { databaseEngine, engineParameters, isSupported } from '../../src/defaults/database-engines';
import { endOfSupport } from '../../src/rules/shared/engine-support';
import { keepsItsPromises } from '../helpers/promises';
import { CLUSTER_ENGINES, ENGINES, network, propertiesOf, templateOf } from './databases';

const { PostgreSQL: _, ...others } = ENGINES;

describe.each(Object.entries(others))('%s', (_name, engine) => {
  keepsItsPromises({
    make: (stack: Stack) => new SecureDatabase(stack, 'Orders', { vpc: network(stack), engine }),
    plain: (stack: Stack) => new rds.DatabaseInstance(stack, 'Orders', { vpc: network(stack), engine }),
    adopted: (stack: Stack) => new SecureDatabase(stack, 'Orders', { vpc: network(stack), engine, alreadyDeployed: true }),
  });
});

const made = (engine: rds.IInstanceEngine) =>
  templateOf((stack) => new SecureDatabase(stack, 'Orders', { vpc: network(stack), engine }));
const optionsOf = (engine: rds.IInstanceEngine) => propertiesOf(made(engine), 'AWS::RDS::OptionGroup').OptionConfigurations;

describe('TLS is forced', () => {
  test.each([
    ['PostgreSQL', { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' }],
    ['MySQL', { require_secure_transport: '1' }],
    ['MariaDB', { require_secure_transport: '1' }],
    ['SQL Server', { 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' }],
  ] as const)('by %s in a parameter group', (name, parameters) => {
    expect(propertiesOf(made(ENGINES[name]), 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject(parameters);
  });

  test('by Oracle in an option group, with algorithms that are not weak', () => {
    const [option] = optionsOf(ENGINES.Oracle);
    expect(option.OptionName).toBe('NATIVE_NETWORK_ENCRYPTION');
    expect(option.OptionSettings).toEqual(
      expect.arrayContaining([
        { Name: 'SQLNET.ENCRYPTION_SERVER', Value: 'REQUIRED' },
        { Name: 'SQLNET.ENCRYPTION_TYPES_SERVER', Value: 'AES256,AES192,AES128' },
        { Name: 'SQLNET.CRYPTO_CHECKSUM_SERVER', Value: 'REQUIRED' },
      ]),
    );
  });
});

describe('auditing is on', () => {
  test('in PostgreSQL by pgAudit, beside what Performance Insights read', () => {
    expect(propertiesOf(made(ENGINES.PostgreSQL), 'AWS::RDS::DBParameterGroup').Parameters).toMatchObject({
      shared_preload_libraries: 'pg_stat_statements,pgaudit',
      'pgaudit.log': 'ddl,role,write',
      log_connections: '1',
      log_disconnections: '1',
    });
  });

  test.each(['MySQL', 'MariaDB'] as const)('in %s by the audit plugin', (name) => {
    expect(optionsOf(ENGINES[name])).toEqual([
      {
        OptionName: 'MARIADB_AUDIT_PLUGIN',
        OptionSettings: [{ Name: 'SERVER_AUDIT_EVENTS', Value: 'CONNECT,QUERY_DDL,QUERY_DML_NO_SELECT,QUERY_DCL' }],
      },
    ]);
  });

  test('in SQL Server into an encrypted bucket, by a role for RDS in this account only', () => {
    const template = made(ENGINES['SQL Server']);
    const [option] = propertiesOf(template, 'AWS::RDS::OptionGroup').OptionConfigurations;
    expect(option.OptionName).toBe('SQLSERVER_AUDIT');
    expect(option.OptionSettings.map(({ Name }: { Name: string }) => Name)).toEqual(
      expect.arrayContaining(['IAM_ROLE_ARN', 'S3_BUCKET_ARN']),
    );
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: { 'aws:SourceArn': 'arn:aws:rds:eu-west-1:111122223333:*' },
            },
          },
        ],
      },
    });
    const [bucket] = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) => id.startsWith('OrdersAuditLogs'));
    expect(
      bucket[1].Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm,
    ).toBe('aws:kms');
    expect(bucket[1].Properties.LifecycleConfiguration.Rules[0]).toMatchObject({ ExpirationInDays: 365 });
  });

  test('in Oracle into files, which RDS exports', () => {
    expect(propertiesOf(made(ENGINES.Oracle), 'AWS::RDS::DBParameterGroup').Parameters).toEqual({ audit_trail: 'XML' });
  });
});

test.each([
  ['PostgreSQL', ['postgresql', 'upgrade']],
  ['MySQL', ['audit', 'error']],
  ['MariaDB', ['audit', 'error']],
  ['SQL Server', ['agent', 'error']],
  ['Oracle', ['alert', 'audit', 'listener']],
] as const)('%s sends the logs of access and errors', (name, logs) => {
  expect(propertiesOf(made(ENGINES[name]), 'AWS::RDS::DBInstance').EnableCloudwatchLogsExports).toEqual(logs);
});

test.each(Object.entries(ENGINES))('IAM authentication of %s is on where there is one', (_name, engine) => {
  const { EnableIAMDatabaseAuthentication: isOn } = propertiesOf(made(engine), 'AWS::RDS::DBInstance');
  expect(isOn).toBe(/^(postgres|mysql|mariadb)$/.test(engine.engineType) || undefined);
});

describe('what constructs and rules know of engines', () => {
  const versions = [
    ...versionsOf(rds.PostgresEngineVersion, (version) => rds.DatabaseInstanceEngine.postgres({ version })),
    ...versionsOf(rds.MysqlEngineVersion, (version) => rds.DatabaseInstanceEngine.mysql({ version })),
    ...versionsOf(rds.MariaDbEngineVersion, (version) => rds.DatabaseInstanceEngine.mariaDb({ version })),
    ...versionsOf(rds.SqlServerEngineVersion, (version) => rds.DatabaseInstanceEngine.sqlServerWeb({ version })),
    ...versionsOf(rds.OracleEngineVersion, (version) => rds.DatabaseInstanceEngine.oracleEe({ version })),
    ...versionsOf(rds.AuroraMysqlEngineVersion, (version) => rds.DatabaseClusterEngine.auroraMysql({ version })),
    ...versionsOf(rds.AuroraPostgresEngineVersion, (version) => rds.DatabaseClusterEngine.auroraPostgres({ version })),
  ];

  test('agrees on which versions have support', () => {
    const differing = versions.filter(
      ({ engineType, engineVersion }) =>
        isSupported({ engineType, engineVersion }) === (endOfSupport(engineType, engineVersion?.fullVersion ?? '') !== undefined),
    );
    expect(versions.length).toBeGreaterThan(400);
    expect(differing.map(({ engineType, engineVersion }) => `${engineType} ${engineVersion?.fullVersion}`)).toEqual([]);
  });

  test('an engine that is not known is left alone', () => expect(databaseEngine({ engineType: 'db2-se' })).toBeUndefined());
});

function versionsOf<Version>(
  versions: { readonly prototype: Version },
  engineOf: (version: Version) => rds.IEngine,
): rds.IEngine[] {
  return Object.entries(versions).flatMap(([name, version]) => (name.startsWith('VER_') ? [engineOf(version as Version)] : []));
}

test('libraries that an app loads stay, beside the one for auditing', () => {
  const postgres = databaseEngine(CLUSTER_ENGINES['Aurora PostgreSQL']);
  const own = { shared_preload_libraries: 'pg_cron, pg_stat_statements', 'pgaudit.log': 'all' };
  expect(engineParameters(postgres!, own)).toMatchObject({
    shared_preload_libraries: 'pg_cron,pg_stat_statements,pgaudit',
    'pgaudit.log': 'all',
    'rds.force_ssl': '1',
  });
});
