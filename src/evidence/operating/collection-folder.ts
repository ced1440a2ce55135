import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../model/errors';
import { canonical, type Json } from '../../model/json';
import { filesIn } from '../bundle/files';
import { sha256 } from '../bundle/manifest';
import { closeCollection, type RunFacts } from './close-collection';
import type { UnitOutcome } from './collect-unit';
import { COLLECTION, type ListedRecord, type Missing } from './collection-manifest';
import type { RecordedFile } from './evidence-record';
import { FolderFiles } from './folder-files';
import { type SampleOptions, samplesOf } from './sample';
import { JOURNAL } from './unit-state';

/** What a run was asked for, kept so that one that goes on collects the same. */
const SETTINGS = `${JOURNAL}/run.json`;

/** The folder that a run collects into. */
export class CollectionFolder<Settings extends object> {
  public readonly files: FolderFiles;

  constructor(private readonly folder: string) {
    this.files = new FolderFiles(folder);
  }

  /** What the run that is to go on was asked for; undefined when there is none. */
  public begun(): Settings | undefined {
    const file = join(this.folder, SETTINGS);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : undefined;
  }

  /** Refuse a folder that holds anything. */
  public requireEmpty(): void {
    let present: string[];
    try {
      present = existsSync(this.folder) ? filesIn(this.folder) : [];
    } catch (error) {
      throw new InputError(`--out ${this.folder}: cannot be used as a folder: ${(error as Error).message}`);
    }
    if (present.includes(SETTINGS))
      throw new InputError(
        `--out ${this.folder}: holds a run that did not end: give --resume to go on with it, or choose another folder`,
      );
    if (present.length > 0)
      throw new InputError(`--out ${this.folder}: must be empty, got the file ${present[0]}; choose another folder`);
  }

  public async begin(settings: Settings): Promise<void> {
    await this.files.write(SETTINGS, Buffer.from(`${canonical(settings as Json)}\n`));
  }

  /** Draw samples, write the manifest, and remove what the run needed only on its way. */
  public async close(
    outcomes: readonly UnitOutcome[],
    run: RunFacts,
    sample: SampleOptions | undefined,
  ): Promise<{ readonly records: readonly ListedRecord[]; readonly missing: readonly Missing[]; readonly samples: number }> {
    const collected = closeCollection(outcomes, run);
    const { records } = collected;
    const samples: RecordedFile[] = [];
    if (sample) {
      for await (const { path, content } of samplesOf(collected, this.files, sample)) {
        await this.files.write(path, Buffer.from(content));
        samples.push({ path, bytes: Buffer.byteLength(content), sha256: sha256(content) });
      }
    }
    const { text, missing, files } = closeCollection(outcomes, run, samples);
    const listed = new Set([COLLECTION, ...files.map(({ path }) => path)]);
    for (const path of filesIn(this.folder))
      if (!listed.has(path) && !path.startsWith(`${JOURNAL}/`)) rmSync(join(this.folder, path));
    await this.files.write(COLLECTION, Buffer.from(text));
    if (missing.length === 0) rmSync(join(this.folder, JOURNAL), { recursive: true });
    return { records, missing, samples: samples.length };
  }
}
