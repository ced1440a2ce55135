import { gzipSync } from 'node:zlib';
import type { Period } from '../../../../src/evidence/operating/collector';
import type { CheckedDigest } from '../../../../src/evidence/operating/digests/check-digest';
import type { Uncovered } from '../../../../src/evidence/operating/digests/coverage';
import {
  DIGEST_PROBLEMS,
  type DigestProblem,
  type DigestProblemKind,
} from '../../../../src/evidence/operating/digests/digest-problem';
import { Tally, type TallyState } from '../../../../src/evidence/operating/digests/tally';
import { type ValidationState, validateDigests } from '../../../../src/evidence/operating/digests/validate-digests';
import { at, BUCKET, HOUR, keyOfAws, TrailOfTests } from './trail';

const DAY: Period = { from: at(0), to: at(8) };
const LATER = at(20);

interface Validation extends Pick<TallyState, 'logFiles'> {
  readonly problems: DigestProblem[];
  readonly uncovered: Uncovered[];
  readonly digests: Pick<TallyState, 'standard' | 'backfill'>;
  readonly hours: { due: number; covered: number };
  readonly due: Date;
  readonly checked: CheckedDigest[];
}

/** Validate, and begin again from what was kept of the state after every so many steps. */
async function validate(
  trail: TrailOfTests,
  period = DAY,
  now = LATER,
  interruptAfter = Number.POSITIVE_INFINITY,
): Promise<Validation> {
  const [checked, problems, uncovered]: [CheckedDigest[], DigestProblem[], Uncovered[]] = [[], [], []];
  const tally = new Tally();
  let state: ValidationState | undefined;
  for (let isDone = false; !isDone; ) {
    isDone = true;
    let steps = 0;
    for await (const step of validateDigests(period, now, trail.tools, state && JSON.parse(JSON.stringify(state)))) {
      tally.add(step);
      if (step.checked) checked.push(step.checked);
      problems.push(...(step.checked?.problems ?? []), ...step.problems);
      if (step.uncovered) uncovered.push(step.uncovered);
      state = step.state;
      isDone = ++steps < interruptAfter || !state.walk;
      if (!isDone) break;
    }
  }
  const { standard, backfill, logFiles } = tally.state;
  const due = new Date(state!.due);
  const hours = { due: (due.getTime() - period.from.getTime()) / HOUR, covered: state!.covered / HOUR };
  return { checked, problems, uncovered, digests: { standard, backfill }, logFiles, hours, due };
}

/** A trail that logged from an hour before the period to an hour after it. */
function wholeTrail(options: ConstructorParameters<typeof TrailOfTests>[0] = {}) {
  const trail = new TrailOfTests(options);
  const written = trail.deliverHours(-1, 9);
  return { trail, hour: (end: number) => written[end].key };
}

const uri = (key: string) => `s3://${BUCKET}/${key}`;
const found = ({ problems }: Pick<Validation, 'problems'>) => problems.map(({ kind, file }) => [kind, file]);

