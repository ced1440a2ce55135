import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verify } from '../../../src/cli/verify';
import { filesIn } from '../../../src/evidence/bundle/files';
import { MANIFEST, sha256, writeManifest } from '../../../src/evidence/bundle/manifest';
import { type Collection, listed, writeCollection } from '../../../src/evidence/operating/collection-manifest';
import { type EvidenceRecord, sealed, serializeRecord } from '../../../src/evidence/operating/evidence-record';
import { loadOperating } from '../../../src/evidence/operating/operating-evidence';
import { verifyCollection } from '../../../src/evidence/operating/verify-collection';
import { refusal } from '../../helpers/files';
import { temporaryFolder } from '../../helpers/temporary';

const ROWS = '{"data":{"a":1},"id":"1"}\n{"data":{"a":2},"id":"2"}\n';
const RECORD = 'records/test/111122223333/eu-west-1/things.json';
const PAYLOAD = 'records/test/111122223333/eu-west-1/things.0001.jsonl';

/** A collection by somebody who knows how manifests and records are made, and changes what a test says. */
function forged({ collection = {}, record = {} }: { collection?: object; record?: Partial<EvidenceRecord> } = {}): string {
  const folder = temporaryFolder();
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    return { path, bytes: text.length, sha256: sha256(text) };
  };
  const payload = write(PAYLOAD, ROWS);
  const made = sealed({
    collector: { id: 'test', title: 'Test', version: 1, tool: 'cdk-soc2 1.0.0' },
    controls: ['audit-trail'],
    query: { id: 'things', title: 'Things', calls: [{ api: 'test:List', parameters: {} }] },
    account: '111122223333',
    region: 'eu-west-1',
    caller: null,
    covers: 'period',
    period: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
    collected: { started: '2026-11-03T00:00:00.000Z', finished: '2026-11-03T00:00:00.000Z' },
    pages: 1,
    rows: 2,
    duplicates: 0,
    redacted: 0,
    truncated: null,
    missing: [],
    sha256: sha256(ROWS),
    payload: [{ ...payload, rows: 2 }],
    attachments: [],
    ...record,
  });
  const own = write(RECORD, serializeRecord(made));
  const content = {
    tool: 'cdk-soc2 1.0.0',
    account: '111122223333',
    regions: ['eu-west-1'],
    caller: null,
    period: made.period,
    archive: null,
    collectors: ['test'],
    finished: made.collected.finished,
    previous: null,
    missing: [],
    records: [listed(made, RECORD)],
    files: [own, payload],
    ...collection,
  };
  write('collection.json', writeCollection(content as unknown as Collection));
  return folder;
}

test('a manifest that says of a record what the record does not say is found', () => {
  const entry = (folder: string) => JSON.parse(readFileSync(join(folder, 'collection.json'), 'utf8')).records[0];
  const partial = { missing: ['one page'] };
  const told = (collection: object) => verifyCollection(forged({ record: partial, collection })).problems;
  const gap = { collector: 'test', account: '111122223333', region: 'eu-west-1', query: 'things', problem: 'one page' };
  expect(told({ missing: [gap] })).toEqual([]);
  expect(told({ missing: [gap], records: [{ ...entry(forged({ record: partial })), complete: true }] })).toEqual([
    `${RECORD}: collection.json lists it otherwise than it says of itself`,
  ]);
  expect(told({ missing: [] })).toEqual([
    `${RECORD}: is not complete, and collection.json does not say that anything is missing`,
  ]);
});

test('a collection that is as it was written has no problems', () => {
  expect(verifyCollection(forged()).problems).toEqual([]);
});

test.each<[string, Parameters<typeof forged>[0], string]>([
  ['counts more rows than there are', { record: { rows: 3 } }, `${RECORD}: counts 3 rows, and its files hold 2`],
  ['has a hash of other rows', { record: { sha256: sha256('other') } }, `${RECORD}: its SHA-256 is not that of its rows`],
  [
    'leads out of the folder',
    { record: { payload: [{ path: '../../../../etc/passwd', bytes: 1, sha256: sha256(''), rows: 1 }] } },
    `${RECORD}: names the file ../../../../etc/passwd, which the manifest does not list`,
  ],
  [
    'has another id than the manifest says',
    { collection: { records: [{ path: RECORD, id: 'other', controls: [] }] } },
    `${RECORD}: was altered`,
  ],
])('a record that %s is found', (_, changes, problem) => {
  expect(verifyCollection(forged(changes)).problems).toEqual([expect.stringContaining(problem)]);
});

