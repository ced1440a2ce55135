import {
  type AlarmHistoryItem,
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsOutput,
  GetMetricWidgetImageCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { everyPage } from '../../../functions/every-page';
import { sha256 } from '../../bundle/manifest';
import { type Answer, collectParts, type Part } from '../collect-parts';
import type { CollectContext, Collector, Query } from '../collector';
import { inOneLine, isFatal } from '../failures';
import { listing } from '../listing';
import { ALARMS } from './about';
import { pictureOf } from './alarm-picture';

/** CloudWatch documents 14 days in one place and 30 in another. */
const HISTORY_KEPT_DAYS = 14;

const EVERY_TYPE = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const, 'LogAlarm' as const] };

async function* alarmPages(context: CollectContext): AsyncGenerator<DescribeAlarmsOutput> {
  const client = context.client(CloudWatchClient);
  const ask = (NextToken?: string) => client.send(new DescribeAlarmsCommand({ ...EVERY_TYPE, NextToken }));
  yield* everyPage(ask, (answer) => answer.NextToken);
}

function alarmsIn({ MetricAlarms = [], CompositeAlarms = [], LogAlarms = [] }: DescribeAlarmsOutput) {
  return [...MetricAlarms, ...CompositeAlarms, ...LogAlarms];
}

/** Topics that alarms are sent to. */
async function* topics(context: CollectContext): AsyncGenerator<string> {
  const seen = new Set<string>();
  for await (const page of alarmPages(context))
    for (const { AlarmActions = [] } of alarmsIn(page))
      for (const action of AlarmActions) if (action.split(':')[2] === 'sns') seen.add(action);
  yield* [...seen].sort();
}

/** Pictures are asked for one by one: what CloudWatch cannot draw keeps no other from being drawn. */
const IMAGES: Part = {
  query: ({ period: { from, to } }): Query => ({
    id: 'metric-images',
    title: 'Pictures of the metric of each alarm over the period, as CloudWatch draws them',
    covers: 'period',
    calls: [
      { api: 'cloudwatch:DescribeAlarms', parameters: EVERY_TYPE },
      {
        api: 'cloudwatch:GetMetricWidgetImage',
        parameters: { alarm: 'each metric alarm', start: from.toISOString(), end: to.toISOString() },
      },
    ],
    controls: ['resource-monitoring'],
  }),
  async *answers(context): AsyncGenerator<Answer> {
    const client = context.client(CloudWatchClient);
    for await (const { MetricAlarms = [] } of alarmPages(context)) for (const alarm of MetricAlarms) yield await imageOf(alarm);

    async function imageOf(alarm: MetricAlarm): Promise<Answer> {
      const { AlarmArn: arn = '', AlarmName: name = '' } = alarm;
      const id = `${arn} ${context.period.from.toISOString()}`;
      const picture = pictureOf(alarm, context.period);
      if (!picture)
        return { rows: [{ id, data: { alarm: arn, name, file: null, why: 'it watches no metric that could be drawn' } }] };
      try {
        const MetricWidget = JSON.stringify(picture);
        const { MetricWidgetImage: content } = await client.send(new GetMetricWidgetImageCommand({ MetricWidget }));
        if (!content || content.length === 0) throw new Error('CloudWatch answered without a picture');
        const hash = sha256(content);
        const file = `${sha256(Buffer.from(arn)).slice(0, 16)}.png`;
        const data = { alarm: arn, name, file, bytes: content.length, sha256: hash };
        return { rows: [{ id, data }], attachments: [{ name: file, content }] };
      } catch (error) {
        if (isFatal(error)) throw error;
        return { rows: [], answers: 0, missing: [`${name}: ${inOneLine(error)}`] };
      }
    }
  },
};

export const alarms: Collector = {
  ...ALARMS,
  collect: collectParts([
    listing({
      id: 'alarms',
      title: 'Alarms, with what they watch, whom they tell, and their state',
      covers: 'moment',
      api: 'cloudwatch:DescribeAlarms',
      client: CloudWatchClient,
      input: () => EVERY_TYPE,
      send: (client, input) => client.send(new DescribeAlarmsCommand(input)),
      token: 'NextToken',
      items: alarmsIn,
      rowId: ({ AlarmArn }) => AlarmArn,
    }),
    listing({
      id: 'alarm-history',
      title: 'What happened to alarms: their states, whom they told, and changes to them',
      covers: 'period',
      controls: ['resource-monitoring', 'alert-routing'],
      api: 'cloudwatch:DescribeAlarmHistory',
      client: CloudWatchClient,
      input: ({ period: { from, to } }) => ({
        ...EVERY_TYPE,
        StartDate: from,
        EndDate: to,
        MaxRecords: 100,
        ScanBy: 'TimestampAscending' as const,
      }),
      send: (client, input) => client.send(new DescribeAlarmHistoryCommand(input)),
      token: 'NextToken',
      items: ({ AlarmHistoryItems }) => AlarmHistoryItems,
      rowId: historyId,
      keptDays: HISTORY_KEPT_DAYS,
    }),
    IMAGES,
    listing({
      id: 'alert-topics',
      title: 'Topics that alarms are sent to, with how many receive them and how many have not confirmed',
      covers: 'moment',
      controls: ['alert-routing'],
      api: 'sns:GetTopicAttributes',
      client: SNSClient,
      of: { each: 'each topic of an alarm', apis: ['cloudwatch:DescribeAlarms'], find: topics },
      input: (_, TopicArn) => ({ TopicArn }),
      send: (client, input) => client.send(new GetTopicAttributesCommand(input)),
      items: ({ Attributes }) => (Attributes ? [Attributes] : []),
      rowId: (_, topic) => topic,
    }),
    listing({
      id: 'alert-subscriptions',
      title: 'Who receives alarms: one that has not confirmed is told nothing',
      covers: 'moment',
      controls: ['alert-routing'],
      api: 'sns:ListSubscriptionsByTopic',
      client: SNSClient,
      of: { each: 'each topic of an alarm', apis: ['cloudwatch:DescribeAlarms'], find: topics },
      input: (_, TopicArn) => ({ TopicArn }),
      send: (client, input) => client.send(new ListSubscriptionsByTopicCommand(input)),
      token: 'NextToken',
      items: ({ Subscriptions }) => Subscriptions,
      rowId: ({ SubscriptionArn, Protocol, Endpoint = '' }, topic) =>
        [topic, SubscriptionArn, Protocol, sha256(Buffer.from(Endpoint))].join(' '),
      also: ({ SubscriptionArn, Endpoint = '' }) => ({
        isConfirmed: SubscriptionArn !== 'PendingConfirmation',
        Endpoint: withoutKey(Endpoint),
      }),
    }),
  ]),
};

/** The path of a webhook is as good as a password. */
function withoutKey(endpoint: string): string {
  return endpoint.replace(/^(https?:\/\/)(?:[^@/]*@)?([^/?#]+).*$/s, '$1$2/…');
}

/** An item has no id: what it says at its time is one. */
function historyId({ AlarmName, Timestamp, HistoryItemType, HistorySummary, HistoryData = '' }: AlarmHistoryItem): string {
  return [AlarmName, Timestamp?.toISOString(), HistoryItemType, HistorySummary, sha256(Buffer.from(HistoryData))].join(' ');
}
