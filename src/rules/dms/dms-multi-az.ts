import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

/** Serverless replications say it elsewhere. */
const PATHS: Readonly<Record<string, string>> = {
  'AWS::DMS::ReplicationConfig': 'ComputeConfig.MultiAZ',
  'AWS::DMS::ReplicationInstance': 'MultiAZ',
};
const instance = (MultiAZ: Json) => ({
  Instance: { Type: 'AWS::DMS::ReplicationInstance', Properties: { ReplicationInstanceClass: 'dms.t3.medium', MultiAZ } },
});

export default defineRule({
  id: 'DMS.5',
  slug: 'dms-multi-az',
  title: 'DMS replications stand in two Availability Zones',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: Object.keys(PATHS),
  rationale: 'When the zone of a replication fails, changes pile up at the source, and some sources throw them away.',
  remediation: 'Set `multiAz: true`, on the `CfnReplicationInstance` or in the `computeConfig` of the `CfnReplicationConfig`.',
  references: ['Security Hub DMS.13', 'ElectricEye DMS.2', 'NIST 800-53 CP-10'],
  check: (replication) => replication.at(PATHS[replication.type]).mustBe(true),
  examples: {
    pass: {
      'the instance is in two zones': instance(true),
      'a serverless replication is in two zones': {
        Replication: {
          Type: 'AWS::DMS::ReplicationConfig',
          Properties: { ComputeConfig: { MaxCapacityUnits: 4, MultiAZ: true } },
        },
      },
    },
    fail: {
      'zones are not mentioned': {
        Instance: { Type: 'AWS::DMS::ReplicationInstance', Properties: { ReplicationInstanceClass: 'dms.t3.medium' } },
      },
      'the instance is in one zone': instance('false'),
    },
    undetermined: { 'the number of zones is a parameter': byParameter(instance) },
  },
});
