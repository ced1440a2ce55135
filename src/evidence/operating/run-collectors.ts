import type { Archive } from './archive';
import { collectUnit, type UnitOutcome } from './collect-unit';
import type { ClientType, CollectContext, Collector, Page, Period } from './collector';
import type { EvidenceFiles } from './evidence-files';
import type { Unit } from './unit-state';
import { nameOf } from './unit-state';

/** Regions that are asked at the same time. */
const PARALLEL = 4;

/** Who asks, and where. */
export interface Caller {
  readonly account: string;
  readonly partition: string;
  /** Null when only files are read. */
  readonly arn: string | null;
}

export interface RunOptions {
  readonly collectors: readonly Collector[];
  readonly regions: readonly string[];
  readonly period: Period;
  readonly caller: Caller;
  readonly archive?: Archive;
  readonly reports?: Archive;
  readonly files: EvidenceFiles;
  readonly tool: string;
  readonly now: () => Date;
  readonly clientOf: <Client>(type: ClientType<Client>, region: string) => Client;
  /** Told what is being done. */
  readonly say?: (progress: string) => void;
  /** Told how each unit ended. */
  readonly onOutcome?: (outcome: UnitOutcome) => void;
  readonly shouldStop?: () => boolean;
}

/** A collector at one place. */
interface Job {
  readonly collector: Collector;
  readonly unit: Unit;
  readonly region: string;
}

/** Run collectors in every Region, some Regions at a time. What fails does not keep the others from their work. */
export async function runCollectors(options: RunOptions): Promise<UnitOutcome[]> {
  const queues = options.regions.map((region, index) => jobsIn(region, index === 0, options));
  const outcomes = new Map<Job, UnitOutcome>();
  let fatal: string | undefined;
  const work = async (): Promise<void> => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const job of queue) {
        const outcome = fatal === undefined ? await run(job, options, () => fatal) : notRun(job, fatal);
        if (outcome.isFatal) fatal ??= outcome.problem;
        outcomes.set(job, outcome);
        options.onOutcome?.(outcome);
      }
    }
  };
  const all = queues.flat();
  await Promise.all(Array.from({ length: Math.min(PARALLEL, queues.length) }, work));
  return all.map((job) => outcomes.get(job)!);
}

function jobsIn(region: string, isFirst: boolean, { collectors, caller: { account } }: RunOptions): Job[] {
  return collectors
    .filter(({ scope }) => scope === 'region' || isFirst)
    .map((collector) => ({ collector, region, unit: unitOf(collector, account, region) }));
}

/** A collector in a Region, or in the account as a whole. */
export function unitOf({ id, scope }: Pick<Collector, 'id' | 'scope'>, account: string, region: string): Unit {
  return { collector: id, account, region: scope === 'region' ? region : null };
}

function run({ collector, unit, region }: Job, options: RunOptions, fatal: () => string | undefined): Promise<UnitOutcome> {
  const { caller, period, archive, reports, files, tool, now, clientOf, say, shouldStop } = options;
  const context: Omit<CollectContext, 'resumeFrom'> = {
    account: caller.account,
    partition: caller.partition,
    region,
    period,
    archive: collector.reads === 'archive' || collector.reads === 'both' ? archive : undefined,
    reports: collector.reads === 'reports' ? reports : undefined,
    now,
    client: (type, elsewhere) => clientOf(type, elsewhere ?? region),
    say: (progress) => say?.(`${nameOf(unit)}: ${progress}`),
  };
  const interruptible: Collector = { ...collector, collect: (asked) => until(fatal, collector.collect(asked)) };
  return collectUnit({ collector: interruptible, unit, context, caller: caller.arn, files, tool, shouldStop });
}

/** Pages until something went wrong elsewhere that would go wrong here too. */
async function* until(fatal: () => string | undefined, pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  for await (const page of pages) {
    yield page;
    const problem = fatal();
    if (problem !== undefined) throw new Error(problem);
  }
}

function notRun({ unit }: Job, problem: string): UnitOutcome {
  return { unit, status: 'failed', records: [], problem: `it was not started: ${problem}` };
}
