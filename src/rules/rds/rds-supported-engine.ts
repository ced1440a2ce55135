import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { isClusterMember } from '../shared/database-kinds';
import { engineVersionOf } from '../shared/database-versions';
import { endOfSupport, isFollowed } from '../shared/engine-support';

const instance = (Engine: string, EngineVersion?: Json, properties: object = {}) => ({
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine, ...(EngineVersion !== undefined && { EngineVersion }), ...properties },
  },
});
const cluster = (Engine: string, EngineVersion: string) => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine, EngineVersion } },
});

export default defineRule({
  id: 'RDS.15',
  slug: 'rds-supported-engine',
  /** All versions of PostgreSQL with the flaw of `log_fdw` are of major versions without support. */
  aliases: ['rds-postgres-no-log-fdw-vuln'],
  title: 'RDS databases run a version of their engine that has standard support',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database),
  rationale:
    'After standard support, fixes are few, late and paid for, and in the end RDS upgrades the database on a day of its choice.',
  remediation: 'Move to a later major version by `engine`, with `allowMajorVersionUpgrade: true`, after a test on a copy.',
  references: ['ElectricEye RDS.17', 'AWS documentation: RDS Extended Support', 'NIST 800-53 SA-22'],
  check: (database) => {
    const { engine, version } = engineVersionOf(database);
    if (engine !== undefined && !isFollowed(engine)) return [];
    const at = database.at('EngineVersion');
    const expected = 'a version with standard support';
    if (engine === undefined || version === undefined) {
      if (!at.isAbsent || engine === undefined) return [at.undetermined(expected, 'the engine or its version is not known')];
      const text = 'RDS chooses its default version for new databases, which has standard support';
      return [{ kind: 'note', resource: database, path: at.path, text }];
    }
    const ended = endOfSupport(engine, version);
    return ended ? [at.fails(expected, `standard support of version ${version} of ${engine} ended on ${ended}`)] : [];
  },
  examples: {
    pass: {
      'the version is a present one': instance('postgres', '17.4'),
      'the version of Aurora MySQL is a present one': cluster('aurora-mysql', '8.0.mysql_aurora.3.10.0'),
      'the version of MySQL is a present one': instance('mysql', '8.4.7'),
      'the version is left to RDS': instance('postgres'),
      'the version is that of the source': {
        ...instance('mysql', '8.4.7'),
        Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
      },
      'the version 11.8 of MariaDB is not the 11 of PostgreSQL': instance('mariadb', '11.8'),
    },
    fail: {
      'support of the version of PostgreSQL has ended': instance('postgres', '13.20'),
      'the version of PostgreSQL has a flaw in log_fdw': instance('postgres', '12.3'),
      'support of the version of MySQL has ended': instance('mysql', '8.0.42'),
      'support of the version of Aurora MySQL has ended': cluster('aurora-mysql', '5.7.mysql_aurora.2.11.2'),
      'support of the version of MariaDB has ended': instance('mariadb', '10.6'),
      'support of the version of SQL Server has ended': instance('sqlserver-se', '13.00.6435.1.v1'),
      'support has ended in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: instance('postgres', { 'Fn::If': ['IsProduction', '17', '11'] }),
      },
      'the parameter group tells the version': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', DBParameterGroupName: 'default.mysql5.7' } },
      },
    },
    undetermined: {
      'the version is a parameter': {
        Parameters: { Version: { Type: 'String' } },
        Resources: instance('postgres', { Ref: 'Version' }),
      },
      'the engine is that of a snapshot': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { DBSnapshotIdentifier: 'orders' } },
      },
    },
  },
});
