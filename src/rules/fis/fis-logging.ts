import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const DESTINATIONS = ['CloudWatchLogsConfiguration.LogGroupArn', 'S3Configuration.BucketName'];

const template = (logs?: Json) => ({
  Experiment: {
    Type: 'AWS::FIS::ExperimentTemplate',
    Properties: { Description: 'Stop a zone', ...(logs === undefined ? {} : { LogConfiguration: logs }) },
  },
});
const log = (destination: object) => ({ LogSchemaVersion: 2, ...destination });

export default defineRule({
  id: 'FIS.1',
  slug: 'fis-logging',
  title: 'Fault injection experiments keep a log',
  criteria: [Criterion.A1_3, Criterion.CC7_2, Criterion.CC7_5],
  control: 'restore-testing',
  severity: 'warning',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  rationale:
    'An experiment proves that a system survives a fault only if there is a record of it, and without one it looks like an attack.',
  remediation: 'Set `logConfiguration` of the `fis.CfnExperimentTemplate` to a log group or a bucket.',
  references: ['ElectricEye FIS.1', 'NIST 800-53 CP-4'],
  check: (each) => {
    const logs = each.at('LogConfiguration');
    const expected = 'a log group or a bucket';
    if (logs.isUnknown) return [logs.undetermined(expected)];
    return anyOf(
      DESTINATIONS.map((path) => logs.at(path).mustBeSet()),
      () => logs.fails(expected),
    );
  },
  examples: {
    pass: {
      'to a log group': template(
        log({ CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:eu-west-1:1:log-group:fis:*' } }),
      ),
      'to a bucket': template(log({ S3Configuration: { BucketName: 'logs', Prefix: 'fis' } })),
    },
    fail: {
      'there is no log': template(),
      'the log has no destination': template(log({})),
      'there is no log in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: template({
          'Fn::If': ['IsProduction', log({ S3Configuration: { BucketName: 'logs' } }), { Ref: 'AWS::NoValue' }],
        }),
      },
    },
    undetermined: {
      'the bucket is a parameter': {
        Parameters: { Bucket: { Type: 'String' } },
        Resources: template(log({ S3Configuration: { BucketName: { Ref: 'Bucket' } } })),
      },
    },
  },
});
