import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { EvidenceCollector, EvidenceStore } from '../../src';
import { makeHandler } from '../../src/collection/collect-evidence/handler';
import type { Closed, Message, Plan, Progress } from '../../src/collection/collection-messages';
import { filesIn } from '../../src/evidence/bundle/files';
import { sha256 } from '../../src/evidence/bundle/manifest';
import { AwsClients } from '../../src/evidence/operating/aws-clients';
import type { CollectContext, Collector, Page, Query } from '../../src/evidence/operating/collector';
import { verifyCollection } from '../../src/evidence/operating/verify-collection';
import { build } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { temporaryFolder } from '../helpers/temporary';
import { definitionIn, execute } from '../helpers/workflow';

const QUERY: Query = { id: 'things', title: 'Things', calls: [{ api: 'test:ListThings', parameters: {} }], covers: 'period' };
const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:collect';

/** A collector of rows that are numbered by the day. */
function collector(
  id: string,
  pages: number,
  before: (page: number, context: CollectContext) => void = () => undefined,
): Collector {
  return {
    id,
    title: id,
    version: 1,
    controls: ['audit-trail', 'log-retention'],
    scope: id === 'whole' ? 'account' : 'region',
    reads: 'api',
    actions: {},
    async *collect(context): AsyncGenerator<Page> {
      for (let page = Number(context.resumeFrom ?? 0); page < pages; page++) {
        before(page, context);
        const day = context.period.from.toISOString().slice(0, 10);
        yield { query: QUERY, rows: [{ id: `${day}-${page}`, data: { page } }], cursor: String(page + 1) };
      }
    },
  };
}

