import type { Json, JsonObject } from '../../src/model/json';
import { RULES } from '../../src/rules';
import type { Example } from '../../src/rules/rule';
import { readFilterPattern } from '../../src/rules/shared/filter-pattern';
import { watching } from '../../src/rules/shared/trail-alarm';
import { callRecord } from '../../src/rules/shared/trail-records';
import { judge, verdictOf } from '../helpers/judge';

const verdict = (slug: string, example: Example) => verdictOf(RULES.find((rule) => rule.slug === slug)!, example);
const problems = (slug: string, example: Example) =>
  judge(RULES.find((rule) => rule.slug === slug)!, example).flatMap(({ findings }) => findings.map(({ problem }) => problem));

const KEYS = '{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }';
const TRAIL =
  '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}';

describe('patterns that the field uses', () => {
  test.each([
    ['alarm-cmk-deletion', KEYS],
    ['alarm-cloudtrail-changes', TRAIL],
    [
      'alarm-root-usage',
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    ],
    [
      'alarm-unauthorized-api',
      '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
    ],
    ['alarm-console-no-mfa', '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'],
    ['alarm-organizations-changes', '{ $.eventSource = "organizations.amazonaws.com" && $.readOnly IS FALSE }'],
  ])('%s is met', (slug, pattern) => {
    expect(verdict(slug, watching(pattern))).toBe('pass');
  });

  test.each([
    ['everything', '{ $.eventName = * }'],
    ['one of two calls', '{ $.eventName = "DisableKey" }'],
    ['calls of another service', KEYS.replace('kms.', 'sns.')],
  ])('%s is not enough', (_, pattern) => {
    expect(verdict('alarm-cmk-deletion', watching(pattern))).toBe('fail');
  });

  test('a call that is left out is named', () => {
    expect(problems('alarm-cmk-deletion', watching('{ $.eventName = "DisableKey" }'))).toEqual([
      'nobody learns of ScheduleKeyDeletion',
    ]);
  });

  test.each([
    '"DisableKey"',
    '{ $.eventName = %Key% }',
    '{ $.eventName[*] = "DisableKey" }',
    '{ ($.eventName = "DisableKey" }',
    '',
  ])('%j is not understood', (pattern) => expect(verdict('alarm-cmk-deletion', watching(pattern))).toBe('undetermined'));
});

describe('what has to stand behind a filter', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['an alarm that waits for ten events', { Threshold: 10 }, {}],
    ['an alarm that never sees more than one', { ComparisonOperator: 'GreaterThanThreshold' }, {}],
    ['an alarm on what does not happen', { ComparisonOperator: 'LessThanThreshold' }, {}],
    ['an alarm that waits for three periods', { EvaluationPeriods: 3 }, {}],
    ['an alarm that is switched off', { ActionsEnabled: false }, {}],
    ['an alarm on another metric', { MetricName: 'Other' }, {}],
    [
      'an average with zeros in it',
      { Statistic: 'Average' },
      { MetricTransformations: [{ MetricNamespace: 'Trail', MetricName: 'Watched', MetricValue: '1', DefaultValue: 0 }] },
    ],
  ])('%s is not enough', (_, alarm, filter) => {
    expect(verdict('alarm-cmk-deletion', watching(KEYS, alarm, filter))).toBe('fail');
  });

  test.each<[string, JsonObject]>([
    ['one of three periods', { EvaluationPeriods: 3, DatapointsToAlarm: 1 }],
    ['more than none', { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0 }],
    [
      'a sum of metrics',
      {
        MetricName: { Ref: 'AWS::NoValue' },
        Namespace: { Ref: 'AWS::NoValue' },
        Metrics: [
          { Id: 'all', Expression: 'SUM(METRICS())' },
          { Id: 'one', MetricStat: { Metric: { MetricName: 'Watched', Namespace: 'Trail' }, Stat: 'Sum', Period: 300 } },
        ],
      },
    ],
  ])('%s is enough', (_, alarm) => {
    expect(verdict('alarm-cmk-deletion', watching(KEYS, alarm))).toBe('pass');
  });

  test('how many denials are unusual is not for the rule to say', () => {
    const pattern = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }';
    expect(verdict('alarm-unauthorized-api', watching(pattern, { Threshold: 50, EvaluationPeriods: 3 }))).toBe('pass');
  });

  test('a log group that no trail delivers to is the wrong one', () => {
    const template = { ...watching(KEYS, {}, { LogGroupName: { Ref: 'AppLogs' } }), AppLogs: { Type: 'AWS::Logs::LogGroup' } };
    expect(verdict('alarm-cmk-deletion', template)).toBe('fail');
  });

  test('filters of applications are not about calls', () => {
    const filter = (pattern: Json) => watching(pattern, {}, { LogGroupName: '/app/orders' });
    expect(verdict('alarm-cmk-deletion', filter('?ERROR ?Exception'))).toBe('fail');
    expect(verdict('alarm-cmk-deletion', filter('{ $.level = "error" }'))).toBe('fail');
  });

  test('a log group of another app may be the one of a trail', () => {
    expect(verdict('alarm-cmk-deletion', watching(KEYS, {}, { LogGroupName: 'organization-trail' }))).toBe('undetermined');
  });
});

describe('rules of EventBridge instead', () => {
  const bus = (pattern: Json, more: JsonObject = {}) => ({
    OnCall: { Type: 'AWS::SNS::Topic' },
    Relay: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: pattern, Targets: [{ Id: 'on-call', Arn: { Ref: 'OnCall' } }], ...more },
    },
  });
  const calls = (service: string, ...names: Json[]) => ({
    source: [`aws.${service}`],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName: names },
  });
  const KEY_CALLS = calls('kms', 'DisableKey', { prefix: 'ScheduleKey' });

  test('are enough for calls of their own Region', () => {
    expect(verdict('alarm-cmk-deletion', bus(KEY_CALLS))).toBe('pass');
  });

  test.each<[string, JsonObject]>([
    ['disabled', { State: 'DISABLED' }],
    ['on a bus of their own', { EventBusName: 'orders' }],
    ['without a target', { Targets: [] }],
  ])('are not enough when they are %s', (_, more) => {
    expect(verdict('alarm-cmk-deletion', bus(KEY_CALLS, more))).toBe('fail');
  });

  test('may or may not see global services, when only deployment knows their Region', () => {
    const names = ['PutRolePolicy', { 'anything-but': { prefix: 'Get' } }];
    expect(verdict('alarm-iam-changes', bus(calls('iam', ...names)))).toBe('undetermined');
  });

  test('do not see all that a root user does', () => {
    const pattern = { detail: { userIdentity: { type: ['Root'] } } };
    expect(verdict('alarm-root-usage', bus(pattern))).toBe('fail');
  });
});

test('&& binds closer than ||', () => {
  const record = callRecord('kms', 'DisableKey');
  expect(readFilterPattern('{ $.eventName = "DisableKey" || $.eventName = "X" && $.eventName = "Y" }')(record)).toBe(true);
  expect(readFilterPattern('{ ($.eventName = "DisableKey" || $.eventName = "X") && $.eventName = "Y" }')(record)).toBe(false);
});
