import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from '../../../src/evidence/bundle/files';
import { collectUnit, type UnitOptions } from '../../../src/evidence/operating/collect-unit';
import type { CollectContext, Collector, Page, Query } from '../../../src/evidence/operating/collector';
import type { EvidenceFiles } from '../../../src/evidence/operating/evidence-files';
import { type EvidenceRecord, recordId, serializeRecord } from '../../../src/evidence/operating/evidence-record';
import { FolderFiles } from '../../../src/evidence/operating/folder-files';
import { runCollectors } from '../../../src/evidence/operating/run-collectors';
import { tolerant } from '../../../src/evidence/operating/tolerant';
import { recordErrors } from '../../helpers/operating-schema';
import { temporaryFolder } from '../../helpers/temporary';
import { ACCOUNT, CALLER } from './fake-aws';

const QUERY: Query = {
  id: 'things',
  title: 'Things that happened',
  calls: [{ api: 'test:ListThings', parameters: { state: 'any' } }],
  covers: 'period',
};
const PERIOD = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') };
const UNIT = { collector: 'test', account: ACCOUNT, region: 'eu-west-1' };
const FILE = `records/test/${ACCOUNT}/eu-west-1/things`;

const rowsFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `row-${start + index}`, data: { number: start + index } }));

/** A collector of numbered rows, so many on a page, whose cursor is the next number. */
function numbered(pages: number, perPage: number, before: (page: number) => void = () => undefined): Collector {
  return collector(async function* ({ resumeFrom = '0' }) {
    for (let page = Number(resumeFrom); page < pages; page++) {
      before(page);
      yield { query: QUERY, rows: rowsFrom(page * perPage, perPage), cursor: String(page + 1) };
    }
  });
}

function collector(collect: (context: CollectContext) => AsyncIterable<Page>, more: Partial<Collector> = {}): Collector {
  return {
    id: 'test',
    title: 'Test',
    version: 1,
    controls: ['audit-trail'],
    scope: 'region',
    reads: 'api',
    actions: {},
    collect,
    ...more,
  };
}

/** Pages that do not come. */
function failing(error: Error): AsyncIterable<Page> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}

function options(collector: Collector, files: EvidenceFiles, more: Partial<UnitOptions> = {}): UnitOptions {
  return {
    collector,
    unit: UNIT,
    files,
    caller: CALLER,
    tool: 'cdk-soc2 1.0.0',
    context: {
      account: ACCOUNT,
      partition: 'aws',
      region: 'eu-west-1',
      period: PERIOD,
      now: () => new Date('2026-11-20T00:00:00Z'),
      client: () => {
        throw new Error('no client is asked for');
      },
      say: () => undefined,
    },
    ...more,
  };
}

function idsIn(folder: string, { payload }: EvidenceRecord): string[] {
  return payload.flatMap(({ path }) =>
    readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).id),
  );
}

const ids = (count: number) => rowsFrom(0, count).map(({ id }) => id);

