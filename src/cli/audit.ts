import { version } from '../../package.json';
import { auditScope, describeOutOfScope, FULL_SCOPE, unionOf } from '../checks/audit-scope';
import { writeLedger } from '../checks/ledger';
import { type Piece, writePieces } from '../checks/pieces';
import { currentCommit, currentTime } from '../checks/provenance';
import { InputError } from '../model/errors';
import {
  findInputs,
  holdsNothing,
  type Input,
  loadFiles,
  loadInput,
  type Readable,
  refusalOf,
  rootOf,
} from '../model/load-files';
import { RULES } from '../rules';
import { AuditSummary } from './audit-summary';
import { renderAudit } from './audit-table';
import { describeDeclarations } from './declared';
import { type Judged, type JudgedAssembly, type JudgeSettings, judgeLoaded } from './judge-loaded';
import { judgeInThreads, threadsFor } from './judging-threads';
import { BAD_INPUT, CLEAN, FINDINGS, type Outcome } from './outcome';
import { printable, screenWidth } from './terminal';

export interface AuditOptions {
  readonly format: string;
  readonly output?: string;
  readonly asOne?: boolean;
  readonly strict?: boolean;
  /** Names of categories, with commas between. */
  readonly scope?: string;
  readonly all?: boolean;
  /** How many threads to judge in, as it was typed. */
  readonly threads?: string;
}

/**
 * Judge cloud assemblies and templates, print what was found, and answer with the exit code.
 *
 * @param tool the file of the command line tool, to run it in more threads; without it, there is one.
 */
export async function audit(paths: readonly string[], options: AuditOptions, tool?: string): Promise<Outcome> {
  const { format, output, asOne = false, strict = false, all = false } = options;
  if (format !== 'table' && format !== 'json') throw new InputError(`--format must be 'table' or 'json', got '${format}'`);
  if (options.threads !== undefined && !/^[1-9]\d?$/.test(options.threads))
    throw new InputError(`--threads must be a whole number from 1 to 99, got '${options.threads}'`);
  const names = options.scope?.split(',').map((name) => name.trim());

  const run = new AuditRun({
    root: rootOf(paths),
    strict,
    all,
    writesLedger: format === 'json',
    scope: names && auditScope(names, '--scope'),
    now: currentTime(),
  });
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, isEnabled: process.stderr.isTTY === true, discardStdin: false });
  let seen = 0;
  for await (const judged of asOne ? run.judgeAsOne(paths) : run.judge(findInputs(paths), tool, options.threads)) {
    run.take(judged);
    seen += 1;
    if (seen % 20 !== 0) continue;
    if (!spinner.isSpinning && process.stderr.isTTY) spinner.start();
    spinner.text = judged.kind === 'judged' ? `${seen} files, at ${printable(judged.of.path, 80)}` : `${seen} files`;
    if (spinner.isSpinning) spinner.render();
  }
  spinner.stop();

  const pieces = format === 'json' ? run.ledger() : [run.table(output === undefined && process.stdout.isTTY === true)];
  if (output === undefined) for (const piece of pieces) process.stdout.write(piece);
  else write(output, pieces);
  for (const message of run.refused) console.error(printable(message));
  if (run.refused.length > 0) return BAD_INPUT;
  return run.summary.blocking > 0 ? FINDINGS : CLEAN;
}

/** One run of the command; it keeps what was found, and drops what was judged. */
export class AuditRun {
  public readonly summary: AuditSummary;
  /** Input that could not be judged, one line each. */
  public readonly refused: string[] = [];
  /** Files in folders that are something else than templates. */
  public ignored = 0;
  private readonly assemblies: Omit<JudgedAssembly, 'summary'>[] = [];

  constructor(private readonly settings: JudgeSettings) {
    this.summary = new AuditSummary(settings.strict, settings.all, settings.scope ?? FULL_SCOPE);
  }

  /** Judge each input by itself, in several threads where that is worth it. */
  public async *judge(inputs: readonly Input[], tool?: string, most?: string): AsyncGenerator<Judged> {
    const { settings } = this;
    const readable = inputs.filter((input): input is Readable => input.kind !== 'end of folder');
    const threads = tool === undefined ? 1 : Number(most ?? threadsFor(readable.length));
    const judging = threads > 1 ? judgeInThreads(tool!, threads, readable, settings) : judgeHere(readable, settings);
    const kinds: string[] = [];
    for (const input of inputs) {
      if (input.kind === 'end of folder') {
        if (holdsNothing(input, kinds)) yield judgeLoaded(refusalOf(input, settings.root), settings);
        continue;
      }
      const { value: judged } = await judging.next();
      kinds.push(judged.kind);
      yield judged;
    }
  }

  /** Judge all templates together. */
  public *judgeAsOne(paths: readonly string[]): Generator<Judged> {
    for (const loaded of loadFiles(paths, { asOne: true })) yield judgeLoaded(loaded, this.settings);
  }

  public take(judged: Judged): void {
    if (judged.kind === 'refused') this.refused.push(judged.message);
    if (judged.kind === 'ignored') this.ignored += 1;
    if (judged.kind !== 'judged') return;
    const { summary, ...assembly } = judged.of;
    this.summary.include(summary);
    this.assemblies.push(assembly);
  }

  public table(isTerminal: boolean): string {
    const { summary, ignored, settings } = this;
    const { scope = FULL_SCOPE } = settings;
    // A scope that was asked for is not one that an app declared.
    const declared = this.assemblies.flatMap((each) =>
      describeDeclarations(settings.scope ? { ...each.declared, scope: FULL_SCOPE } : each.declared),
    );
    const refused = this.refused.length;
    const width = screenWidth(isTerminal);
    return renderAudit(summary, { all: settings.all, ignored, refused, scope, declared, width, isTerminal });
  }

  public ledger(): Piece[] {
    const { assemblies, settings } = this;
    const declared = assemblies.map((each) => each.declared);
    const scope = unionOf(declared.map((each) => each.scope));
    const narrower = assemblies.filter((each) => each.declared.scope.length < scope.length);
    return writeLedger({
      parts: assemblies.flatMap(({ part }) => part ?? []),
      rules: RULES,
      settings: {
        strict: settings.strict,
        unwaivable: declared.flatMap((each) => each.unwaivable),
        scope,
        honorNagAcknowledgements: declared.some(({ acknowledgedAs }) => acknowledgedAs),
      },
      exceptions: assemblies.flatMap((each) => each.exceptions),
      inherited: declared.flatMap((each) => each.inherited),
      excluded: declared.flatMap((each) => each.excluded),
      alarms: this.refused,
      notes: [
        ...describeOutOfScope(RULES, scope),
        ...narrower.map(({ path, declared: { scope: own } }) => `${path || '.'}: only audited: ${own.join(', ')}`),
        ...this.summary.unjudged,
        ...(this.ignored === 0 ? [] : [`${this.ignored} files in the folders are not templates and were passed over`]),
      ],
      time: settings.now,
      commit: currentCommit(),
      versions: { 'cdk-soc2': version },
    });
  }
}

async function* judgeHere(inputs: readonly Readable[], settings: JudgeSettings): AsyncGenerator<Judged> {
  for (const input of inputs) yield judgeLoaded(loadInput(input, settings.root), settings);
}

function write(file: string, pieces: readonly Piece[]): void {
  try {
    writePieces(file, pieces);
  } catch (error) {
    throw new InputError(`--output ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
