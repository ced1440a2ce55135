import { join } from 'node:path';
import { version } from '../../package.json';
import { type AuditScope, auditScope, describeOutOfScope, FULL_SCOPE, unionOf } from '../checks/audit-scope';
import { registerExceptions } from '../checks/exception-register';
import { type Judgement, judgeInOrder } from '../checks/judge';
import { type LedgerException, PartWriter, type Piece, type WrittenPart, writeLedger } from '../checks/ledger';
import { currentCommit, currentTime } from '../checks/provenance';
import { writePieces } from '../checks/write-pieces';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import { type Loaded, loadFiles, rootOf } from '../model/load-files';
import { RULES } from '../rules';
import { AuditSummary } from './audit-summary';
import { renderAudit } from './audit-table';
import { type Declarations, declarationsIn, describeDeclarations, NO_DECLARATIONS } from './declared';
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
}

/** Judge cloud assemblies and templates, print what was found, and answer with the exit code. */
export async function audit(paths: readonly string[], options: AuditOptions): Promise<Outcome> {
  const { format, output, asOne = false, strict = false, all = false } = options;
  if (format !== 'table' && format !== 'json') throw new InputError(`--format must be 'table' or 'json', got '${format}'`);
  const names = options.scope?.split(',').map((name) => name.trim());

  const run = new AuditRun(rootOf(paths), {
    strict,
    all,
    writesLedger: format === 'json',
    scope: names && auditScope(names, '--scope'),
  });
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, isEnabled: process.stderr.isTTY === true, discardStdin: false });
  let seen = 0;
  for (const loaded of loadFiles(paths, { asOne })) {
    run.take(loaded);
    seen += 1;
    if (seen % 20 !== 0) continue;
    if (!spinner.isSpinning && process.stderr.isTTY) spinner.start();
    spinner.text = `${seen} files, at ${printable(loaded.path, 80)}`;
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

interface RunOptions {
  readonly strict: boolean;
  readonly all: boolean;
  readonly writesLedger: boolean;
  /** Which categories to audit; where it is not given, those that the app of each assembly named. */
  readonly scope?: AuditScope;
}

/** One run of the command; it keeps what was found, and drops what was judged. */
class AuditRun {
  public readonly summary: AuditSummary;
  /** Input that could not be judged, one line each. */
  public readonly refused: string[] = [];
  /** Files in folders that are something else than templates. */
  public ignored = 0;
  private readonly now = currentTime();
  private readonly parts: WrittenPart[] = [];
  private readonly exceptions: LedgerException[] = [];
  private readonly declared: Declarations[] = [];
  /** What was audited of each assembly, by its path. */
  private readonly scopes = new Map<string, AuditScope>();

  constructor(
    private readonly root: string,
    private readonly options: RunOptions,
  ) {
    this.summary = new AuditSummary(options.strict, options.all, options.scope ?? FULL_SCOPE);
  }

  public take(loaded: Loaded): void {
    if (loaded.kind === 'error') {
      this.refused.push(loaded.error.message);
    } else if (loaded.kind === 'ignored') {
      this.ignored += 1;
    } else {
      try {
        this.judge(loaded.assembly, loaded.path);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        this.refused.push(error.message);
      }
    }
  }

  private judge(assembly: Assembly, path: string): void {
    const found = assembly.whole ? declarationsIn(join(this.root, path), path) : NO_DECLARATIONS;
    const declared = { ...found, scope: this.options.scope ?? found.scope };
    this.declared.push(declared);
    this.scopes.set(path, declared.scope);
    this.summary.begin(assembly);
    const writer = this.options.writesLedger ? new PartWriter(assembly) : undefined;
    const excepted: Judgement[] = [];
    for (const judgements of judgeInOrder(assembly, { rules: RULES, now: this.now, ...declared })) {
      writer?.add(judgements);
      for (const judgement of judgements) {
        this.summary.add(judgement, assembly);
        if (judgement.exception) excepted.push(judgement);
      }
    }
    if (!writer) return;
    this.parts.push(writer.part());
    this.exceptions.push(...registerExceptions([assembly], excepted, RULES, this.now));
  }

  public table(isTerminal: boolean): string {
    const { summary, ignored } = this;
    const { scope = FULL_SCOPE } = this.options;
    // A scope that was asked for is not one that an app declared.
    const declared = this.declared.flatMap((each) =>
      describeDeclarations(this.options.scope ? { ...each, scope: FULL_SCOPE } : each),
    );
    return renderAudit(summary, { all: this.options.all, ignored, scope, declared, width: screenWidth(isTerminal), isTerminal });
  }

  public ledger(): Piece[] {
    const scope = unionOf([...this.scopes.values()]);
    const narrower = [...this.scopes].filter(([, each]) => each.length < scope.length);
    return writeLedger({
      parts: this.parts,
      rules: RULES,
      settings: {
        strict: this.options.strict,
        unwaivable: this.declared.flatMap((each) => each.unwaivable),
        scope,
        honorNagAcknowledgements: this.declared.some(({ acknowledgedAs }) => acknowledgedAs !== undefined),
      },
      exceptions: this.exceptions,
      inherited: this.declared.flatMap((each) => each.inherited),
      excluded: this.declared.flatMap((each) => each.excluded),
      alarms: this.refused,
      notes: [
        ...describeOutOfScope(RULES, scope),
        ...narrower.map(([path, each]) => `${path || '.'}: only audited: ${each.join(', ')}`),
        ...this.summary.unjudged,
        ...(this.ignored === 0 ? [] : [`${this.ignored} files in the folders are not templates and were passed over`]),
      ],
      time: this.now,
      commit: currentCommit(),
      versions: { 'cdk-soc2': version },
    });
  }
}

function write(file: string, pieces: readonly Piece[]): void {
  try {
    writePieces(file, pieces);
  } catch (error) {
    throw new InputError(`--output ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
