import { gunzipSync } from 'node:zlib';
import { isObject, type JsonObject } from '../../../model/json';
import { sha256 } from '../../bundle/manifest';
import type { Archive } from '../archive';
import type { CollectContext, Collector, Page, Query } from '../collector';
import { inOneLine } from '../failures';
import { ARCHIVED_EVENTS } from './about';
import { eventQueries, pagesOf } from './event-rows';

const DAY = 86_400_000;
/** Files that are read at the same time. */
const AT_ONCE = 16;
/** The largest log file that is opened: gzip can make much of little. CloudTrail's have some megabytes. */
const LARGEST = 1024 * 1024 * 1024;

/** A log file, read. */
interface LogFile {
  readonly key: string;
  readonly events: readonly JsonObject[];
  readonly bytes?: number;
  readonly sha256?: string;
  readonly problem?: string;
}

/** Events of the log files that the trail delivered: the whole population, of any period that the archive has. */
export const archivedEvents: Collector = {
  ...ARCHIVED_EVENTS,
  async *collect(context) {
    const archive = context.archive!;
    const prefixes = await prefixesOf(archive, context);
    const calls = prefixes.map((prefix) => ({ api: 's3:GetObject', parameters: { place: archive.place, prefix } }));
    const queries = eventQueries(calls);
    const files: Query = {
      id: 'log-files',
      title: 'Log files that were read, with the number of events in each',
      calls: calls.flatMap((call) => [{ ...call, api: 's3:ListObjectsV2' }, call]),
      covers: 'period',
      controls: ['audit-trail', 'log-retention'],
    };
    let found = context.resumeFrom !== undefined;
    for await (const keys of batchesOf(archive, prefixes, context)) {
      found = true;
      const logs = await Promise.all(keys.map((key) => readLog(archive, key)));
      const pages = pagesOf(
        queries,
        logs.flatMap(({ events }) => events),
        context.period,
      );
      const missing = logs.flatMap(({ problem }) => problem ?? []);
      yield* pages.map((page) => ({ ...page, missing, answers: keys.length }));
      yield { query: files, rows: logs.map(fileRow), answers: keys.length, missing, cursor: keys.at(-1) };
      context.say(`read ${keys.at(-1)?.split('/').slice(-4, -1).join('-')}`);
    }
    if (found) return;
    // A Region without a single event in a period is less likely than a wrong prefix, or a trail that does not log there.
    const missing = [`${archive.place} holds no log file below ${prefixes.join(' and ')} for the period`];
    yield* [...queries, files].map((query): Page => ({ query, rows: [], answers: 0, missing }));
  },
};

/**
 * Where log files of an account and a Region are; those of the trail of an organization stand below its id.
 *
 * One trail may have followed the other in the period, so that each has a part of it. What both have counts once.
 */
async function prefixesOf(archive: Archive, { account, region }: CollectContext): Promise<string[]> {
  const folder = `${account}/CloudTrail/${region}/`;
  const own = `AWSLogs/${folder}`;
  const first = await firstOf(archive.list('AWSLogs/o-'));
  if (first === undefined) return [own];
  const ofOrganization = `AWSLogs/${first.split('/')[1]}/${folder}`;
  return (await firstOf(archive.list(own))) === undefined ? [ofOrganization] : [own, ofOrganization];
}

async function firstOf(keys: AsyncIterable<string>): Promise<string | undefined> {
  for await (const key of keys) return key;
  return undefined;
}

/** Keys of the days of a period, and of the day after it: events are delivered late. They come in the order of keys. */
async function* batchesOf(
  archive: Archive,
  prefixes: readonly string[],
  { period, resumeFrom }: CollectContext,
): AsyncGenerator<string[]> {
  const first = Math.floor(period.from.getTime() / DAY);
  const days = Array.from({ length: Math.floor(period.to.getTime() / DAY) + 2 - first }, (_, index) =>
    new Date((first + index) * DAY).toISOString().slice(0, 10).replaceAll('-', '/'),
  );
  for (const folder of prefixes.flatMap((prefix) => days.map((day) => `${prefix}${day}/`))) {
    if (resumeFrom !== undefined && `${folder}\uffff` <= resumeFrom) continue;
    let batch: string[] = [];
    for await (const key of archive.list(folder, resumeFrom)) {
      if (!key.endsWith('.json.gz')) continue;
      batch.push(key);
      if (batch.length < AT_ONCE) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}

async function readLog(archive: Archive, key: string): Promise<LogFile> {
  const file = await archive.read(key);
  if (!file) return { key, events: [], problem: `${key}: is listed, and cannot be read: it is not there` };
  const facts = { key, bytes: file.content.length, sha256: sha256(file.content) };
  try {
    const { Records: events } = JSON.parse(gunzipSync(file.content, { maxOutputLength: LARGEST }).toString('utf8'));
    if (!Array.isArray(events) || !events.every(isObject)) throw new Error('it has no list of records');
    return { ...facts, events };
  } catch (error) {
    return { ...facts, events: [], problem: `${key}: is no log file of CloudTrail: ${inOneLine(error)}` };
  }
}

function fileRow({ key, events, bytes, sha256: hash, problem }: LogFile) {
  return { id: key, data: { key, events: events.length, bytes: bytes ?? null, sha256: hash ?? null, problem: problem ?? null } };
}