describe('a whole chain', () => {
  test.each([
    ['at the root of its bucket', {}],
    ['below a prefix', { prefix: 'audit/trails/' }],
    ['of an organization', { organization: 'o-a1b2c3d4e5' }],
  ])('%s is valid, every hour and log file of it', async (_, options) => {
    const { trail } = wholeTrail(options);
    const result = await validate(trail);
    expect(result.problems).toEqual([]);
    expect(result.uncovered).toEqual([]);
    expect(result).toMatchObject({
      digests: { standard: { valid: 8, invalid: 0 }, backfill: { valid: 0, invalid: 0 } },
      logFiles: { valid: 16, invalid: 0 },
      hours: { due: 8, covered: 8 },
    });
    expect(result.checked).toHaveLength(8);
  });

  test('is valid when hours were without activity', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 3);
    for (let hour = 3; hour < 9; hour++) trail.deliver(at(hour), at(hour + 1), { logs: [] });
    const result = await validate(trail);
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({ logFiles: { valid: 6, invalid: 0 }, hours: { due: 8, covered: 8 } });
  });

  test('is valid when its hours do not start at the full hour, as those of CloudTrail', async () => {
    const trail = new TrailOfTests();
    for (let hour = -2; hour < 9; hour++) trail.deliver(at(hour, 31), at(hour + 1, 31));
    const result = await validate(trail);
    expect(result.problems).toEqual([]);
    // The first and the last reach over the ends of the period.
    expect(result).toMatchObject({ digests: { standard: { valid: 9, invalid: 0 } }, hours: { due: 8, covered: 8 } });
  });

  test('is valid when the key changed, whichever way it is encoded', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 4);
    trail.key = keyOfAws('spki');
    trail.known.push(trail.key);
    trail.deliverHours(4, 9);
    expect(found(await validate(trail))).toEqual([]);
  });

  test('is not asked yet for hours whose digest files cannot be there', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 6);
    const result = await validate(trail, DAY, at(7, 30));
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({ due: at(5, 30), hours: { due: 5.5, covered: 5.5 } });
  });

  test('is told apart from the chains of other trails, accounts and Regions in the same bucket', async () => {
    const { trail } = wholeTrail();
    const other = new TrailOfTests();
    Object.assign(other.chain, { trail: 'all_too' });
    other.deliverHours(-1, 9);
    for (const [key, file] of other.files) trail.files.set(key, file);
    const result = await validate(trail);
    expect(result.problems).toEqual([]);
    expect(result.digests.standard).toEqual({ valid: 8, invalid: 0 });
  });
});

/** What can happen to the files of a trail, and what is to be found then: no more and no less. */
const HARM: Readonly<
  Record<string, readonly [DigestProblemKind, (trail: TrailOfTests, hour: (end: number) => string) => string | [string, number]]>
> = {
  'a log file that was changed': ['log-altered', (trail) => tampered(trail, trail.logs[7])],
  'a log file that is no log file any more': [
    'log-altered',
    (trail) => {
      trail.files.get(trail.logs[7])!.content = Buffer.from('not compressed');
      return trail.logs[7];
    },
  ],
  'a log file that was deleted': ['log-missing', (trail) => deleted(trail, trail.logs[7])],
  'a digest file that was changed': ['signature-invalid', (trail, hour) => [tampered(trail, hour(4)), 1]],
  'a digest file that was emptied': [
    'digest-unreadable',
    (trail, hour) => {
      trail.files.get(hour(4))!.content = gzipSync('');
      return [hour(4), 1];
    },
  ],
  'a digest file that is no digest file': [
    'digest-unreadable',
    (trail, hour) => {
      trail.alter(hour(4), () => '{"Records":[]}');
      return [hour(4), 1];
    },
  ],
  'a digest file whose signature was exchanged': [
    'signature-invalid',
    (trail, hour) => {
      trail.files.get(hour(4))!.metadata.signature = trail.files.get(hour(5))!.metadata.signature;
      return [hour(4), 1];
    },
  ],
  'a digest file whose signature is no signature': [
    'signature-invalid',
    (trail, hour) => {
      trail.files.get(hour(4))!.metadata.signature = '=cmd|calc';
      return [hour(4), 1];
    },
  ],
  'a digest file with a signature of another kind': [
    'signature-invalid',
    (trail, hour) => {
      trail.files.get(hour(4))!.metadata['signature-algorithm'] = 'none';
      return [hour(4), 1];
    },
  ],
  'a digest file that was deleted': ['digest-missing', (trail, hour) => [deleted(trail, hour(4)), 1]],
  'a digest file in the place of another': [
    'digest-moved',
    (trail, hour) => {
      trail.files.set(hour(4), trail.files.get(hour(5))!);
      return [hour(4), 1];
    },
  ],
  'a digest file of another trail in the place of one': [
    'digest-foreign',
    (trail, hour) => {
      const other = new TrailOfTests();
      Object.assign(other.chain, { trail: 'quiet' });
      trail.files.set(hour(4), other.files.get(other.deliver(at(3), at(4)).key)!);
      return [hour(4), 1];
    },
  ],
  'a digest file that a key signed which is none of CloudTrail': [
    'key-unknown',
    (trail, hour) => {
      const forger = new TrailOfTests({}, keyOfAws());
      forger.deliver(at(3), at(4), { logs: [] });
      trail.files.set(hour(4), forger.files.get(hour(4))!);
      return [hour(4), 1];
    },
  ],
};