describe('a record', () => {
  test('says what was asked, of whom, by whom and how much came, by the published schema', async () => {
    const folder = temporaryFolder();
    const { records, status } = await collectUnit(options(numbered(3, 2), new FolderFiles(folder)));
    expect(status).toBe('done');
    const [record] = records;
    expect(recordErrors(record)).toEqual([]);
    expect(record).toMatchObject({
      account: ACCOUNT,
      region: 'eu-west-1',
      caller: CALLER,
      pages: 3,
      rows: 6,
      duplicates: 0,
      truncated: null,
      missing: [],
      criteria: ['CC6.1', 'CC7.2', 'CC7.3', 'CC8.1'],
      query: { calls: [{ api: 'test:ListThings', parameters: { state: 'any' } }] },
      period: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
    });
    expect(record.id).toBe(recordId(record));
    expect(readFileSync(join(folder, `${FILE}.json`), 'utf8')).toBe(serializeRecord(record));
    expect(idsIn(folder, record)).toEqual(ids(6));
  });

  test('is written of nothing too: that nothing was found is evidence', async () => {
    const empty = collector(async function* () {
      yield { query: QUERY, rows: [] };
    });
    const { records } = await collectUnit(options(empty, new FolderFiles(temporaryFolder())));
    expect(records).toMatchObject([{ rows: 0, pages: 1, payload: [] }]);
    expect(recordErrors(records[0])).toEqual([]);
  });

  test('counts a row once that came twice', async () => {
    const twice = collector(async function* () {
      yield { query: QUERY, rows: rowsFrom(0, 3) };
      yield { query: QUERY, rows: rowsFrom(1, 3) };
    });
    const folder = temporaryFolder();
    const { records } = await collectUnit(options(twice, new FolderFiles(folder)));
    expect(records[0]).toMatchObject({ rows: 4, duplicates: 2 });
    expect(idsIn(folder, records[0])).toEqual(ids(4));
  });

  test('has no secret in the ids of its rows, and counts these once all the same', async () => {
    const secret = (page: number): Page => ({
      query: QUERY,
      rows: [1, 2].map((number) => ({ id: `login --password=hunter2-${number}`, data: { number } })),
      cursor: String(page),
    });
    const folder = temporaryFolder();
    let stops = 0;
    const once = () => stops++ === 0;
    const told = collector(async function* ({ resumeFrom = '0' }) {
      for (let page = Number(resumeFrom) + 1; page <= 2; page++) yield secret(page);
    });
    await collectUnit(options(told, new FolderFiles(folder), { shouldStop: once }));
    const { records } = await collectUnit(options(told, new FolderFiles(folder)));
    expect(records[0]).toMatchObject({ rows: 2, duplicates: 2 });
    for (const path of filesIn(folder)) expect(readFileSync(join(folder, path), 'utf8')).not.toContain('hunter2');
  });

  test('has files of 10,000 rows at most, and the same ones whatever the pages were', async () => {
    const [few, many] = [temporaryFolder(), temporaryFolder()];
    const { records: a } = await collectUnit(options(numbered(5, 5_000), new FolderFiles(few)));
    const { records: b } = await collectUnit(options(numbered(250, 100), new FolderFiles(many)));
    expect(a[0].payload.map(({ rows }) => rows)).toEqual([10_000, 10_000, 5_000]);
    expect(a[0].payload).toEqual(b[0].payload);
    expect(a[0].sha256).toBe(b[0].sha256);
  });

  test('has attachments under names that cannot leave its folder', async () => {
    const folder = temporaryFolder();
    const pictured = collector(async function* () {
      yield { query: QUERY, rows: [], attachments: [{ name: '../../../etc/passwd', content: Buffer.from('picture') }] };
    });
    const { records } = await collectUnit(options(pictured, new FolderFiles(folder)));
    expect(records[0].attachments).toMatchObject([{ path: `${FILE}/etc-passwd`, bytes: 7 }]);
    expect(readFileSync(join(folder, FILE, 'etc-passwd'), 'utf8')).toBe('picture');
    expect(recordErrors(records[0])).toEqual([]);
  });

  test('keeps every attachment, whatever the names become, and one that comes again once', async () => {
    const folder = temporaryFolder();
    const names = [
      'a b.pdf',
      'a/b.pdf',
      'a-b.pdf',
      'A-B.pdf',
      'a-b.pdf',
      '日本語.pdf',
      '中文.pdf',
      '..',
      `${'x'.repeat(300)}.html`,
    ];
    const attachments = names.map((name, index) => ({ name, content: Buffer.from(`content ${index}`) }));
    const many = collector(async function* () {
      yield { query: QUERY, rows: [], attachments: [...attachments, ...attachments] };
    });
    const { records } = await collectUnit(options(many, new FolderFiles(folder)));
    const kept = records[0].attachments;
    expect(kept.map(({ path }) => readFileSync(join(folder, path), 'utf8'))).toEqual(
      attachments.map(({ content }) => content.toString()),
    );
    expect(new Set(kept.map(({ path }) => path.toLowerCase())).size).toBe(names.length);
    expect(kept[0].path).toBe(`${FILE}/a-b.pdf`);
    expect(kept.filter(({ path }) => path.endsWith('.pdf'))).toHaveLength(7);
    expect(recordErrors(records[0])).toEqual([]);
  });
});

