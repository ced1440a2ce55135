import type { Ledger, LedgerEvaluation } from '../checks/ledger';
import { addCount, noCounts, totalOf } from '../evidence/counts';
import { isBlocking } from '../evidence/is-blocking';
import { wordsOf } from '../evidence/words';
import { count, printable } from './terminal';

const VERDICTS = ['pass', 'fail', 'exception', 'inherited', 'undetermined'];

/** How many verdicts of each kind a ledger has, and how many of those that failed block: warnings and advice fail as well. */
export function describeVerdicts({ evaluations, settings: { strict }, synthesis, templates }: Ledger): string[] {
  const verdicts = VERDICTS.map((verdict) => `${evaluations.filter((each) => each.verdict === verdict).length} ${verdict}`);
  const blocking = evaluations.filter((each) => isBlocking(each, strict));
  const others = evaluations.filter((each) => each.verdict === 'fail' && !isBlocking(each, strict));
  return [
    `${count(templates.length, 'template')}, synthesized ${printable(synthesis.time)}: ${verdicts.join(', ')}${strict ? ' (strict)' : ''}.`,
    `What blocks: ${inWords(blocking)}. What fails and does not block: ${inWords(others)}.`,
  ];
}

function inWords(evaluations: readonly LedgerEvaluation[]): string {
  const counts = noCounts();
  for (const evaluation of evaluations) addCount(counts, evaluation);
  return totalOf(counts) === 0 ? 'nothing' : wordsOf(counts);
}
