import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const zone = (properties: JsonObject) => ({
  Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com.', ...properties } },
});

export default defineRule({
  id: 'Route53.1',
  slug: 'r53-public-zone-query-logging',
  title: 'Public hosted zones log the queries for their names',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'warning',
  resourceTypes: ['AWS::Route53::HostedZone'],
  applies: (each) => each.at('VPCs').items().length === 0,
  rationale:
    'Before they attack a system, people look up its names; the log shows what they asked for, and when names were abused.',
  remediation:
    'Set `queryLogsLogGroupArn` on the `route53.PublicHostedZone`; the log group must be in us-east-1 and let `route53.amazonaws.com` write.',
  references: [
    'Security Hub Route53.2',
    'AWS Config ROUTE53_QUERY_LOGGING_ENABLED',
    'Prowler route53_public_hosted_zones_cloudwatch_logging_enabled',
    'checkov CKV2_AWS_39',
  ],
  check: (each) => each.at('QueryLoggingConfig.CloudWatchLogsLogGroupArn').mustBeSet('a log group'),
  examples: {
    pass: {
      'queries are logged': zone({
        QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:dns' },
      }),
    },
    fail: {
      'logging is not mentioned': zone({}),
      'no log group is named': zone({ QueryLoggingConfig: { CloudWatchLogsLogGroupArn: '' } }),
      'logging is left out in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: zone({
          QueryLoggingConfig: {
            'Fn::If': [
              'IsProduction',
              { CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:1:log-group:dns' },
              { Ref: 'AWS::NoValue' },
            ],
          },
        }),
      },
    },
    undetermined: {
      'the log group is a parameter': {
        Parameters: { Group: { Type: 'String' } },
        Resources: zone({ QueryLoggingConfig: { CloudWatchLogsLogGroupArn: { Ref: 'Group' } } }),
      },
    },
  },
});
