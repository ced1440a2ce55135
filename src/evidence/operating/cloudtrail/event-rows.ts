import { canonical, type JsonObject } from '../../../model/json';
import { sha256 } from '../../bundle/manifest';
import type { Call, Page, Period, Query, Row } from '../collector';
import { isOfManagement, POPULATIONS } from './populations';

/** The queries of a collector of events, one for each population. */
export function eventQueries(calls: readonly Call[]): Query[] {
  return POPULATIONS.map(({ id, title, controls }) => ({ id, title, controls, calls, covers: 'period' }));
}

/** Events of a period by the populations that they belong to: a page for each, if only an empty one. */
export function pagesOf(queries: readonly Query[], events: readonly JsonObject[], period: Period): Page[] {
  const rows = events
    .filter((event) => isOfManagement(event) && isWithin(event, period))
    .map((event) => ({ event, row: rowOf(event) }));
  return queries.map((query, index) => ({
    query,
    rows: rows.filter(({ event }) => POPULATIONS[index].holds(event)).map(({ row }) => row),
  }));
}

/** An event; CloudTrail may deliver one twice, with the same id. */
function rowOf(event: JsonObject): Row {
  const { eventID } = event;
  return { id: typeof eventID === 'string' && eventID !== '' ? eventID : sha256(canonical(event)), data: event };
}

/** Events arrive late, and clocks differ: it counts when CloudTrail says that it happened. One without a time is kept. */
function isWithin({ eventTime }: JsonObject, { from, to }: Period): boolean {
  const time = typeof eventTime === 'string' ? Date.parse(eventTime) : Number.NaN;
  return Number.isNaN(time) || (time >= from.getTime() && time < to.getTime());
}
