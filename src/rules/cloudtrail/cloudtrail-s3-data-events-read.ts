import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { dataBuckets } from '../shared/data-buckets';
import { mustRecord } from '../shared/trail-events';

const trail = (readWriteType: Json, resources: Json[] = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }]) => ({
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      S3BucketName: 'trail-logs',
      IsLogging: true,
      EventSelectors: [{ ReadWriteType: readWriteType, DataResources: resources }],
    },
  },
});

export default defineRule({
  id: 'CloudTrail.6',
  slug: 'cloudtrail-s3-data-events-read',
  title: 'A trail records who reads S3 objects',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  // Reads are the bulk of the events and of the bill: which buckets are worth it is for the organisation to decide.
  severity: 'info',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'After a leak the question is what was read, and by whom; without read events nobody can say what was not.',
  remediation:
    'Call `trail.logAllS3DataEvents()`, or `trail.addS3EventSelector` with every bucket that holds confidential data. Data events are billed.',
  references: ['Security Hub S3.23', 'AWS Config CLOUDTRAIL_ALL_READ_S3_DATA_EVENT_CHECK', 'CIS AWS Foundations 3.9'],
  check: (trail) =>
    byAnyTrail(trail, (each) =>
      mustRecord(each, { category: 'Data', access: 'Read', type: 'AWS::S3::Object' }, dataBuckets(each)),
    ),
  examples: {
    pass: {
      'reads and writes': trail('All'),
      'reads only': trail('ReadOnly'),
      'reads, by advanced selectors': {
        Trail: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: {
            S3BucketName: 'trail-logs',
            IsLogging: true,
            AdvancedEventSelectors: [
              {
                FieldSelectors: [
                  { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
                  { Field: 'readOnly', Equals: [true] },
                  { Field: 'eventCategory', Equals: ['Data'] },
                ],
              },
            ],
          },
        },
      },
    },
    fail: {
      'writes only': trail('WriteOnly'),
      'management events only': trail('All', []),
      'functions instead of objects': trail('All', [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }]),
    },
    undetermined: {
      'the kind of events is a parameter': { Parameters: { Kind: { Type: 'String' } }, Resources: trail({ Ref: 'Kind' }) },
    },
  },
});