describe('what is wrong is found once, by name and file', () => {
  test.each(Object.entries(HARM))('%s', async (_, [kind, harm]) => {
    const { trail, hour } = wholeTrail();
    const done = harm(trail, hour);
    const [file, hours] = typeof done === 'string' ? [done, 0] : done;
    const result = await validate(trail);
    expect(found(result)).toEqual([[kind, uri(file)]]);
    expect(result.hours).toEqual({ due: 8, covered: 8 - hours });
    expect(result.uncovered).toHaveLength(hours);
    if (hours > 0) expect(result.uncovered[0]).toMatchObject({ from: at(3), to: at(4), why: expect.stringContaining(uri(file)) });
    expect(result.logFiles).toEqual({
      valid: 16 - (kind.startsWith('log-') ? 1 : 2 * hours),
      invalid: kind.startsWith('log-') ? 1 : 0,
    });
  });

  test('a swapped chain: a digest file that CloudTrail signed for the same hour, but not the one that the next was written after', async () => {
    const { trail, hour } = wholeTrail();
    const twin = new TrailOfTests();
    twin.deliver(at(3), at(4), { logs: [], before: { key: hour(3), sha256: '0'.repeat(64), signature: 'ab' } });
    trail.files.set(hour(4), twin.files.get(hour(4))!);
    const result = await validate(trail);
    expect(found(result)).toContainEqual(['chain-broken', uri(hour(4))]);
    expect(result.digests.standard.invalid).toBeGreaterThan(0);
  });

  test('a gap: a chain that is whole, but leaves time out', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 4);
    trail.deliver(at(5), at(6));
    trail.deliverHours(6, 9);
    const result = await validate(trail);
    expect(result.problems).toEqual([
      {
        kind: 'gap',
        file: expect.stringContaining('T040000Z'),
        message: expect.stringMatching(/ends at .*T04:.*starts at .*T05:/),
      },
    ]);
    expect(result.uncovered).toMatchObject([{ from: at(4), to: at(5) }]);
    expect(result.hours).toEqual({ due: 8, covered: 7 });
  });

  test('a second of a gap', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 4);
    trail.deliver(new Date(at(4).getTime() + 1_000), at(5));
    trail.deliverHours(5, 9);
    expect(found(await validate(trail))).toEqual([['gap', expect.stringContaining('T040000Z')]]);
  });

  test('digest files that cover the same time twice', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 5);
    trail.deliver(at(4), at(6));
    trail.deliverHours(6, 9);
    const result = await validate(trail);
    expect(found(result)).toEqual([['overlap', expect.stringContaining('T050000Z')]]);
    expect(result.hours).toEqual({ due: 8, covered: 8 });
  });

  test('a trail that was stopped and started again: the first digest file after it has none before', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 3);
    trail.restart();
    trail.deliverHours(5, 9);
    const result = await validate(trail);
    expect(found(result)).toEqual([['chain-restarted', expect.stringContaining('T060000Z')]]);
    expect(result.uncovered).toEqual([{ from: at(3), to: at(5), why: expect.stringContaining('a chain starts') }]);
    expect(result).toMatchObject({ digests: { standard: { valid: 6, invalid: 0 } }, hours: { due: 8, covered: 6 } });
  });

  test('a trail that was made within the period', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(2, 9);
    const result = await validate(trail);
    expect(found(result)).toEqual([['chain-restarted', expect.stringContaining('T030000Z')]]);
    expect(result.uncovered).toMatchObject([{ from: at(0), to: at(2) }]);
  });

  test('a trail that ended within the period, or whose newest digest files were deleted', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 6);
    const result = await validate(trail);
    expect(found(result)).toEqual([['not-covered', uri('AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/')]]);
    expect(result.uncovered).toMatchObject([{ from: at(6), to: at(8) }]);
  });

  test('nothing at all', async () => {
    const result = await validate(new TrailOfTests());
    expect(found(result)).toEqual([['not-covered', expect.any(String)]]);
    expect(result).toMatchObject({ uncovered: [DAY], hours: { due: 8, covered: 0 }, digests: { standard: { valid: 0 } } });
  });

  test('several digest files that were deleted: the one that another leads to is named, and the time of all is told', async () => {
    const { trail, hour } = wholeTrail();
    for (const end of [3, 4, 5]) trail.files.delete(hour(end));
    const result = await validate(trail);
    expect(found(result)).toEqual([['digest-missing', uri(hour(5))]]);
    expect(result.uncovered).toMatchObject([{ from: at(2), to: at(5) }]);
    expect(result.digests.standard).toEqual({ valid: 5, invalid: 1 });
  });

  test('a digest file that none leads to', async () => {
    const trail = new TrailOfTests();
    const [, , , fourth] = trail.deliverHours(-1, 3);
    const stray = trail.deliver(at(3), at(4));
    trail.deliver(at(3), at(5), { before: fourth });
    trail.deliverHours(5, 9);
    expect(found(await validate(trail))).toEqual([['digest-unlinked', uri(stray.key)]]);
  });

  test('digest files that lead in a circle end', async () => {
    const { trail, hour } = wholeTrail();
    const forward = trail.deliver(at(3), at(4), { before: { key: hour(7), sha256: '0'.repeat(64), signature: 'ab' } });
    const result = await validate(trail);
    expect(found(result)).toContainEqual(['chain-broken', uri(forward.key)]);
    expect(result.checked).toHaveLength(8);
  });

  test('a digest file that leads to a bucket that was not read', async () => {
    const trail = new TrailOfTests();
    const [first] = trail.deliverHours(3, 4);
    trail.restart();
    trail.deliver(at(4), at(5), { before: first, fields: { previousDigestS3Bucket: 'bucket-of-before' } });
    trail.deliverHours(5, 9);
    const result = await validate(trail, { from: at(3), to: at(8) });
    expect(found(result)).toEqual([['digest-elsewhere', expect.stringContaining('T050000Z')]]);
  });

  test.each([
    ['digestStartTime', 'yesterday'],
    ['digestStartTime', '2026-13-41T00:00:00Z'],
    ['digestEndTime', null],
    ['digestS3Object', 7],
    ['awsAccountId', undefined],
    ['logFiles', 'none'],
    ['logFiles', [null]],
    ['previousDigestSignature', undefined],
    ['previousDigestS3Object', 7],
  ])('a digest file with a %s of %p, even when signed', async (name, value) => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 3);
    const odd = trail.deliver(at(3), at(4), { fields: { [name]: value } });
    trail.deliverHours(4, 9);
    expect(found(await validate(trail))).toEqual([['digest-unreadable', uri(odd.key)]]);
  });

  test('a digest file of another account, even when signed', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 3);
    const odd = trail.deliver(at(3), at(4), { fields: { awsAccountId: '999999999999' } });
    trail.deliverHours(4, 9);
    expect(found(await validate(trail))).toEqual([['digest-foreign', uri(odd.key)]]);
  });

  test('log files that cannot be judged', async () => {
    const trail = new TrailOfTests();
    trail.deliverHours(-1, 3);
    const log = { s3Bucket: BUCKET, s3Object: 'AWSLogs/a', hashValue: 'a', hashAlgorithm: 'MD5' };
    const elsewhere = { s3Bucket: 'bucket-of-before', s3Object: 'AWSLogs/b', hashValue: 'b', hashAlgorithm: 'SHA-256' };
    trail.deliver(at(3), at(4), { fields: { logFiles: [log, elsewhere] } });
    trail.deliverHours(4, 9);
    expect(found(await validate(trail))).toEqual([
      ['log-unreadable', uri('AWSLogs/a')],
      ['log-unreadable', 's3://bucket-of-before/AWSLogs/b'],
    ]);
  });
});

