import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKLIST } from '../../../src/criteria/checklist';
import { Evidence } from '../../../src/evidence/evidence';
import { checklistPage } from '../../../src/evidence/html/checklist-page';
import { operatingOverview } from '../../../src/evidence/html/operating-records';
import { CollectionFolder } from '../../../src/evidence/operating/collection-folder';
import type { Collector, Page, Query } from '../../../src/evidence/operating/collector';
import { loadOperating } from '../../../src/evidence/operating/operating-evidence';
import { runCollectors } from '../../../src/evidence/operating/run-collectors';
import { OPERATING } from '../../../src/evidence/renderers/operating';
import type { BundleFile } from '../../../src/evidence/renderers/renderer';
import type { JsonObject } from '../../../src/model/json';
import { temporaryFolder } from '../../helpers/temporary';
import { evidenceOf, HOSTILE } from '../sample';
import { ACCOUNT, CALLER } from './fake-aws';

type Sheet = { readonly sheet: string; readonly data: readonly (readonly unknown[])[] };
const { default: readSheets } = require('read-excel-file/node') as { default(file: string): Promise<Sheet[]> };

const query = (id: string, more: Partial<Query> = {}): Query => ({
  id,
  title: 'Things <b>that</b> happened',
  calls: [{ api: 'test:ListThings', parameters: {} }],
  covers: 'period',
  ...more,
});

/** Evidence of a design with what collectors gave in two Regions. */
async function bundled(...pages: Page[]): Promise<{ evidence: Evidence; files: BundleFile[] }> {
  const collector: Collector = {
    id: 'test',
    title: 'Test',
    version: 1,
    controls: ['audit-trail'],
    scope: 'region',
    reads: 'api',
    actions: {},
    async *collect() {
      yield* pages;
    },
  };
  const out = join(temporaryFolder(), 'out');
  const folder = new CollectionFolder<object>(out);
  const period = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
  await folder.begin({});
  const regions = ['eu-west-1', 'us-east-1'];
  const outcomes = await runCollectors({
    collectors: [collector],
    regions,
    period: { from: new Date(period.from), to: new Date(period.to) },
    caller: { account: ACCOUNT, partition: 'aws', arn: CALLER },
    files: folder.files,
    tool: 'cdk-soc2 1.0.0',
    now: () => new Date('2026-12-02T00:00:00Z'),
    clientOf: () => {
      throw new Error('no client is asked for');
    },
  });
  const run = { tool: 'cdk-soc2 1.0.0', account: ACCOUNT, regions, caller: CALLER, period, archive: null, collectors: ['test'] };
  await folder.close(outcomes, { ...run, finished: '2026-12-02T00:00:00.000Z', previous: null }, undefined);
  const evidence = new Evidence({ ...evidenceOf().input, operating: loadOperating([out]) });
  const files: BundleFile[] = [];
  for await (const file of OPERATING.render(evidence)) files.push(file);
  return { evidence, files };
}

const page = (of: Query, rows: readonly JsonObject[], more: Partial<Page> = {}): Page => ({
  query: of,
  rows: rows.map((data, index) => ({ id: String(index), data })),
  ...more,
});

async function workbook(files: readonly BundleFile[]): Promise<Map<string, Sheet['data']>> {
  const file = join(temporaryFolder(), 'operating.xlsx');
  writeFileSync(file, files.find(({ path }) => path === 'controls/audit-trail/operating.xlsx')!.content);
  return new Map((await readSheets(file)).map(({ sheet, data }) => [sheet, data]));
}

test('a workbook of a control lists its records, and has the rows of all Regions on a sheet for each query', async () => {
  const { files } = await bundled(
    page(query('things'), [
      { name: 'a', count: 3 },
      { name: 'b', nested: { x: [1] } },
    ]),
  );
  const sheets = await workbook(files);
  expect([...sheets.keys()]).toEqual(['About', 'Records', 'things']);
  expect(sheets.get('Records')).toHaveLength(3);
  expect(sheets.get('things')).toEqual([
    ['Region', 'count', 'name', 'nested'],
    ['eu-west-1', 3, 'a', null],
    ['eu-west-1', null, 'b', '{"x":[1]}'],
    ['us-east-1', 3, 'a', null],
    ['us-east-1', null, 'b', '{"x":[1]}'],
  ]);
});

test('names from AWS are text in a workbook, whatever they look like', async () => {
  const { files } = await bundled(
    page(query('things'), [{ [HOSTILE.formula]: HOSTILE.formula, a: HOSTILE.markup, b: HOSTILE.long, c: HOSTILE.turned }]),
  );
  const [head, row] = (await workbook(files)).get('things')!;
  expect(head[1]).toBe(HOSTILE.formula);
  expect(row[1]).toBe(HOSTILE.formula);
  expect(row[2]).toBe(HOSTILE.markup);
  expect(String(row[3]).length).toBeLessThanOrEqual(2_000);
  expect(row[4]).toBe('evil⟨U+202E⟩gpj.exe');
});

test('long names of queries make names of sheets that differ', async () => {
  const name = 'a-name-of-a-query-that-is-longer-than-a-sheet';
  const { files } = await bundled(page(query(`${name}-one`), []), page(query(`${name}-two`), []));
  const names = [...(await workbook(files)).keys()].slice(2);
  expect(new Set(names).size).toBe(2);
  for (const each of names) expect(each.length).toBeLessThanOrEqual(31);
});

test('a workbook says when a population has more rows than it shows', async () => {
  const { files } = await bundled(
    page(
      query('things'),
      Array.from({ length: 12_000 }, (_, number) => ({ number })),
    ),
  );
  const sheets = await workbook(files);
  expect(sheets.get('things')).toHaveLength(20_001);
  expect(JSON.stringify(sheets.get('About'))).toContain('The first 20,000 of 24,000; all stand in the files of the records.');
}, 120_000);

test('the page of an item shows what is incomplete or cut off, and nothing of it is markup', async () => {
  const { evidence } = await bundled(page(query('things'), [], { missing: ['one file'], truncated: 'AWS keeps <i>90</i> days' }));
  const text = checklistPage(CHECKLIST.find(({ id }) => id === 'S0-10')!, evidence, () => true);
  expect(text).toContain('Evidence that it operated');
  expect(text).toContain('incomplete');
  expect(text).toContain('AWS keeps &lt;i&gt;90&lt;/i&gt; days');
  expect(text).toContain('Things &lt;b&gt;that&lt;/b&gt; happened');
  expect(text).toContain('2026-11-01 to 2026-11-30');
});

test('an item that no record shows says so', async () => {
  const { evidence } = await bundled(page(query('things'), []));
  const other = CHECKLIST.find(({ id }) => id === 'S1-08')!;
  expect(checklistPage(other, evidence, () => true)).toContain('Nothing that was collected shows it.');
});

test('the overview says of each collection what it is and how much is missing', async () => {
  const { evidence } = await bundled(page(query('things'), [{ a: 1 }], { missing: ['one file'] }));
  const { text } = operatingOverview(evidence.operating)!;
  expect(text).toContain(`operating/${ACCOUNT}_2026-11-01_2026-12-01/collection.json`);
  expect(text).toContain('2 records of 2 rows');
  expect(text).toContain('2 gaps');
});
