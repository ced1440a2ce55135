import type { LedgerContent } from '../../src/checks/ledger';
import { compareLedgers } from '../../src/cli/compare-ledgers';
import { ledgerOf } from '../evidence/sample';

test('a ledger in which nothing is said of usual activity, though the templates declare some, is told', () => {
  const { usualActivity: _, ...ledger } = ledgerOf([]);
  const activity = { name: 'scan', reason: 'r', owner: 'o', covers: [], at: 'Shop', template: 't', expires: '2027-01-01' };
  const again = { ...ledger, declarations: [], usualActivity: [{ ...activity, state: 'active' }] } as unknown as LedgerContent;
  expect(compareLedgers(ledger as never, again)).toContain(
    "scan at 'Shop' in t, until 2027-01-01: the ledger lacks this usual activity",
  );
});
