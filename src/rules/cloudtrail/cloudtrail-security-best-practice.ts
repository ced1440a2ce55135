import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { mustRecord } from '../shared/trail-events';
import { excludedSources } from '../shared/trail-selectors';

const HARDENED = {
  S3BucketName: 'trail-logs',
  IsLogging: true,
  IsMultiRegionTrail: true,
  IncludeGlobalServiceEvents: true,
  EnableLogFileValidation: true,
  KMSKeyId: 'alias/trail',
};
const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { ...HARDENED, ...properties } },
});

export default defineRule({
  id: 'CloudTrail.10',
  slug: 'cloudtrail-security-best-practice',
  title: 'One trail records all management events of all Regions, with digests and a KMS key',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'Options that are spread over several trails leave gaps between them: one trail has to hold the whole story.',
  remediation:
    'Keep the defaults of `Trail` for Regions, global services, management events and file validation, set `encryptionKey`, and exclude no management event source.',
  references: ['AWS Config CLOUDTRAIL_SECURITY_TRAIL_ENABLED', 'Security Hub CloudTrail.1'],
  check: (trail) =>
    byAnyTrail(trail, (each) => [
      ...each.at('IsLogging').mustBe(true),
      ...each.at('IsMultiRegionTrail').mustBe(true),
      // CloudFormation takes it for false when it is not set, and a trail of all Regions then cannot be created.
      ...each.at('IncludeGlobalServiceEvents').mustBe(true),
      ...each.at('EnableLogFileValidation').mustBe(true),
      ...each.at('KMSKeyId').mustBeSet('a KMS key'),
      ...mustRecord(each, { category: 'Management', access: 'Read' }),
      ...mustRecord(each, { category: 'Management', access: 'Write' }),
      ...excludedSources(each).flatMap((source) => source.mustNotBeSet({ problem: `events of ${source.text} are left out` })),
    ]),
  examples: {
    pass: {
      'every option is right': trail({}),
      'management events are selected one kind at a time': trail({
        EventSelectors: [{ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }],
      }),
      'the trail for data events stands beside a hardened one': {
        ...trail({}),
        Data: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: { S3BucketName: 'data-logs', IsLogging: true, EventSelectors: [{ IncludeManagementEvents: false }] },
        },
      },
    },
    fail: {
      'only one Region': trail({ IsMultiRegionTrail: false }),
      'no global services': trail({ IncludeGlobalServiceEvents: false }),
      'no key': trail({ KMSKeyId: { Ref: 'AWS::NoValue' } }),
      'management events that write only': trail({ EventSelectors: [{ ReadWriteType: 'WriteOnly' }] }),
      'the use of keys is left out': trail({ EventSelectors: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] }),
      'the use of keys is left out by a field': trail({
        AdvancedEventSelectors: [
          {
            FieldSelectors: [
              { Field: 'eventCategory', Equals: ['Management'] },
              { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
            ],
          },
        ],
      }),
      'the options are spread over two trails': {
        ...trail({ KMSKeyId: '' }),
        Other: { Type: 'AWS::CloudTrail::Trail', Properties: { ...HARDENED, IsMultiRegionTrail: false } },
      },
    },
    undetermined: {
      'validation is a parameter': {
        Parameters: { Validate: { Type: 'String' } },
        Resources: trail({ EnableLogFileValidation: { Ref: 'Validate' } }),
      },
    },
  },
});