describe('a failure', () => {
  test('leaves what was collected, and says that the rest is missing', async () => {
    const folder = temporaryFolder();
    const failing = numbered(10, 2, (page) => {
      if (page === 4) throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    });
    const outcome = await collectUnit(options(failing, new FolderFiles(folder)));
    expect(outcome).toMatchObject({ status: 'failed', problem: 'ThrottlingException: Rate exceeded', isFatal: false });
    expect(outcome.records[0].missing).toEqual(['it ended early: ThrottlingException: Rate exceeded']);
    expect(recordErrors(outcome.records[0])).toEqual([]);
    expect(idsIn(folder, outcome.records[0])).toEqual(ids(8));
  });

  test('is resumed where it happened: nothing is lost, and nothing is counted twice', async () => {
    const folder = temporaryFolder();
    const asked: number[] = [];
    let fails = true;
    const flaky = numbered(10, 2, (page) => {
      asked.push(page);
      if (fails && page === 4) throw new Error('page lost');
    });
    await collectUnit(options(flaky, new FolderFiles(folder)));
    fails = false;
    const { records, status } = await collectUnit(options(flaky, new FolderFiles(folder)));
    expect(status).toBe('done');
    expect(asked).toEqual([0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9]);
    expect(records[0]).toMatchObject({ rows: 20, duplicates: 0, pages: 10, missing: [] });
    expect(idsIn(folder, records[0])).toEqual(ids(20));
  });

  test('gives after a resumption the very files that a run without it gives', async () => {
    const [whole, broken] = [temporaryFolder(), temporaryFolder()];
    const { records: expected } = await collectUnit(options(numbered(30, 1_000), new FolderFiles(whole)));
    for (const last of [3, 11, 20]) {
      const failing = numbered(30, 1_000, (page) => {
        if (page === last) throw new Error('again');
      });
      await collectUnit(options(failing, new FolderFiles(broken)));
    }
    const { records } = await collectUnit(options(numbered(30, 1_000), new FolderFiles(broken)));
    expect(records[0].payload).toEqual(expected[0].payload);
    expect(records[0].sha256).toBe(expected[0].sha256);
  });

  test('of one query does not keep the others from being asked', async () => {
    const other: Query = { ...QUERY, id: 'others' };
    const denied = failing(
      Object.assign(new Error('not authorized to perform test:ListThings'), { name: 'AccessDeniedException' }),
    );
    const both = collector(async function* () {
      yield* tolerant(QUERY, denied);
      yield { query: other, rows: rowsFrom(0, 1) };
    });
    const { records, status } = await collectUnit(options(both, new FolderFiles(temporaryFolder())));
    expect(status).toBe('done');
    expect(records.map(({ query, rows, missing }) => [query.id, rows, missing])).toEqual([
      ['things', 0, ['AccessDeniedException: not authorized to perform test:ListThings']],
      ['others', 1, []],
    ]);
  });

  test('of credentials is not put down to one query', async () => {
    const expired = failing(Object.assign(new Error('The security token is expired'), { name: 'ExpiredTokenException' }));
    const outcome = await collectUnit(
      options(
        collector(() => tolerant(QUERY, expired)),
        new FolderFiles(temporaryFolder()),
      ),
    );
    expect(outcome).toMatchObject({ status: 'failed', isFatal: true });
  });

  test('of a disk that is full stops the run in one line, and the run can go on', async () => {
    const folder = temporaryFolder();
    const files = new FolderFiles(folder);
    let writes = 0;
    const full: EvidenceFiles = {
      read: (path) => files.read(path),
      write: async (path, content) => {
        writes += 1;
        if (writes > 2) throw Object.assign(new Error('no space left on device'), { name: 'InputError' });
        await files.write(path, content);
      },
    };
    await expect(collectUnit(options(numbered(40, 1_000), full))).rejects.toThrow('no space left');
    const { records } = await collectUnit(options(numbered(40, 1_000), files));
    expect(records[0]).toMatchObject({ rows: 40_000, duplicates: 0 });
  });
});

