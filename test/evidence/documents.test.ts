import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Evidence } from '../../src/evidence/evidence';
import { reportPage } from '../../src/evidence/html/page';
import type { OperatingEvidence } from '../../src/evidence/operating/operating-evidence';
import { CSV } from '../../src/evidence/renderers/csv';
import { JUNIT } from '../../src/evidence/renderers/junit';
import { OSCAL } from '../../src/evidence/renderers/oscal';
import { PDF } from '../../src/evidence/renderers/pdf';
import type { Renderer } from '../../src/evidence/renderers/renderer';
import { SARIF } from '../../src/evidence/renderers/sarif';
import { XLSX } from '../../src/evidence/renderers/xlsx';
import { readCsv } from '../helpers/csv';
import { describeWithTool } from '../helpers/optional';
import { temporaryFolder } from '../helpers/temporary';
import { OSCAL_SCHEMAS } from './oscal-schema';
import { evidenceOf, HOSTILE, ledgerOf, manyResults, result } from './sample';

type Sheet = { readonly sheet: string; readonly data: readonly (readonly unknown[])[] };
const { default: readSheets } = require('read-excel-file/node') as { default(file: string): Promise<Sheet[]> };

const evidence = evidenceOf();
/** A rule of an app may be called anything. */
const hostileRule = { ...evidence.ledger.rules[0], rule: HOSTILE.markup, slug: HOSTILE.turned, title: HOSTILE.broken };
const hostileResult = result('S3.1', 'Any', { verdict: 'fail', rule: HOSTILE.markup });
const folder = temporaryFolder('documents');

/** Evidence with open findings of resources of these names. */
function named(names: readonly string[]): Evidence {
  return evidenceOf(ledgerOf(names.map((name) => result('S3.1', name, { verdict: 'fail', constructPath: name }))));
}

async function files(renderer: Renderer, of: Evidence = evidence): Promise<Map<string, Buffer>> {
  const result = new Map<string, Buffer>();
  for await (const { path, content } of renderer.render(of)) result.set(path, Buffer.from(content as string));
  return result;
}

describe('the workbook', () => {
  const open = async () => {
    const bytes = (await files(XLSX)).get('control-matrix.xlsx')!;
    const file = join(folder, 'control-matrix.xlsx');
    writeFileSync(file, bytes);
    return new Map((await readSheets(file)).map(({ sheet, data }) => [sheet, data]));
  };

  test('is read by another library, with a sheet for each list', async () => {
    const sheets = await open();
    expect([...sheets.keys()]).toEqual([
      'About',
      'Criteria',
      'Controls',
      'Rules',
      'Results',
      'Undetermined',
      'Exceptions',
      'Inherited',
      'Left out',
      'Usual activity',
      'Population',
      'Templates',
      'Checklist',
    ]);
    expect(sheets.get('Results')).toHaveLength(evidence.results.length + 1);
    expect(sheets.get('Criteria')).toHaveLength(61 + 1);
    expect(sheets.get('Checklist')).toHaveLength(167 + 1);
  });

  test('holds hostile names as text: no formula, and nothing lost of a long one', async () => {
    const cells = (await open()).get('Results')!.flat();
    expect(cells).toContain(HOSTILE.formula);
    expect(cells).toContain(HOSTILE.long);
    expect(cells).toContain('evil⟨U+202E⟩gpj.exe');
  });

  test('is the same bytes for the same ledger', async () => {
    expect(await files(XLSX)).toEqual(await files(XLSX));
  });
});

test('what is declared as usual, so that nobody is told of it, is in the report and in the lists', async () => {
  const activity = { name: 'scan', reason: HOSTILE.formula, owner: 'ops', covers: ['address 192.0.2.0/24'], at: 'Shop/Usual' };
  const usualActivity = [{ ...activity, expires: '2027-01-01', state: 'active' as const, template: 'shop.template.json' }];
  const of = evidenceOf(ledgerOf([], { usualActivity }));
  expect(reportPage(of)).toContain('address 192.0.2.0/24');
  expect(reportPage(evidence)).not.toContain('<h2>Usual activity</h2>');
  expect((await files(CSV, of)).get('usual-activity.csv')!.toString()).toContain(
    `scan,active,address 192.0.2.0/24,'${HOSTILE.formula}`,
  );
});