describe('backfill digest files', () => {
  /** Two of them, made the day after. */
  function withBackfill() {
    const { trail } = wholeTrail();
    const made = at(30);
    return { trail, made, files: [2, 5].map((end) => trail.deliver(at(end - 1), at(end), { backfill: made, logs: ['late'] })) };
  }

  test('are a chain of their own, and their log files are checked too', async () => {
    const { trail, made } = withBackfill();
    const result = await validate(trail);
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({
      digests: { standard: { valid: 8 }, backfill: { valid: 2, invalid: 0 } },
      logFiles: { valid: 18 },
    });
    // They are signed when they are made, which may be long after their hour.
    expect(trail.askedKeys).toContainEqual(made);
  });

  test.each<[string, DigestProblemKind, (trail: TrailOfTests, keys: readonly string[]) => string]>([
    ['that was changed', 'signature-invalid', (trail, [first]) => tampered(trail, first)],
    ['that was deleted', 'digest-missing', (trail, [first]) => deleted(trail, first)],
    [
      'with a log file that was changed',
      'log-altered',
      (trail) => tampered(trail, trail.logs.find((key) => key.includes('late'))!),
    ],
    [
      'that does not tell when it was made',
      'digest-unreadable',
      (trail, [, second]) => {
        delete trail.files.get(second)!.metadata['backfill-generation-timestamp'];
        return second;
      },
    ],
    [
      'that is not the one that the next was written after',
      'chain-broken',
      (trail, [first]) => {
        const twin = new TrailOfTests();
        twin.deliver(at(1), at(2), { logs: [], backfill: at(30) });
        trail.files.set(first, twin.files.get(first)!);
        return first;
      },
    ],
  ])('one %s is found', async (_, kind, harm) => {
    const { trail, files } = withBackfill();
    const file = harm(
      trail,
      files.map(({ key }) => key),
    );
    const result = await validate(trail);
    expect(found(result)).toEqual([[kind, uri(file)]]);
    expect(result.hours).toEqual({ due: 8, covered: 8 });
  });
});

