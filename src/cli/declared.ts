import type { ExclusionDeclaration, InheritedDeclaration } from '../checks/declarations';
import { LedgerFile } from './ledger-file';

/** What an app declared beyond its templates; its ledger records it. */
export interface Declarations {
  readonly inherited: readonly InheritedDeclaration[];
  readonly excluded: readonly ExclusionDeclaration[];
  readonly unwaivable: readonly string[];
}

export const NO_DECLARATIONS: Declarations = { inherited: [], excluded: [], unwaivable: [] };

/** What the app that wrote a cloud assembly declared; nothing when it left no ledger. */
export function declarationsIn(folder: string): Declarations {
  const file = LedgerFile.in(folder);
  if (!file.exists) return NO_DECLARATIONS;
  const { inherited, excluded, settings } = file.read();
  return { inherited, excluded, unwaivable: settings.unwaivable };
}
