import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { engineOf, isClusterMember } from '../shared/database-kinds';

const ENGINES: Readonly<Record<string, RegExp>> = {
  'AWS::RDS::DBCluster': /^aurora/,
  'AWS::RDS::DBInstance': /^(mysql|mariadb|postgres)$/,
};

const instance = (properties: object) => ({ Database: { Type: 'AWS::RDS::DBInstance', Properties: { ...properties } } });

export default defineRule({
  id: 'RDS.8',
  slug: 'rds-iam-auth',
  title: 'RDS databases accept IAM authentication',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isClusterMember(database) && maySupport(database),
  rationale: 'With IAM, people and services come with a token that lasts minutes, and access ends where their identity ends.',
  remediation: 'Set `iamAuthentication: true`, and give access with `grantConnect` instead of shared passwords.',
  references: [
    'Security Hub RDS.10',
    'Security Hub RDS.12',
    'AWS Config RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED',
    'cdk-nag AuroraMySQLPostgresIAMAuth',
    'Checkov CKV_AWS_161',
    'Checkov CKV_AWS_162',
  ],
  check: (database) => {
    const flag = database.at('EnableIAMDatabaseAuthentication');
    const findings = flag.mustBe(true);
    if (findings.length === 0 || engineOf(database) !== undefined) return findings;
    return [flag.undetermined('true', 'not every engine offers it, and the engine is not stated')];
  },
  examples: {
    pass: {
      'the instance accepts it': instance({ Engine: 'postgres', EnableIAMDatabaseAuthentication: true }),
      'the cluster accepts it for its members': {
        Cluster: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { Engine: 'aurora-mysql', EnableIAMDatabaseAuthentication: 'true' },
        },
        Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
      },
      'it is on, whatever the engine of the snapshot': instance({
        DBSnapshotIdentifier: 'orders',
        EnableIAMDatabaseAuthentication: true,
      }),
    },
    fail: {
      'it is not mentioned': instance({ Engine: 'mysql' }),
      'it is off': instance({ Engine: 'mariadb', EnableIAMDatabaseAuthentication: false }),
      'the cluster does not accept it': { Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } },
    },
    undetermined: {
      'the engine is that of a snapshot': instance({ DBSnapshotIdentifier: 'orders' }),
      'a parameter decides': {
        Parameters: { Iam: { Type: 'String' } },
        Resources: instance({ Engine: 'mysql', EnableIAMDatabaseAuthentication: { Ref: 'Iam' } }),
      },
    },
  },
});

function maySupport(database: Resource): boolean {
  const engine = engineOf(database);
  return engine === undefined || ENGINES[database.type].test(engine);
}