describe('a copy that lost the metadata', () => {
  test('is judged by the signatures that the next digest files tell; the newest cannot be', async () => {
    const { trail, hour } = wholeTrail();
    for (const file of trail.files.values()) file.metadata = {};
    expect(found(await validate(trail))).toEqual([]);
    trail.files.delete(hour(9));
    expect(found(await validate(trail))).toEqual([['signature-missing', uri(hour(8))]]);
  });

  test('and was changed is found out', async () => {
    const { trail, hour } = wholeTrail();
    for (const file of trail.files.values()) file.metadata = {};
    tampered(trail, hour(4));
    expect(found(await validate(trail))[0]).toEqual(['signature-invalid', uri(hour(4))]);
  });
});

test.each([1, 2, 3])('a validation that is interrupted every %i steps finds the same', async (interruptAfter) => {
  const trail = new TrailOfTests();
  trail.deliverHours(-1, 3);
  trail.restart();
  const [, lost] = trail.deliverHours(4, 9);
  trail.files.delete(lost.key);
  trail.deliver(at(1), at(2), { backfill: at(30), logs: ['late'] });
  tampered(trail, trail.logs.find((key) => key.includes('late'))!);
  const whole = await validate(trail);
  expect(found(whole).map(([kind]) => kind)).toEqual(['digest-missing', 'chain-restarted', 'log-altered']);
  expect(await validate(trail, DAY, LATER, interruptAfter)).toEqual(whole);
});

test('what goes wrong while reading is no verdict on a file', async () => {
  const { trail } = wholeTrail();
  trail.read = () => Promise.reject(Object.assign(new Error('The provided token has expired.'), { name: 'ExpiredToken' }));
  await expect(validate(trail)).rejects.toThrow('token has expired');
});

test('a month is validated in seconds', async () => {
  const trail = new TrailOfTests();
  const start = at(0).getTime();
  for (let hour = 0; hour < 30 * 24; hour++)
    trail.deliver(new Date(start + hour * HOUR), new Date(start + (hour + 1) * HOUR), { logs: ['only'] });
  const period = { from: at(0), to: new Date(start + 30 * 24 * HOUR) };
  const result = await validate(trail, period, new Date(period.to.getTime() + 24 * HOUR));
  expect(found(result)).toEqual([]);
  expect(result).toMatchObject({ hours: { due: 720, covered: 720 }, logFiles: { valid: 720 } });
});

test('every kind of problem is told in a sentence', () => {
  for (const words of Object.values(DIGEST_PROBLEMS)) expect(words).toMatch(/^[A-Z][^.]+$/);
});

function tampered(trail: TrailOfTests, key: string): string {
  trail.alter(key, (text) => text.replace(/.$/, ' }'));
  return key;
}

function deleted(trail: TrailOfTests, key: string): string {
  trail.files.delete(key);
  return key;
}