test.each<[string, object]>([
  ['an account that leads out of the bundle', { account: '../../../tmp/x' }],
  ['no period', { period: null }],
  ['a period that leads out of the bundle', { period: { from: '../../x 2026', to: '2026-11-02T00:00:00.000Z' } }],
  ['files that are no list', { files: {} }],
  ['records without a path', { records: [{}] }],
])('a manifest with %s is none, and goes into no bundle', (_, collection) => {
  const folder = forged({ collection });
  expect(verifyCollection(folder).problems).toEqual(['collection.json: was altered: it is no manifest any more']);
  expect(refusal(() => loadOperating([folder]))).toContain('is not as it was collected');
});

test('a file of the manifest that leads out of the folder is not read', () => {
  const folder = forged({ collection: { files: [{ path: '../secret', bytes: 1, sha256: sha256('x') }], records: [] } });
  expect(verifyCollection(folder).problems).toContain('../secret: is missing');
});

test('a record that is no file of the manifest is not read', () => {
  const folder = forged({ collection: { records: [{ path: '../secret.json', id: 'x', controls: [] }] } });
  expect(verifyCollection(folder).problems).toEqual([
    '../secret.json: is a record that the manifest does not list among its files',
  ]);
});

test('a folder without a manifest is refused', () => {
  const folder = forged();
  rmSync(join(folder, 'collection.json'));
  expect(refusal(() => verifyCollection(folder))).toContain('holds no collected evidence');
  expect(refusal(() => verifyCollection('/nonexistent'))).toContain('cannot be read');
});

describe('a bundle with collected evidence', () => {
  const said: string[] = [];
  beforeEach(() => {
    said.length = 0;
    jest.spyOn(console, 'log').mockImplementation((line) => void said.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  /** A bundle by somebody who knows how manifests are made. */
  function bundleOf(collected: string): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'operating'));
    renameSync(collected, join(folder, 'operating', 'november'));
    const files = filesIn(folder).map((path) => {
      const content = readFileSync(join(folder, path));
      return { path, bytes: content.length, sha256: sha256(content) };
    });
    const content = {
      ledger: { id: 'a', time: 'b' },
      tool: 'cdk-soc2 1.0.0',
      previous: null,
      incomplete: [],
      signer: null,
      files,
    };
    writeFileSync(join(folder, MANIFEST), writeManifest(content));
    return folder;
  }

  test('is as it was written, and says what was not collected', () => {
    const gap = { collector: 'test', account: '111122223333', region: 'us-east-1', query: null, problem: 'AccessDenied' };
    expect(verify(bundleOf(forged({ collection: { missing: [gap] } })), {})).toBe(0);
    expect(said.join('\n')).toContain('- operating/november: it lacks some of test of 111122223333 in us-east-1: AccessDenied');
  });

  test('says nothing of what lacks when nothing does', () => {
    expect(verify(bundleOf(forged()), {})).toBe(0);
    expect(said.join('\n')).not.toContain('it lacks');
  });

  test('is not verified when the collection does not fit together, though the manifest of the bundle was made anew', () => {
    expect(verify(bundleOf(forged({ record: { rows: 3 } })), {})).toBe(1);
    expect(said.join('\n')).toContain(`- operating/november/${RECORD}: counts 3 rows, and its files hold 2`);
  });
});

test('notes of a run that could not collect everything do not count as added', () => {
  const folder = forged();
  mkdirSync(join(folder, '.journal'));
  appendFileSync(join(folder, '.journal', 'run.json'), '{}');
  expect(verifyCollection(folder).problems).toEqual([]);
  expect(readFileSync(join(folder, 'collection.json'), 'utf8')).not.toContain('.journal');
});
