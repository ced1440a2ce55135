import { createHash } from 'node:crypto';
import { TICKET_PREFIX } from '../../../../src/backup/restore-messages';
import { keyOf } from '../../../../src/backup/restore-shared/keys';
import { digestOf } from '../../../../src/backup/restore-ticket/ticket';
import type { Archive } from '../../../../src/evidence/operating/archive';
import { accessReviews } from '../../../../src/evidence/operating/collectors/access-reviews';
import { restoreTickets } from '../../../../src/evidence/operating/collectors/restore-tickets';
import { ACCOUNT, awsError, FakeAws, MemoryFiles, run } from './fake-aws';

/** A bucket with reports. */
function reportsOf(files: Readonly<Record<string, string>>): Archive {
  return {
    place: 's3://evidence',
    async *list(prefix, after = '') {
      for (const key of Object.keys(files).sort()) if (key.startsWith(prefix) && key > after) yield key;
    },
    read: async (key) => (key in files ? { content: Buffer.from(files[key]), metadata: {} } : undefined),
  };
}

const aws = new FakeAws({});

describe('tickets of restore tests', () => {
  const ticketOf = (id: string, result: string) => {
    const ticket = {
      schemaVersion: 1,
      id,
      result,
      message: '',
      resource: { arn: 'arn:aws:rds:eu-west-1:1:db:orders', type: 'RDS' },
    };
    return JSON.stringify({ ...ticket, sha256: digestOf(ticket as never) }, undefined, 2);
  };
  const key = (id: string, endedAt: string, passed: boolean) =>
    `${keyOf('RDS', 'arn:aws:rds:eu-west-1:1:db:orders', id, endedAt, passed)}.json`;
  const passed = key('job-1', '2026-11-03T05:00:00Z', true);
  const failed = key('job-2', '2026-11-10T05:00:00Z', false);
  const before = key('job-0', '2026-10-03T05:00:00Z', true);
  const files = {
    [passed]: ticketOf('job-1', 'PASSED'),
    [passed.replace('.json', '.html')]: '<h1>Restore test</h1>',
    [failed]: ticketOf('job-2', 'FAILED').replace('"message": ""', '"message": "altered"'),
    [before]: ticketOf('job-0', 'PASSED'),
    [`${TICKET_PREFIX}RDS/orders/first-seen.json`]: '{}',
  };

  test('are those of the period, as they were written, with their pages; one that was altered is found', async () => {
    const memory = new MemoryFiles();
    const result = await run(restoreTickets, aws, memory, { reports: reportsOf(files) });
    expect(result.rows('tickets').map(({ id, data }) => [id, data.result, data.isAsWritten])).toEqual([
      [passed, 'PASSED', true],
      [failed, 'FAILED', false],
    ]);
    expect(result.rows('tickets')[0].data.fileSha256).toBe(createHash('sha256').update(files[passed]).digest('hex'));
    const { attachments, query, redacted } = result.record('tickets');
    expect(redacted).toBe(0);
    expect(attachments.map(({ path }) => memory.files.get(path)?.toString())).toEqual(['<h1>Restore test</h1>']);
    expect(query.calls[0].parameters).toMatchObject({ place: 's3://evidence', prefix: TICKET_PREFIX });
  });

  test('that cannot be read keep no other from being read, and are said to be missing', async () => {
    const result = await run(restoreTickets, aws, new MemoryFiles(), { reports: reportsOf({ ...files, [failed]: 'no JSON' }) });
    expect(result.record('tickets')).toMatchObject({ rows: 1, missing: [expect.stringContaining(failed)] });
  });

  test('with an impossible time in their name are said to be missing: nobody knows whether they are of the period', async () => {
    const odd = passed.replace('2026-11-03', '2026-11-99');
    const result = await run(restoreTickets, aws, new MemoryFiles(), { reports: reportsOf({ [odd]: files[passed] }) });
    expect(result.record('tickets')).toMatchObject({ rows: 0, missing: [expect.stringContaining('says no time')] });
  });

  test('are read again when the credentials expired', async () => {
    const reports = reportsOf(files);
    const memory = new MemoryFiles();
    const expired = { ...reports, read: () => Promise.reject(awsError('ExpiredToken')) };
    expect(await run(restoreTickets, aws, memory, { reports: expired })).toMatchObject({ status: 'failed', isFatal: true });
    expect((await run(restoreTickets, aws, memory, { reports })).record('tickets')).toMatchObject({ rows: 2, missing: [] });
  });
});

describe('reviews of access', () => {
  const folder = (account: string, day: string) => `access-reviews/${account}/${day}/`;
  const review = JSON.stringify({ schemaVersion: 1, subject: 'who has access to what', counts: { OldKeys: 1 }, access: [] });
  const files = {
    [`${folder(ACCOUNT, '2026-11-05')}access-review.json`]: review,
    [`${folder(ACCOUNT, '2026-11-05')}access-review-abc.xlsx`]: 'workbook',
    [`${folder(ACCOUNT, '2026-11-05')}signed/review.pdf`]: 'signature',
    [`${folder(ACCOUNT, '2026-11-05')}signed/empty.pdf`]: '',
    [`${folder(ACCOUNT, '2026-11-12')}access-review.json`]: review,
    [`${folder(ACCOUNT, '2026-07-05')}access-review.json`]: review,
    [`${folder('999999999999', '2026-11-05')}access-review.json`]: review,
  };

  test('are those of the account and the period, with what somebody signed', async () => {
    const memory = new MemoryFiles();
    const result = await run(accessReviews, aws, memory, { reports: reportsOf(files) });
    expect(result.rows('reviews').map(({ data }) => [data.day, data.isSigned, data.counts])).toEqual([
      ['2026-11-05', true, { OldKeys: 1 }],
      ['2026-11-12', false, { OldKeys: 1 }],
    ]);
    expect(result.record('reviews').attachments.map(({ path }) => memory.files.get(path)?.toString())).toEqual([
      'workbook',
      'signature',
    ]);
  });

  test('of one account and day, from two places, keep the files of both', async () => {
    const elsewhere = `access-reviews/other/${ACCOUNT}/2026-11-05/`;
    const both = {
      ...files,
      [`${elsewhere}access-review.json`]: review,
      [`${elsewhere}signed/review.pdf`]: 'another signature',
    };
    const memory = new MemoryFiles();
    const result = await run(accessReviews, aws, memory, { reports: reportsOf(both) });
    expect(result.record('reviews').attachments.map(({ path }) => memory.files.get(path)?.toString())).toEqual([
      'workbook',
      'signature',
      'another signature',
    ]);
  });

  test('without their record are said to be missing', async () => {
    const lost = { [`${folder(ACCOUNT, '2026-11-05')}signed/review.pdf`]: 'signature' };
    const result = await run(accessReviews, aws, new MemoryFiles(), { reports: reportsOf(lost) });
    expect(result.record('reviews')).toMatchObject({ rows: 0, missing: [expect.stringContaining('no access-review.json')] });
  });
});

test('without a place of reports, it is said that one is needed', async () => {
  for (const collector of [restoreTickets, accessReviews]) {
    const { records } = await run(collector, aws);
    expect(records[0].missing.join()).toContain('the place of the reports is needed');
  }
});
