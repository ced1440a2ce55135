import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, ExpectedFiles, Step, ValidatorCall } from '../../src/backup/restore-messages';
import { checksumsIn } from '../../src/backup/restore-shared/checksum-list';
import { Draw } from '../../src/backup/restore-shared/draw';
import { makeHandler } from '../../src/backup/validate-files/handler';
import { run } from '../helpers/process';

const sum = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
/** Who owns nothing. */
const NOBODY = 65_534;

const failed = ({ checks }: Pick<Step, 'checks'>) => checks.filter(({ passed }) => !passed).map(({ name }) => name);
const named = ({ checks }: Step, name: string): Check => checks.find((each) => each.name === name)!;

/** A folder that stands for a mounted file system. */
let mount: string;
const made: string[] = [];
beforeEach(() => {
  mount = mkdtempSync(join(tmpdir(), 'restored-'));
  made.push(mount);
});
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true });
});

function write(path: string, content: string | Buffer = path): void {
  const whole = join(mount, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
}

interface Given {
  readonly expected?: Partial<ExpectedFiles>;
  readonly mostEntries?: number;
  readonly remaining?: () => number;
  readonly mounts?: string;
  readonly job?: string;
}

function look({ expected, mostEntries = 10_000, remaining = () => 900_000, mounts, job = 'job-1' }: Given = {}): Promise<Step> {
  const files: ExpectedFiles = { minimumFiles: 1, minimumBytes: 1, sampleSize: 20, paths: [], ...expected };
  const test = { job: { id: job }, target: { expect: { files } } } as unknown as ValidatorCall['test'];
  const text = mounts ?? `25 1 0:23 / ${mount} rw,nosuid - nfs4 127.0.0.1:/ rw,vers=4.1\n`;
  return makeHandler({ root: mount, mounts: async () => text, mostEntries, remaining })({ test });
}

describe('a mount', () => {
  test.each([
    ['that is not there', '25 1 0:23 / / rw - overlay overlay rw\n'],
    ['of another place', '25 1 0:23 / /mnt/other rw - nfs4 127.0.0.1:/ rw\n'],
    ['of which nothing is known', ''],
    ['that says something else', 'nfs4 /mnt/restored'],
  ])('%s fails, and an empty folder of the function is not taken for a file system', async (_, mounts) => {
    write('a');
    const step = await look({ mounts });
    expect(failed(step)).toEqual(['the file system is mounted']);
    expect(step.checks).toHaveLength(1);
  });

  test('that is hidden by another one is not taken for it', async () => {
    const step = await look({
      mounts: `25 1 0:23 / ${mount} rw - nfs4 127.0.0.1:/ rw\n26 1 0:24 / ${mount} rw - tmpfs none rw\n`,
    });
    expect(named(step, 'the file system is mounted').observed).toBe('tmpfs');
  });
});

describe('a file system', () => {
  test('that is whole passes: files, bytes, paths, and a sample that is read to its end', async () => {
    for (let each = 0; each < 60; each++) write(`photos/${each % 7}/${each}.txt`, `content ${each}`);
    write('empty/.keep', '');
    const step = await look({ expected: { minimumFiles: 61, minimumBytes: 500, paths: ['photos/3', '/photos/0/0.txt'] } });
    expect(failed(step)).toEqual([]);
    expect(named(step, 'the file system has its files').observed).toBe('61 files in 9 folders, 0 other entries');
    expect(named(step, 'sampled files are read to their end').observed).toMatch(/^20 of 20 files, SHA-256 [0-9a-f]{64}$/);
    expect(named(step, 'path photos/3 is there').observed).toBe('a folder');
    expect(named(step, 'path /photos/0/0.txt is there').observed).toBe('a file of 9 bytes');
    expect(JSON.stringify(step)).not.toContain('content');
  });

  test('is looked at below the folder that AWS Backup restores into', async () => {
    write('aws-backup-restore_2026-11-21T03-50-46-293Z/app/data.bin', 'data');
    write('aws-backup-restore_2026-11-21T03-50-46-293Z/SHA256SUMS', `${sum('data')}  app/data.bin\n`);
    const step = await look({ expected: { paths: ['app/data.bin'], checksumFile: 'SHA256SUMS' } });
    expect(failed(step)).toEqual([]);
    expect(named(step, 'the file system has its files').observed).toBe('2 files in 1 folders, 0 other entries');
  });

  test('is looked at from its root when that folder is a link, or there are several', async () => {
    symlinkSync('/etc', join(mount, 'aws-backup-restore_1'));
    expect(named(await look(), 'the file system has its files').observed).toBe('0 files in 0 folders, 1 other entries');
    write('aws-backup-restore_2/a');
    write('aws-backup-restore_3/a');
    expect(named(await look(), 'the file system has its files').observed).toBe('2 files in 2 folders, 1 other entries');
  });

  test('that is empty fails by its files, its bytes and its paths', async () => {
    expect(failed(await look({ expected: { paths: ['data'] } }))).toEqual([
      'the file system has its files',
      'its files have their bytes',
      'path data is there',
    ]);
  });

  test('that may be empty passes with words that say that no file was read', async () => {
    const step = await look({ expected: { minimumFiles: 0, minimumBytes: 0 } });
    expect(failed(step)).toEqual([]);
    expect(named(step, 'sampled files are read to their end').observed).toBe('no file was read, for none was drawn');
  });

  test('with too few files or bytes fails by them', async () => {
    write('a', 'aaa');
    const expected = { minimumFiles: 2, minimumBytes: 4 };
    expect(failed(await look({ expected }))).toEqual(['the file system has its files', 'its files have their bytes']);
  });

  test('draws the same sample for the same restore, and another one for another', async () => {
    for (let each = 0; each < 300; each++) write(`${each}`);
    const digest = async (job: string) => named(await look({ job }), 'sampled files are read to their end').observed;
    expect(await digest('job-1')).toBe(await digest('job-1'));
    expect(await digest('job-1')).not.toBe(await digest('job-2'));
  });
});

describe('checksums', () => {
  /** Write the list as `sha256sum` does, by its own hand. */
  async function list(): Promise<void> {
    const { code, stdout } = await run('sh', ['-c', 'find . -type f ! -name SHA256SUMS -exec sha256sum {} +'], { cwd: mount });
    expect(code).toBe(0);
    writeFileSync(join(mount, 'SHA256SUMS'), Buffer.from(stdout, 'utf8'));
  }

  const expected = { checksumFile: 'SHA256SUMS', sampleSize: 100 };
  const NAME = 'sampled files have the checksums of the list';

  test('of the program sha256sum are those of the files, with names of every kind', async () => {
    for (const name of [
      'plain',
      'with space',
      'new\nline',
      'back\\slash',
      'ünïcödé',
      '-rf',
      '*',
      'a/b/c',
      '..hidden',
      'quo\'te"',
    ])
      write(name, `content of ${name}`);
    await list();
    const step = await look({ expected });
    expect(failed(step)).toEqual([]);
    expect(named(step, NAME).observed).toMatch(/^10 of 10 files/);
  });

  test.each<[string, () => void]>([
    ['changed', () => write('b', 'other')],
    ['cut off', () => write('b', 'conten')],
    ['gone', () => rmSync(join(mount, 'b'))],
    [
      'a link to the same content',
      () => {
        rmSync(join(mount, 'b'));
        symlinkSync('a', join(mount, 'b'));
      },
    ],
  ])('tell of a file that is %s', async (_, spoil) => {
    write('a', 'content');
    write('b', 'content');
    await list();
    spoil();
    const step = await look({ expected });
    expect(failed(step)).toEqual([NAME]);
    expect(named(step, NAME)).toMatchObject({ expected: '2 of 2 files', observed: expect.stringMatching(/^1 of 2 files/) });
  });

  test.each([
    ['is not there', undefined],
    ['is empty', ''],
    ['is no list', 'hello\n'],
    ['is binary', Buffer.from([0, 255, 254, 10, 13, 0])],
  ])('fail by their list when it %s', async (_, content) => {
    write('a');
    if (content !== undefined) write('SHA256SUMS', content);
    expect(failed(await look({ expected }))).toContain('the list of checksums is there');
  });

  test('that a list has of something outside are not made: a list is no way out', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    made.push(outside);
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(outside, join(mount, 'link'));
    const lines = [`../${outside.split('/').at(-1)}/secret`, 'link/secret', join(outside, 'secret')];
    for (const path of lines) {
      write('SHA256SUMS', `${sum('secret')}  ${path}\n`);
      const step = await look({ expected });
      expect(failed(step)).toEqual([NAME]);
      expect(named(step, NAME).observed).toMatch(/^0 of 1 files; the first that is not: (the path leads|ENOENT)/);
    }
  });

  test('are read from no link, and from no file that is too large', async () => {
    symlinkSync('/etc/passwd', join(mount, 'SHA256SUMS'));
    expect(named(await look({ expected }), 'the list of checksums is there').observed).toBe('ELOOP');
    rmSync(join(mount, 'SHA256SUMS'));
    write('SHA256SUMS', Buffer.alloc(65 * 1024 * 1024));
    expect(named(await look({ expected }), 'the list of checksums is there').observed).toMatch(
      /^it has 68157440 bytes, more than/,
    );
  });

  test('are read with the escapes and line ends that programs write', () => {
    const digest = sum('x');
    expect([
      ...checksumsIn(`${digest} *./a\r\n\\${digest}  b\\nc\\\\d\nnonsense\n${digest.slice(1)}  short\n`).entries(),
    ]).toEqual([
      ['a', digest],
      ['b\nc\\d', digest],
    ]);
  });
});

