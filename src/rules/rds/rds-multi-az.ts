import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { engineOf, isClusterMember, isRdsCustom, isReadReplica } from '../shared/database-kinds';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.10',
  slug: 'rds-multi-az',
  title: 'RDS instances have a standby in another Availability Zone',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance'],
  applies: (instance) =>
    !isClusterMember(instance) && !isReadReplica(instance) && !isRdsCustom(instance) && engineOf(instance) !== 'sqlserver-ex',
  rationale: 'Without a standby, the loss of one data centre is an outage for as long as a restore takes.',
  remediation: 'Set `multiAz: true`.',
  references: [
    'Security Hub RDS.5',
    'AWS Config RDS_MULTI_AZ_SUPPORT',
    'cdk-nag RDSMultiAZSupport',
    'Checkov CKV_AWS_157',
    'NIST 800-53 CP-10',
  ],
  check: (instance) => instance.at('MultiAZ').mustBe(true),
  examples: {
    pass: {
      'there is a standby': instance({ MultiAZ: true }),
      'a replica needs no standby': {
        ...instance({ MultiAZ: true }),
        Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
      },
    },
    fail: {
      'a standby is not mentioned': instance({}),
      'there is no standby': instance({ MultiAZ: false }),
      'the instance is tied to one zone': instance({ MultiAZ: 'false', AvailabilityZone: 'eu-west-1a' }),
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Standby: { Type: 'String' } },
        Resources: instance({ MultiAZ: { Ref: 'Standby' } }),
      },
    },
  },
});
