import type { Evidence } from '../evidence';
import { systemName } from '../system-name';
import type { Table } from '../tables/table';
import { spokenTime, visible } from '../text';
import { workbookFile } from './workbook-file';

/** Lists of the evidence as a workbook. */
export function workbookOf(
  evidence: Pick<Evidence, 'input' | 'ledger'>,
  title: string,
  tables: readonly Table[],
  subtitle = 'Design evidence that supports SOC 2 criteria',
): Uint8Array {
  const { synthesis, alarms } = evidence.ledger;
  const creator = `cdk-soc2 ${synthesis.versions['cdk-soc2']}`;
  const facts: [string, string][] = [
    ['System', systemName(evidence)],
    ['As of', spokenTime(synthesis.time)],
    ['Ledger', synthesis.id],
    ['Commit', synthesis.commit ?? 'not known'],
    ['Written by', creator],
    ...alarms.map((alarm): [string, string] => ['Blocks', visible(alarm)]),
  ];
  return workbookFile({ title, subtitle, facts, creator, time: new Date(synthesis.time), tables });
}
