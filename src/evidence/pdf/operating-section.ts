import type { Evidence } from '../evidence';
import { counted } from '../text';
import type { PdfPages } from './document';

/** What was collected of each account, for which period, and what of it is missing; the files of the bundle hold the rest. */
export function addOperating(pages: PdfPages, { operating }: Evidence): void {
  pages.heading('Operating evidence');
  if (operating.length === 0) {
    pages.text('None is in this bundle: it shows how controls are designed, and not that they worked.');
    return;
  }
  pages.text(
    'Collected from AWS, to show that controls worked over a period. The numbers are in operating.html, the rows in populations.',
    {
      colour: '#57616b',
    },
  );
  pages.table(
    [
      { title: 'Account', width: 15 },
      { title: 'Period', width: 30 },
      { title: 'Regions', width: 20 },
      { title: 'Records', width: 20 },
      { title: 'Missing', width: 15 },
    ],
    operating.map(({ collection: { account, period, regions, records, missing } }) => [
      account,
      `${period.from} to ${period.to}`,
      regions.join(', '),
      counted(records.length, 'record'),
      missing.length === 0 ? 'nothing' : { text: counted(missing.length, 'thing'), colour: '#b3261e' },
    ]),
  );
  for (const { collection } of operating)
    for (const { collector, query, region, problem } of collection.missing)
      pages.text(
        `${collection.account} lacks ${query === null ? collector : `${collector}/${query}`}, ${region ?? 'whole account'}: ${problem}`,
        {
          size: 8,
        },
      );
}
