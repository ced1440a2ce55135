import { Criterion } from '../../criteria/criterion';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', ...properties } },
});

export default defineRule({
  id: 'CloudTrail.1',
  slug: 'cloudtrail-exists',
  title: 'The account has a trail that is logging',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'error',
  scope: 'environment',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'Without a trail nobody can say afterwards who did what, and every later control rests on that.',
  remediation:
    'Create a `cloudtrail.Trail`, or declare the trail that another team runs as an inherited control of `cloudtrail-exists`.',
  references: ['Security Hub CloudTrail.3', 'AWS Config CLOUD_TRAIL_ENABLED', 'CIS AWS Foundations 3.1'],
  check: (environment) => {
    const trails = environment.accountResources('AWS::CloudTrail::Trail');
    const logging = trails.filter((each) => each.at('IsLogging').boolean === true);
    if (logging.length > 0) return logging.map((each) => metBy(each, 'this trail is logging'));
    return trails.length > 0
      ? trails.flatMap((each) => each.at('IsLogging').mustBe(true))
      : [missing('no trail records what happens in the account', 'a trail that is logging')];
  },
  examples: {
    pass: { 'a trail is logging': trail({ IsLogging: true }) },
    fail: {
      'there is no trail': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the trail is switched off': trail({ IsLogging: false }),
    },
    undetermined: {
      'logging is a parameter': { Parameters: { On: { Type: 'String' } }, Resources: trail({ IsLogging: { Ref: 'On' } }) },
    },
  },
});