describe('what blocks although it is no result', () => {
  const good = [result('S3.1', 'Good')];
  const alarmed = evidenceOf(
    ledgerOf(good, { alarms: ['shop.json: is <no> template'], notes: ['A nested stack was not judged'] }),
  );

  test('is in the report, which does not say then that nothing blocks', () => {
    expect(reportPage(evidenceOf(ledgerOf(good)))).toContain('Nothing blocks.');
    const page = reportPage(alarmed);
    expect(page).not.toContain('Nothing blocks.');
    expect(page).toContain('shop.json: is &lt;no&gt; template');
  });

  test('is a failure for CI, a notification for code scanning, in the words of OSCAL, and on the first sheet of workbooks', async () => {
    const junit = (await files(JUNIT, alarmed)).get('junit.xml')!.toString();
    expect(junit).toContain('<testsuites name="cdk-soc2" tests="2" failures="1"');
    expect(junit).toContain('message="shop.json: is &lt;no&gt; template"');
    const [run] = JSON.parse((await files(SARIF, alarmed)).get('findings.sarif')!.toString()).runs;
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'error', message: { text: 'shop.json: is <no> template' } },
    ]);
    expect((await files(OSCAL, alarmed)).get('oscal/assessment-results.json')!.toString()).toContain(
      'shop.json: is <no> template',
    );
    const file = join(folder, 'alarmed.xlsx');
    writeFileSync(file, (await files(XLSX, alarmed)).get('control-matrix.xlsx')!);
    expect((await readSheets(file))[0].data.flat()).toContain('shop.json: is <no> template');
  });
});

describe('the lists', () => {
  test('have a row for each record, and no cell that a spreadsheet takes for a formula', async () => {
    for (const [name, bytes] of await files(CSV)) {
      const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
      const rows = readCsv(text, text.split('\r\n')[0].split('\n')[0].split(','));
      if (name === 'results.csv') expect(rows).toHaveLength(evidence.results.length);
      for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  });
});

describeWithTool('pdftotext', 'the document', () => {
  const textOf = async (of: Evidence = evidence) => {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, (await files(PDF, of)).get('report.pdf')!);
    return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
  };

  test('says what was found, as of when, and where it comes from', async () => {
    const text = await textOf();
    expect(text).toContain('20 November 2026, 09:30 UTC');
    expect(text).toContain(evidence.ledger.synthesis.id);
    expect(text).toContain('Open is wrong');
    expect(text).toMatch(/Page 1 of \d+/);
    expect(text).not.toMatch(/\bcompliant\b/i);
  });

  test('says which evidence of operation is with it, for when, and what it lacks', async () => {
    expect(await textOf()).toContain('None is in this bundle');
    const missing = [{ collector: 'iam', query: null, account: '111122223333', region: null, problem: 'AccessDenied' }];
    const collection = { account: '111122223333', regions: ['eu-west-1'], records: [], missing };
    const period = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
    const operating = [{ path: 'operating/x', files: [], collection: { ...collection, period } }];
    const text = await textOf(new Evidence({ ...evidence.input, operating: operating as unknown as OperatingEvidence[] }));
    expect(text).toContain('111122223333 lacks iam, whole account: AccessDenied');
    expect(text.replace(/\s+/g, ' ')).toContain('2026-10-01');
  });

  test('says what blocks beside results, and what is to be known', async () => {
    const more = { alarms: ['shop.json: is no template'], notes: ['A nested stack was not judged'] };
    const text = await textOf(evidenceOf(ledgerOf([], more)));
    expect(text).toContain('shop.json: is no template');
    expect(text).toContain('A nested stack was not judged');
    expect(text).toContain('0 of 5 rules had something to judge');
  });

  test('shows hostile names as text', async () => {
    const text = (await textOf()).replace(/\s+/g, '');
    expect(text).toContain('<script>window.hacked');
    expect(text).toContain('U+202E');
  });

  test('has the letters of every script, and spells out what no font has', async () => {
    const names = ['数据库', 'データベース', '데이터베이스', 'ฐานข้อมูล', 'Ünïcode', 'база', '🗄'];
    const text = await textOf(named([...names, 'rare\u{20000}']));
    for (const name of names) expect(text.normalize('NFC')).toContain(name.normalize('NFC'));
    expect(text).toContain('rare⟨U+20000⟩');
  });

  test('sets words that are read from the right in that order', async () => {
    const file = join(folder, 'right.pdf');
    writeFileSync(file, (await files(PDF, named(['AA שלום עולם BB']))).get('report.pdf')!);
    // Words and their letters in the order in which they stand on the page, from the left.
    const { stdout } = spawnSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const words = [...stdout.matchAll(/>(AA|BB|[א-ת]+)</g)].map(([, word]) => word);
    expect(words.slice(0, 4)).toEqual(['AA', 'םלוע', 'םולש', 'BB']);
  });

  test('names no font that it does not hold', async () => {
    const file = join(folder, 'fonts.pdf');
    writeFileSync(file, (await files(PDF, named(['数据库']))).get('report.pdf')!);
    const [, , ...lines] = spawnSync('pdffonts', [file], { encoding: 'utf8' }).stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^[A-Z]{6}\+(DejaVuSans|UnifontEx).* yes +yes +yes /);
  });

  test('is as large as what it says: names of any length do not run over the page', async () => {
    const file = join(folder, 'long.pdf');
    const long = ['y'.repeat(10_000), 'z/'.repeat(5_000), '数'.repeat(10_000)];
    writeFileSync(file, (await files(PDF, named(long))).get('report.pdf')!);
    const { stdout } = spawnSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    const ends = [...stdout.matchAll(/xMax="([\d.]+)" yMax="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(ends.length).toBeGreaterThan(1_000);
    expect(Math.max(...ends.map(([x]) => x))).toBeLessThan(595 - 40);
    expect(Math.max(...ends.map(([, y]) => y))).toBeLessThan(842 - 20);
  });

  test('is the same bytes for the same ledger', async () => {
    expect(await files(PDF)).toEqual(await files(PDF));
  });
});

describe('the findings for code scanning', () => {
  // The schema is of draft 4, which differs from draft 7 in nothing that it uses but how it is named, and has a pattern that is wrong in Unicode.
  const {
    $schema: _,
    id: __,
    ...schema
  } = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
  const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(schema);
  const sarif = async (of: Evidence = evidence) => JSON.parse((await files(SARIF, of)).get('findings.sarif')!.toString());

  test('fit the schema of SARIF 2.1.0', async () => {
    validate(await sarif());
    expect(validate.errors ?? []).toEqual([]);
  });

  test('hold what failed, with what is accepted as suppressed, and where a person wrote it', async () => {
    const [{ results }] = (await sarif()).runs;
    expect(results).toHaveLength(9);
    expect(results.map(({ level }: { level: string }) => level)).not.toContain('note');
    expect(results.filter(({ suppressions }: { suppressions?: unknown }) => suppressions)).toHaveLength(1);
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'lib/shop.ts', uriBaseId: 'ROOT' },
      region: { startLine: 12 },
    });
  });

  test('hold everything that blocks, as an error', async () => {
    const { settings } = ledgerOf();
    const exception = { state: 'expired', reason: 'r', owner: 'o', ticket: 't', expires: '2020-01-01' };
    const blocking = [
      result('S3.1', 'Unknown', { verdict: 'undetermined' }),
      result('EC2.1', 'Over', { verdict: 'fail', exception }),
    ];
    const [{ results }] = (await sarif(evidenceOf(ledgerOf(blocking, { settings: { ...settings, strict: true } })))).runs;
    expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'error']);
  });

  test('stay within what code scanning takes, and say what was cut', async () => {
    const many = manyResults(26_000).map((each) => ({ ...each, verdict: 'fail' as const, severity: 'error' as const }));
    const [run] = (await sarif(evidenceOf(ledgerOf(many)))).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('1000 more results');
  });
});

