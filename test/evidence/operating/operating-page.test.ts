import { CHECKLIST } from '../../../src/criteria/checklist';
import { Evidence } from '../../../src/evidence/evidence';
import { checklistPage } from '../../../src/evidence/html/checklist-page';
import { closeCollection } from '../../../src/evidence/operating/close-collection';
import { COLLECTION } from '../../../src/evidence/operating/collection-manifest';
import { FIGURES, figuresOf } from '../../../src/evidence/operating/figures';
import { FIRST_COLUMNS, inReadingOrder } from '../../../src/evidence/operating/first-columns';
import type { OperatingEvidence } from '../../../src/evidence/operating/operating-evidence';
import { OPERATING } from '../../../src/evidence/renderers/operating';
import type { BundleFile } from '../../../src/evidence/renderers/renderer';
import type { JsonObject } from '../../../src/model/json';
import { evidenceOf } from '../sample';
import { ACCOUNT, type Answers, awsError, FakeAws, MemoryFiles, NOW, PERIOD, REGION, run } from './collectors/fake-aws';
import { PNG, WORLDS } from './collectors/worlds';

const HOSTILE = '=HYPERLINK("http://evil")<script>alert(1)</script>\u202e';

/** What a run of all collectors wrote, with names that somebody made to do harm. */
async function collected(period = PERIOD, more: Answers = {}): Promise<OperatingEvidence> {
  const memory = new MemoryFiles();
  const outcomes = [];
  for (const { collector, answers } of WORLDS) {
    const aws = new FakeAws(
      collector.id !== 'backups'
        ? { ...answers, ...more }
        : {
            ...answers,
            'backup:ListBackupJobs': [
              {
                BackupJobs: [
                  { BackupJobId: 'a', State: 'COMPLETED', ResourceName: HOSTILE },
                  { BackupJobId: 'b', State: 'FAILED' },
                ],
              },
            ],
            'backup:ListCopyJobs': () => awsError('AccessDeniedException'),
          },
    );
    const outcome = await run(collector, aws, memory);
    outcomes.push(outcome);
  }
  const { text, files } = closeCollection(outcomes, {
    tool: 'cdk-soc2 test',
    account: ACCOUNT,
    regions: [REGION],
    caller: `arn:aws:sts::${ACCOUNT}:assumed-role/Auditor/someone`,
    period: { from: period.from.toISOString(), to: period.to.toISOString() },
    archive: null,
    collectors: WORLDS.map(({ collector }) => collector.id),
    finished: NOW.toISOString(),
    previous: null,
  });
  memory.files.set(COLLECTION, Buffer.from(text));
  return {
    collection: JSON.parse(text),
    path: `operating/${ACCOUNT}_${period.from.toISOString().slice(0, 10)}_${period.to.toISOString().slice(0, 10)}`,
    files: [COLLECTION, ...files.map(({ path }) => path)],
    read: (file) => memory.files.get(file)!,
  };
}

let files: Map<string, string>;

async function rendered(): Promise<Map<string, string>> {
  const evidence = new Evidence({ ...evidenceOf().input, operating: [await collected()] });
  const all = OPERATING.render(evidence) as Iterable<BundleFile>;
  return new Map([...all].map(({ path, content }) => [path, Buffer.from(content).toString('utf8')]));
}

beforeAll(async () => {
  files = await rendered();
});

const page = () => files.get('operating.html')!;

test('the page tells how controls operated, in numbers', () => {
  const text = page()
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(text).toContain('2 jobs 1 completed 1 failed');
  expect(text).toContain('2 restores 2 found good 0 found wanting');
  expect(text).toContain('2 open vulnerabilities 0 critical 2 high 2 older than allowed');
  expect(text).toContain('2 vulnerabilities fixed 2 later than allowed 2 resolved: half of them within 38.75 days');
  expect(text).toContain('2 receivers of alarms 1 confirmed 1 not confirmed');
  expect(text).toContain('2 users 1 with a password and without MFA');
});

test('the page marks a Region where nothing records or watches, and none where that could not be read', async () => {
  const rowOf = async (answers: Answers, query: string) => {
    const operating = [await collected(PERIOD, answers)];
    const [{ content }] = [
      ...(OPERATING.render(new Evidence({ ...evidenceOf().input, operating })) as Iterable<BundleFile>),
    ].filter(({ path }) => path === 'operating.html');
    return String(content)
      .split('<tr>')
      .find((row) => row.includes(`soft small">${query}, `))!;
  };
  const none = `<span class="verdict open">none</span> in ${REGION}`;
  const recorders = 'config:DescribeConfigurationRecorderStatus';
  expect(await rowOf({ [recorders]: [{ ConfigurationRecordersStatus: [] }] }, 'config-rules/recorders')).toContain(none);
  expect(await rowOf({ 'guardduty:ListDetectors': [{ DetectorIds: [] }] }, 'guardduty/detectors')).toContain(none);
  expect(await rowOf({}, 'config-rules/recorders')).not.toContain('none');
  const denied = await rowOf({ [recorders]: () => awsError('AccessDeniedException') }, 'config-rules/recorders');
  expect(denied).toContain('incomplete');
  expect(denied).not.toContain('none');
  expect(await rowOf({ 'backup:ListScanJobs': [{ ScanJobs: [] }] }, 'backups/scan-jobs')).not.toContain('none');
});

