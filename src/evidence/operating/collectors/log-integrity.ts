import { CloudTrailClient, DescribeTrailsCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import type { Archive } from '../archive';
import type { CollectContext, Collector, Page, Query, Row } from '../collector';
import type { CheckedDigest } from '../digests/check-digest';
import { type DigestChain, type DigestPlace, dayFolder, digestFolder, readDigestName, s3Uri } from '../digests/digest-place';
import { DIGEST_PROBLEMS, type DigestProblem } from '../digests/digest-problem';
import { cloudTrailKeys } from '../digests/public-keys';
import { Tally, type TallyState } from '../digests/tally';
import { type ValidationState, validateDigests } from '../digests/validate-digests';
import { plain } from '../plain';
import { LOG_INTEGRITY } from './about';

const CALLS: Query['calls'] = [
  { api: 'cloudtrail:DescribeTrails', parameters: { includeShadowTrails: true } },
  { api: 'cloudtrail:ListPublicKeys', parameters: { StartTime: 'start of the period', EndTime: 'end of the period' } },
];

const QUERIES = {
  trails: query(
    'trails',
    'Whether the log files of each trail are those that CloudTrail delivered, over every hour of the period',
  ),
  problems: query('problems', 'What is wrong with digest files and log files, by file'),
  uncovered: query('uncovered', 'Time that no digest file proves anything of, and why'),
  digests: query('digest-files', 'Digest files of the period, newest first, with how many log files each lists'),
} as const;

/** Digest files on one page. */
const PAGE = 100;

/** A chain with what is known of its trail. */
interface TrailChain {
  readonly chain: DigestChain;
  readonly place: DigestPlace;
  /** None for a trail that is gone, or that does not record the Region any more. */
  readonly trail?: Trail;
}

/** Where a run is: which trails are done, at which one it is, and where in its chain. By their names: there may be others by now. */
interface Progress {
  readonly done: readonly string[];
  readonly at?: string;
  readonly state?: ValidationState;
  readonly tally?: TallyState;
}

/** Validates the log files of every trail that delivers to the archive. A run that is killed goes on where it was. */
export const logIntegrity: Collector = {
  ...LOG_INTEGRITY,
  async *collect(context) {
    const { archive, resumeFrom } = context;
    if (!archive) throw new Error('log files can be validated only where they are: an archive is needed');
    for (const each of Object.values(QUERIES)) yield { query: each, rows: [], answers: 0 };
    const chains = await chainsOf(archive, context);
    if (chains.length === 0) {
      yield { query: QUERIES.trails, rows: [], answers: 0, missing: [`no trail delivers digest files to ${archive.place}`] };
    }
    const begun: Progress = resumeFrom === undefined ? { done: [] } : JSON.parse(resumeFrom);
    let { done } = begun;
    for (const [at, chain] of chains.filter(([name]) => !begun.done.includes(name))) {
      yield* validated(chain, archive, context, at === begun.at ? { ...begun, done } : { done, at });
      done = [...done, at];
      yield { query: QUERIES.trails, rows: [], answers: 0, cursor: JSON.stringify({ done }) };
    }
  },
};

async function* validated(
  { chain, place, trail }: TrailChain,
  archive: Archive,
  context: CollectContext,
  progress: Progress,
): AsyncGenerator<Page> {
  const { period, now, client, say } = context;
  const keys = cloudTrailKeys(client(CloudTrailClient), period.from, period.to);
  const { at: id } = progress;
  // What is found of a period is another row than what is found of the next.
  const row = `${id} ${period.from.toISOString()}`;
  const tally = new Tally(progress.tally);
  const rows: Record<'digests' | 'problems' | 'uncovered', Row[]> = { digests: [], problems: [], uncovered: [] };
  let { state } = progress;
  for await (const step of validateDigests(period, now(), { archive, place, chain, keys }, state)) {
    const problems = [...(step.checked?.problems ?? []), ...step.problems];
    problems.forEach((each, index) => {
      const data = plain({ trail: id, ...each, meaning: DIGEST_PROBLEMS[each.kind] });
      rows.problems.push({ id: `${row} ${tally.state.problems + index + 1}`, data });
    });
    if (step.uncovered)
      rows.uncovered.push({ id: `${row} ${tally.state.uncovered + 1}`, data: plain({ trail: id, ...step.uncovered }) });
    if (step.checked) rows.digests.push(digestRow(step.checked, problems));
    tally.add(step);
    state = step.state;
    if (rows.digests.length < PAGE || !state.walk) continue;
    say(`validated ${tally.state.logFiles.valid} log files of ${chain.trail}`);
    yield* pagesOf(rows, JSON.stringify({ ...progress, state, tally: tally.state }));
  }
  yield* pagesOf(rows);
  const { problems, logFiles, standard, backfill } = tally.state;
  const hours = { due: inHours(Date.parse(state!.due) - period.from.getTime()), covered: inHours(state!.covered) };
  const facts = {
    ...chain,
    place: `s3://${place.bucket}/${place.prefix}`,
    arn: trail?.TrailARN ?? null,
    validatesNow: trail?.LogFileValidationEnabled ?? null,
    // Of no time at all, nothing is proven.
    isWhole: problems === 0 && hours.due > 0,
    problems,
    period: { from: period.from, to: state!.due },
    hours,
    digests: { standard, backfill },
    logFiles,
  };
  yield { query: QUERIES.trails, rows: [{ id: row, data: plain(facts) }], truncated: notDue(state!.due, period.to) };
}

/** What was found since the last pages, and where to go on from there. */
function* pagesOf(rows: Record<'digests' | 'problems' | 'uncovered', Row[]>, cursor?: string): Generator<Page> {
  yield { query: QUERIES.problems, rows: rows.problems.splice(0), answers: 0 };
  yield { query: QUERIES.uncovered, rows: rows.uncovered.splice(0), answers: 0 };
  const digests = rows.digests.splice(0);
  yield { query: QUERIES.digests, rows: digests, answers: digests.length, cursor };
}

function digestRow({ file, kind, digest }: CheckedDigest, problems: readonly DigestProblem[]): Row {
  const id = s3Uri(file);
  const proven = digest && {
    start: digest.start,
    end: digest.end,
    sha256: digest.sha256,
    publicKey: digest.fingerprint,
    logFiles: digest.logs.length,
  };
  return {
    id,
    data: plain({ file: id, kind, isSigned: digest !== undefined, ...proven, problems: problems.map((each) => each.kind) }),
  };
}

/** The trails that deliver to the archive, and those whose digest files are there still, by name and home Region. */
async function chainsOf(archive: Archive, context: CollectContext): Promise<[string, TrailChain][]> {
  const { account, region, client } = context;
  const answer = await client(CloudTrailClient).send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  const organization = await organizationIn(archive);
  const chains = new Map<string, TrailChain>();
  const here = placeOf(archive);
  for (const trail of answer.trailList ?? []) {
    const { S3BucketName: bucket = '', S3KeyPrefix: prefix = '', Name = '', HomeRegion: homeRegion = region } = trail;
    const place = { bucket, prefix: prefix === '' ? '' : `${prefix}/`, ...(trail.IsOrganizationTrail && { organization }) };
    if (here && (here.bucket !== place.bucket || here.prefix !== place.prefix)) continue;
    const chain = { account, region, trail: Name, homeRegion };
    chains.set(`${Name} ${homeRegion}`, { chain, place, trail });
  }
  const place = here ?? [...chains.values()][0]?.place;
  if (!place) return [];
  for (const found of [place, ...(organization ? [{ ...place, organization }] : [])])
    for await (const chain of chainsIn(archive, found, context)) {
      const id = `${chain.trail} ${chain.homeRegion}`;
      if (!chains.has(id)) chains.set(id, { chain, place: found });
    }
  return [...chains].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The bucket and prefix of an archive; undefined for a folder, which does not tell what it is a copy of. */
function placeOf({ place }: Archive): DigestPlace | undefined {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(place) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix };
}

async function organizationIn(archive: Archive): Promise<string | undefined> {
  for await (const key of archive.list('AWSLogs/o-')) return key.split('/')[1];
  return undefined;
}

/** Chains that have a digest file in the period. */
async function* chainsIn(
  archive: Archive,
  place: DigestPlace,
  { account, region, period }: CollectContext,
): AsyncGenerator<DigestChain> {
  const folder = digestFolder(place, { account, region, trail: '', homeRegion: '' });
  for await (const key of archive.list(folder, folder + dayFolder(period.from))) {
    const name = readDigestName({ bucket: place.bucket, key: place.prefix + key });
    if (!name) continue;
    if (name.endTime > period.from && name.endTime <= period.to) {
      const { trail, homeRegion } = name;
      yield { account, region, trail, homeRegion };
    }
    if (name.endTime.getTime() > period.to.getTime() + 86_400_000) return;
  }
}

/** What is not judged yet. */
function notDue(due: string, end: Date): string | undefined {
  if (Date.parse(due) >= end.getTime()) return undefined;
  return `Digest files may take two hours: nothing after ${due} is validated yet. Collect again later for the whole period`;
}

function inHours(milliseconds: number): number {
  return Math.round((milliseconds / 3_600_000) * 100) / 100;
}

function query(id: string, title: string): Query {
  return { id, title, covers: 'period', calls: CALLS };
}