describeWithTool('xmllint', 'the results for CI', () => {
  test.each([
    ['every kind of result', () => evidence],
    ['no result', () => evidenceOf(ledgerOf([]))],
    ['an alarm', () => evidenceOf(ledgerOf([], { alarms: ['Nothing was judged'] }))],
    ['many results', () => evidenceOf(ledgerOf(manyResults(500)))],
  ])('fit what CI systems read: %s', async (_, of) => {
    const file = join(folder, 'fits.xml');
    writeFileSync(file, (await files(JUNIT, of())).get('junit.xml')!);
    const schema = join(__dirname, 'junit.xsd');
    const { status, stderr } = spawnSync('xmllint', ['--huge', '--noout', '--schema', schema, file], { encoding: 'utf8' });
    expect(`${status} ${stderr.replace(file, 'junit.xml').trim()}`).toBe('0 junit.xml validates');
  });

  test('are well formed whatever resources are called, and fail for what blocks only', async () => {
    const file = join(folder, 'junit.xml');
    writeFileSync(file, (await files(JUNIT)).get('junit.xml')!);
    const ask = (path: string) => {
      const { status, stdout, stderr } = spawnSync('xmllint', ['--huge', '--xpath', path, file], { encoding: 'utf8' });
      expect(`${status} ${stderr}`).toBe('0 ');
      return stdout.trim();
    };
    expect(ask('count(//testcase)')).toBe('13');
    expect(ask('count(//failure)')).toBe('7');
    expect(ask('string(/testsuites/@failures)')).toBe('7');
    expect(ask('count(//skipped)')).toBe('5');
    expect(ask('count(//script)')).toBe('0');
  });
});

