import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const DESTINATIONS = ['CloudWatchLogs', 'KinesisDataFirehose', 'S3'];

const instance = (properties: JsonObject) => ({
  Access: { Type: 'AWS::EC2::VerifiedAccessInstance', Properties: { Description: 'Intranet', ...properties } },
});
const toBucket = (enabled: Json) =>
  instance({ LoggingConfigurations: { S3: { Enabled: enabled, BucketName: 'logs' }, CloudWatchLogs: { Enabled: false } } });

export default defineRule({
  id: 'EC2.33',
  slug: 'vpc-verified-access-logging',
  title: 'Verified Access logs who opened what',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.CC6_1],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: ['AWS::EC2::VerifiedAccessInstance'],
  rationale: 'Verified Access decides about every request from outside; only its log shows which it admitted, and why.',
  remediation:
    'Switch on a destination in `loggingConfigurations` of the `ec2.CfnVerifiedAccessInstance`: `s3`, `cloudWatchLogs` or `kinesisDataFirehose`.',
  references: ['ElectricEye VPC.5', 'NIST 800-53 AU-12'],
  check: (each) => {
    const logs = each.at('LoggingConfigurations');
    return anyOf(
      DESTINATIONS.map((destination) => logs.at(`${destination}.Enabled`).mustBe(true)),
      () => logs.fails('a destination that is switched on', 'no destination for logs is switched on'),
    );
  },
  examples: {
    pass: { 'a bucket gets the log': toBucket(true), 'a bucket gets the log, as text': toBucket('true') },
    fail: {
      'there is no destination': instance({}),
      'every destination is off': toBucket(false),
      'the destination is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: toBucket({ 'Fn::If': ['IsProduction', true, false] }),
      },
    },
    undetermined: {
      'whether it is on is a parameter': {
        Parameters: { Log: { Type: 'String' } },
        Resources: toBucket({ Ref: 'Log' }),
      },
    },
  },
});
