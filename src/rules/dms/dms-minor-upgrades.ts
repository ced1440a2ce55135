import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const instance = (AutoMinorVersionUpgrade: Json) => ({
  Instance: {
    Type: 'AWS::DMS::ReplicationInstance',
    Properties: { ReplicationInstanceClass: 'dms.t3.medium', AutoMinorVersionUpgrade },
  },
});

export default defineRule({
  id: 'DMS.6',
  slug: 'dms-minor-upgrades',
  title: 'DMS replication instances install minor versions by themselves',
  criteria: [Criterion.CC7_1, Criterion.CC8_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::DMS::ReplicationInstance'],
  rationale: 'Fixes of the engine come in minor versions; an instance that was set up for one migration is soon forgotten.',
  remediation: 'Leave out `autoMinorVersionUpgrade`, or set it to true.',
  references: [
    'Security Hub DMS.6',
    'AWS Config DMS_AUTO_MINOR_VERSION_UPGRADE_CHECK',
    'Checkov CKV_AWS_222',
    'NIST 800-53 SI-2',
  ],
  check: (instance) =>
    instance.at('AutoMinorVersionUpgrade').mustBe(true, { absent: 'DMS installs minor versions unless told otherwise' }),
  examples: {
    pass: {
      'versions are installed': instance(true),
      'nothing is said about versions': {
        Instance: { Type: 'AWS::DMS::ReplicationInstance', Properties: { ReplicationInstanceClass: 'dms.t3.medium' } },
      },
    },
    fail: {
      'versions are not installed': instance(false),
      'versions are installed in production only': byStage(instance, true, 'false'),
    },
    undetermined: { 'whether versions are installed is a parameter': byParameter(instance) },
  },
});