describe('hostile trees', () => {
  test('names that are no text are read as they are', async () => {
    const name = Buffer.concat([Buffer.from(`${mount}/`), Buffer.from([0xff, 0xfe, 0x20, 0x80])]);
    writeFileSync(name, 'bytes');
    write('SHA256SUMS', Buffer.concat([Buffer.from(`${sum('bytes')}  `), Buffer.from([0xff, 0xfe, 0x20, 0x80, 0x0a])]));
    expect(failed(await look({ expected: { minimumFiles: 2, checksumFile: 'SHA256SUMS' } }))).toEqual([]);
    expect(failed(await look({ expected: { minimumFiles: 2 } }))).toEqual([]);
  });

  test('names are not shown', async () => {
    write('secret-name');
    chmodSync(join(mount, 'secret-name'), 0o644);
    write('SHA256SUMS', `${sum('other')}  secret-name\n`);
    expect(JSON.stringify(await look({ expected: { checksumFile: 'SHA256SUMS' } }))).not.toContain('secret-name');
  });

  test('links that lead out, up or round are counted, and never followed', async () => {
    write('a');
    symlinkSync('/', join(mount, 'root'));
    symlinkSync('..', join(mount, 'up'));
    symlinkSync('.', join(mount, 'round'));
    symlinkSync('nowhere', join(mount, 'broken'));
    const step = await look();
    expect(failed(step)).toEqual([]);
    expect(named(step, 'the file system has its files').observed).toBe('1 files in 0 folders, 4 other entries');
  });

  test('a path that a user names leads through no link, and a link at its end is said to be one', async () => {
    symlinkSync('/', join(mount, 'root'));
    const step = await look({ expected: { minimumFiles: 0, minimumBytes: 0, paths: ['root/etc/passwd', 'root'] } });
    expect(failed(step)).toEqual(['path root/etc/passwd is there']);
    expect(named(step, 'path root is there').observed).toBe('a link');
  });

  test('pipes and sockets are left alone, and reading one by a list does not wait for a writer', async () => {
    expect((await run('mkfifo', [join(mount, 'pipe')])).code).toBe(0);
    write('a');
    write('SHA256SUMS', `${sum('')}  pipe\n`);
    const step = await look({ expected: { checksumFile: 'SHA256SUMS', paths: ['pipe'] } });
    expect(named(step, 'the file system has its files').observed).toBe('2 files in 0 folders, 1 other entries');
    expect(named(step, 'sampled files have the checksums of the list').observed).toBe(
      '0 of 1 files; the first that is not: it is no file',
    );
    expect(named(step, 'path pipe is there').observed).toBe('something else');
  });

  test('what cannot be read is told, and the rest is still read', async () => {
    write('open/a');
    write('closed/b');
    write('secret');
    chmodSync(mount, 0o755);
    chmodSync(join(mount, 'closed'), 0);
    chmodSync(join(mount, 'secret'), 0);
    const isRoot = process.geteuid?.() === 0;
    // Root may read everything, so it is somebody else for a while.
    if (isRoot) process.seteuid?.(NOBODY);
    const step = await look().finally(() => isRoot && process.seteuid?.(0));
    chmodSync(join(mount, 'closed'), 0o700);
    expect(failed(step)).toEqual(['all that is met can be looked at', 'sampled files are read to their end']);
    expect(named(step, 'all that is met can be looked at').observed).toBe('1 errors, the first: EACCES');
    expect(named(step, 'sampled files are read to their end').observed).toMatch(
      /^1 of 2 files.*; the first that is not: EACCES$/,
    );
  });

  test('a tree deeper than paths may be long is told, and does not end the test', async () => {
    const dig = `const fs = require('node:fs');
      for (let each = 0; each < 60; each++) { fs.mkdirSync('${'d'.repeat(90)}'); process.chdir('${'d'.repeat(90)}'); }`;
    expect((await run(process.execPath, ['-e', dig], { cwd: mount })).code).toBe(0);
    write('a');
    const step = await look();
    expect(failed(step)).toEqual(['all that is met can be looked at']);
    expect(named(step, 'all that is met can be looked at').observed).toMatch(/ENAMETOOLONG/);
    // Node.js cannot remove what it cannot name.
    expect((await run('rm', ['-rf', mount])).code).toBe(0);
  });

  test('a folder with more entries than are counted ends the count, and says so', async () => {
    mkdirSync(join(mount, 'many'));
    for (let each = 0; each < 2_000; each++) writeFileSync(join(mount, 'many', String(each)), '');
    const step = await look({ mostEntries: 500, expected: { minimumFiles: 400, minimumBytes: 0 } });
    expect(failed(step)).toEqual([]);
    const { observed } = named(step, 'the file system has its files');
    expect(observed).toMatch(/^\d+ files in 1 folders, 0 other entries, counting stopped there$/);
    expect(Number(/^\d+/.exec(observed))).toBeLessThan(600);
  });

  test('a draw keeps no more than it must, of however many', () => {
    const draw = new Draw('seed', 5);
    for (let each = 0; each < 50_000; each++) draw.add(String(each));
    expect(draw.drawn).toHaveLength(5);
    expect((draw as unknown as { kept: unknown[] }).kept).toHaveLength(5);
  });
});

describe('time', () => {
  test('that is over during the walk ends it, and what was seen is told', async () => {
    for (let each = 0; each < 200; each++) write(`${each % 9}/${each}`);
    let asked = 0;
    const step = await look({ remaining: () => (asked++ < 2 ? 900_000 : 299_000) });
    expect(named(step, 'the file system has its files').observed).toMatch(/counting stopped there$/);
  });

  test('that is over during the sample leaves the rest unread without a failure, as long as something was read', async () => {
    for (let each = 0; each < 10; each++) write(`${each}`, `file ${each}`);
    let left = 400_000;
    const step = await look({ remaining: () => (left -= 60_000) });
    const { observed, passed, expected } = named(step, 'sampled files are read to their end');
    expect(observed).toMatch(/^(\d) of \1 files, SHA-256 [0-9a-f]{64}; no time for \d more$/);
    expect(expected).toBe(`${observed[0]} of ${observed[0]} files`);
    expect(passed).toBe(true);
  });

  test('for nothing at all fails', async () => {
    write('a');
    expect(failed(await look({ remaining: () => 1_000 }))).toContain('sampled files are read to their end');
  });
});
