import { Criterion } from '../../criteria/criterion';
import { metBy, missing, type Observation } from '../../model/observation';
import { defineRule } from '../rule';
import { mustRecord } from '../shared/trail-events';

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
    'Create a `cloudtrail.Trail`, in every account once. Where another team runs it, or it is a trail of the organization, declare an inherited control for `cloudtrail-exists` with an owner and a pointer to that trail.',
  references: ['Security Hub CloudTrail.3', 'AWS Config CLOUD_TRAIL_ENABLED', 'CIS AWS Foundations 3.1'],
  check: (environment) => {
    const judged = environment.accountResources('AWS::CloudTrail::Trail').map((each) => ({
      trail: each,
      observations: [
        ...each.at('IsLogging').mustBe(true),
        ...mustRecord(each, { category: 'Management', access: 'Write' }),
        ...(each.environment === environment.environment ? [] : each.at('IsMultiRegionTrail').mustBe(true)),
      ],
    }));
    if (judged.length === 0)
      return [
        missing(
          'no trail records what happens in the account',
          'a trail that is logging, or an inherited control for `cloudtrail-exists` that says who runs it and where',
        ),
      ];
    const right = judged.filter(({ observations }) => observations.every(({ kind }) => kind === 'note'));
    if (right.length > 0) return right.map((each) => metBy(each.trail, 'this trail records the account'));
    const open = judged.find(({ observations }) => !observations.some(({ kind }) => kind === 'fail'));
    return open ? open.observations : judged.flatMap(({ observations }): Observation[] => observations);
  },
  examples: {
    pass: {
      'a trail is logging': trail({ IsLogging: true }),
      'one of two trails is logging': {
        ...trail({ IsLogging: true }),
        Retired: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'old-logs', IsLogging: false } },
      },
    },
    fail: {
      'there is no trail': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the trail is switched off': trail({ IsLogging: false }),
      'the only trail leaves out management events': trail({
        IsLogging: true,
        EventSelectors: [{ IncludeManagementEvents: false, DataResources: [] }],
      }),
    },
    undetermined: {
      'logging is a parameter': { Parameters: { On: { Type: 'String' } }, Resources: trail({ IsLogging: { Ref: 'On' } }) },
    },
  },
});
