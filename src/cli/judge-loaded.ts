import { join } from 'node:path';
import { type AuditScope, FULL_SCOPE } from '../checks/audit-scope';
import { registerExceptions } from '../checks/exception-register';
import { type Judgement, judgeInOrder } from '../checks/judge';
import { type LedgerException, PartWriter, type WrittenPart } from '../checks/ledger';
import type { Assembly } from '../model/assembly';
import { InputError } from '../model/errors';
import type { Loaded } from '../model/load-files';
import { RULES } from '../rules';
import { AuditSummary, type SummaryData } from './audit-summary';
import { type Declarations, declarationsIn, NO_DECLARATIONS } from './declared';

/** What is asked of an audit, as plain data: other threads are told as well. */
export interface JudgeSettings {
  /** The folder that paths are relative to. */
  readonly root: string;
  readonly strict: boolean;
  /** Whether warnings and undetermined verdicts are listed. */
  readonly all: boolean;
  readonly writesLedger: boolean;
  /** Which categories to audit; where it is not given, those that the app of each assembly named. */
  readonly scope?: AuditScope;
  readonly now: Date;
}

/** What became of one input, as plain data: another thread may have judged it. */
export type Judged =
  | { readonly kind: 'judged'; readonly of: JudgedAssembly }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'ignored' };

export interface JudgedAssembly {
  readonly path: string;
  readonly declared: Omit<Declarations, 'acknowledgedAs'> & { readonly acknowledgedAs: boolean };
  readonly summary: SummaryData;
  /** What it adds to the ledger, when one is written. */
  readonly part?: WrittenPart;
  readonly exceptions: readonly LedgerException[];
}

/** Judge what was loaded, and keep what was found. */
export function judgeLoaded(loaded: Loaded, settings: JudgeSettings): Judged {
  if (loaded.kind === 'ignored') return { kind: 'ignored' };
  if (loaded.kind === 'error') return { kind: 'refused', message: loaded.error.message };
  try {
    return { kind: 'judged', of: judgeAssembly(loaded.assembly, loaded.path, settings) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: 'refused', message: error.message };
  }
}

function judgeAssembly(assembly: Assembly, path: string, settings: JudgeSettings): JudgedAssembly {
  const { root, strict, all, writesLedger, scope, now } = settings;
  const found = assembly.whole ? declarationsIn(join(root, path), path) : NO_DECLARATIONS;
  const declared = { ...found, scope: scope ?? found.scope };
  const summary = new AuditSummary(strict, all, scope ?? FULL_SCOPE);
  summary.begin(assembly);
  const writer = writesLedger ? new PartWriter(assembly) : undefined;
  const excepted: Judgement[] = [];
  for (const judgements of judgeInOrder(assembly, { rules: RULES, now, ...declared })) {
    for (const judgement of judgements) {
      writer?.add(judgement);
      summary.add(judgement, assembly);
      if (judgement.exception) excepted.push(judgement);
    }
  }
  return {
    path,
    declared: { ...declared, acknowledgedAs: declared.acknowledgedAs !== undefined },
    summary,
    part: writer?.part(),
    exceptions: writer ? registerExceptions([assembly], excepted, RULES, now) : [],
  };
}
