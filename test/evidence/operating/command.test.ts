import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesIn } from '../../../src/evidence/bundle/files';
import { sha256 } from '../../../src/evidence/bundle/manifest';
import type { Collection } from '../../../src/evidence/operating/collection-manifest';
import type { EvidenceRecord } from '../../../src/evidence/operating/evidence-record';
import { CLI, runCli } from '../../helpers/cli';
import { recordErrors } from '../../helpers/operating-schema';
import { type Ended, run as runProgram } from '../../helpers/process';
import { copyOf, temporaryFolder } from '../../helpers/temporary';
import { ACCOUNT, CALLER, deletions, FakeAws, type TrailEvent } from './fake-aws';

const AWS = {
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_PROFILE: undefined,
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
};

async function run(args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ended> {
  const ended = await runCli(args, { env: { ...AWS, ...env } });
  expect(ended.output).not.toMatch(/^\s+at /m);
  expect(ended.output).not.toContain('cdk-soc2 broke');
  return ended;
}

const NOVEMBER = ['--from', '2026-11-01', '--to', '2026-11-02'];

/** A folder with the log files of a trail, by day: an event of each kind, and deletions. */
function archive(days: number, perDay: number): string {
  const folder = temporaryFolder('archive');
  for (let day = 1; day <= days; day++) {
    const name = `2026/11/${String(day).padStart(2, '0')}`;
    const events = deletions(perDay, `2026-11-${String(day).padStart(2, '0')}`).map((event) => ({
      ...event,
      eventID: `${name}-${event.eventID}`,
    }));
    for (let file = 0; file < 4; file++) {
      const path = join(folder, `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/${name}/${ACCOUNT}_CloudTrail_${file}.json.gz`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, gzipSync(JSON.stringify({ Records: events.filter((_, index) => index % 4 === file) })));
    }
  }
  return folder;
}

const FROM_FILES = (place: string) => [
  '--only',
  'cloudtrail-archive',
  '--archive',
  place,
  '--account',
  ACCOUNT,
  '--region',
  'eu-west-1',
];

const collectionIn = (folder: string): Collection => JSON.parse(readFileSync(join(folder, 'collection.json'), 'utf8'));

function recordIn(folder: string, query: string): EvidenceRecord {
  const { path } = collectionIn(folder).records.find((record) => record.query === query)!;
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}

function idsIn(folder: string, query: string): string[] {
  return recordIn(folder, query).payload.flatMap(({ path }) =>
    readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line).id),
  );
}