describe('OSCAL', () => {
  const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const documents = async () => new Map([...(await files(OSCAL))].map(([name, bytes]) => [name, JSON.parse(bytes.toString())]));

  /** Every member with a name, at any depth. */
  function every(node: unknown, name: string): unknown[] {
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([key, value]) => [...(key === name ? [value] : []), ...every(value, name)]);
  }

  test.each([
    ['a ledger of every kind of result', () => evidence],
    ['a ledger without results', () => evidenceOf(ledgerOf([]))],
    ['a ledger with an alarm', () => evidenceOf(ledgerOf([], { alarms: ['Nothing was judged'] }))],
    ['hostile names of rules', () => evidenceOf(ledgerOf([hostileResult], { rules: [hostileRule] }))],
  ])('fits the published schemas: %s', async (_, of) => {
    for (const [path, bytes] of await files(OSCAL, of())) {
      const validate = addFormats(new Ajv({ allErrors: true })).compile(OSCAL_SCHEMAS[path]);
      validate(JSON.parse(bytes.toString()));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test('is held by its schema: a member that OSCAL does not know, and one that is missing, are refused', async () => {
    const document = (await documents()).get('oscal/assessment-results.json');
    const validate = addFormats(new Ajv()).compile(OSCAL_SCHEMAS['oscal/assessment-results.json']);
    expect(validate({ ...document, more: 1 })).toBe(false);
    const [result] = document['assessment-results'].results;
    delete result.observations[0].methods;
    expect(validate(document)).toBe(false);
  });

  test('gives everything an identifier of version 5, once', async () => {
    for (const document of (await documents()).values()) {
      const ids = every(document, 'uuid') as string[];
      expect(ids.filter((id) => !UUID.test(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('gives nothing of two systems the same identifier, and everything of two versions of a system the same', async () => {
    const [template] = evidence.ledger.templates;
    const idsOf = async (system: string | undefined, templates: readonly object[], commit = 'c0ffee') => {
      const { synthesis } = ledgerOf([]);
      const ledger = ledgerOf(undefined, { templates, synthesis: { ...synthesis, commit } } as object);
      const rendered = await files(OSCAL, new Evidence({ ...evidenceOf(ledger).input, system }));
      return [...rendered.values()].flatMap((bytes) => {
        const [document] = Object.values(JSON.parse(bytes.toString())) as { uuid: string }[];
        return (every(document, 'uuid') as string[]).filter((id) => id !== document.uuid);
      });
    };
    const other = { ...template, account: '444455556666', environment: 'aws://444455556666/eu-west-1' };
    const stack = { ...template, path: 'more.template.json', stack: 'More' };
    const systems = await Promise.all([
      idsOf('Shop', [template]),
      idsOf('Bank', [template]),
      idsOf('Shop', [other]),
      idsOf(undefined, [template]),
      idsOf(undefined, [stack]),
      idsOf(undefined, [other]),
    ]);
    expect(new Set(systems.flat()).size).toBe(systems.flat().length);
    // The result is of one ledger; all else is of the system.
    const changed = await idsOf('Shop', [stack, { ...template, sha256: 'b'.repeat(64) }], 'decade');
    expect(changed.filter((id) => !systems[0].includes(id))).toHaveLength(1);
    expect(systems[0].filter((id) => !changed.includes(id))).toHaveLength(1);
  });

  test('has no empty list, and no value of a property that OSCAL refuses', async () => {
    for (const document of (await documents()).values()) {
      const text = JSON.stringify(document);
      expect(text).not.toContain('[]');
      for (const value of every(document, 'value') as string[]) expect(value).toMatch(/^\S(.*\S)?$/);
    }
  });

  test('points from findings to observations that are there, and calls nothing satisfied that is open', async () => {
    const results = (await documents()).get('oscal/assessment-results.json');
    const [{ observations, findings }] = results['assessment-results'].results;
    const known = new Set(observations.map(({ uuid }: { uuid: string }) => uuid));
    for (const uuid of every(findings, 'observation-uuid')) expect(known).toContain(uuid);
    const [{ uuid: component }] = (await documents()).get('oscal/component-definition.json')['component-definition'].components;
    expect(new Set(every(observations, 'subject-uuid'))).toEqual(new Set([component]));
    const states = new Map(
      findings.map((each: { title: string; target: { status: { state: string } } }) => [each.title, each.target.status.state]),
    );
    expect(states.get('CC6.6')).toBe('not-satisfied');
    expect(states.get('A1.2')).toBe('not-satisfied');
    // Nothing but what somebody accepted, or another team provides.
    expect(states.get('C1.1')).toBe('not-satisfied');
    const passed = (await files(OSCAL, evidenceOf(ledgerOf([result('RDS.1', 'Good')])))).get('oscal/assessment-results.json')!;
    const [{ target }] = JSON.parse(passed.toString())['assessment-results'].results[0].findings;
    expect(target.status.state).toBe('satisfied');
  });
});
