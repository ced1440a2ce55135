import { InputError } from '../../model/errors';
import type { CollectContext, Collector, Page } from './collector';
import type { EvidenceFiles } from './evidence-files';
import { type EvidenceRecord, sealed, serializeRecord } from './evidence-record';
import { inOneLine, isFatal } from './failures';
import { RecordWriter } from './record-writer';
import { folderOf, journalOf, type QueryState, type Unit, type UnitState } from './unit-state';

/** How often it is noted how far a unit got: what a kill costs at most. */
const NOTE_EVERY = 5_000;

/** What a unit needs to run. */
export interface UnitOptions {
  readonly collector: Collector;
  readonly unit: Unit;
  readonly context: Omit<CollectContext, 'resumeFrom'>;
  /** Who asks; null when only files are read. */
  readonly caller: string | null;
  readonly files: EvidenceFiles;
  readonly tool: string;
  /** Whether to leave the rest for another run. */
  readonly shouldStop?: () => boolean;
}

/** How a unit ended. */
export interface UnitOutcome {
  readonly unit: Unit;
  readonly status: 'done' | 'failed' | 'stopped';
  readonly records: readonly EvidenceRecord[];
  readonly problem?: string;
  /** Whether others would fail as well. */
  readonly isFatal?: boolean;
}

/** Run a collector at one place, from where an earlier run ended. */
export async function collectUnit(options: UnitOptions): Promise<UnitOutcome> {
  const { collector, unit, files, context } = options;
  const state = await stateOf(options);
  if (state?.status === 'done') {
    const records = await Promise.all(state.queries.map(({ query }) => readRecord(files, recordPath(unit, query.id))));
    return { unit, status: 'done', records };
  }
  const started = context.now().toISOString();
  const fresh: UnitState = { version: collector.version, started, status: 'running', queries: [] };
  const { queries } = state ?? fresh;
  const writers = await Promise.all(queries.map((query) => RecordWriter.restore(query, folderOf(unit), files)));
  return new UnitRun(options, state ?? fresh, writers).collect();
}

/** How far an earlier run got, where that is worth keeping: what has gaps or never said where to go on starts anew. */
async function stateOf({ files, unit, collector }: UnitOptions): Promise<UnitState | undefined> {
  const text = await files.read(journalOf(unit));
  if (!text) return undefined;
  const state = JSON.parse(text.toString('utf8')) as UnitState;
  if (state.version !== collector.version) return undefined;
  const isWhole = state.status === 'done' && state.queries.every(({ missing }) => missing.length === 0);
  return isWhole || (state.status !== 'done' && state.cursor !== undefined) ? state : undefined;
}

/** How a unit ended that ran elsewhere. */
export async function readOutcome(unit: Unit, files: EvidenceFiles): Promise<UnitOutcome> {
  const text = await files.read(journalOf(unit));
  const state = text && (JSON.parse(text.toString('utf8')) as UnitState);
  if (!state || state.status === 'running') return { unit, status: 'failed', records: [], problem: 'it did not come to its end' };
  const records = await Promise.all(state.queries.map(({ query }) => readRecord(files, recordPath(unit, query.id))));
  return { unit, status: state.status, records, problem: state.problem };
}

async function readRecord(files: EvidenceFiles, path: string): Promise<EvidenceRecord> {
  const text = await files.read(path);
  if (!text) throw new InputError(`${path} was removed since it was collected: collect into another folder`);
  return JSON.parse(text.toString('utf8')) as EvidenceRecord;
}

class UnitRun {
  private cursor: string | undefined;
  private noted = Date.now();

  constructor(
    private readonly options: UnitOptions,
    private readonly state: UnitState,
    private readonly writers: RecordWriter[],
  ) {
    this.cursor = state.cursor;
  }

  public async collect(): Promise<UnitOutcome> {
    const { collector, context, shouldStop } = this.options;
    const pending: Page[] = [];
    try {
      for await (const page of collector.collect({ ...context, resumeFrom: this.cursor })) {
        pending.push(page);
        if (page.cursor === undefined) continue;
        this.take(pending);
        this.cursor = page.cursor;
        if (shouldStop?.()) return await this.stop();
        if (this.writers.some(({ isFull }) => isFull) || Date.now() - this.noted >= NOTE_EVERY) await this.note('running');
      }
      this.take(pending);
      return await this.outcome('done');
    } catch (error) {
      // Nothing can be written.
      if (error instanceof InputError) throw error;
      // What a cursor leads to again is left to the next run; without one, that run starts anew, and this is all there is.
      if (this.cursor === undefined) this.take(pending);
      return await this.outcome('failed', error);
    }
  }

  /** Write the records, and then that they are written. */
  private async outcome(status: 'done' | 'failed', error?: unknown): Promise<UnitOutcome> {
    const { unit, files, context } = this.options;
    const problem = error === undefined ? undefined : inOneLine(error);
    const finished = context.now().toISOString();
    const records: EvidenceRecord[] = [];
    for (const writer of this.writers) {
      const record = this.recordOf(writer, await writer.flush(), finished, problem);
      await files.write(recordPath(unit, writer.query.id), Buffer.from(serializeRecord(record)));
      records.push(record);
    }
    await this.note(status, problem);
    return { unit, status, records, problem, isFatal: isFatal(error) };
  }

  private async stop(): Promise<UnitOutcome> {
    await this.note('running');
    return { unit: this.options.unit, status: 'stopped', records: [] };
  }

  private take(pending: Page[]): void {
    for (const page of pending.splice(0)) {
      let writer = this.writers.find(({ query }) => query.id === page.query.id);
      if (!writer) {
        writer = new RecordWriter(page.query, folderOf(this.options.unit), this.options.files);
        this.writers.push(writer);
      }
      writer.take(page);
    }
    const rows = this.writers.reduce((sum, writer) => sum + writer.rows, 0);
    this.options.context.say(`${rows} rows`);
  }

  private async note(status: UnitState['status'], problem?: string): Promise<void> {
    const queries: QueryState[] = [];
    for (const writer of this.writers) queries.push(await writer.flush());
    const state: UnitState = { ...this.state, status, cursor: this.cursor, problem, queries };
    const text = JSON.stringify(state);
    await this.options.files.write(journalOf(this.options.unit), Buffer.from(text));
    this.noted = Date.now();
  }

  private recordOf(writer: RecordWriter, state: QueryState, finished: string, problem?: string): EvidenceRecord {
    const { collector, unit, caller, tool, context } = this.options;
    const { query, pages, duplicates, redacted, truncated, missing, payload, attachments } = state;
    return sealed({
      collector: { id: collector.id, title: collector.title, version: collector.version, tool },
      controls: [...(query.controls ?? collector.controls)],
      query: { id: query.id, title: query.title, calls: query.calls },
      account: unit.account,
      region: unit.region,
      caller,
      covers: query.covers,
      period: { from: context.period.from.toISOString(), to: context.period.to.toISOString() },
      collected: { started: this.state.started, finished },
      pages,
      rows: writer.rows,
      duplicates,
      redacted,
      truncated,
      missing: problem === undefined ? missing : [...missing, `it ended early: ${problem}`],
      sha256: writer.digest(),
      payload,
      attachments,
    });
  }
}

/** The file of a record. */
export function recordPath(unit: Unit, query: string): string {
  return `${folderOf(unit)}/${query}.json`;
}