describe('cdk-soc2 collect, from a copy of the archive', () => {
  const place = archive(3, 40);
  const out = join(temporaryFolder(), 'evidence');
  let ended: Ended;
  beforeAll(async () => {
    ended = await run(['collect', ...NOVEMBER, '--out', out, ...FROM_FILES(place), '--sample', '7', '--seed', 'auditor 2026']);
  }, 120_000);

  test('needs no credentials, and says what came of it', () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`10 records of 92 rows in ${out}, with 2 samples.`);
    expect(ended.stderr).toContain(`cloudtrail-archive of ${ACCOUNT} in eu-west-1: 10 records, 92 rows`);
    expect(ended.stderr).toContain('recorded in us-east-1, which is not among the Regions');
  });

  test('exports the whole population of the period, its last day included', () => {
    const ids = idsIn(out, 'deletions');
    expect(ids).toHaveLength(80);
    expect(new Set(ids).size).toBe(80);
    expect(ids.filter((id) => id.startsWith('2026/11/02'))).toHaveLength(40);
    expect(recordIn(out, 'deletions')).toMatchObject({
      caller: null,
      period: { to: '2026-11-03T00:00:00.000Z' },
      truncated: null,
    });
    for (const { path } of collectionIn(out).records)
      expect(recordErrors(JSON.parse(readFileSync(join(out, path), 'utf8')))).toEqual([]);
  });

  test('leaves nothing behind but evidence', () => {
    expect(filesIn(out).filter((path) => !/^(records|samples)\/|^collection\.json$/.test(path))).toEqual([]);
  });

  test('draws a sample that anybody can draw again', () => {
    const sample = JSON.parse(readFileSync(join(out, 'samples/cloudtrail-archive/deletions.json'), 'utf8'));
    const lines = recordIn(out, 'deletions').payload.flatMap(({ path }) =>
      readFileSync(join(out, path), 'utf8').split('\n').slice(0, -1),
    );
    expect(sample).toMatchObject({
      seed: 'auditor 2026',
      size: 7,
      population: { isWhole: true, rows: 80, sha256: sha256(lines.map((line) => `${line}\n`).join('')) },
    });
    const ranked = lines
      .map((line) => ({ rank: sha256(`auditor 2026\n${line}`), id: JSON.parse(line).id }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    expect(sample.rows.map(({ rank, id }: { rank: string; id: string }) => ({ rank, id }))).toEqual(ranked.slice(0, 7));
    for (const { place: line, id } of sample.rows) expect(JSON.parse(lines[line - 1]).id).toBe(id);
  });

  test('draws other rows with another seed, and the same ones with the same', async () => {
    const rows = async (seed: string) => {
      const folder = join(temporaryFolder(), 'evidence');
      await run(['collect', ...NOVEMBER, '--out', folder, ...FROM_FILES(place), '--sample', '7', '--seed', seed]);
      return JSON.parse(readFileSync(join(folder, 'samples/cloudtrail-archive/deletions.json'), 'utf8')).rows.map(
        ({ id }: { id: string }) => id,
      );
    };
    const first = JSON.parse(readFileSync(join(out, 'samples/cloudtrail-archive/deletions.json'), 'utf8')).rows.map(
      ({ id }: { id: string }) => id,
    );
    expect(await rows('auditor 2026')).toEqual(first);
    expect(await rows('another')).not.toEqual(first);
  }, 60_000);

  test('names the collection before it', async () => {
    const next = join(temporaryFolder(), 'evidence');
    await run(['collect', ...NOVEMBER, '--out', next, ...FROM_FILES(place), '--previous', out]);
    expect(collectionIn(next).previous).toBe(sha256(readFileSync(join(out, 'collection.json'))));
    expect((await run(['verify', next, '--previous', out])).code).toBe(0);
    const broken = await run(['verify', out, '--previous', next]);
    expect([broken.code, broken.stdout]).toEqual([
      1,
      expect.stringContaining('collection.json: names nothing as what was before it'),
    ]);
    const nothing = await run(['verify', next, '--previous', place]);
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('has no collection.json')]);
  });

  test('is verified as it is, and any byte that is altered, added or taken is found and its file named', async () => {
    expect((await run(['verify', out])).stdout).toContain(
      `The collected evidence is as it was written: 10 records of ${ACCOUNT}`,
    );
    for (const path of filesIn(out)) {
      const copy = copyOf(out);
      const content = readFileSync(join(copy, path));
      const place = Math.floor(content.length / 2);
      content[place] ^= 1;
      writeFileSync(join(copy, path), content);
      const { code, stdout } = await run(['verify', copy]);
      expect([path, code]).toEqual([path, 1]);
      expect(stdout).toContain(`- ${path}: was altered`);
    }
    const added = copyOf(out);
    writeFileSync(join(added, 'more.json'), '{}');
    expect((await run(['verify', added])).stdout).toContain('- more.json: was added');
    const taken = copyOf(out);
    rmSync(join(taken, 'samples/cloudtrail-archive/deletions.json'));
    expect((await run(['verify', taken])).stdout).toContain('- samples/cloudtrail-archive/deletions.json: is missing');
  }, 120_000);

  test('is not verified when a record and the manifest were made to fit fewer rows', async () => {
    const copy = copyOf(out);
    const record = recordIn(copy, 'deletions');
    const [{ path }] = record.payload;
    appendFileSync(join(copy, path), '{"data":{},"id":"made up"}\n');
    // Whoever makes a new manifest without making a new record.
    const collection = JSON.parse(readFileSync(join(copy, 'collection.json'), 'utf8'));
    collection.files.find((file: { path: string }) => file.path === path).sha256 = sha256(readFileSync(join(copy, path)));
    writeFileSync(join(copy, 'collection.json'), JSON.stringify(collection));
    const { code, stdout } = await run(['verify', copy]);
    expect(code).toBe(1);
    expect(stdout).toContain('collection.json: was altered');
    expect(stdout).toContain(`${path}: does not hold 80 rows`);
  });

  test('goes into a bundle, where controls and the checklist lead to it, and which verifies it', async () => {
    const template = join(temporaryFolder(), 'shop.json');
    writeFileSync(template, JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }));
    const bundle = join(temporaryFolder(), 'bundle');
    const written = await run([
      'evidence',
      template,
      '--out',
      bundle,
      '--operating',
      out,
      '--format',
      'ledger,html,checklist,controls,operating',
    ]);
    expect(written.code).toBe(0);
    const root = `operating/${ACCOUNT}_2026-11-01_2026-11-03`;
    const files = filesIn(bundle);
    expect(files).toEqual(
      expect.arrayContaining([
        `${root}/collection.json`,
        'controls/audit-trail/operating.xlsx',
        'controls/audit-trail/operating.json',
      ]),
    );
    expect(files.filter((path) => path.startsWith(root))).toHaveLength(filesIn(out).length);
    const listed = JSON.parse(readFileSync(join(bundle, 'controls/audit-trail/operating.json'), 'utf8'));
    for (const { path } of listed) expect(files).toContain(path);
    // The page of an item that the control answers has links to records that are there.
    const page = readFileSync(join(bundle, 'checklist/S0-10.html'), 'utf8');
    const links = [...page.matchAll(/href="\.\.\/(operating\/[^"]+)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(files).toContain(link);
    expect(readFileSync(join(bundle, 'index.html'), 'utf8')).toContain(`${root}/collection.json`);
    expect((await run(['verify', bundle])).code).toBe(0);
    appendFileSync(join(bundle, `${root}/collection.json`), ' ');
    expect((await run(['verify', bundle])).stdout).toContain(`- ${root}/collection.json: was altered`);
  }, 120_000);

  test('does not go into a bundle once it is altered, or twice', async () => {
    const template = join(temporaryFolder(), 'shop.json');
    writeFileSync(template, JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }));
    const altered = copyOf(out);
    appendFileSync(join(altered, 'samples/cloudtrail-archive/deletions.json'), ' ');
    const refused = await run(['evidence', template, '--out', join(temporaryFolder(), 'b'), '--operating', altered]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is not as it was collected: samples/cloudtrail-archive/deletions.json: was altered');
    const twice = await run([
      'evidence',
      template,
      '--out',
      join(temporaryFolder(), 'b'),
      '--operating',
      out,
      '--operating',
      out,
    ]);
    expect(twice.code).toBe(2);
    expect(twice.stderr).toContain('two of the folders are of the same account and period');
  }, 60_000);
});

