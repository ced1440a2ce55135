import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const bucket = (properties: object) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } });

export default defineRule({
  id: 'S3.8',
  slug: 's3-bucket-versioning',
  title: 'S3 buckets keep previous versions of objects',
  criteria: [Criterion.A1_2, Criterion.CC7_5],
  control: 'data-recovery',
  severity: 'error',
  resourceTypes: ['AWS::S3::Bucket'],
  rationale: 'Without versions, an overwrite or a delete removes the only copy, and there is nothing to recover from.',
  remediation: 'Set `versioned: true` on the bucket.',
  references: ['Security Hub S3.14', 'AWS Config S3_BUCKET_VERSIONING_ENABLED', 'NIST 800-53 CP-9'],
  check: (bucket) => bucket.at('VersioningConfiguration.Status').mustBe('Enabled'),
  examples: {
    pass: { 'versioning is on': bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
    fail: {
      'versioning is not mentioned': bucket({}),
      'versioning is suspended': bucket({ VersioningConfiguration: { Status: 'Suspended' } }),
      'versioning is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: bucket({ VersioningConfiguration: { Status: { 'Fn::If': ['IsProduction', 'Enabled', 'Suspended'] } } }),
      },
    },
    undetermined: {
      'the status is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: bucket({ VersioningConfiguration: { Status: { Ref: 'Status' } } }),
      },
    },
  },
});
