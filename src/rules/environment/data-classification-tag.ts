import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { DATA_STORES, mustBeTagged } from '../shared/tags';

const KEYS = ['dataclassification', 'classification', 'dataclass', 'confidentiality', 'sensitivity'];

const bucket = (...Tags: Json[]) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { Tags } } });
const pair = (Key: Json, Value: Json): JsonObject => ({ Key, Value });

export default defineRule({
  id: 'Environment.1',
  slug: 'data-classification-tag',
  title: 'What keeps data says how sensitive the data is',
  criteria: [Criterion.C1_1, Criterion.CC2_1],
  control: 'data-classification',
  // How data is classified is for the organisation to decide, and a tag of the stack does not show in a template.
  severity: 'info',
  resourceTypes: Object.keys(DATA_STORES),
  inheritable: true,
  rationale: 'Nobody can protect confidential data more than other data, or dispose of it in time, without knowing where it is.',
  remediation:
    "Add a tag, as in `Tags.of(bucket).add('data-classification', 'confidential')`, or one for all resources of a stack with `Tags.of(stack)`.",
  references: ['AWS Config REQUIRED_TAGS', 'NIST 800-53 RA-2', 'NIST 800-53 AC-16'],
  check: (store) =>
    mustBeTagged(store, DATA_STORES[store.type], KEYS, 'dataClassification', 'no tag says how sensitive the data is'),
  examples: {
    pass: {
      'a bucket says so': bucket(pair('data-classification', 'confidential')),
      'the key has a prefix': bucket(pair('example:DataClassification', 'public')),
      'a file system says so': {
        Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: [pair('Sensitivity', 'high')] } },
      },
      'the environment declares it': {
        Metadata: { 'cdk-soc2': { environment: { dataClassification: 'confidential' } } },
        Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
      },
    },
    fail: {
      'there are no tags': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'the tags are about something else': bucket(pair('owner', 'orders')),
      'the tag says nothing': bucket(pair('data-classification', '')),
    },
    undetermined: {
      'the key is a parameter': {
        Parameters: { Key: { Type: 'String' } },
        Resources: bucket(pair({ Ref: 'Key' }, 'confidential')),
      },
    },
  },
});
