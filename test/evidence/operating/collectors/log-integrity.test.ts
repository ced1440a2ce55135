import type { Trail } from '@aws-sdk/client-cloudtrail';
import { logIntegrity } from '../../../../src/evidence/operating/collectors/log-integrity';
import { at, BUCKET, keyOfAws, TrailOfTests } from '../digests/trail';
import { awsError, FakeAws, MemoryFiles, run } from './fake-aws';

const PERIOD = { from: at(0), to: at(8) };
const described = (more: Partial<Trail> = {}): Trail => ({
  Name: 'all',
  TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/all',
  HomeRegion: 'us-east-1',
  S3BucketName: BUCKET,
  LogFileValidationEnabled: true,
  ...more,
});

function awsOf(trails: readonly Trail[], trail: TrailOfTests): FakeAws {
  const [key] = trail.known;
  return new FakeAws({
    'cloudtrail:DescribeTrails': [{ trailList: trails }],
    'cloudtrail:ListPublicKeys': [{ PublicKeyList: [] }, { PublicKeyList: [{ Fingerprint: key.fingerprint, Value: key.value }] }],
  });
}

const collect = (
  trail: TrailOfTests,
  aws = awsOf([described()], trail),
  files = new MemoryFiles(),
  place = trail.tools.archive.place,
) => run(logIntegrity, aws, files, { period: PERIOD, now: () => at(20), archive: { ...trail.tools.archive, place } });

function wholeTrail(): TrailOfTests {
  const trail = new TrailOfTests();
  trail.deliverHours(-1, 9);
  return trail;
}

test('a trail whose log files are whole has a row that says so, and one for each digest file', async () => {
  const result = await collect(wholeTrail());
  expect(result.rows('trails')).toEqual([
    {
      id: 'all us-east-1 2026-11-20T00:00:00.000Z',
      data: expect.objectContaining({
        trail: 'all',
        isWhole: true,
        validatesNow: true,
        problems: 0,
        digests: { standard: { valid: 8, invalid: 0 }, backfill: { valid: 0, invalid: 0 } },
        logFiles: { valid: 16, invalid: 0 },
        hours: { due: 8, covered: 8 },
      }),
    },
  ]);
  expect(result.rows('digest-files')).toHaveLength(8);
  expect(result.rows('digest-files')[0].data).toMatchObject({ isSigned: true, logFiles: 2, problems: [] });
  expect(result.records.map(({ redacted }) => redacted)).toEqual([0, 0, 0, 0]);
  expect(result.records.map(({ query, rows, missing }) => [query.id, rows, missing])).toEqual([
    ['trails', 1, []],
    ['problems', 0, []],
    ['uncovered', 0, []],
    ['digest-files', 8, []],
  ]);
});

test('what is wrong is told by file and meaning, and is a result, not a failure to collect', async () => {
  const trail = wholeTrail();
  const [log] = trail.logs.slice(7);
  trail.alter(log, (text) => text.replace(/.$/, ' }'));
  trail.files.delete([...trail.files.keys()].find((key) => key.includes('T060000Z.json'))!);
  const result = await collect(trail);
  expect(result.status).toBe('done');
  expect(result.rows('problems').map(({ data }) => [data.kind, data.meaning])).toEqual([
    ['digest-missing', 'A digest file that another leads to is gone'],
    ['log-altered', 'A log file is not what CloudTrail delivered'],
  ]);
  expect(result.rows('uncovered')).toHaveLength(1);
  expect(result.rows('trails')[0].data).toMatchObject({ isWhole: false, problems: 2, hours: { due: 8, covered: 7 } });
  expect(result.records.flatMap(({ missing }) => missing)).toEqual([]);
});

test('what is not due yet is not proven, and the record says so', async () => {
  const trail = wholeTrail();
  const upTo = (now: Date) =>
    run(logIntegrity, awsOf([described()], trail), new MemoryFiles(), {
      period: PERIOD,
      now: () => now,
      archive: trail.tools.archive,
    });
  const early = await upTo(at(1));
  expect(early.rows('trails')[0].data).toMatchObject({ isWhole: false, problems: 0, hours: { due: 0, covered: 0 } });
  const late = await upTo(at(7));
  expect(late.rows('trails')[0].data).toMatchObject({ isWhole: true, hours: { due: 5, covered: 5 } });
  for (const [result, due] of [
    [early, at(0)],
    [late, at(5)],
  ] as const)
    expect(result.record('trails').truncated).toContain(`nothing after ${due.toISOString()} is validated yet`);
  expect((await collect(trail)).record('trails').truncated).toBeNull();
});

test('lists exactly the actions of IAM that it calls', async () => {
  const trail = wholeTrail();
  const aws = awsOf([described()], trail);
  await collect(trail, aws);
  expect(aws.asked).toEqual(Object.keys(logIntegrity.actions).sort());
});

test('a trail that is gone, but whose digest files are there, is validated too', async () => {
  const result = await collect(wholeTrail(), awsOf([], wholeTrail()));
  expect(result.rows('trails')[0].data).toMatchObject({ trail: 'all', arn: null, validatesNow: null, isWhole: true });
});

test('a trail that does not validate its log files is found out', async () => {
  const trail = new TrailOfTests();
  const result = await collect(trail, awsOf([described({ LogFileValidationEnabled: false })], trail));
  expect(result.rows('trails')[0].data).toMatchObject({ validatesNow: false, isWhole: false, hours: { due: 8, covered: 0 } });
  expect(result.rows('problems')[0].data).toMatchObject({ kind: 'not-covered' });
});

test('trails that deliver elsewhere are not held against the archive', async () => {
  const trail = wholeTrail();
  const result = await collect(trail, awsOf([described(), described({ Name: 'other', S3BucketName: 'elsewhere' })], trail));
  expect(result.rows('trails')).toHaveLength(1);
});

