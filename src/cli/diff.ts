import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expectedId, type Ledger } from '../checks/ledger';
import { compare } from '../evidence/diff/compare';
import { inWords } from '../evidence/diff/words';
import { InputError } from '../model/errors';
import { LedgerFile } from './ledger-file';
import { CLEAN, FINDINGS, type Outcome } from './outcome';

export interface DiffOptions {
  readonly format: string;
}

/** Say in words what changed between two bundles, and answer with the exit code: findings when something got worse that blocks. */
export function diff(old: string, now: string, { format }: DiffOptions): Outcome {
  if (format !== 'text' && format !== 'markdown') throw new InputError(`--format must be 'text' or 'markdown', got '${format}'`);
  const comparison = compare(ledgerOf(old), ledgerOf(now));
  process.stdout.write(inWords(comparison, format));
  return comparison.blocking > 0 ? FINDINGS : CLEAN;
}

/** The ledger of a bundle, of a cloud assembly, or in a file, as it was written. */
function ledgerOf(path: string): Ledger {
  const file = fileOf(path);
  const ledger = file.read();
  if (expectedId(ledger) !== ledger.synthesis.id)
    throw new InputError(`${file.path}: was altered: its id does not match its content`);
  return ledger;
}

function fileOf(path: string): LedgerFile {
  if (existsSync(path) && statSync(path).isFile()) return LedgerFile.at(path);
  const bundled = join(path, 'ledger.json');
  const file = existsSync(bundled) ? LedgerFile.at(bundled) : LedgerFile.in(path);
  if (!file.exists)
    throw new InputError(`${path}: must be a bundle of evidence, a cloud assembly with a ledger, or a ledger; it has none`);
  return file;
}
