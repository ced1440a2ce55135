import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...properties } },
});

export default defineRule({
  id: 'CloudTrail.3',
  slug: 'cloudtrail-log-validation',
  title: 'Trail logs come with digests that prove them unchanged',
  criteria: [Criterion.CC7_3, Criterion.CC7_2, Criterion.PI1_5],
  control: 'audit-log-integrity',
  severity: 'error',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'A log that could have been edited or deleted unnoticed proves nothing; signed digests show that it was not.',
  remediation: 'Leave `enableFileValidation` of the `Trail` at its default, or set it to `true`.',
  references: [
    'Security Hub CloudTrail.4',
    'AWS Config CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
    'CIS AWS Foundations 3.2',
    'cdk-nag CloudTrailLogFileValidationEnabled',
    'checkov CKV_AWS_36',
    'NIST 800-53 AU-9',
  ],
  check: (trail) => trail.at('EnableLogFileValidation').mustBe(true),
  examples: {
    pass: {
      'validation is on': trail({ EnableLogFileValidation: true }),
      'validation is text': trail({ EnableLogFileValidation: 'true' }),
    },
    fail: {
      'validation is not mentioned': trail({}),
      'validation is off': trail({ EnableLogFileValidation: false }),
      'validation is removed in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: trail({ EnableLogFileValidation: { 'Fn::If': ['IsProduction', true, { Ref: 'AWS::NoValue' }] } }),
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