describe('cdk-soc2 collect, from AWS', () => {
  const fakes: FakeAws[] = [];
  const fakeOf = async (...args: Parameters<typeof FakeAws.start>) => {
    const fake = await FakeAws.start(...args);
    fakes.push(fake);
    return fake;
  };
  afterEach(async () => {
    for (const fake of fakes.splice(0)) await fake.stop();
  });

  /** Long ago enough for the history to be whole, and not so long that it is cut off. */
  const day = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  const events: TrailEvent[] = deletions(700, day);
  const args = (out: string, ...more: string[]) => [
    'collect',
    '--out',
    out,
    '--from',
    day,
    '--to',
    day,
    '--region',
    'eu-west-1',
    '--only',
    'cloudtrail-events',
    ...more,
  ];

  test('a run that is killed goes on where it was: nothing is lost, nothing is counted twice, and the pace is kept', async () => {
    const fake = await fakeOf(events);
    const out = join(temporaryFolder(), 'evidence');
    const child = spawn(process.execPath, [CLI, ...args(out)], {
      env: { ...process.env, ...AWS, ...fake.environment },
      stdio: 'ignore',
    });
    // Far enough that it has noted where it is, and has gone on since.
    const note = join(out, `.journal/cloudtrail-events-${ACCOUNT}-eu-west-1.json`);
    while (!existsSync(note) && child.exitCode === null) await new Promise((tick) => setTimeout(tick, 20));
    const noted = fake.lookups().length;
    while (fake.lookups().length < noted + 2 && child.exitCode === null) await new Promise((tick) => setTimeout(tick, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(out, 'collection.json'))).toBe(false);
    const before = fake.lookups().length;

    const refused = await run(args(out), fake.environment);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('holds a run that did not end: give --resume');

    const { code } = await run(['collect', '--out', out, '--resume'], fake.environment);
    expect(code).toBe(0);
    const ids = idsIn(out, 'deletions');
    expect(ids).toHaveLength(700);
    expect(new Set(ids).size).toBe(700);
    expect(recordIn(out, 'deletions')).toMatchObject({ duplicates: 0, missing: [], caller: CALLER, pages: 18 });
    // It did not begin anew.
    expect(fake.lookups()[before].input).not.toEqual(fake.lookups()[0].input);
    const times = fake.lookups().map(({ at }) => at);
    for (const half of [times.slice(0, before), times.slice(before)]) {
      const seconds = (half.at(-1)! - half[0]) / 1_000;
      expect((half.length - 1) / seconds).toBeLessThan(2);
    }
    expect((await run(['verify', out])).code).toBe(0);
  }, 120_000);

  test('what expired in the middle is collected after signing in again', async () => {
    const fake = await fakeOf(events.slice(0, 120), (asked, number) =>
      asked.operation === 'LookupEvents' && number === 3 ? { error: 'ExpiredTokenException' } : undefined,
    );
    const out = join(temporaryFolder(), 'evidence');
    const first = await run(args(out), fake.environment);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('ExpiredTokenException');
    expect(first.stderr).toContain('Run the command again with --resume');
    expect(collectionIn(out).missing.length).toBeGreaterThan(0);
    expect(idsIn(out, 'deletions')).toHaveLength(100);
    expect((await run(['verify', out])).stdout).toContain('it lacks some of');
    const second = await run(['collect', '--out', out, '--resume'], fake.environment);
    expect(second.code).toBe(0);
    expect(idsIn(out, 'deletions')).toHaveLength(120);
    expect(existsSync(join(out, '.journal'))).toBe(false);
  }, 120_000);

  test('a run that goes on draws the sample and names the collection before it that were asked for when it began', async () => {
    const fake = await fakeOf(events.slice(0, 120), (asked, number) =>
      asked.operation === 'LookupEvents' && number === 3 ? { error: 'ExpiredTokenException' } : undefined,
    );
    const before = temporaryFolder();
    writeFileSync(join(before, 'collection.json'), '{}');
    const out = join(temporaryFolder(), 'evidence');
    const asked = [...args(out), '--sample', '5', '--seed', 'auditor', '--previous', before];
    const sample = () => JSON.parse(readFileSync(join(out, 'samples/cloudtrail-events/deletions.json'), 'utf8'));
    expect((await run(asked, fake.environment)).code).toBe(1);
    expect(sample()).toMatchObject({ seed: 'auditor', population: { isWhole: false, rows: 100 } });
    expect((await run(['collect', '--out', out, '--resume'], fake.environment)).code).toBe(0);
    expect(sample()).toMatchObject({ seed: 'auditor', size: 5, population: { isWhole: true, rows: 120 } });
    expect(collectionIn(out).previous).toBe(sha256('{}'));
  }, 120_000);

  test('a clock that is wrong is told of, and the clock of AWS counts', async () => {
    const fake = await fakeOf([]);
    fake.ahead = 3_600_000;
    const out = join(temporaryFolder(), 'evidence');
    const { code, stderr } = await run(
      ['collect', '--out', out, '--from', day, '--to', day, '--region', 'eu-west-1', '--only', 'cloudtrail-settings'],
      fake.environment,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/clock of this machine is 3(600|599|601) seconds behind that of AWS/);
    expect(Date.parse(collectionIn(out).finished)).toBeGreaterThan(Date.now() + 3_500_000);
  }, 60_000);

  test('a period that is not over is refused, by the clock of AWS', async () => {
    const fake = await fakeOf([]);
    const today = new Date().toISOString().slice(0, 10);
    const { code, stderr } = await run(
      ['collect', '--out', join(temporaryFolder(), 'e'), '--from', day, '--to', today, '--region', 'eu-west-1'],
      fake.environment,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--to must be over, so that all of it can be collected');
  });

  test('a resumption that asks for something else is refused', async () => {
    const fake = await fakeOf(events.slice(0, 120), (asked) =>
      asked.input.NextToken ? { error: 'AccessDeniedException' } : undefined,
    );
    const out = join(temporaryFolder(), 'evidence');
    expect((await run(args(out), fake.environment)).code).toBe(1);
    const { code, stderr } = await run(['collect', '--out', out, '--resume', '--region', 'us-east-1'], fake.environment);
    expect(code).toBe(2);
    expect(stderr).toContain('--resume goes on with a run whose regions is ["eu-west-1"], got ["us-east-1"]');
  }, 60_000);

  test('all Regions are those that are switched on', async () => {
    const fake = await fakeOf([]);
    const out = join(temporaryFolder(), 'evidence');
    const asked = ['collect', '--out', out, '--from', day, '--to', day, '--region', 'all', '--only', 'cloudtrail-settings'];
    expect((await run(asked, { ...fake.environment, AWS_REGION: 'eu-west-1' })).code).toBe(0);
    expect(collectionIn(out).regions).toEqual(['eu-west-1', 'us-east-1']);
    expect(collectionIn(out).records).toHaveLength(8);
  }, 60_000);

  test('without credentials, it says to sign in', async () => {
    const { code, stderr } = await run(['collect', ...NOVEMBER, '--out', join(temporaryFolder(), 'e'), '--region', 'eu-west-1']);
    expect(code).toBe(2);
    expect(stderr).toContain('AWS cannot be asked: CredentialsProviderError');
    expect(stderr).toContain('Sign in first');
  });
});

describe('bad input is refused in one line', () => {
  const place = archive(1, 4);
  test.each<[string, string[]]>([
    [
      "--from must be a day such as 2026-01-31, or a moment such as 2026-01-31T12:00:00Z, got '01.11.2026'",
      ['--from', '01.11.2026', '--to', '2026-11-02'],
    ],
    [
      "--from must be a day such as 2026-01-31, or a moment such as 2026-01-31T12:00:00Z, got '2026-02-31'",
      ['--from', '2026-02-31', '--to', '2026-11-02'],
    ],
    ['--from must be a day such as 2026-01-31, or a moment such as 2026-01-31T12:00:00Z, got nothing', ['--to', '2026-11-02']],
    ["--to must be after --from (2026-11-02), got '2026-11-01'", ['--from', '2026-11-02', '--to', '2026-11-01']],
    [
      "--region must be a Region such as eu-west-1, or all, got 'Ireland'",
      [...NOVEMBER, ...FROM_FILES(place), '--region', 'Ireland'],
    ],
    ['--region all stands alone', [...NOVEMBER, '--region', 'all,eu-west-1']],
    ['--only must name collectors (cloudtrail-settings, ', [...NOVEMBER, '--only', 'trails']],
    ['--only cloudtrail-archive reads the archive of the trail: give --archive', [...NOVEMBER, '--only', 'cloudtrail-archive']],
    ['must be a folder that has the folder AWSLogs of a trail in it', [...NOVEMBER, ...FROM_FILES('/nonexistent')]],
    [
      "--archive must be a folder or s3://bucket/prefix, got 'https://bucket'",
      [...NOVEMBER, '--region', 'eu-west-1', '--archive', 'https://bucket'],
    ],
    ["--account must have 12 digits, got '1'", [...NOVEMBER, ...FROM_FILES(place), '--account', '1']],
    ['--sample needs --seed, a text that the auditor chooses', [...NOVEMBER, ...FROM_FILES(place), '--sample', '5']],
    [
      "--sample must be a number from 1 to 999999, got 'some'",
      [...NOVEMBER, ...FROM_FILES(place), '--sample', 'some', '--seed', 'x'],
    ],
    ['--seed is what a sample is drawn with: give --sample as well', [...NOVEMBER, ...FROM_FILES(place), '--seed', 'x']],
    ['--previous /nonexistent: holds no collected evidence', [...NOVEMBER, ...FROM_FILES(place), '--previous', '/nonexistent']],
    ['holds no run that could go on; leave --resume out', [...NOVEMBER, ...FROM_FILES(place), '--resume']],
    ['--region must be given: neither the environment nor the profile names a Region', [...NOVEMBER]],
  ])('%s', async (message, args) => {
    const { code, stderr, stdout } = await run(['collect', '--out', join(temporaryFolder(), 'e'), ...args]);
    expect(stderr).toContain(message);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !/NodeVersion|^versions|^will require|^To continue|^and security|^More info|^\(Use|^$/.test(line)),
    ).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('a folder that is not empty is left alone', async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'thesis.txt'), 'mine');
    const { code, stderr } = await run(['collect', ...NOVEMBER, '--out', out, ...FROM_FILES(place)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('must be empty, got the file thesis.txt')]);
    expect(filesIn(out)).toEqual(['thesis.txt']);
  });

  test('a file is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    expect((await run(['collect', ...NOVEMBER, '--out', file, ...FROM_FILES(place)])).code).toBe(2);
  });

  test('an archive that holds nothing of the period fails, and says so', async () => {
    const { code, stderr } = await run([
      'collect',
      '--from',
      '2025-01-01',
      '--to',
      '2025-01-02',
      '--out',
      join(temporaryFolder(), 'e'),
      ...FROM_FILES(place),
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('holds no log file below');
  });
});

test('the help of the tool starts at once, for nothing of the SDK is in it', async () => {
  const quickest = async (args: readonly string[]) => {
    const times: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      const started = performance.now();
      await runProgram(process.execPath, args);
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  };
  expect((await run(['--help'])).stdout).toContain('collect');
  expect(readFileSync(CLI, 'utf8')).not.toContain('LookupEventsCommand');
  // Beyond what Node.js itself takes on a machine that may be busy.
  expect((await quickest([CLI, '--help'])) - (await quickest(['-e', '0']))).toBeLessThan(500);
});
