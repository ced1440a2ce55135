import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanDocument } from '../../src/hosts/clamav-document';
import { describeWithTool } from '../helpers/optional';

const HOST = 'i-0123456789abcdef0';
const NOBODY = 65_534;
/** The test file that every antivirus calls a virus; in two parts, so that this file is none. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const HOUR = 3_600;

/** The script as the document has it. */
function script(paths: readonly string[], ignoredPaths: readonly string[] = []): string {
  const settings = { bucketName: 'evidence', prefix: 'antivirus/clamav/', region: 'eu-west-1', definitionHours: 72 };
  const { mainSteps } = scanDocument({ ...settings, paths, ignoredPaths }) as {
    mainSteps: { inputs: { runCommand: string[] } }[];
  };
  return mainSteps[0].inputs.runCommand.join('\n');
}

/** A host with some files, definitions that know one virus, and programs in the place of those that call others. */
class ScannedHost {
  private readonly root = mkdtempSync(join(tmpdir(), 'cdk-soc2-clamav-'));
  public readonly files = this.folder('files');
  public readonly definitions = this.folder('definitions');
  private readonly programs = this.folder('programs');
  private readonly sent = this.folder('sent');

  constructor() {
    for (const folder of [this.root, this.sent]) chmodSync(folder, 0o777);
    const hex = Buffer.from('EICAR-STANDARD-ANTIVIRUS-TEST-FILE').toString('hex');
    writeFileSync(join(this.definitions, 'test.ndb'), `Test.Eicar:0:*:${hex}\n`);
    this.program(
      'aws',
      `case "$1 $2" in
'sts get-caller-identity') echo 'AROAEXAMPLE:${HOST}' ;;
's3 cp') cp "$4" "${this.sent}/$(printf '%s' "$5" | sed 's#s3://evidence/##; s#/#%2F#g')" ;;
*) exit 2 ;;
esac`,
    );
    this.program('freshclam', 'echo done');
    this.program('pgrep', 'exit 1');
  }

  public remove(): void {
    rmSync(this.root, { recursive: true });
  }

  public path(name: string): string {
    return join(this.files, name);
  }

  public write(name: string | Buffer, content = 'nothing bad'): void {
    writeFileSync(Buffer.concat([Buffer.from(`${this.files}/`), Buffer.from(name as string)]), content);
  }

