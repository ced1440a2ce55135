import type { UnitOutcome } from '../evidence/operating/collect-unit';
import type { ListedRecord, Missing } from '../evidence/operating/collection-manifest';
import type { CollectorDescription } from '../evidence/operating/collector';
import { nameOf } from '../evidence/operating/unit-state';
import type { CollectSettings } from './collect-settings';
import { count, printable } from './terminal';

/** How often progress is told where there is no terminal, in milliseconds. */
const TELL_EVERY = 30_000;
/** Where IAM and the sign-in page record what they do, whatever Region the rest is in. */
const GLOBAL = /^(us-east-1|us-gov-west-1|cn-north-1)$/;

/** What is used of a spinner. */
interface Spinner {
  readonly isSpinning: boolean;
  text: string;
  start(): unknown;
  stop(): unknown;
}

/** Tells on standard error what a run does, and on standard output what came of it. */
export class CollectReport {
  public static async start(isTerminal: boolean): Promise<CollectReport> {
    const { default: ora } = await import('ora');
    return new CollectReport(ora({ stream: process.stderr, isEnabled: isTerminal, discardStdin: false }), isTerminal);
  }

  private told = Date.now();

  private constructor(
    private readonly spinner: Spinner,
    private readonly isTerminal: boolean,
  ) {}

  /** Say what this run will not show, before it takes long. */
  public begin({
    settings,
    ahead,
    known,
  }: {
    settings: CollectSettings;
    ahead: number;
    known: readonly CollectorDescription[];
  }): void {
    const { archive, reports, collectors, regions } = settings;
    if (ahead !== 0)
      console.error(
        `The clock of this machine is ${Math.round(Math.abs(ahead) / 1_000)} seconds ${ahead > 0 ? 'behind' : 'ahead of'} that of AWS, which counts.`,
      );
    if (!regions.some((region) => GLOBAL.test(region)))
      console.error('Sign-ins of the root user and changes in IAM are recorded in us-east-1, which is not among the Regions.');
    for (const [option, place, kinds] of [
      ['--archive', archive, ['archive', 'both']],
      ['--reports', reports, ['reports']],
    ] as const) {
      const idle = known.filter(({ id, reads }) => kinds.some((kind) => kind === reads) && !collectors.includes(id));
      if (place === null && idle.length > 0)
        console.error(`Without ${option}, these do not run: ${idle.map(({ id }) => id).join(', ')}.`);
    }
  }

  public say(progress: string): void {
    const text = printable(progress, 100);
    if (this.isTerminal) {
      if (!this.spinner.isSpinning) this.spinner.start();
      this.spinner.text = text;
      return;
    }
    if (Date.now() - this.told < TELL_EVERY) return;
    this.told = Date.now();
    console.error(text);
  }

  public tell({ unit, status, records, problem }: UnitOutcome): void {
    this.spinner.stop();
    const rows = records.reduce((sum, record) => sum + record.rows, 0);
    const what = `${nameOf(unit)}: ${count(records.length, 'record')}, ${count(rows, 'row')}`;
    console.error(printable(status === 'done' ? what : `${what}; it failed: ${problem}`));
  }

  public end(closed: { records: readonly ListedRecord[]; missing: readonly Missing[]; samples: number }, folder: string): void {
    this.spinner.stop();
    const { records, missing, samples } = closed;
    const rows = records.reduce((sum, record) => sum + record.rows, 0);
    const drawn = samples > 0 ? `, with ${count(samples, 'sample')}` : '';
    console.log(`${count(records.length, 'record')} of ${count(rows, 'row')} in ${printable(folder)}${drawn}.`);
    for (const { collector, query, truncated } of unique(
      records.filter(({ truncated: reason }) => reason !== null),
      ({ collector: id, truncated: reason }) => `${id} ${reason}`,
    ))
      console.error(printable(`${collector}/${query} and others do not tell all: ${truncated}.`));
    if (missing.length === 0) return;
    const gaps = unique(missing, ({ collector, region, problem }) => `${collector} ${region} ${problem}`);
    console.error(`${count(gaps.length, 'thing')} could not be collected:`);
    for (const { problem, ...unit } of gaps) console.error(printable(`- ${nameOf(unit)}: ${problem}`));
    console.error(`Run the command again with --resume to collect what is missing.`);
  }

  public stop(): void {
    this.spinner.stop();
  }
}

/** The first of those that have the same key. */
function unique<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const first = new Map<string, Item>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return [...first.values()];
}