describeWithTool(EMULATOR, 'a run', () => {
  let emulator: Emulator;
  let clients: AwsClients;
  let s3: S3Client;
  let Bucket: string;
  let number = 0;

  beforeAll(async () => {
    emulator = await Emulator.start();
    const { endpoint, credentials, forcePathStyle } = emulator.options;
    clients = new AwsClients({ endpoint, credentials, forcePathStyle, maxAttempts: 2 });
    s3 = clients.of(S3Client, 'eu-west-1');
  }, 120_000);
  afterAll(() => emulator.stop());
  beforeEach(async () => {
    Bucket = `evidence-${++number}`;
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true }));
  });

  function handlerOf(collectors: readonly Collector[], day = '2026-11-20', regions = 'eu-west-1,us-east-1') {
    const environment = {
      EVIDENCE_BUCKET: Bucket,
      EVIDENCE_PREFIX: 'soc2/',
      COLLECTORS: collectors.map(({ id }) => id).join(','),
      REGIONS: regions,
    };
    const handler = makeHandler({ clients, collectors, environment, now: () => new Date(`${day}T03:40:00Z`) });
    return (message: Message, remaining: () => number = () => 900_000) =>
      handler(message, { invokedFunctionArn: ARN, getRemainingTimeInMillis: remaining });
  }

  /** Plan, collect and close, as the workflow does; answers with what each step said. */
  async function whole(collectors: readonly Collector[], day?: string): Promise<{ plan: Plan; closed: Closed }> {
    const handle = handlerOf(collectors, day);
    const plan = (await handle({})) as Plan;
    for (const part of plan.parts) {
      for (let done = false; !done; )
        done = await handle({ step: 'collect', run: plan.run, ...part }).then(
          (progress) => (progress as Progress).done,
          () => true,
        );
    }
    return { plan, closed: (await handle({ step: 'close', run: plan.run, parts: plan.parts })) as Closed };
  }

  async function keys(): Promise<string[]> {
    const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    return objects.map(({ Key }) => Key!);
  }

  async function text(Key: string): Promise<string> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body!.transformToString();
  }

  /** A copy of the folder of a run, as an auditor downloads it. */
  async function downloaded(day: string): Promise<string> {
    const folder = temporaryFolder('downloaded');
    const prefix = `soc2/collected/111122223333/eu-west-1/${day}/`;
    for (const key of (await keys()).filter((each) => each.startsWith(prefix))) {
      const file = join(folder, key.slice(prefix.length));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await text(key));
    }
    return folder;
  }

  test('writes records under keys that name account, Region and day, which verify as they are', async () => {
    const { plan, closed } = await whole([collector('first', 3), collector('whole', 2)]);
    expect(plan).toEqual({
      run: { day: '2026-11-20', from: '2026-11-19T00:00:00.000Z', to: '2026-11-20T00:00:00.000Z', previous: null },
      parts: [
        { collector: 'first', region: 'eu-west-1' },
        { collector: 'first', region: 'us-east-1' },
        { collector: 'whole', region: 'eu-west-1' },
      ],
    });
    expect(closed).toEqual({ records: 3, missing: 0 });
    const { problems, collection } = verifyCollection(await downloaded('2026-11-20'));
    expect(problems).toEqual([]);
    expect(collection).toMatchObject({
      account: '111122223333',
      regions: ['eu-west-1', 'us-east-1'],
      missing: [],
      previous: null,
    });
    expect(collection!.caller).toMatch(/^arn:aws:sts::/);
    expect(collection!.records.map(({ rows, region }) => [region, rows])).toEqual([
      ['eu-west-1', 3],
      ['us-east-1', 3],
      [null, 2],
    ]);
  });

  test('lists the records of each control below a prefix of its own', async () => {
    await whole([collector('first', 1)]);
    const list = JSON.parse(await text('soc2/controls/audit-trail/111122223333/eu-west-1/2026-11-20.json'));
    expect(list).toMatchObject({
      control: 'audit-trail',
      collection: 'collected/111122223333/eu-west-1/2026-11-20/collection.json',
    });
    const present = await keys();
    for (const { path } of list.records) expect(present).toContain(`soc2/${path}`);
    expect(present).toContain('soc2/controls/log-retention/111122223333/eu-west-1/2026-11-20.json');
  });

  test('goes on from where the run before it ended, days later too, and carries the hash of its manifest', async () => {
    await whole([collector('first', 1)], '2026-11-10');
    const { plan: again } = await whole([collector('first', 1)], '2026-11-13');
    const before = await text('soc2/collected/111122223333/eu-west-1/2026-11-10/collection.json');
    expect(again.run).toEqual({
      day: '2026-11-13',
      from: '2026-11-10T00:00:00.000Z',
      to: '2026-11-13T00:00:00.000Z',
      previous: sha256(before),
    });
    expect(verifyCollection(await downloaded('2026-11-13')).collection!.previous).toBe(sha256(before));
    // A run that never closed is none.
    const handle = handlerOf([collector('first', 1)], '2026-11-14');
    const { run } = (await handle({})) as Plan;
    await handle({ step: 'collect', run, collector: 'first', region: 'eu-west-1' });
    const { plan: next } = await whole([collector('first', 1)], '2026-11-15');
    expect(next.run.from).toBe('2026-11-13T00:00:00.000Z');
  });

  test('makes up for no more than CloudTrail still tells', async () => {
    await whole([collector('first', 1)], '2026-01-10');
    const { plan } = await whole([collector('first', 1)], '2026-11-20');
    expect(plan.run.from).toBe('2026-08-23T00:00:00.000Z');
  });

  test('is the same when it is asked for again: other keys are not written, and rows are not doubled', async () => {
    await whole([collector('first', 3)], '2026-11-19');
    const { plan: first } = await whole([collector('first', 3)]);
    const present = await keys();
    const { plan: second, closed } = await whole([collector('first', 3)]);
    expect(second).toEqual(first);
    expect(await keys()).toEqual(present);
    expect(closed).toEqual({ records: 2, missing: 0 });
    expect(verifyCollection(await downloaded('2026-11-20')).problems).toEqual([]);
  });

  test('verifies also where a try before left what nobody may delete', async () => {
    const given = (more: Partial<Page>): Collector => ({
      ...collector('first', 0),
      async *collect() {
        yield { query: QUERY, rows: [], ...more };
      },
    });
    const attachments = [{ name: 'picture.png', content: Buffer.from('picture') }];
    await whole([given({ missing: ['a page'], attachments })]);
    const { closed } = await whole([given({})]);
    expect(closed).toEqual({ records: 2, missing: 0 });
    const folder = await downloaded('2026-11-20');
    expect(filesIn(folder).filter((path) => path.endsWith('picture.png'))).toHaveLength(2);
    expect(verifyCollection(folder).problems).toEqual([]);
  });

  test('leaves the rest to the next invocation before its time is over, and loses nothing by it', async () => {
    const handle = handlerOf([collector('first', 5)], '2026-11-20', 'eu-west-1');
    const { run, parts } = (await handle({})) as Plan;
    const answers: boolean[] = [];
    for (let done = false; !done; ) {
      let asked = 0;
      ({ done } = (await handle({ step: 'collect', run, ...parts[0] }, () => (++asked >= 2 ? 59_000 : 900_000))) as Progress);
      answers.push(done);
    }
    expect(answers).toEqual([false, false, true]);
    await handle({ step: 'close', run, parts });
    expect(verifyCollection(await downloaded('2026-11-20')).collection!.records).toMatchObject([{ rows: 5, complete: true }]);
  });

  test('says of what failed that it is missing, and keeps what came before', async () => {
    const failing = collector('broken', 3, (page) => {
      if (page === 2) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    });
    const handle = handlerOf([failing]);
    const { run, parts } = (await handle({})) as Plan;
    const failure = { name: 'CollectionFailed', message: 'AccessDeniedException: not authorized' };
    await expect(handle({ step: 'collect', run, ...parts[0] })).rejects.toMatchObject(failure);
    // The other part did not even start, as when its function was stopped.
    expect(await handle({ step: 'close', run, parts })).toEqual({ records: 1, missing: 2 });
    const { problems, collection } = verifyCollection(await downloaded('2026-11-20'));
    expect(problems).toEqual([]);
    expect(collection!.missing.map(({ region, problem }) => [region, problem])).toEqual([
      ['eu-west-1', 'it ended early: AccessDeniedException: not authorized'],
      ['us-east-1', 'it did not come to its end'],
    ]);
    expect(collection!.records).toMatchObject([{ rows: 2, complete: false }]);
  });

  test('keeps every version of what it writes again', async () => {
    await whole([collector('first', 1)]);
    await whole([collector('first', 1)]);
    const Prefix = 'soc2/collected/111122223333/eu-west-1/2026-11-20/collection.json';
    const { Versions: versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    expect(versions).toHaveLength(2);
  });

  test.each(['tomorrow', '2026-13-01', '2026-11-21', '../x'])('is not planned for the day %s', async (day) => {
    await expect(handlerOf([collector('first', 1)])({ day })).rejects.toThrow("'day' must be a day up to today, 2026-11-20, got");
  });

  test('can be asked for by hand for a day that is over', async () => {
    expect(((await handlerOf([collector('first', 1)])({ day: '2026-11-05' })) as Plan).run).toMatchObject({
      from: '2026-11-04T00:00:00.000Z',
      to: '2026-11-05T00:00:00.000Z',
    });
  });

  test('refuses a collector that the function was not given', async () => {
    const handle = handlerOf([collector('first', 1)]);
    const { run } = (await handle({})) as Plan;
    await expect(handle({ step: 'collect', run, collector: 'other', region: 'eu-west-1' })).rejects.toThrow(
      "'other' is none of the collectors",
    );
  });
});

