import { createHash } from 'node:crypto';
import { InputError } from '../../model/errors';
import { canonical } from '../../model/json';
import { sha256 } from '../bundle/manifest';
import { attachmentNames } from './attachment-name';
import type { Attachment, Page, Query } from './collector';
import type { EvidenceFiles } from './evidence-files';
import type { PayloadFile, RecordedFile } from './evidence-record';
import { redact } from './redact';
import type { QueryState } from './unit-state';

/** Where a file of rows ends and the next begins: so that equal rows give equal files, however often the run was interrupted. */
const MOST_ROWS = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** Writes the rows of one query: redacted, each once, in the order in which they came, in files of a size that tools can open. */
export class RecordWriter {
  /** Go on where an earlier run ended. What that one wrote beyond its last note is written again. */
  public static async restore(state: QueryState, folder: string, files: EvidenceFiles): Promise<RecordWriter> {
    const writer = new RecordWriter(state.query, folder, files);
    Object.assign(writer, {
      pages: state.pages,
      duplicates: state.duplicates,
      redacted: state.redacted,
      truncated: state.truncated,
      missing: [...state.missing],
      attachments: [...state.attachments],
    });
    for (const { path, bytes, sha256: hash } of state.payload) {
      const content = (await files.read(path))?.subarray(0, bytes);
      if (content === undefined || sha256(content) !== hash)
        throw new InputError(`${path} was altered or removed since it was collected: collect into another folder`);
      for (const line of content.toString('utf8').split('\n').slice(0, -1)) writer.append(line, JSON.parse(line).id);
    }
    // They are there already; only the last may grow.
    writer.waiting.length = 0;
    return writer;
  }

  private pages = 0;
  private duplicates = 0;
  private redacted = 0;
  private truncated: string | null = null;
  private readonly missing: string[] = [];
  private readonly attachments: RecordedFile[] = [];
  private readonly full: PayloadFile[] = [];
  private readonly seen = new Set<string>();
  private readonly hash = createHash('sha256');
  private readonly waiting: { readonly path: string; readonly content: Uint8Array }[] = [];
  private lines: string[] = [];
  private bytes = 0;

  constructor(
    public readonly query: Query,
    private readonly folder: string,
    private readonly files: EvidenceFiles,
  ) {}

  /** Whether there is more to write than should be kept in memory. */
  public get isFull(): boolean {
    return this.waiting.length > 0;
  }

  public get rows(): number {
    return this.seen.size;
  }

  public take({ rows, answers = 1, missing = [], truncated, attachments = [] }: Page): void {
    this.pages += answers;
    this.missing.push(...missing);
    this.truncated = truncated ?? this.truncated;
    for (const { id: name, data } of rows) {
      const id = withoutSecret(name);
      if (this.seen.has(id)) {
        this.duplicates += 1;
        continue;
      }
      const { value, count } = redact(data);
      this.redacted += count;
      this.append(canonical({ data: value, id }), id);
    }
    for (const attachment of attachments) this.attach(attachment);
  }

  /** Write what is not yet written, and tell how far the query got. */
  public async flush(): Promise<QueryState> {
    for (const { path, content } of this.waiting.splice(0)) await this.files.write(path, content);
    const payload = [...this.full];
    if (this.lines.length > 0) {
      const { file, content } = this.file();
      await this.files.write(file.path, content);
      payload.push(file);
    }
    const { query, pages, duplicates, redacted, truncated } = this;
    return {
      query,
      pages,
      duplicates,
      redacted,
      truncated,
      missing: [...this.missing],
      payload,
      attachments: [...this.attachments],
    };
  }

  /** SHA-256 of all lines. */
  public digest(): string {
    return this.hash.copy().digest('hex');
  }

  private append(line: string, id: string): void {
    this.seen.add(id);
    this.hash.update(line).update('\n');
    this.lines.push(line);
    this.bytes += Buffer.byteLength(line) + 1;
    if (this.lines.length < MOST_ROWS && this.bytes < MOST_BYTES) return;
    const { file, content } = this.file();
    this.full.push(file);
    this.waiting.push({ path: file.path, content });
    this.lines = [];
    this.bytes = 0;
  }

  private file(): { readonly file: PayloadFile; readonly content: Buffer } {
    const content = Buffer.from(`${this.lines.join('\n')}\n`);
    const number = String(this.full.length + 1).padStart(4, '0');
    const path = `${this.folder}/${this.query.id}.${number}.jsonl`;
    return { file: { path, bytes: content.length, sha256: sha256(content), rows: this.lines.length }, content };
  }

  /** Other content under the same name is another file: none is lost. What comes again, as after an interruption, is not. */
  private attach(attachment: Attachment): void {
    const { content } = attachment;
    const hash = sha256(content);
    for (const name of attachmentNames(attachment)) {
      const path = `${this.folder}/${this.query.id}/${name}`;
      // Where folders are copied to, A and a may be one file.
      const taken = this.attachments.find((file) => file.path.toLowerCase() === path.toLowerCase());
      if (taken?.sha256 === hash) return;
      if (taken) continue;
      this.attachments.push({ path, bytes: content.length, sha256: hash });
      this.waiting.push({ path, content });
      return;
    }
  }
}

/** An id is written as it is, unless it says what must not be written. */
function withoutSecret(id: string): string {
  return redact({ id }).count > 0 ? sha256(id) : id;
}
