import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  AuditTrail,
  AuditTrailScope,
  SecureTopic,
  SecurityMetricAlarms,
  type SecurityMetricAlarmsProps,
  Soc2Environment,
} from '../../src';
import { ALL_ALARMS } from '../../src/logging/all-alarms';
import type { JsonObject } from '../../src/model/json';
import { readFilterPattern } from '../../src/rules/shared/filter-pattern';
import { type Built, build, ENV } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { synthesize } from '../helpers/synth';
import { SAMPLES } from './trail-records';

/** The rules of ours about alarms on what a trail records. */
const TRAIL_RULES = /^alarm-(?:.*-(?:changes|deletion|failures|no-mfa|usage)|unauthorized-api)$/;

const alarms =
  (props: SecurityMetricAlarmsProps = {}) =>
  (stack: Stack): void => {
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'TrailLogs', 'organization-trail');
    const alarmTopic = sns.Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:${ENV.region}:${ENV.account}:on-call`);
    new SecurityMetricAlarms(stack, 'Alarms', { alarmTopic, ...(props.trail ? {} : { logGroup }), ...props });
  };

describe('on a trail', () => keepsItsPromises({ make: (stack) => alarms({ trail: new AuditTrail(stack, 'Trail') })(stack) }));

describe('the evaluator of filter patterns agrees with the examples of its documentation', () => {
  const event = {
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    SomeObject: null,
    user: { id: 1, email: 'John.Stiles@example.com' },
    users: [
      { id: 2, email: 'John.Doe@example.com' },
      { id: 3, email: 'Jane.Doe@example.com' },
    ],
    actions: ['GET', 'PUT', 'DELETE'],
    coordinates: [
      [0, 1, 2],
      [4, 5, 6],
      [7, 8, 9],
    ],
  };

  test.each([
    ['{ $.eventType = "UpdateTrail" }', true],
    ['{ $.eventType = UpdateTrail }', true],
    ['{ $.eventType = "updatetrail" }', false],
    ['{ $.sourceIPAddress != 123.123.* }', true],
    ['{ $.sourceIPAddress = 111.111.* }', true],
    ['{ $.arrayKey[0] = "value" }', true],
    ['{ $.arrayKey[1] = "value" }', false],
    ['{ $.SomeObject IS NULL }', true],
    ['{ $.SomeOtherObject NOT EXISTS }', true],
    ['{ $.user NOT EXISTS }', false],
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
    ['{ ($.user.id = 1) && ($.users[1].email = "John.Doe@example.com") }', false],
    ['{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nonmatch }', false],
    ['{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nonmatch }', true],
  ])('%s', (pattern, picked) => expect(readFilterPattern(pattern)(event)).toBe(picked));
});

describe('patterns', () => {
  test('there are samples for every alarm, and for no other', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(ALL_ALARMS.map(({ id }) => id).sort());
  });

  const rows = ALL_ALARMS.flatMap(({ id, pattern }) => {
    const row = (record: JsonObject, picked: boolean) =>
      [id, picked ? 'picks' : 'passes over', nameOf(record), pattern, record, picked] as const;
    const { picks, passesOver } = SAMPLES[id];
    return [...picks.map((record) => row(record, true)), ...passesOver.map((record) => row(record, false))];
  });

  test.each(rows)('%s %s %s', (_id, _picks, _name, pattern, record, picked) => {
    expect(readFilterPattern(pattern)(record)).toBe(picked);
  });

  test.each(ALL_ALARMS.map(({ id, pattern }) => [id, pattern]))('%s is short enough for CloudWatch Logs', (_, pattern) => {
    expect(pattern.length).toBeLessThanOrEqual(1024);
  });

  test('none picks a call that nobody needs to know of', () => {
    const harmless = {
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetCallerIdentity',
      eventType: 'AwsApiCall',
      readOnly: true,
    };
    const record = { ...harmless, userIdentity: { type: 'AssumedRole' } };
    expect(ALL_ALARMS.filter(({ pattern }) => readFilterPattern(pattern)(record) !== false).map(({ id }) => id)).toEqual([]);
  });

  test('the fourteen that Security Hub looks for are there', () => {
    expect(ALL_ALARMS.flatMap(({ securityHub }) => securityHub ?? [])).toEqual(
      Array.from({ length: 14 }, (_, index) => `CloudWatch.${index + 1}`),
    );
  });

  test('names are unique', () => expect(new Set(ALL_ALARMS.map(({ id }) => id)).size).toBe(ALL_ALARMS.length));
});

describe('each alarm', () => {
  const built = build(alarms());
  const all = (of: Built, type: string) => Object.values(of.template.Resources).filter(({ Type }) => Type === type);

  test('has a metric filter on the log group, as Security Hub expects it', () => {
    const filters = all(built, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
    expect(filters).toEqual(
      ALL_ALARMS.map(({ id, pattern }) => ({
        LogGroupName: 'organization-trail',
        FilterPattern: pattern,
        MetricTransformations: [{ MetricNamespace: 'LogMetrics', MetricName: id, MetricValue: '1', DefaultValue: 0 }],
      })),
    );
  });

  test('goes off when enough events are there within five minutes, tells the topic, and says what to look at', () => {
    const made = all(built, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(made).toHaveLength(ALL_ALARMS.length);
    for (const { id, threshold, happened, lookAt } of ALL_ALARMS) {
      expect(made).toContainEqual(
        expect.objectContaining({
          MetricName: id,
          Namespace: 'LogMetrics',
          Statistic: 'Sum',
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: threshold,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
          AlarmActions: [`arn:aws:sns:${ENV.region}:${ENV.account}:on-call`],
          AlarmDescription: expect.stringContaining(`${happened}. ${lookAt}.`),
        }),
      );
    }
    // CloudWatch cuts off nothing: it refuses.
    expect(Math.max(...made.map(({ AlarmDescription: { length } }) => length))).toBeLessThanOrEqual(1024);
  });

  test('may have another threshold, or be left out', () => {
    const other = build(alarms({ thresholds: { 'access-denied': 50 }, without: ['vpc-changed'] }));
    const made = all(other, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(made.find(({ MetricName }) => MetricName === 'access-denied')).toMatchObject({ Threshold: 50 });
    expect(made.map(({ MetricName }) => MetricName)).not.toContain('vpc-changed');
    expect(all(other, 'AWS::Logs::MetricFilter')).toHaveLength(ALL_ALARMS.length - 1);
  });

  test('is sent where the environment sends alarms when no topic is given', () => {
    const other = build((stack) => {
      const topic = new SecureTopic(stack, 'Alerts');
      Soc2Environment.of(stack).sendAlarmsTo(topic);
      alarms({ alarmTopic: undefined })(stack);
    });
    for (const { Properties } of all(other, 'AWS::CloudWatch::Alarm'))
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alerts/) }]);
  });
});

describe('on the log group of a trail', () => {
  const { ledger } = synthesize(
    (app) => {
      const stack = new Stack(app, 'Stack', { env: ENV });
      const alarmTopic = new SecureTopic(stack, 'Alerts');
      alarmTopic.addSubscription(new EmailSubscription('on-call@example.com'));
      new SecurityMetricAlarms(stack, 'Alarms', { trail: new AuditTrail(stack, 'Trail'), alarmTopic });
    },
    { inherited: [] },
  );
  const watched = ledger.evaluations.filter(({ slug }) => TRAIL_RULES.test(slug));

  test('every rule of ours about alarms on a trail is met', () => {
    expect(new Set(watched.map(({ slug }) => slug)).size).toBe(15);
    expect(watched.filter(({ verdict }) => verdict !== 'pass').map(({ slug, findings }) => [slug, findings])).toEqual([]);
  });
});

describe('is refused, with the reason', () => {
  test.each<[string, SecurityMetricAlarmsProps, string]>([
    [
      'a threshold for what is no alarm',
      { thresholds: { 'root-use': 1 } },
      "'thresholds' must name alarms, got 'root-use': root-used",
    ],
    ['leaving out what is no alarm', { without: ['everything'] }, "'without' must name alarms, got 'everything'"],
    ['a threshold of nothing', { thresholds: { 'root-used': 0 } }, "'thresholds' must be from 1 up, got 0 for 'root-used'"],
    ['a threshold that is no number', { thresholds: { 'root-used': Number.NaN } }, "'thresholds' must be from 1 up, got NaN"],
    ['no topic', { alarmTopic: undefined }, "'alarmTopic' of 'Stack/Alarms' must be set, got none"],
    ['no log group', { logGroup: undefined }, "'trail' must be one that writes to a log group, got none"],
  ])('%s', (_, props, message) => expect(() => build(alarms(props))).toThrow(message));

  test('a trail whose log group is not known', () => {
    const make = (stack: Stack) => {
      const existingTrailArn = `arn:aws:cloudtrail:${ENV.region}:444455556666:trail/organization`;
      const trail = new AuditTrail(stack, 'Trail', { scope: AuditTrailScope.EXISTING, existingTrailArn });
      alarms({ trail })(stack);
    };
    expect(() => build(make)).toThrow(
      "'trail' must be one that writes to a log group, got one that is not known to write to any",
    );
  });
});

function nameOf({ eventSource, eventName, errorCode }: JsonObject): string {
  return `${eventSource} ${eventName}${errorCode ? ` ${errorCode}` : ''}`;
}
