import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { version } from '../../package.json';
import { sha256 } from '../evidence/bundle/manifest';
import type { Archive } from '../evidence/operating/archive';
import { AwsClients } from '../evidence/operating/aws-clients';
import { BucketArchive } from '../evidence/operating/bucket-archive';
import { CollectionFolder } from '../evidence/operating/collection-folder';
import { COLLECTION } from '../evidence/operating/collection-manifest';
import type { Collector } from '../evidence/operating/collector';
import { FolderArchive } from '../evidence/operating/folder-archive';
import { COLLECTORS } from '../evidence/operating/registry';
import { runCollectors } from '../evidence/operating/run-collectors';
import { InputError } from '../model/errors';
import { canonical, type Json } from '../model/json';
import { enabledRegions, ownRegion, type Session, sessionIn } from './aws-account';
import { CollectReport } from './collect-report';
import { type CollectSettings, choose, periodOf, regionsIn, requireOver, sampleOf } from './collect-settings';
import { CLEAN, FINDINGS, type Outcome } from './outcome';

export interface CollectOptions {
  readonly from?: string;
  readonly to?: string;
  readonly out: string;
  readonly region: readonly string[];
  readonly only?: string;
  readonly archive?: string;
  readonly reports?: string;
  readonly account?: string;
  readonly sample?: string;
  readonly seed?: string;
  readonly previous?: string;
  readonly resume?: boolean;
}

/** Collect operating evidence of an account, and answer with the exit code. */
export async function collect(options: CollectOptions): Promise<Outcome> {
  const folder = new CollectionFolder<CollectSettings>(options.out);
  const begun = options.resume ? folder.begun() : undefined;
  if (options.resume && !begun)
    throw new InputError(`--resume: ${options.out} holds no run that could go on; leave --resume out`);
  if (!options.resume) folder.requireEmpty();
  const period = periodOf(options.from ?? begun?.from, options.to ?? begun?.to);
  const sample = sampleOf(options.sample, options.seed) ?? begun?.sample ?? undefined;
  const place = options.archive ?? begun?.archive ?? undefined;
  const reportsPlace = options.reports ?? begun?.reports ?? undefined;
  const there = { archive: place !== undefined, reports: reportsPlace !== undefined };
  const collectors = choose(COLLECTORS, options.only ?? begun?.collectors.join(','), there);
  const previous = previousIn(options.previous) ?? begun?.previous ?? null;
  const named = options.region.length > 0 ? options.region : (begun?.regions ?? []);
  const all = named.includes('all');
  if (all && named.length > 1) throw new InputError(`--region all stands alone, got ${named.join(', ')}`);

  const clients = new AwsClients();
  const home = all || named.length === 0 ? await ownRegion() : regionsIn(named)[0];
  const archive = place === undefined ? undefined : archiveAt(place, home, clients);
  const reports = reportsPlace === undefined ? undefined : archiveAt(reportsPlace, home, clients, REPORTS);
  const { caller, ahead } = await sessionFor(collectors, options, home, clients, archive);
  const now = () => new Date(Date.now() + ahead);
  requireOver(period, now());
  const regions = all ? await enabledRegions(home, clients) : named.length > 0 ? regionsIn(named) : [home];

  const settings: CollectSettings = {
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    account: caller.account,
    regions,
    collectors: collectors.map(({ id }) => id),
    archive: place ?? null,
    reports: reportsPlace ?? null,
    sample: sample ?? null,
    previous,
  };
  if (begun) requireSame(settings, begun);
  await folder.begin(settings);

  const report = await CollectReport.start(process.stderr.isTTY === true);
  report.begin({ settings, ahead, known: COLLECTORS });
  try {
    const tool = `cdk-soc2 ${version}`;
    const outcomes = await runCollectors({
      collectors,
      regions,
      period,
      caller,
      archive,
      reports,
      files: folder.files,
      tool,
      now,
      clientOf: (type, region) => clients.of(type, region),
      say: (progress) => report.say(progress),
      onOutcome: (outcome) => report.tell(outcome),
    });
    const run = {
      tool,
      account: caller.account,
      regions,
      caller: caller.arn,
      period: { from: settings.from, to: settings.to },
      archive: place ?? null,
      collectors: settings.collectors,
      finished: now().toISOString(),
      previous,
    };
    const closed = await folder.close(outcomes, run, sample);
    report.end(closed, options.out);
    return closed.missing.length > 0 ? FINDINGS : CLEAN;
  } finally {
    report.stop();
  }
}

/** Who asks. Files in a folder need nobody who does. */
async function sessionFor(
  collectors: readonly Collector[],
  { account }: CollectOptions,
  region: string,
  clients: AwsClients,
  archive: Archive | undefined,
): Promise<Session> {
  if (account !== undefined && !/^\d{12}$/.test(account)) throw new InputError(`--account must have 12 digits, got '${account}'`);
  const onlyReads = collectors.every(({ reads }) => reads === 'archive');
  if (onlyReads && archive instanceof FolderArchive && account !== undefined)
    return { caller: { account, partition: 'aws', arn: null }, ahead: 0 };
  const session = await sessionIn(region, clients);
  if (account === undefined || account === session.caller.account) return session;
  if (!onlyReads)
    throw new InputError(
      `--account ${account}: the credentials are of the account ${session.caller.account}; only the archive can be read of another account: give --only with the collectors that read it`,
    );
  return { ...session, caller: { ...session.caller, account } };
}

/** Reports need no folder of a trail. */
const REPORTS = { option: '--reports', holds: undefined };

function archiveAt(place: string, region: string, clients: AwsClients, kind?: typeof REPORTS): Archive {
  if (!/^[a-z0-9]+:\/\//i.test(place)) return new FolderArchive(place, kind);
  return BucketArchive.at(place, clients.of(S3Client, region), kind?.option);
}

/** Another sample, or another collection before it, mixes nothing: these are looked at in the end. */
function requireSame(settings: CollectSettings, { sample: _, previous: __, ...begun }: CollectSettings): void {
  for (const [name, value] of Object.entries(begun)) {
    const given = settings[name as keyof CollectSettings];
    if (canonical(given as Json) !== canonical(value as Json))
      throw new InputError(
        `--resume goes on with a run whose ${name} is ${canonical(value as Json)}, got ${canonical(given as Json)}; collect into another folder`,
      );
  }
}

function previousIn(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const file = join(folder, COLLECTION);
  if (!existsSync(file)) throw new InputError(`--previous ${folder}: holds no collected evidence: it has no ${COLLECTION}`);
  return sha256(readFileSync(file));
}