  /** Put a program in the place of one of the host. */
  public program(name: string, body: string): void {
    writeFileSync(join(this.programs, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(this.programs, name), 0o755);
  }

  /** Have the definitions in a container such as freshclam brings, which was made some time ago: it says so twice. */
  public container(name: string, age: number): void {
    const build = this.folder('build');
    const made = Math.floor(Date.now() / 1_000) - age;
    const { status, stderr } = spawnSync(
      'sh',
      [
        '-ec',
        `cp ../definitions/test.ndb daily.ndb; printf x >COPYING; : >daily.info
         SIGNDUSER=test sigtool --build=daily.cud --unsigned --cvd-version=7 --datadir="$PWD"
         sed -i '1s/:[0-9]*$/:${made}/' daily.info
         head -c 512 daily.cud | sed -E 's/:[0-9]{10} /:${made} /' >'../definitions/${name}'
         tar -cz --format=ustar COPYING daily.info daily.ndb >>'../definitions/${name}'`,
      ],
      { cwd: build, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`no container was made: ${stderr}`);
    rmSync(build, { recursive: true });
  }

  /** Run the script as Systems Manager does. */
  public scan({ ignored = [], paths = [this.files], as }: { ignored?: string[]; paths?: string[]; as?: number } = {}) {
    const text = script(paths, ignored).replace("'/var/lib/clamav'", `'${this.definitions}'`);
    const env = { ...process.env, PATH: `${this.programs}:${process.env.PATH}`, TMPDIR: this.root };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', text], { encoding: 'utf8', env, uid: as, gid: as });
    const keys = readdirSync(this.sent).sort();
    const objects = keys.map((key) => readFileSync(join(this.sent, key), 'utf8'));
    for (const key of keys) rmSync(join(this.sent, key));
    return {
      status,
      stdout,
      stderr,
      keys: keys.map((key) => decodeURIComponent(key)),
      objects,
      report: stdout === '' ? undefined : JSON.parse(stdout),
    };
  }

  private folder(name: string): string {
    const folder = join(this.root, name);
    mkdirSync(folder);
    return folder;
  }
}

describeWithTool('clamscan', 'ClamAV', () => {
  let host: ScannedHost;
  beforeEach(() => {
    host = new ScannedHost();
    chmodSync(host.files, 0o755);
    host.write('program');
    host.write('empty', '');
  });
  afterEach(() => host.remove());

  test('a clean host: the report has both proofs, on standard output and in the bucket, below the identity of the host', () => {
    const { status, report, keys, objects, stdout } = host.scan();
    expect(status).toBe(0);
    expect(report).toEqual({
      host: HOST,
      state: 'clean',
      problems: [],
      started: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      finished: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      definitions: {
        built: expect.stringMatching(/Z$/),
        ageInHours: 0,
        mayBeHours: 72,
        update: 'done by this run',
        files: [expect.stringMatching(/^test\.ndb .*Z$/)],
      },
      scan: {
        scanner: expect.stringMatching(/^ClamAV \d/),
        paths: [host.files],
        absentPaths: [],
        ignoredPaths: [],
        otherFileSystems: [],
        files: 2,
        found: 0,
        beyondLimits: 0,
        unreadable: 0,
        goneMeanwhile: 0,
      },
      found: [],
      beyondLimits: [],
      unreadable: [],
    });
    expect(keys).toEqual([expect.stringMatching(`^antivirus/clamav/AROAEXAMPLE:${HOST}/\\d{8}T\\d{6}Z-\\d+\\.json$`)]);
    expect(objects).toEqual([stdout]);
  });

  test('a file with a virus is told, stays where it is, and makes the host non-compliant', () => {
    mkdirSync(host.path('deep/er'), { recursive: true });
    host.write('deep/er/virus', EICAR);
    const { status, report, stderr, keys } = host.scan();
    expect([status, stderr]).toEqual([1, expect.stringContaining(`antivirus: found: see s3://evidence/${keys[0]}`)]);
    expect(report).toMatchObject({ state: 'found', scan: { files: 3, found: 1 } });
    expect(report.found).toEqual([{ file: host.path('deep/er/virus'), result: 'Test.Eicar.UNOFFICIAL' }]);
    expect(existsSync(host.path('deep/er/virus'))).toBe(true);
  });

  const HOSTILE: Readonly<Record<string, { name: string | Buffer; told: string }>> = {
    'a new line and what looks like another find': { name: 'a\n/etc/passwd: Worm FOUND', told: 'a%0A/etc/passwd: Worm FOUND' },
    'what looks clean': { name: 'program: OK', told: 'program: OK' },
    'a new line at its end': { name: 'end\n', told: 'end%0A' },
    'a carriage return at its end': { name: 'cr\r', told: 'cr%0D' },
    quotes: { name: `it's "quoted"`, told: "it's %22quoted%22" },
    'a backslash': { name: 'C:\\x\\n', told: 'C:%5Cx%5Cn' },
    'a command': { name: '$(touch pwned)`touch pwned`;touch pwned', told: '$(touch pwned)`touch pwned`;touch pwned' },
    'control characters': { name: 'clear\u001b[2J\u0007', told: 'clear%1B[2J%07' },
    'right to left': { name: 'invoice\u202egnp.exe', told: 'invoice%E2%80%AEgnp.exe' },
    'blanks around it': { name: ' blanks  ', told: ' blanks  ' },
    'bytes that are no text': { name: Buffer.from([0x66, 0xff, 0xfe]), told: 'f%FF%FE' },
    'percent signs': { name: '100%25', told: '100%2525' },
    'what looks like an option': { name: '--remove', told: '--remove' },
    'a pattern': { name: '*', told: '*' },
    'a very long one': { name: 'x'.repeat(250), told: 'x'.repeat(250) },
  };
  test('names of files that are made to deceive hide no virus, forge none, and come out whole', () => {
    mkdirSync(host.path('a\n'));
    mkdirSync(host.path('a\n/etc'));
    for (const { name } of Object.values(HOSTILE)) {
      if (Buffer.isBuffer(name) || !name.includes('/')) host.write(name, EICAR);
    }
    const slashed = { name: 'a\n/etc/passwd: Worm FOUND', told: 'a%0A/etc/passwd: Worm FOUND' };
    host.write(slashed.name, EICAR);
    const { status, report, stdout } = host.scan();
    expect(status).toBe(1);
    const told = report.found.map(({ file }: { file: string }) => file.slice(host.files.length + 1));
    expect(told.sort()).toEqual(
      Object.values(HOSTILE)
        .map((each) => each.told)
        .sort(),
    );
    expect(new Set(report.found.map(({ result }: { result: string }) => result))).toEqual(new Set(['Test.Eicar.UNOFFICIAL']));
    expect(report.scan).toMatchObject({ files: told.length + 2, found: told.length, unreadable: 0 });
    expect(existsSync(host.path('pwned'))).toBe(false);
    expect(stdout).not.toMatch(/[^\n\x20-\x7e]/);
  });

  test('a virus whose path is longer than a line of ClamAV is found', () => {
    const folder = Array.from({ length: 8 }, () => 'd'.repeat(200)).join('/');
    mkdirSync(host.path(folder), { recursive: true });
    host.write(`${folder}/virus`, EICAR);
    expect(host.scan().report.found).toEqual([{ file: host.path(`${folder}/virus`), result: 'Test.Eicar.UNOFFICIAL' }]);
  });

  test('without definitions nothing is scanned, and that is what the report says', () => {
    rmSync(join(host.definitions, 'test.ndb'));
    host.write('virus', EICAR);
    const { status, report, keys } = host.scan();
    expect([status, keys.length]).toEqual([1, 1]);
    expect(report).toMatchObject({
      state: 'not scanned',
      problems: [`there are no definitions in ${host.definitions}: files were not scanned`],
      definitions: { built: null, ageInHours: null, files: [] },
      scan: { files: 0, found: 0 },
    });
  });

  test('definitions that are too old are told by what their container says, whenever it was written', () => {
    host.container('daily.cud', 80 * HOUR);
    const { status, report } = host.scan();
    expect(status).toBe(1);
    expect(report).toMatchObject({
      state: 'definitions outdated',
      problems: ['the definitions are 80 hours old, and may be 72'],
      definitions: { ageInHours: 80 },
      scan: { files: 2 },
    });
    host.container('daily.cud', 70 * HOUR);
    expect(host.scan()).toMatchObject({ status: 0, report: { state: 'clean', definitions: { ageInHours: 70 } } });
  });

  test('other definitions that are newer do not hide that the daily ones are old', () => {
    host.container('daily.cud', 80 * HOUR);
    host.container('bytecode.cud', HOUR);
    expect(host.scan().report).toMatchObject({ state: 'definitions outdated', definitions: { ageInHours: 80 } });
  });

  test('definitions of no container are as old as their file, and those of tomorrow are told', () => {
    const file = join(host.definitions, 'test.ndb');
    const now = Date.now() / 1_000;
    utimesSync(file, now, now - 100 * HOUR);
    expect(host.scan().report.problems).toEqual(['the definitions are 100 hours old, and may be 72']);
    utimesSync(file, now, now + 48 * HOUR);
    expect(host.scan()).toMatchObject({ status: 1, report: { state: 'definitions outdated' } });
  });

  test('a virus is told first, and that the definitions are old besides', () => {
    host.container('daily.cud', 80 * HOUR);
    host.write('virus', EICAR);
    expect(host.scan().report).toMatchObject({
      state: 'found',
      problems: ['the definitions are 80 hours old, and may be 72'],
      found: [{ file: host.path('virus') }],
    });
  });

  test('an update that fails is told with its reason, and is no failure while the definitions are new enough', () => {
    const config = join(host.definitions, 'freshclam.conf');
    writeFileSync(config, 'DatabaseMirror http://127.0.0.1:9\nDNSDatabaseInfo no\nMaxAttempts 1\nConnectTimeout 1\n');
    host.program('freshclam', `exec /usr/bin/freshclam --config-file=${config} --datadir=${host.definitions} --user=root "$@"`);
    const { status, report } = host.scan();
    expect(status).toBe(0);
    expect(report.definitions.update).toMatch(/^failed: .*(Update failed|ERROR|Can't|Failed)/);
  });

  test('definitions that a service has still to bring are waited for', () => {
    const file = join(host.definitions, 'test.ndb');
    copyFileSync(file, `${file}.later`);
    rmSync(file);
    host.program('pgrep', 'exit 0');
    host.program('sleep', `mv ${file}.later ${file}`);
    expect(host.scan()).toMatchObject({
      status: 0,
      report: { state: 'clean', definitions: { update: 'by the service that runs on the host' } },
    });
  });

  test('files and folders that cannot be read are told by name, and the scan is not complete', () => {
    host.write('secret', EICAR);
    chmodSync(host.path('secret'), 0);
    mkdirSync(host.path('closed\nfolder'), { mode: 0 });
    const { status, report } = host.scan({ as: process.getuid?.() === 0 ? NOBODY : undefined });
    chmodSync(host.path('closed\nfolder'), 0o700);
    expect(status).toBe(1);
    expect(report).toMatchObject({ state: 'incomplete', problems: ['2 files or folders could not be read'] });
    expect(report.unreadable).toEqual([
      { file: host.path('secret'), result: 'Access denied' },
      { file: expect.stringContaining(host.path('closed')), result: 'Permission denied' },
    ]);
  });

  test('a file that is larger than the limits of ClamAV is told, as no find', () => {
    host.write('large');
    truncateSync(host.path('large'), 120 * 1_024 ** 2);
    const { status, report } = host.scan();
    expect([status, report.state, report.scan.beyondLimits]).toEqual([0, 'clean', 1]);
    expect(report.beyondLimits).toEqual([{ file: host.path('large'), result: 'Heuristics.Limits.Exceeded.MaxFileSize' }]);
  });

  test('what is ignored is not scanned, links are not followed, and a path that is not there is told', () => {
    mkdirSync(host.path('database'));
    host.write('database/virus', EICAR);
    symlinkSync(host.path('database/virus'), host.path('link'));
    const { status, report } = host.scan({ ignored: [host.path('database')], paths: [host.files, '/no/such/path'] });
    expect(status).toBe(0);
    expect(report.scan).toMatchObject({
      paths: [host.files],
      absentPaths: ['/no/such/path'],
      ignoredPaths: [host.path('database')],
      files: 2,
    });
  });

  test('a path that is a link is scanned where it leads to, and nothing to scan is no clean host', () => {
    host.write('virus', EICAR);
    symlinkSync(host.files, `${host.files}-link`);
    expect(host.scan({ paths: [`${host.files}-link`] }).report).toMatchObject({ state: 'found' });
    expect(host.scan({ paths: ['/no/such/path'] })).toMatchObject({
      status: 1,
      report: { state: 'not scanned', problems: ['there is no file to scan'] },
    });
  });

  test('file systems below a path are named, for they are not scanned', () => {
    const { scan } = host.scan({ paths: ['/dev'] }).report;
    expect(scan.otherFileSystems).toContain('/dev/shm');
  });

  test('a ClamAV that is killed before it saw every file does not pass for a clean host', () => {
    host.program(
      'clamscan',
      `[ "$1" != --version ] || exec /usr/bin/clamscan --version\necho "${host.path('program')}: OK"; exit 137`,
    );
    const { status, report } = host.scan();
    expect(status).toBe(1);
    expect(report).toMatchObject({
      state: 'incomplete',
      problems: [expect.stringContaining('ClamAV ended with code 137 and said nothing of 1 files')],
    });
  });

  test('definitions that ClamAV cannot read do not pass for a clean host', () => {
    writeFileSync(join(host.definitions, 'test.ndb'), 'no definition\n');
    const { status, report } = host.scan();
    expect([status, report.state]).toEqual([1, 'not scanned']);
    expect(report.problems).toEqual([expect.stringContaining('ClamAV ended with code 2 and said nothing of 2 files')]);
  });

  test('files that go while ClamAV looks are counted, and are no problem', () => {
    host.program(
      'clamscan',
      `[ "$1" = --version ] || rm -f ${host.path('program')}
exec /usr/bin/clamscan "$@"`,
    );
    expect(host.scan()).toMatchObject({ status: 0, report: { state: 'clean', scan: { files: 1, goneMeanwhile: 1 } } });
  });

  test.each([
    ['a host without a role', ['sts get-caller-identity', 'exit 1'], 'this host has no role'],
    ['a report that is not taken', ['s3 cp', 'exit 1'], 'the report could not be sent to s3://evidence/antivirus/clamav/'],
  ])('%s ends with an error', (_, [call, body], problem) => {
    host.program('aws', `case "$1 $2" in '${call}') ${body} ;; 'sts get-caller-identity') echo 'A:${HOST}' ;; esac`);
    expect(host.scan()).toMatchObject({ status: 1, keys: [], stderr: expect.stringContaining(problem) });
  });

  const INSTALLERS = {
    'Amazon Linux': { program: 'dnf', has: 'clamav1.4 clamav1.4-freshclam' },
    'a system with EPEL': { program: 'dnf', has: 'clamav clamav-freshclam' },
    'an older one': { program: 'yum', has: 'clamav clamav-update' },
    Debian: { program: 'apt-get', has: 'clamav clamav-freshclam' },
  };
  test.each(Object.entries(INSTALLERS))('on %s ClamAV is installed where it is missing', (_, { program, has }) => {
    // Nothing but what the script needs: no ClamAV, and no other installer.
    const bin = join(host.definitions, '..', 'bin');
    mkdirSync(bin);
    const needed =
      'awk cat cp cut date find grep head mkdir mktemp mv nice od readlink rm sed sh sort stat tail timeout tr uname wc ln chmod';
    for (const name of needed.split(' ')) {
      const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
      symlinkSync(stdout.trim(), join(bin, name));
    }
    host.program(program, `case "$*" in *" ${has}") ln -s /usr/bin/clamscan ${bin}/clamscan ;; *update) ;; *) exit 1 ;; esac`);
    const text = script([host.files])
      .replace("'/var/lib/clamav'", `'${host.definitions}'`)
      .replace('PATH=$PATH:/usr/sbin:/sbin:/usr/local/bin:/snap/bin', ':');
    const env = { PATH: `${join(host.definitions, '..', 'programs')}:${bin}`, TMPDIR: bin };
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', text], { encoding: 'utf8', env });
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).state).toBe('clean');
  });
});

describeWithTool('shellcheck', 'shellcheck', () => {
  test('finds nothing in the script that the document runs', () => {
    const options = ['--shell=sh', '--severity=style', '-'];
    const { stdout } = spawnSync('shellcheck', options, { input: script(['/etc']), encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});
