import { Criterion } from '../../criteria/criterion';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import { isClusterMember, isMultiAzCluster } from '../shared/database-kinds';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.3',
  slug: 'rds-not-public',
  title: 'RDS databases have no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  rationale: 'A database with a public address is one security group rule away from everyone who guesses passwords.',
  remediation: 'Set `publiclyAccessible: false`, and place the database in private or isolated subnets with `vpcSubnets`.',
  references: [
    'Security Hub RDS.2',
    'AWS Config RDS_INSTANCE_PUBLIC_ACCESS_CHECK',
    'CIS AWS Foundations 2.3.3',
    'cdk-nag RDSInstancePublicAccess',
    'Checkov CKV_AWS_17',
  ],
  ...about(
    (database) => database.type === 'AWS::RDS::DBInstance' || isMultiAzCluster(database),
    (database) => {
      const flag = database.at('PubliclyAccessible');
      return flag.isAbsent ? byDefault(database) : flag.mustBe(false);
    },
  ),
  examples: {
    pass: {
      'the instance is private': instance({ PubliclyAccessible: false }),
      'the instance is in a subnet group of its own': instance({ DBSubnetGroupName: 'data' }),
      'a member of an Aurora cluster leaves it out': instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }),
    },
    fail: {
      'the instance is public': instance({ PubliclyAccessible: 'true', DBSubnetGroupName: 'data' }),
      'it is not mentioned, and there is no subnet group': instance({}),
      'it is not mentioned, in the default subnet group': instance({ DBSubnetGroupName: 'default' }),
      'the Multi-AZ cluster is public': {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'mysql', PubliclyAccessible: true } },
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Public: { Type: 'String' } },
        Resources: instance({ PubliclyAccessible: { Ref: 'Public' } }),
      },
      'it is not mentioned, and the subnet group is a parameter': {
        Parameters: { Group: { Type: 'String' } },
        Resources: instance({ DBSubnetGroupName: { Ref: 'Group' } }),
      },
    },
  },
});

function byDefault(database: Resource): Observation[] {
  const flag = database.at('PubliclyAccessible');
  const group = database.at('DBSubnetGroupName');
  const safe = (text: string): Observation[] => [{ kind: 'note', resource: database, path: flag.path, text }];
  if (group.isAbsent && isClusterMember(database)) return safe('members of an Aurora cluster are private by default');
  if (group.target) return safe('in a subnet group of its own a database is private by default');
  if (group.isUnknown) return [flag.undetermined('false', 'in the subnet group `default` the database would be public')];
  if (group.isAbsent || group.string === 'default')
    return [flag.fails('false', 'PubliclyAccessible is not set, and outside a subnet group of its own a database is public')];
  return safe('in a subnet group of its own a database is private by default');
}
