import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeSessionsCommand,
  ListCommandInvocationsCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { BUCKET, CheckedHost, linuxScript, nextSecond } from './checked-host';

describeWithTool('aide', 'AIDE', () => {
  describeWithTool('aws', 'with the command line tool of AWS', () => {
    describeWithTool(EMULATOR, 'and an emulator', () => {
      let emulator: Emulator;
      let host: CheckedHost;
      beforeAll(async () => {
        emulator = await Emulator.start();
        await CheckedHost.prepare(emulator);
      }, 120_000);
      afterAll(() => emulator.stop());

      const path = (name: string) => join(host.files, name);
      const write = (name: string, content = name) => writeFileSync(path(name), content);
      beforeEach(async () => {
        host = await CheckedHost.start(emulator);
        mkdirSync(path('etc'));
        write('etc/passwd');
        write('etc/shadow');
        write('program');
        chmodSync(path('program'), 0o755);
      });
      afterEach(() => rmSync(host.files, { recursive: true }));

      const found = ({ report }: { report: { changes?: { file: string; change: string }[] } }) =>
        (report.changes ?? []).map(({ file, change }) => `${change} ${file.replace(`${host.files}/`, '')}`);
      const attributes = ({ report }: Awaited<ReturnType<CheckedHost['look']>>, name: string) =>
        report.changes.find(({ file }: { file: string }) => file === path(name)).attributes;

      test('the first state of a new host becomes its baseline, which is kept off the host', async () => {
        expect((await host.check({ aws: true })).stdout).toContain(
          'sent the state of 5 files to s3://evidence/file-integrity/inbox/',
        );
        const { report, told } = await host.judge();
        expect(report).toMatchObject({ host: host.id, state: 'baseline made', files: 5 });
        expect(told).toEqual([]);
        expect(await host.keys('baselines/')).toEqual([`file-integrity/baselines/${host.id}/${report.source.sha256}.gz`]);
      });

      test('files that did not change are reported as unchanged, and nobody is told', async () => {
        await host.look();
        const { report, told } = await host.look();
        expect(report).toMatchObject({ state: 'unchanged', changes: [], files: 5 });
        expect(report.baseline).toMatchObject({ change: 'provisioning', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
        expect(told).toEqual([]);
      });

      test('what was changed, added and removed is told, each as what it is', async () => {
        await host.look();
        write('etc/passwd', 'root::0:0');
        write('etc/backdoor');
        rmSync(path('etc/shadow'));
        const seen = await host.look();
        expect(seen.report.state).toBe('changed');
        expect(found(seen)).toEqual(['added etc/backdoor', 'changed etc/passwd', 'removed etc/shadow']);
        expect(attributes(seen, 'etc/passwd')).toEqual([
          { attribute: 'size', before: '10', after: '9' },
          { attribute: 'content (SHA-256)', before: expect.stringMatching(/^.{43}=$/), after: expect.stringMatching(/^.{43}=$/) },
        ]);
        expect(seen.told).toEqual([
          expect.objectContaining({
            host: host.id,
            state: 'changed',
            added: 1,
            removed: 1,
            changed: 1,
            program: 'Stack/FileIntegrity',
          }),
        ]);
        expect(seen.told[0].files).toContain(`changed: ${path('etc/passwd')} (size, content (SHA-256))`);
      });

      test('the content is looked at, not the time or the size', async () => {
        await host.look();
        write('program', 'progran');
        spawnSync('touch', ['-d', '2020-01-01', path('program'), path('etc/passwd')]);
        expect(found(await host.look())).toEqual(['changed program']);
      });

      test('permissions and owners are told with what they were', async () => {
        await host.look();
        chmodSync(path('program'), 0o4755);
        chownSync(path('etc/shadow'), 65_534, 65_533);
        const seen = await host.look();
        expect(found(seen)).toEqual(['changed etc/shadow', 'changed program']);
        expect(attributes(seen, 'program')).toEqual([{ attribute: 'permissions', before: '0755', after: '4755' }]);
        expect(attributes(seen, 'etc/shadow')).toEqual([
          { attribute: 'owner', before: '0', after: '65534' },
          { attribute: 'group', before: '0', after: '65533' },
        ]);
      });

      test('a link that leads elsewhere, and a file that became a folder, are told', async () => {
        symlinkSync('/etc/passwd', path('link'));
        await host.look();
        rmSync(path('link'));
        symlinkSync('/etc/shadow', path('link'));
        rmSync(path('program'));
        mkdirSync(path('program'), { mode: 0o755 });
        const seen = await host.look();
        expect(attributes(seen, 'link')).toContainEqual({
          attribute: 'target of the link',
          before: '/etc/passwd',
          after: '/etc/shadow',
        });
        expect(seen.report.changes.find(({ file }: { file: string }) => file === path('program')).type).toBe('folder');
      });

      const HOSTILE: Readonly<Record<string, string | Buffer>> = {
        'a new line': 'one\nremoved: two',
        quotes: `it's "quoted"`,
        'a command': '$(touch pwned)`touch pwned`;touch pwned',
        'control characters': 'clear\u001b[2J\u0007',
        'right to left': 'invoice\u202egnp.exe',
        'nothing seen': 'zero\u200bwidth',
        'spaces at the end': 'spaces  ',
        'what AIDE reads as its own': '@@end_db',
        'a comment': '#comment',
        'percent signs': '100%25',
        'other letters': 'ключ-鍵-é',
        'bytes that are no text': Buffer.from([0x66, 0xff, 0xfe, 0x0a, 0x6f]),
        'an emoji': '🔑',
        'a backslash': 'C:\\x\\n',
        'a placeholder of Systems Manager': '{{ ssm:secret }}',
        'a very long one': 'x'.repeat(250),
      };
      test('names of files that are made to deceive come out whole, on one line, and different from each other', async () => {
        await host.look();
        for (const name of Object.values(HOSTILE))
          writeFileSync(Buffer.concat([Buffer.from(`${host.files}/`), Buffer.from(name as string)]), '');
        const seen = await host.look();
        expect(seen.report.changes).toHaveLength(Object.keys(HOSTILE).length);
        expect(new Set(found(seen))).toEqual(
          new Set([
            'added one%0Aremoved: two',
            `added it's "quoted"`,
            'added $(touch pwned)`touch pwned`;touch pwned',
            'added clear%1B[2J%07',
            'added invoice%E2%80%AEgnp.exe',
            'added zero%E2%80%8Bwidth',
            'added spaces  ',
            'added @@end_db',
            'added #comment',
            'added 100%2525',
            'added ключ-鍵-é',
            'added f%FF%FE%0Ao',
            'added 🔑',
            'added C:\\x\\n',
            'added {{ ssm:secret }}',
            `added ${'x'.repeat(250)}`,
          ]),
        );
        // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none.
        expect(JSON.stringify(seen)).not.toMatch(/[\u0000-\u001f\u200b\u202e]/);
      });

      test('an AIDE that is older than 0.18 does not see names that are no text: then the check fails', async () => {
        const old = (script: string) =>
          `aide() { if [ "$1" = --version ]; then echo 'Aide 0.17.3'; else command aide "$@"; fi; }\n${script}`;
        writeFileSync(path('one\nремонт'), '');
        expect((await host.check({ patch: old })).status).toBe(0);
        writeFileSync(Buffer.concat([Buffer.from(`${host.files}/`), Buffer.from([0x66, 0xff])]), '');
        const { status, stderr } = await host.check({ patch: old });
        expect([status, stderr]).toEqual([1, expect.stringContaining('does not see 1 files, whose names are no text')]);
        expect((await host.check()).status).toBe(0);
      });

      test('AIDE itself finds as many changes between both databases as are reported', async () => {
        for (let count = 0; count < 30; count++) write(`etc/${count}`);
        const run = (script: string) => `${script}\ncp "$work/aide.db" "${host.files}.db"`;
        expect((await host.check({ patch: run })).status).toBe(0);
        await host.judge();
        renameSync(`${host.files}.db`, `${host.files}.before`);
        for (let count = 0; count < 30; count += 3) write(`etc/${count}`, 'changed');
        for (let count = 1; count < 30; count += 3) rmSync(path(`etc/${count}`));
        for (let count = 30; count < 37; count++) write(`etc/${count}`);
        expect((await host.check({ patch: run })).status).toBe(0);
        const { told } = await host.judge();
        writeFileSync(
          `${host.files}.conf`,
          [
            `database_in=file:${host.files}.before`,
            `database_new=file:${host.files}.db`,
            'report_url=stdout',
            '/ p+u+g+s+sha256',
          ].join('\n'),
        );
        const { stdout } = spawnSync('aide', [`--config=${host.files}.conf`, '--compare'], { encoding: 'utf8' });
        const says = (what: string) => Number(new RegExp(`${what} entries:\\s+(\\d+)`).exec(stdout)![1]);
        // AIDE also counts the folder, if its size differs.
        const changedFiles = stdout.match(/^f[^+-].*: \//gm);
        expect([says('Added'), says('Removed'), changedFiles?.length]).toEqual([told[0].added, told[0].removed, told[0].changed]);
        expect([told[0].added, told[0].removed, told[0].changed]).toEqual([7, 10, 10]);
        for (const end of ['.before', '.db', '.conf']) rmSync(host.files + end);
      });

      test('a host that was never seen and is not new has no baseline until somebody accepts its state', async () => {
        // The emulator knows no instance of this id, so it is not one that was just started.
        await host.check({
          as: 'i-00000000000000abc',
          patch: (script) => script.replaceAll('$host/$identity', 'i-00000000000000abc/$identity'),
        });
        const seen = await host.judge({ host: 'i-00000000000000abc' });
        expect(seen.told).toEqual([expect.objectContaining({ host: 'i-00000000000000abc', state: 'no baseline' })]);
      });

      test('a server that was stopped and started is no new one: what is on it does not become its baseline unseen', async () => {
        const client = new EC2Client({ region: 'eu-west-1' });
        const [LaunchTime, AttachTime] = [new Date(), new Date(Date.now() - 900 * 3_600_000)];
        const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { AttachTime } }];
        mockClient(client)
          .on(DescribeInstancesCommand)
          .resolves({ Reservations: [{ Instances: [{ InstanceId: host.id, LaunchTime, BlockDeviceMappings }] }] });
        await host.check();
        const { told } = await host.judge(undefined, undefined, client);
        expect(told).toEqual([expect.objectContaining({ host: host.id, state: 'no baseline' })]);
      });

      test('a baseline that somebody changed in the bucket is found out by its SHA-256', async () => {
        const { report } = await host.look();
        write('etc/backdoor');
        await host.check();
        const [state] = (await host.keys('inbox/')).slice(-1);
        const [baseline] = await host.keys('baselines/');
        // The state with the backdoor is put in the place of the baseline.
        await host.s3.send(
          new CopyObjectCommand({ Bucket: BUCKET, Key: baseline, CopySource: `${BUCKET}/${encodeURIComponent(state)}` }),
        );
        const seen = await host.judge();
        expect(seen.report.state).toBe('baseline tampered with');
        expect(seen.report.problem).toContain(`was made with ${report.source.sha256}`);
        expect(seen.told).toHaveLength(1);
      });

      test('a baseline that somebody deleted is told, and no other takes its place', async () => {
        await host.look();
        const [baseline] = await host.keys('baselines/');
        await host.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: baseline }));
        const seen = await host.look();
        expect(seen.report).toMatchObject({ state: 'baseline tampered with', problem: expect.stringContaining('is gone') });
        expect(await host.keys('baselines/')).toEqual([]);
        expect((await host.look()).told).toEqual([]);
      });

      test.each([
        ['is empty', Buffer.alloc(0), 'cannot be unpacked'],
        ['is not packed', Buffer.from('@@soc2-state 1'), 'cannot be unpacked'],
        ['is cut off', undefined, 'cannot be unpacked'],
      ])('a state that %s is told as unreadable', async (_, body, problem) => {
        await host.look();
        const [key] = await host.keys('inbox/');
        const { Body } = await host.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
        const whole = await Body!.transformToByteArray();
        await host.s3.send(
          new PutObjectCommand({
            Bucket: BUCKET,
            Key: key.replace('.gz', '-2.gz'),
            Body: body ?? whole.slice(0, whole.length / 2),
          }),
        );
        const seen = await host.judge();
        expect(seen.report).toMatchObject({ state: 'state unreadable', problem: expect.stringContaining(problem) });
        expect(seen.told[0].state).toBe('state unreadable');
      });

      test.each([
        ['where its own would be', (script: string, victim: string) => script.replace('inbox/$host', `inbox/${victim}`)],
        [
          'below the identity of the other',
          (script: string, victim: string) =>
            script.replace('inbox/$host/$identity', `inbox/${victim}/AROAVICTIM:${victim}/x/$identity`),
        ],
      ])('a host cannot speak for another by writing %s: it is told, and changes nothing', async (_, patch) => {
        await host.look();
        const intruder = 'i-0badbadbadbadbad0';
        const { status } = await host.check({ as: intruder, patch: (script) => patch(script, host.id) });
        expect(status).toBe(0);
        const { told } = await host.judge();
        expect(told).toEqual([expect.objectContaining({ host: host.id, state: 'state from another host' })]);
        expect((await host.judge()).told).toEqual([]);
        expect((await host.look()).report.state).toBe('unchanged');
      });

      test('who was on the host since the last check is in the report, and what could not be found out too', async () => {
        await host.look();
        write('etc/passwd', 'changed');
        host.ssm.on(DescribeSessionsCommand, { State: 'History' }).resolves({
          Sessions: [
            {
              SessionId: 'jo-1',
              Owner: 'arn:aws:sts::111122223333:assumed-role/Admin/jo',
              StartDate: new Date(1e12),
              Reason: 'CHG-9',
            },
          ],
        });
        host.ssm.on(ListCommandInvocationsCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
        const { report, told } = await host.look();
        expect(report.activity.sessions).toEqual([
          {
            id: 'jo-1',
            who: 'arn:aws:sts::111122223333:assumed-role/Admin/jo',
            start: '2001-09-09T01:46:40.000Z',
            reason: 'CHG-9',
          },
        ]);
        expect(report.activity.unknown).toEqual(['commands: AccessDeniedException: no']);
        expect(told[0].sessions).toEqual([
          'arn:aws:sts::111122223333:assumed-role/Admin/jo from 2001-09-09T01:46:40.000Z to now',
        ]);
        expect(report.saidByHost).toMatchObject({
          host: host.id,
          aide: expect.stringMatching(/AIDE/i),
          packageOfAideDiffers: expect.any(Array),
        });
      });

      test('changes are told once, again when there are others, and when they are gone', async () => {
        await host.look();
        write('one');
        expect((await host.look()).told).toHaveLength(1);
        expect((await host.look()).told).toEqual([]);
        write('two');
        expect((await host.look()).told).toEqual([expect.objectContaining({ state: 'changed', added: 2 })]);
        rmSync(path('one'));
        rmSync(path('two'));
        expect((await host.look()).told).toEqual([expect.objectContaining({ state: 'unchanged' })]);
      });

      const openWindow = () =>
        host.ssm.on(DescribeMaintenanceWindowExecutionsCommand).resolves({
          WindowExecutions: [
            { WindowId: 'mw-0123456789abcdef0', WindowExecutionId: 'e-1', StartTime: new Date(), Status: 'SUCCESS' },
          ],
        });

      test('what changed while a maintenance window was open is planned, until something else changes', async () => {
        await host.look();
        write('etc/passwd', 'patched');
        openWindow();
        const planned = await host.look();
        expect(planned.report.state).toBe('changed in a maintenance window');
        expect(planned.told[0]).toMatchObject({ windows: [expect.stringContaining('mw-0123456789abcdef0')] });
        host.ssm.on(DescribeMaintenanceWindowExecutionsCommand).resolves({ WindowExecutions: [] });
        expect((await host.look()).report.state).toBe('changed in a maintenance window');
        write('etc/backdoor');
        expect((await host.look()).report.state).toBe('changed');
      });

      test('what was not planned does not become so in a later window, whatever the host sends in between', async () => {
        await host.look();
        write('etc/backdoor');
        expect((await host.look()).report.state).toBe('changed');
        const [key] = (await host.keys('inbox/')).slice(-1);
        await host.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key.replace('.gz', '-2.gz'), Body: 'x' }));
        await nextSecond();
        expect((await host.judge()).report.state).toBe('state unreadable');
        openWindow();
        expect((await host.look()).report.state).toBe('changed');
        await host.accept();
        write('etc/motd', 'patched');
        expect((await host.look()).report.state).toBe('changed in a maintenance window');
      });

      test('after a planned change the new state becomes the baseline, with who did it and why', async () => {
        await host.look();
        write('program', 'version 2');
        await host.look();
        const { report, told } = await host.accept();
        expect(report).toMatchObject({
          state: 'accepted',
          change: 'CHG-7',
          reason: 'a new version',
          by: 'arn:aws:sts::111122223333:assumed-role/Deployment/pipeline',
          accepted: { state: 'changed' },
        });
        expect(told).toEqual([expect.objectContaining({ state: 'accepted', change: 'CHG-7' })]);
        expect((await host.look()).report).toMatchObject({ state: 'unchanged', baseline: { change: 'CHG-7' } });
      });

      test.each([
        ['a run of another document', { DocumentName: 'AWS-RunShellScript' }, /must be a run of AcceptChanges in progress/],
        ['a run that ended', { AutomationExecutionStatus: 'Success' }, /in progress/],
        ['a run without a change', { Parameters: { InstanceId: ['i-0123456789abcdef0'] } }, /names no host or no change/],
        [
          'a run for a host that sent nothing',
          { Parameters: { InstanceId: ['i-0123456789abcdef0'], Change: ['CHG-7'] } },
          /sent no state/,
        ],
      ])('%s accepts nothing', async (_, change, problem) => {
        await host.look();
        write('program', 'version 2');
        await expect(host.accept(change)).rejects.toThrow(problem);
        expect((await host.look()).report.state).toBe('changed');
      });

      test('a state that is older than two hours is not accepted', async () => {
        await host.look();
        const tomorrow = () => new Date(Date.now() + 86_400_000);
        await host.accept();
        await expect(host.judge({ accept: '11111111-2222-3333-4444-555555555555' }, tomorrow)).rejects.toThrow(
          'within two hours',
        );
      });

      test('a check that State Manager says failed is told, each time, and what the host did send is judged', async () => {
        await host.look();
        const failed = (date: string) => ({
          source: 'aws.ssm',
          time: '2026-11-20T18:43:48Z',
          detail: {
            'instance-id': host.id,
            'association-id': 'a-1',
            status: 'Failed',
            'execution-summary': 'exit status 1\u202e',
            'last-execution-date': date,
          },
        });
        const { told } = await host.judge(failed('2026-11-20T18:43:00Z'));
        expect(told).toEqual([
          expect.objectContaining({ host: host.id, state: 'check failed', problem: 'The check failed: exit status 1%E2%80%AE' }),
        ]);
        const [again] = (await host.judge(failed('2026-11-21T18:43:00Z'))).told;
        expect(again.id).not.toBe(told[0].id);
        write('etc/backdoor');
        await host.check();
        const both = await host.judge(failed('2026-11-22T18:43:00Z'));
        expect(both.told.map(({ state }) => state)).toEqual(['check failed', 'changed']);
      });

      test.each([null, 'x', {}, { detail: {} }, { host: '../i-0123456789abcdef0' }, { accept: 'x' }])(
        'an event such as %j is refused with what it should be',
        async (event) => {
          await expect(host.judge(event)).rejects.toThrow('the event must name a host such as i-0123456789abcdef0, or a run');
        },
      );

      test('a failing AIDE, and a host without a role, end the check with an error', async () => {
        const broken = await host.check({ patch: (script) => script.replace('SOC2 = $1', 'SOC2 = nonsense') });
        expect(broken.status).toBe(1);
        expect(broken.stderr).toContain('AIDE ended with code 17');
        const { status, stderr } = spawnSync('sh', ['-c', linuxScript([host.files])], {
          encoding: 'utf8',
          env: { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' },
        });
        expect([status, stderr]).toEqual([1, expect.stringContaining('this host has no role')]);
      });
    });
  });

  test('a path stands for itself and what is below it, and nothing that begins alike', () => {
    const { stdout } = spawnSync(
      'sh',
      [
        '-c',
        `set -e; cd "$(mktemp -d)"; mkdir -p etc/a.d etc/aXd etcetera; touch etc/a.d/in etc/aXd/in etcetera/out
       script='${linuxScript(['/ROOT/etc'], ['/ROOT/etc/a.d']).replaceAll("'", "'\\''")}'
       rules=$(printf '%s' "$script" | sed -n "/^SOC2_RULES=/,/'$/p" | sed "s/^SOC2_RULES='//; s/'$//; s#/ROOT#$PWD#")
       printf '%s\\n' "database_out=file:$PWD/db" gzip_dbout=no 'SOC2 = p' "$rules" >conf
       aide --config=conf --init >/dev/null; sed -n "s#^$PWD/##p" db | cut -d ' ' -f 1`,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout.trim().split('\n').sort()).toEqual(['etc', 'etc/aXd', 'etc/aXd/in']);
  });
});

describeWithTool('shellcheck', 'shellcheck', () => {
  test('finds nothing in the script that the document runs', () => {
    const { stdout } = spawnSync('shellcheck', ['--shell=sh', '--severity=style', '-'], {
      input: linuxScript(['/etc']),
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});
