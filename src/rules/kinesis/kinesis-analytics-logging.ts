import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { unnamedPointer } from '../shared/unnamed-pointer';

const OPTION = 'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption';
const EXPECTED = 'a log stream that the application writes to';

const application = {
  Application: { Type: 'AWS::KinesisAnalyticsV2::Application', Properties: { RuntimeEnvironment: 'FLINK-1_20' } },
};
const logging = (name: Json, stream: Json = 'arn:aws:logs:eu-west-1:111122223333:log-group:flink:log-stream:app') => ({
  ...application,
  Option: {
    Type: OPTION,
    Properties: { ApplicationName: name, CloudWatchLoggingOption: { LogStreamARN: stream } },
  },
});

export default defineRule({
  id: 'Kinesis.3',
  slug: 'kinesis-analytics-logging',
  title: 'Applications of Managed Service for Apache Flink write logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3, Criterion.PI1_3],
  control: 'application-logging',
  severity: 'warning',
  resourceTypes: ['AWS::KinesisAnalyticsV2::Application'],
  rationale:
    'Without a log stream, an application that restarts again and again leaves no trace of what went wrong with the data.',
  remediation:
    'Set `logGroup` of the Flink `Application`, or add a `CfnApplicationCloudWatchLoggingOptionV2` with the name of the application.',
  references: ['ElectricEye KinesisAnalytics.1', 'NIST 800-53 AU-12'],
  check: (application) => {
    const options = application.pointedAtBy(OPTION, 'ApplicationName');
    if (options.length === 0) {
      const open = unnamedPointer(application, OPTION, 'ApplicationName', EXPECTED);
      return open.length > 0 ? open : [application.fails('the application writes no logs', EXPECTED)];
    }
    return options.flatMap((option): Observation[] => {
      const findings = option.at('CloudWatchLoggingOption.LogStreamARN').mustBeSet(EXPECTED);
      return findings.length > 0 ? findings : [metBy(option, 'this option lets the application write logs')];
    });
  },
  examples: {
    pass: { 'an option names a log stream': logging({ Ref: 'Application' }) },
    fail: {
      'there is no option': application,
      'the option is about another application': logging('another'),
      'the option names no log stream': logging({ Ref: 'Application' }, ''),
    },
    undetermined: { 'the application is a parameter': byParameter(logging) },
  },
});
