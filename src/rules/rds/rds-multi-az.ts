import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { engineOf, isClusterMember, isRdsCustom, isReadReplica } from '../shared/database-kinds';
import { declaredKind } from '../shared/environment-kind';

const instance = (properties: JsonObject): JsonObject => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});
const aloneIn = (kind: string): JsonObject => ({
  Metadata: { 'cdk-soc2': { environment: { kind } } },
  Resources: instance({ MultiAZ: false }),
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
  check: (instance) =>
    declaredKind(instance.environment) === 'non-production'
      ? [
          {
            kind: 'note',
            resource: instance,
            text: 'the environment is declared not to be production, and can wait for a restore',
          },
        ]
      : instance.at('MultiAZ').mustBe(true),
  examples: {
    pass: {
      'there is a standby': instance({ MultiAZ: true }),
      'the environment is not production': aloneIn('DEVELOPMENT'),
      'a replica needs no standby': {
        ...instance({ MultiAZ: true }),
        Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier: { Ref: 'Database' } } },
      },
    },
    fail: {
      'a standby is not mentioned': instance({}),
      'there is no standby': instance({ MultiAZ: false }),
      'there is no standby in production': aloneIn('PRODUCTION'),
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
