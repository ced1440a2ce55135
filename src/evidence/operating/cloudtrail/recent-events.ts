import { CloudTrailClient, type Event, type LookupAttribute, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { isObject, type JsonObject } from '../../../model/json';
import type { Call, CollectContext, Collector, Page, Period } from '../collector';
import { RECENT_EVENTS } from './about';
import { eventQueries, pagesOf } from './event-rows';

/** How long CloudTrail keeps its event history. */
const KEPT = 90 * 86_400_000;
/** How long it may take until an event is in it. */
const LATE = 15 * 60_000;

/** One attribute a call: what changes anything, what is signed in to, and what root does. An event may come with several. */
const ATTRIBUTES: readonly LookupAttribute[] = [
  { AttributeKey: 'ReadOnly', AttributeValue: 'false' },
  { AttributeKey: 'EventSource', AttributeValue: 'signin.amazonaws.com' },
  { AttributeKey: 'EventName', AttributeValue: 'UserAuthentication' },
  { AttributeKey: 'EventName', AttributeValue: 'CredentialVerification' },
  { AttributeKey: 'Username', AttributeValue: 'root' },
];

/** Which attribute is being asked for, and which answer comes next. */
interface Cursor {
  readonly attribute: number;
  readonly token?: string;
  /** Since when is asked: a token holds for the very same question. */
  readonly from: string;
}

/** Events of the event history, which CloudTrail keeps for 90 days whether there is a trail or not. */
export const recentEvents: Collector = {
  ...RECENT_EVENTS,
  async *collect(context) {
    const resumed: Cursor | undefined = context.resumeFrom === undefined ? undefined : JSON.parse(context.resumeFrom);
    const { truncated, ...kept } = keptOf(context.period, context.now());
    const period = { ...kept.period, from: resumed ? new Date(resumed.from) : kept.period.from };
    const queries = eventQueries(ATTRIBUTES.map((attribute) => callOf(attribute, period)));
    const told = (pages: readonly Page[]) => pages.map((page) => ({ ...page, truncated }));
    if (period.from >= period.to) {
      yield* told(queries.map((query) => ({ query, rows: [], answers: 0 })));
      return;
    }
    for (let attribute = resumed?.attribute ?? 0; attribute < ATTRIBUTES.length; attribute++) {
      const token = attribute === resumed?.attribute ? resumed.token : undefined;
      for await (const { events, next } of answersTo(ATTRIBUTES[attribute], period, context, token)) {
        const pages = told(pagesOf(queries, events, period));
        const place = next === undefined ? { attribute: attribute + 1 } : { attribute, token: next };
        const cursor: Cursor = { ...place, from: period.from.toISOString() };
        yield* pages.slice(0, -1);
        yield { ...pages.at(-1)!, cursor: JSON.stringify(cursor) };
      }
    }
  },
};

interface Answer {
  readonly events: readonly JsonObject[];
  readonly next?: string;
}

/** Every answer to one attribute. A token of an earlier run that AWS no longer knows starts it anew: rows that come again count once. */
async function* answersTo(
  attribute: LookupAttribute,
  { from, to }: Period,
  context: CollectContext,
  resumed?: string,
): AsyncGenerator<Answer> {
  const client = context.client(CloudTrailClient);
  const request = { LookupAttributes: [attribute], StartTime: from, EndTime: to, MaxResults: 50 };
  const ask = async (NextToken: string | undefined) => {
    try {
      return await client.send(new LookupEventsCommand({ ...request, NextToken }));
    } catch (error) {
      if ((error as Error).name !== 'InvalidNextTokenException' || NextToken === undefined || NextToken !== resumed) throw error;
      return client.send(new LookupEventsCommand(request));
    }
  };
  let token = resumed;
  do {
    const { Events: events = [], NextToken: next } = await ask(token);
    if (next !== undefined && next === token)
      throw new Error('CloudTrail gave the same page again: the rest of the events is missing');
    yield { events: events.map(eventOf), next };
    token = next;
  } while (token !== undefined);
}

/** The event as CloudTrail recorded it; what the history tells of it where that cannot be read. */
function eventOf({
  CloudTrailEvent: text = '',
  EventId,
  EventName,
  EventSource,
  EventTime,
  ReadOnly,
  Username,
}: Event): JsonObject {
  try {
    const event: unknown = JSON.parse(text);
    if (isObject(event)) return event;
  } catch {
    // Below.
  }
  return {
    eventID: EventId ?? '',
    eventName: EventName ?? '',
    eventSource: EventSource ?? '',
    eventTime: EventTime?.toISOString() ?? '',
    readOnly: ReadOnly === 'true',
    userIdentity: { userName: Username ?? '' },
    unreadable: text.slice(0, 1_000),
  };
}

/** The part of a period that the history still has, and why the rest is not told. */
function keptOf(period: Period, now: Date): { readonly period: Period; readonly truncated?: string } {
  const oldest = new Date(now.getTime() - KEPT);
  const newest = new Date(now.getTime() - LATE);
  if (period.from < oldest)
    return {
      period: { from: new Date(Math.min(oldest.getTime(), period.to.getTime())), to: period.to },
      truncated: `CloudTrail keeps its event history for 90 days: nothing before ${oldest.toISOString()} is told. Collect from the archive of the trail for the whole period`,
    };
  if (period.to > newest)
    return {
      period,
      truncated: 'Events may take 15 minutes to appear in the event history: the last of the period may be missing',
    };
  return { period };
}

function callOf(attribute: LookupAttribute, { from, to }: Period): Call {
  return {
    api: 'cloudtrail:LookupEvents',
    parameters: {
      LookupAttributes: [{ AttributeKey: attribute.AttributeKey!, AttributeValue: attribute.AttributeValue! }],
      StartTime: from.toISOString(),
      EndTime: to.toISOString(),
      MaxResults: 50,
    },
  };
}