test('the page says what is missing, who asked, and for when', () => {
  expect(page()).toContain('AccessDeniedException');
  // No number stands there as if it were all.
  expect(page()).toMatch(/Copies of backups[^<]*<\/bdi> <span class="verdict open">incomplete/);
  expect(page()).toContain('assumed-role/Auditor/someone');
  expect(page()).toContain('2 November 2026, 00:00 UTC');
});

test('the page shows pictures of metrics, and loads nothing', () => {
  expect(page()).toContain(`src="data:image/png;base64,${PNG.toString('base64')}"`);
  expect(page()).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page()).toContain("default-src 'none'");
});

test('every link of the page leads to a file of the bundle', () => {
  const links = [...page().matchAll(/href="([^"]+)"/g)].map(([, link]) => link).filter((link) => link !== 'index.html');
  expect(links.length).toBeGreaterThan(30);
  expect(links.filter((link) => !files.has(link))).toEqual([]);
});

test('every population is a list: whole, and no cell of it is a formula or turns text around', () => {
  const path = `populations/${ACCOUNT}/backups_backup-jobs.csv`;
  const lines = files.get(path)!.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('Region,ResourceName,State');
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")<script>alert(1)</script>⟨U+202E⟩"`);
  const populations = [...files.keys()].filter((each) => each.startsWith('populations/'));
  expect(populations).toHaveLength(WORLDS.reduce((sum, { rows }) => sum + Object.keys(rows).length, 0));
});

test('names that were made to do harm stand in no page as markup', () => {
  for (const [path, content] of files)
    if (path.endsWith('.html') && !path.startsWith('operating/')) expect(content).not.toContain('<script>alert');
});

test('what is rendered twice is the same', async () => {
  expect(await rendered()).toEqual(files);
});

test('of several collections of an account, a row counts once, the newest state counts, and time in between is told', async () => {
  const next = { from: new Date('2026-11-16T00:00:00Z'), to: new Date('2026-11-20T00:00:00Z') };
  const fewer: Answers = { 'iam:ListUsers': [{ Users: [{ UserName: 'ada', Arn: 'arn:aws:iam::111122223333:user/ada' }] }] };
  const operating = [await collected(), await collected(next, fewer)];
  const all = [...(OPERATING.render(new Evidence({ ...evidenceOf().input, operating })) as Iterable<BundleFile>)];
  const both = all.find(({ path }) => path === 'operating.html')!.content.toString();
  expect(both).toContain('15 November 2026, 00:00 UTC to 16 November 2026, 00:00 UTC');
  const text = both.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(text).toContain('Period 2 November 2026, 00:00 UTC to 20 November 2026, 00:00 UTC');
  // The same two findings in both.
  expect(text).toContain('2 findings 1 still open');
  const users = all.find(({ path }) => path.endsWith('iam_users.csv'))!.content.toString();
  expect(users.trimEnd().split('\n')).toHaveLength(2);
  expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
});

/** What a collection is when a collector failed in another Region before it gave anything. */
function failedElsewhere(evidence: OperatingEvidence): OperatingEvidence {
  const unit = { collector: 'guardduty', account: ACCOUNT, region: 'ap-south-1' };
  const problem = 'it was not started: ExpiredToken';
  const { collection } = evidence;
  return { ...evidence, collection: { ...collection, missing: [...collection.missing, { ...unit, query: null, problem }] } };
}

test('a list is not whole when its collector failed in a Region, though those of other Regions are', async () => {
  const operating = [failedElsewhere(await collected())];
  const evidence = new Evidence({ ...evidenceOf().input, operating });
  const all = [...(OPERATING.render(evidence) as Iterable<BundleFile>)];
  const text = all.find(({ path }) => path === 'operating.html')!.content.toString();
  expect(text).toMatch(/Scans for malware that started[^<]*<\/bdi> <span class="verdict open">incomplete<\/span>/);
  expect(text).toContain('Nothing of ap-south-1');
  expect(text).not.toMatch(/Backup jobs, with what[^<]*<\/bdi> <span class="verdict open">incomplete/);
  const item = checklistPage(CHECKLIST.find(({ id }) => id === 'S4-14')!, evidence, () => false);
  expect(item).toMatch(/ap-south-1<\/td><td class="nowrap">[^<]*<\/td><td>none: <bdi>it was not started: ExpiredToken/);
});

test('a list over a period says of which part of it nothing was collected', async () => {
  const later = { from: new Date('2026-11-15T00:00:00Z'), to: new Date('2026-11-20T00:00:00Z') };
  const second = await collected(later);
  const records = second.collection.records.filter(({ query }) => query !== 'backup-jobs');
  const operating = [await collected(), { ...second, collection: { ...second.collection, records } }];
  const all = [...(OPERATING.render(new Evidence({ ...evidenceOf().input, operating })) as Iterable<BundleFile>)];
  const text = all.find(({ path }) => path === 'operating.html')!.content.toString();
  expect(text.match(/Nothing of 15 November 2026, 00:00 UTC to 20 November 2026, 00:00 UTC/g)).toHaveLength(1);
  expect(text).toMatch(/Backup jobs, with what[^<]*<\/bdi> <span class="verdict open">incomplete/);
});

test('without collected evidence there is no page', () => {
  expect([...(OPERATING.render(evidenceOf()) as Iterable<BundleFile>)]).toEqual([]);
});

test('the page of a checklist item leads to what was collected, or says what collects it', async () => {
  const item = CHECKLIST.find(({ id }) => id === 'S4-14')!;
  const without = checklistPage(item, evidenceOf(), () => false);
  expect(without).toContain('None is in this bundle.');
  expect(without).toContain('<code>cdk-soc2 collect --only backups,guardduty</code>');
  const collection = await collected();
  const found = checklistPage(item, new Evidence({ ...evidenceOf().input, operating: [collection] }), () => false);
  expect(found).toContain(`../${collection.path}/records/guardduty/${ACCOUNT}/${REGION}/malware-scans.json`);
});

test('figures and columns are of queries that there are', () => {
  const known = new Set(WORLDS.flatMap(({ collector, rows }) => Object.keys(rows).map((query) => `${collector.id}/${query}`)));
  const others = /^(cloudtrail-settings|log-integrity|restore-tickets|access-reviews)\//;
  for (const query of [...Object.keys(FIGURES), ...Object.keys(FIRST_COLUMNS)])
    expect([query, known.has(query) || others.test(query)]).toEqual([query, true]);
});

test('columns that a reader looks for come first, and none is lost', () => {
  expect(inReadingOrder('backups/vaults', ['Alpha', 'Locked', 'BackupVaultName'])).toEqual([
    'BackupVaultName',
    'Locked',
    'Alpha',
  ]);
  expect(inReadingOrder('unknown/query', ['b', 'a'])).toEqual(['b', 'a']);
});

test('what works is said to work, and what does not say so counts as what does not', () => {
  const bad = (query: string, row: JsonObject) =>
    figuresOf(query, [row])!
      .counted.filter(({ isBad }) => isBad)
      .map(({ label }) => label);
  const root = { user: '<root_account>', password_enabled: 'not_supported' };
  const topic = ['arn:aws:sns:eu-west-1:111122223333:alerts'];
  expect(bad('iam/credential-report', { ...root, mfa_active: 'false' })).toEqual(['with a password and without MFA']);
  expect(bad('iam/credential-report', { ...root, mfa_active: 'true' })).toEqual([]);
  expect(bad('iam/credential-report', { ...root, password_enabled: 'false', mfa_active: 'false' })).toEqual([]);
  expect(bad('alarms/alarms', { ActionsEnabled: true, AlarmActions: topic })).toEqual([]);
  const silent: JsonObject[] = [{ ActionsEnabled: false, AlarmActions: topic }, { ActionsEnabled: true, AlarmActions: [] }, {}];
  for (const alarm of silent) expect(bad('alarms/alarms', alarm)).toEqual(['that tell nobody']);
  expect(bad('guardduty/detectors', { Status: 'ENABLED' })).toEqual([]);
  const blind: JsonObject[] = [{ Status: 'DISABLED' }, {}];
  for (const detector of blind) expect(bad('guardduty/detectors', detector)).toEqual(['that do not watch']);
  expect(bad('config-rules/recorders', { recording: true })).toEqual([]);
  expect(bad('config-rules/recorders', {})).toEqual(['that do not record']);
  expect(bad('cloudtrail-settings/trail-status', { IsLogging: true })).toEqual([]);
  expect(bad('cloudtrail-settings/trail-status', { IsLogging: false })).toEqual(['that do not log']);
});

test('the median is of those that were resolved', () => {
  const rows = [1, 9, 3, null].map((resolvedAfterDays) => ({
    resolvedAfterDays,
    resolvedAt: resolvedAfterDays === null ? null : 'then',
  }));
  expect(figuresOf('security-hub/findings', rows)).toEqual({
    counted: [
      { label: 'findings', number: 4, isBad: false },
      { label: 'still open', number: 1, isBad: true },
    ],
    resolution: { resolved: 3, medianDays: 3, longestDays: 9 },
  });
});
