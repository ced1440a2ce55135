import { compare } from '../../src/evidence/diff/compare';
import { inWords } from '../../src/evidence/diff/words';
import { EVERY_KIND, HOSTILE, ledgerOf, result } from './sample';

const before = ledgerOf([result('S3.1', 'A'), result('S3.1', 'B', { verdict: 'fail' }), result('S3.2', 'Gone')]);
const after = ledgerOf([
  result('S3.1', 'A', { verdict: 'fail' }),
  result('S3.1', 'B'),
  result('S3.2', 'New', { verdict: 'fail' }),
]);

test('nothing changed when nothing did', () => {
  expect(inWords(compare(before, before), 'text')).toBe('Nothing changed.\n');
});

test('what got worse, what got better, and what came and went are told apart', () => {
  const { worse, better, added, removed, blocking } = compare(before, after);
  expect(worse.map(({ evaluation, before: was, after: is }) => [evaluation.logicalId, was, is])).toEqual([
    ['A', 'pass', 'error'],
    ['New', undefined, 'warning'],
  ]);
  expect(better.map(({ evaluation, after: is }) => [evaluation.logicalId, is])).toEqual([['B', 'pass']]);
  expect(added).toEqual(['AWS::S3::Bucket Shop/New/Resource']);
  expect(removed).toEqual(['AWS::S3::Bucket Shop/Gone/Resource']);
  expect(blocking).toBe(1);
});

test('an exception that was added, taken back, or ended is told', () => {
  const [exception] = ledgerOf().exceptions;
  const none = ledgerOf(EVERY_KIND, { exceptions: [] });
  const over = ledgerOf(EVERY_KIND, { exceptions: [{ ...exception, state: 'expired' }] });
  expect(compare(none, ledgerOf()).exceptionsAdded).toHaveLength(1);
  expect(compare(ledgerOf(), none).exceptionsRemoved).toHaveLength(1);
  expect(compare(ledgerOf(), over).exceptionsExpired).toHaveLength(1);
});

test('an audit that covers less is told', () => {
  const { settings } = before;
  const narrower = ledgerOf(before.evaluations, { settings: { ...settings, scope: ['security'] } });
  expect(inWords(compare(before, narrower), 'text')).toContain('categories: was security, availability, confidentiality');
});

test('names from templates become neither markup nor mentions in a comment', () => {
  const named = ledgerOf([result('S3.1', `${HOSTILE.markup} @everyone [a](b)`, { verdict: 'fail' })]);
  const text = inWords(compare(ledgerOf([]), named), 'markdown');
  expect(text).not.toMatch(/[^\\]<script|@everyone|[^\\]\[a\]/);
});

test('many changes are counted, not listed', () => {
  const many = ledgerOf(Array.from({ length: 100 }, (_, index) => result('S3.1', `R${index}`, { verdict: 'fail' })));
  expect(inWords(compare(ledgerOf([]), many), 'text')).toContain('and 70 more');
});
