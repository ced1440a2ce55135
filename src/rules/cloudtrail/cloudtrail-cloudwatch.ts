import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';

const trail = (properties: object) => ({
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'trail-logs', IsLogging: true, ...properties } },
});

export default defineRule({
  id: 'CloudTrail.5',
  slug: 'cloudtrail-cloudwatch',
  title: 'The trail delivers to CloudWatch Logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'warning',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  rationale: 'Metric filters and alarms read the log group: a trail that only fills a bucket is read after the fact, if at all.',
  remediation: 'Set `sendToCloudWatchLogs: true` on the `Trail`, and `cloudWatchLogGroup` to use a log group of your own.',
  references: [
    'Security Hub CloudTrail.5',
    'AWS Config CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED',
    'cdk-nag CloudTrailCloudWatchLogsEnabled',
    'NIST 800-53 AU-6',
  ],
  check: (trail) => byAnyTrail(trail, (each) => each.at('CloudWatchLogsLogGroupArn').mustBeSet('the ARN of a log group')),
  examples: {
    pass: {
      'a log group of the template is used': {
        ...trail({ CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Group', 'Arn'] } }),
        Group: { Type: 'AWS::Logs::LogGroup' },
      },
      'another trail of the account delivers to a log group': {
        ...trail({ EventSelectors: [{ IncludeManagementEvents: false }] }),
        Main: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: {
            S3BucketName: 'main-logs',
            IsLogging: true,
            CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*',
          },
        },
      },
    },
    fail: { 'no log group is given': trail({}), 'the log group is empty': trail({ CloudWatchLogsLogGroupArn: '' }) },
    undetermined: {
      'the log group is a parameter that may be empty': {
        Parameters: { Group: { Type: 'String' } },
        Resources: trail({ CloudWatchLogsLogGroupArn: { Ref: 'Group' } }),
      },
    },
  },
});
