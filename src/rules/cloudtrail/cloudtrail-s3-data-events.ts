import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { dataBuckets } from '../shared/data-buckets';
import { mustRecord } from '../shared/trail-events';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...properties } },
});
const basic = (readWriteType: Json, ...values: Json[]) => ({
  EventSelectors: [{ ReadWriteType: readWriteType, DataResources: [{ Type: 'AWS::S3::Object', Values: values }] }],
});
const advanced = (...fields: Json[]) => ({
  AdvancedEventSelectors: [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ...fields,
      ],
    },
  ],
});
const buckets = { Invoices: { Type: 'AWS::S3::Bucket' }, Orders: { Type: 'AWS::S3::Bucket' } };
const objectsOf = (bucket: string) => ({ 'Fn::Sub': `\${${bucket}.Arn}/` });

export default defineRule({
  id: 'CloudTrail.7',
  slug: 'cloudtrail-s3-data-events',
  title: 'A trail records who writes and deletes S3 objects',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'Management events do not show who changed or deleted an object; only data events answer that after an incident.',
  remediation:
    'Call `trail.logAllS3DataEvents()`, or `trail.addS3EventSelector` with every bucket that holds data. With `readWriteType: ReadWriteType.WRITE_ONLY` set `managementEvents: ReadWriteType.ALL` on the trail too, for the selector limits those as well. Data events are billed.',
  references: ['Security Hub S3.22', 'AWS Config CLOUDTRAIL_S3_DATAEVENTS_ENABLED', 'CIS AWS Foundations 3.8'],
  check: (trail) =>
    byAnyTrail(trail, (each) =>
      mustRecord(each, { category: 'Data', access: 'Write', type: 'AWS::S3::Object' }, dataBuckets(each)),
    ),
  examples: {
    pass: {
      'all objects of all buckets': trail(basic('All', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::' })),
      'advanced selectors, but for one bucket': trail(
        advanced(
          { Field: 'readOnly', Equals: ['false'] },
          { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::trail-logs/'] },
        ),
      ),
      'every bucket by name': { ...trail(basic('WriteOnly', objectsOf('Invoices'), objectsOf('Orders'))), ...buckets },
      'another trail of the account': {
        ...trail({}),
        Data: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: { S3BucketName: 'data-logs', IsLogging: true, ...basic('All', 'arn:aws:s3') },
        },
      },
    },
    fail: {
      'no selectors': trail({}),
      'reads only': trail(basic('ReadOnly', 'arn:aws:s3:::')),
      'reads only, by advanced selectors': trail(advanced({ Field: 'readOnly', Equals: ['true'] })),
      'every bucket is left out': trail(
        advanced({ Field: 'readOnly', Equals: ['false'] }, { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::'] }),
      ),
      'one operation only': trail(advanced({ Field: 'eventName', Equals: ['PutObject'] })),
      'no buckets': trail(basic('All')),
      'one of two buckets': { ...trail(basic('All', objectsOf('Invoices'))), ...buckets },
      'a part of a bucket': {
        ...trail(basic('All', { 'Fn::Sub': '${Invoices.Arn}/2026/' }, objectsOf('Orders'))),
        ...buckets,
      },
      'tables instead of objects': trail({
        EventSelectors: [{ DataResources: [{ Type: 'AWS::DynamoDB::Table', Values: ['arn:aws:dynamodb'] }] }],
      }),
    },
    undetermined: {
      'the kind of events is a parameter': {
        Parameters: { Kind: { Type: 'String' } },
        Resources: trail(basic({ Ref: 'Kind' }, 'arn:aws:s3')),
      },
      'what is left out is a parameter': {
        Parameters: { Prefix: { Type: 'String' } },
        Resources: trail(
          advanced({ Field: 'readOnly', Equals: ['false'] }, { Field: 'resources.ARN', NotStartsWith: [{ Ref: 'Prefix' }] }),
        ),
      },
    },
  },
});
