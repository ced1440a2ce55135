import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';

/** What `SensitiveDataDiscovery` adopts a session with: its `Status` is that of the session. */
const ADOPTED = 'Custom::Soc2MacieSession';

const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } };
const session = (properties: JsonObject) => ({ Session: { Type: 'AWS::Macie::Session', Properties: properties } });

export default defineRule({
  id: 'Macie.1',
  slug: 'macie-enabled',
  title: 'Macie looks for sensitive data in buckets',
  criteria: [Criterion.C1_1, Criterion.CC7_2, Criterion.CC6_8],
  control: 'data-classification',
  // Whether the data is worth its bill is for the organisation to decide.
  severity: 'info',
  scope: 'environment',
  resourceTypes: ['AWS::Macie::Session', ADOPTED],
  rationale: 'Personal data turns up where nobody meant it to be: in exports, logs and copies for tests.',
  remediation:
    'Create a `macie.CfnSession` in every Region with buckets. Where another team or the delegated administrator turns Macie on, declare an inherited control for `macie-enabled` with an owner and a pointer.',
  references: ['Security Hub Macie.1', 'AWS Config MACIE_STATUS_CHECK', 'ElectricEye Macie.1'],
  check: (environment) =>
    environment.resources('AWS::S3::Bucket').length === 0
      ? [{ kind: 'note', text: 'the environment has no buckets' }]
      : oneIsRight(
          [...environment.resources('AWS::Macie::Session'), ...environment.resources(ADOPTED)],
          (each) => each.at('Status').mustBe('ENABLED', { absent: 'Macie is on unless it is paused' }),
          'Macie is on',
          missing('nothing turns Macie on in this Region', `a session of Macie, ${orInherited('macie-enabled')}`),
        ),
  examples: {
    pass: {
      'there is a session': { ...bucket, ...session({}) },
      'a session is adopted': {
        ...bucket,
        Session: { Type: ADOPTED, Properties: { ServiceToken: 'handler', Status: 'ENABLED' } },
      },
      'there is nothing to look through': { Topic: { Type: 'AWS::SNS::Topic' } },
    },
    fail: {
      'there is no session': bucket,
      'Macie is paused': { ...bucket, ...session({ Status: 'PAUSED' }) },
    },
    undetermined: {
      'the status is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: { ...bucket, ...session({ Status: { Ref: 'Status' } }) },
      },
    },
  },
});
