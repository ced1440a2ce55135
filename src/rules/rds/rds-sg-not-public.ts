import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { ingressRulesOf } from '../shared/ingress';

/** Databases, caches and what stands before them, and where they name their security groups. */
const GROUPS: Readonly<Record<string, string>> = {
  'AWS::DAX::Cluster': 'SecurityGroupIds',
  'AWS::DocDB::DBCluster': 'VpcSecurityGroupIds',
  'AWS::ElastiCache::CacheCluster': 'VpcSecurityGroupIds',
  'AWS::ElastiCache::ReplicationGroup': 'SecurityGroupIds',
  'AWS::ElastiCache::ServerlessCache': 'SecurityGroupIds',
  'AWS::MemoryDB::Cluster': 'SecurityGroupIds',
  'AWS::Neptune::DBCluster': 'VpcSecurityGroupIds',
  'AWS::RDS::DBCluster': 'VpcSecurityGroupIds',
  'AWS::RDS::DBInstance': 'VPCSecurityGroups',
  'AWS::RDS::DBProxy': 'VpcSecurityGroupIds',
  'AWS::Redshift::Cluster': 'VpcSecurityGroupIds',
  'AWS::RedshiftServerless::Workgroup': 'SecurityGroupIds',
};

const database = (...ingress: JsonObject[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Database', SecurityGroupIngress: ingress } },
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
});
const open = { IpProtocol: 'tcp', FromPort: 15432, ToPort: 15432, CidrIp: '0.0.0.0/0' };

export default defineRule({
  id: 'RDS.17',
  slug: 'rds-sg-not-public',
  title: 'Security groups of databases do not admit the internet',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: Object.keys(GROUPS),
  applies: (database) => !database.at(GROUPS[database.type]).isAbsent,
  rationale:
    'Whatever the port, a rule for everyone leaves only the lack of a public address between a database and the internet.',
  remediation:
    'Admit security groups of applications with `database.connections.allowDefaultPortFrom(service)`, and not `Peer.anyIpv4()`.',
  references: ['ElectricEye RDS.14', 'cdk-nag RDSRestrictedInbound', 'NIST 800-53 SC-7'],
  check: (database) => database.at(GROUPS[database.type]).items().flatMap(opened),
  examples: {
    pass: {
      'an application is admitted': database({ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: 'sg-1' }),
      'a network is admitted': database({ ...open, CidrIp: '10.0.0.0/16' }),
      'nobody is admitted': database(),
    },
    fail: {
      'everyone is admitted to a port that is not the usual one': database(open),
      'everyone is admitted by IPv6': database({ IpProtocol: '-1', CidrIpv6: '::/0' }),
      'a rule beside the group admits everyone': {
        ...database(),
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...open },
        },
      },
      'everyone is admitted to a cache': {
        ...database(open),
        Cache: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
        },
      },
    },
    undetermined: {
      'the group is elsewhere': {
        Database: { Type: 'AWS::RDS::DBInstance', Properties: { VPCSecurityGroups: ['sg-0123456789abcdef0'] } },
      },
      'who is admitted is a parameter': {
        Parameters: { Network: { Type: 'String' } },
        Resources: database({ ...open, CidrIp: { Ref: 'Network' } }),
      },
    },
  },
});

function opened(id: Value): Observation[] {
  if (id.target?.type !== 'AWS::EC2::SecurityGroup')
    return [id.undetermined('a group without such rules', 'the rules of the group are not among these templates')];
  return ingressRulesOf(id.target).flatMap((rule) => rule.openToWorld(true, 'a port of a database is', 'a narrower source'));
}