describe('the workflow', () => {
  const { template } = build(
    (stack) => new EvidenceCollector(stack, 'Collector', { store: new EvidenceStore(stack, 'Evidence') }),
  );
  const RUN = { day: '2026-11-20', from: 'a', to: 'b', previous: null };
  const PARTS = [
    { collector: 'first', region: 'eu-west-1' },
    { collector: 'second', region: 'eu-west-1' },
  ];

  async function execution(collect: (message: { collector: string }, time: number) => Progress, missing = 0) {
    const messages: Message[] = [];
    const handle = async (message: Message) => {
      messages.push(message);
      if (message.step === undefined) return { run: RUN, parts: PARTS };
      if (message.step === 'close') return { records: 2, missing };
      return collect(message, messages.filter((each) => each.step === 'collect' && each.collector === message.collector).length);
    };
    return { ...(await execute(definitionIn(template), {}, { CollectFunction: handle }).ended), messages };
  }

  test('plans, collects every part until it is done, and closes', async () => {
    const { status, messages } = await execution((_, time) => ({ done: time === 3 }));
    expect(status).toBe('SUCCEEDED');
    expect(messages[0]).toEqual({});
    expect(messages.filter(({ step }) => step === 'collect')).toHaveLength(6);
    expect(messages.at(-1)).toEqual({ step: 'close', run: RUN, parts: PARTS });
  });

  test('collects the others, and closes, when one fails for good', async () => {
    const failing = ({ collector: id }: { collector: string }) => {
      if (id === 'first') throw Object.assign(new Error('AccessDeniedException'), { name: 'CollectionFailed' });
      return { done: true };
    };
    const { status, error, messages } = await execution(failing, 1);
    expect(status).toBe('FAILED');
    expect(error).toContain('Not everything could be collected');
    expect(messages.filter((each) => each.step === 'collect' && each.collector === 'first')).toHaveLength(3);
    expect(messages.at(-1)).toMatchObject({ step: 'close' });
  });

  test.each(['CollectionFailed', 'States.Timeout', 'Sandbox.Timedout', 'Lambda.Unknown'])(
    'tries again after %s',
    async (name) => {
      const passing = (_: unknown, time: number) => {
        if (time === 1) throw Object.assign(new Error('of the test'), { name });
        return { done: true };
      };
      const { status, messages } = await execution(passing);
      expect(status).toBe('SUCCEEDED');
      // Both parts, twice.
      expect(messages.filter(({ step }) => step === 'collect')).toHaveLength(4);
    },
  );
});
