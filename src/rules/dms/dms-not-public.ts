import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const instance = (PubliclyAccessible: Json) => ({
  Instance: {
    Type: 'AWS::DMS::ReplicationInstance',
    Properties: { ReplicationInstanceClass: 'dms.t3.medium', PubliclyAccessible },
  },
});

export default defineRule({
  id: 'DMS.1',
  slug: 'dms-not-public',
  title: 'DMS replication instances have no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::DMS::ReplicationInstance'],
  rationale: 'A replication instance holds the passwords of two databases, and has a public address unless told otherwise.',
  remediation:
    'Set `publiclyAccessible: false` on the `CfnReplicationInstance`. A deployed instance is replaced by that change: stop its tasks first.',
  references: [
    'Security Hub DMS.1',
    'AWS Config DMS_REPLICATION_NOT_PUBLIC',
    'cdk-nag DMSReplicationNotPublic',
    'NIST 800-53 SC-7',
  ],
  check: (instance) => instance.at('PubliclyAccessible').mustBe(false),
  examples: {
    pass: { 'the instance is private': instance(false), 'the value is a text': instance('false') },
    fail: {
      'nothing is said about the address': {
        Instance: { Type: 'AWS::DMS::ReplicationInstance', Properties: { ReplicationInstanceClass: 'dms.t3.medium' } },
      },
      'the instance is public': instance(true),
      'the instance is private in production only': byStage(instance, false, true),
    },
    undetermined: { 'whether the instance is public is a parameter': byParameter(instance) },
  },
});