describe('what an interrupted run left', () => {
  async function interrupted(pages: number): Promise<string> {
    const folder = temporaryFolder();
    let seen = 0;
    const shouldStop = () => ++seen === pages;
    const outcome = await collectUnit(options(numbered(30, 1_000), new FolderFiles(folder), { shouldStop }));
    expect(outcome.status).toBe('stopped');
    return folder;
  }

  test('is gone on with, whatever was half written after the last note', async () => {
    const folder = await interrupted(12);
    // Rows beyond the note, and a file that was not finished.
    appendFileSync(join(folder, `${FILE}.0002.jsonl`), '{"data":{},"id":"stray"}\n{"da');
    writeFileSync(join(folder, `${FILE}.0003.jsonl.unfinished`), 'half');
    const { records } = await collectUnit(options(numbered(30, 1_000), new FolderFiles(folder)));
    expect(idsIn(folder, records[0])).toEqual(ids(30_000));
  });

  test('is not gone on with once somebody altered it', async () => {
    const folder = await interrupted(12);
    truncateSync(join(folder, `${FILE}.0001.jsonl`), 100);
    await expect(collectUnit(options(numbered(30, 1_000), new FolderFiles(folder)))).rejects.toThrow(
      `${FILE}.0001.jsonl was altered or removed since it was collected: collect into another folder`,
    );
  });

  test('is begun anew by another version of the collector', async () => {
    const folder = await interrupted(12);
    const { records } = await collectUnit(options({ ...numbered(2, 1), version: 2 }, new FolderFiles(folder)));
    expect(records[0]).toMatchObject({ rows: 2, collector: { version: 2 } });
  });

  test('is not asked for again when it was done', async () => {
    const folder = temporaryFolder();
    const first = await collectUnit(options(numbered(3, 2), new FolderFiles(folder)));
    const never = numbered(3, 2, () => {
      throw new Error('asked again');
    });
    expect((await collectUnit(options(never, new FolderFiles(folder)))).records).toEqual(first.records);
  });

  test('is asked for again when it was done with gaps', async () => {
    const folder = temporaryFolder();
    const gap = collector(async function* () {
      yield { query: QUERY, rows: rowsFrom(0, 1), missing: ['one file'] };
    });
    await collectUnit(options(gap, new FolderFiles(folder)));
    const { records } = await collectUnit(options(numbered(2, 2), new FolderFiles(folder)));
    expect(records[0]).toMatchObject({ rows: 4, missing: [], duplicates: 0 });
  });
});

describe('a run', () => {
  const files = () => new FolderFiles(temporaryFolder());
  const run = (collectors: readonly Collector[], regions: readonly string[], into = files()) =>
    runCollectors({
      collectors,
      regions,
      period: PERIOD,
      caller: { account: ACCOUNT, partition: 'aws', arn: CALLER },
      files: into,
      tool: 'cdk-soc2 1.0.0',
      now: () => new Date('2026-11-20T00:00:00Z'),
      clientOf: () => {
        throw new Error('no client is asked for');
      },
    });

  test('collects what is of a Region in each, and what is of the account once', async () => {
    const ofAccount: Collector = { ...numbered(1, 1), id: 'whole', scope: 'account' };
    const into = files();
    const outcomes = await run([numbered(1, 1), ofAccount], ['eu-west-1', 'us-east-1'], into);
    expect(outcomes.map(({ unit }) => [unit.collector, unit.region])).toEqual([
      ['test', 'eu-west-1'],
      ['whole', null],
      ['test', 'us-east-1'],
    ]);
    expect(existsSync(join(into.folder, `records/whole/${ACCOUNT}/global/things.json`))).toBe(true);
    expect(outcomes.flatMap(({ records }) => records).flatMap(recordErrors)).toEqual([]);
  });

  test('goes on with the others when one fails', async () => {
    const failing = {
      ...numbered(1, 1, () => {
        throw new Error('broken');
      }),
      id: 'broken',
    };
    const outcomes = await run([failing, numbered(2, 2)], ['eu-west-1']);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'done']);
  });

  test('stops when the credentials have expired, and says of each what was not collected', async () => {
    const expired = Object.assign(new Error('expired'), { name: 'ExpiredTokenException' });
    const first = {
      ...numbered(3, 1, (page) => {
        if (page === 1) throw expired;
      }),
      id: 'first',
    };
    let asked = 0;
    const second = {
      ...numbered(1, 1, () => {
        asked += 1;
      }),
      id: 'second',
    };
    const outcomes = await run([first, second], ['eu-west-1']);
    expect(asked).toBe(0);
    expect(outcomes).toMatchObject([
      { status: 'failed', problem: 'ExpiredTokenException: expired', records: [{ rows: 1 }] },
      { status: 'failed', problem: 'it was not started: ExpiredTokenException: expired', records: [] },
    ]);
  });

  test('writes the same bytes for the same answers', async () => {
    const [a, b] = [files(), files()];
    await run([numbered(3, 7)], ['eu-west-1', 'us-east-1'], a);
    await run([numbered(3, 7)], ['eu-west-1', 'us-east-1'], b);
    const content = ({ folder }: FolderFiles) =>
      Object.fromEntries(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    expect(content(a)).toEqual(content(b));
  });
});
