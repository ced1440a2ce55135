import type { LedgerEvaluation } from '../checks/ledger';

/** Whether a result of the ledger stops synthesis and makes the gate fail. */
export function isBlocking({ verdict, severity, exception }: LedgerEvaluation, strict: boolean): boolean {
  if (exception?.state === 'expired') return true;
  return severity === 'error' && (verdict === 'fail' || (strict && verdict === 'undetermined'));
}
