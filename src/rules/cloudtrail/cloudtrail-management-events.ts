import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { mustRecord } from '../shared/trail-events';

const trail = (...selectors: Json[]) => ({
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...(selectors.length > 0 && { EventSelectors: selectors }) },
  },
});

export default defineRule({
  id: 'CloudTrail.12',
  slug: 'cloudtrail-management-events',
  title: 'A trail records all management events, those that read and those that write',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'An intruder looks around before changing anything: without the events that read, the first hours are missing.',
  remediation: 'Leave `managementEvents` of the `Trail` at its default, or set it to `ReadWriteType.ALL`.',
  references: ['ElectricEye CloudTrail.4', 'Security Hub CloudTrail.1', 'NIST 800-53 AU-2'],
  check: (trail) =>
    byAnyTrail(trail, (each) => [
      ...mustRecord(each, { category: 'Management', access: 'Read' }),
      ...mustRecord(each, { category: 'Management', access: 'Write' }),
    ]),
  examples: {
    pass: {
      'the selectors are left to the default': trail(),
      'one selector for both': trail({ ReadWriteType: 'All', IncludeManagementEvents: true }),
      'a selector for each': trail({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }),
      'the trail for data events stands beside one for management events': {
        ...trail({ IncludeManagementEvents: false }),
        Audit: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true } },
      },
    },
    fail: {
      'writes only': trail({ ReadWriteType: 'WriteOnly' }),
      'reads only': trail({ ReadWriteType: 'ReadOnly' }),
      'no management events': trail({ IncludeManagementEvents: false }),
    },
    undetermined: {
      'the kind of events is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: trail({ ReadWriteType: { Ref: 'Kind' } }),
      },
    },
  },
});