test('an archive without any trail is said to be missing', async () => {
  const trail = new TrailOfTests();
  const result = await collect(trail, awsOf([], trail));
  expect(result.record('trails').missing).toEqual([`no trail delivers digest files to s3://${BUCKET}/`]);
});

test('a copy in a folder is judged by where the trail delivers to', async () => {
  const trail = wholeTrail();
  const result = await collect(trail, awsOf([described()], trail), new MemoryFiles(), '/mnt/copy');
  expect(result.rows('trails')[0].data).toMatchObject({ isWhole: true, place: `s3://${BUCKET}/` });
});

test('the trail of an organization, below a prefix', async () => {
  const trail = new TrailOfTests({ prefix: 'audit/', organization: 'o-a1b2c3d4e5' });
  trail.deliverHours(-1, 9);
  const result = await collect(trail, awsOf([described({ S3KeyPrefix: 'audit', IsOrganizationTrail: true })], trail));
  expect(result.rows('trails')).toHaveLength(1);
  expect(result.rows('trails')[0].data).toMatchObject({ isWhole: true, hours: { due: 8, covered: 8 } });
});

test('a run whose credentials expire goes on with the trail it was at', async () => {
  const trail = wholeTrail();
  const second = new TrailOfTests({}, trail.key);
  Object.assign(second.chain, { trail: 'more' });
  second.deliverHours(-1, 9);
  for (const [key, file] of second.files) trail.files.set(key, file);
  const aws = awsOf([described(), described({ Name: 'more' })], trail);
  const files = new MemoryFiles();
  let keys = 0;
  aws.fault = ({ api }) =>
    api === 'cloudtrail:ListPublicKeys' && ++keys > 2 ? Promise.reject(awsError('ExpiredTokenException')) : undefined;
  expect(await collect(trail, aws, files)).toMatchObject({ status: 'failed', isFatal: true });
  aws.fault = () => undefined;
  const result = await collect(trail, aws, files);
  expect(result.status).toBe('done');
  expect(result.rows('trails').map(({ data }) => data.trail)).toEqual(['all', 'more']);
  expect(result.record('digest-files')).toMatchObject({ rows: 16, duplicates: 0, missing: [] });
});

test('a run goes on with the trails that are left, also when there are others by then', async () => {
  const trail = wholeTrail();
  const aws = awsOf([described()], trail);
  const files = new MemoryFiles();
  // The first trail is done, and nothing can be written of the next one.
  const second = new TrailOfTests({}, trail.key);
  Object.assign(second.chain, { trail: 'more' });
  second.deliverHours(-1, 9);
  for (const [key, file] of second.files) trail.files.set(key, file);
  let keys = 0;
  aws.fault = ({ api }) =>
    api === 'cloudtrail:ListPublicKeys' && ++keys > 2 ? Promise.reject(awsError('ExpiredTokenException')) : undefined;
  expect(await collect(trail, aws, files)).toMatchObject({ status: 'failed', isFatal: true });
  const third = new TrailOfTests({}, trail.key);
  Object.assign(third.chain, { trail: 'added' });
  third.deliverHours(-1, 9);
  for (const [key, file] of third.files) trail.files.set(key, file);
  aws.fault = () => undefined;
  const result = await collect(trail, aws, files);
  expect(result.rows('trails').map(({ data }) => [data.trail, data.isWhole])).toEqual([
    ['all', true],
    ['added', true],
    ['more', true],
  ]);
});

test('a long validation that is killed goes on where it was, and finds and counts the same', async () => {
  const trail = new TrailOfTests();
  trail.deliverHours(-1, 251);
  trail.alter(trail.logs[3], (text) => text.replace(/.$/, ' }'));
  trail.alter(trail.logs[444], (text) => text.replace(/.$/, ' }'));
  const period = { from: at(0), to: at(250) };
  const files = new MemoryFiles();
  let reads = 0;
  const archive = {
    ...trail.tools.archive,
    read: (key: string) => (++reads === 500 ? Promise.reject(awsError('ExpiredToken')) : trail.read(key)),
  };
  const options = { period, now: () => at(300), archive };
  const aws = awsOf([described()], trail);
  expect(await run(logIntegrity, aws, files, options)).toMatchObject({ status: 'failed', isFatal: true });
  const result = await run(logIntegrity, aws, files, options);
  expect(result.rows('trails')[0].data).toMatchObject({
    problems: 2,
    digests: { standard: { valid: 250, invalid: 0 } },
    logFiles: { valid: 498, invalid: 2 },
    hours: { due: 250, covered: 250 },
  });
  expect(result.rows('problems').map(({ data }) => data.kind)).toEqual(['log-altered', 'log-altered']);
  expect(result.record('digest-files')).toMatchObject({ rows: 250, duplicates: 0 });
  // It did not begin again.
  expect(reads).toBeLessThan(1_000);
});

test('a key that CloudTrail tells only for the time of signing is asked for again', async () => {
  const trail = new TrailOfTests();
  trail.deliverHours(-1, 4);
  trail.key = keyOfAws();
  trail.deliverHours(4, 9);
  const [first] = trail.known;
  const aws = new FakeAws({
    'cloudtrail:DescribeTrails': [{ trailList: [described()] }],
    'cloudtrail:ListPublicKeys': ({ StartTime }) => {
      const key = (StartTime as Date) > at(3) ? trail.key : first;
      return [{ PublicKeyList: [{ Fingerprint: key.fingerprint, Value: key.value }] }];
    },
  });
  expect((await collect(trail, aws)).rows('trails')[0].data).toMatchObject({ isWhole: true });
});
