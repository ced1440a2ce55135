import { CHECKLIST } from '../../src/criteria/checklist';
import { answerTo } from '../../src/evidence/checklist-answer';
import { evidenceOf, ledgerOf, result } from './sample';

const evidence = evidenceOf();

test('every result is counted once, and what blocks is told apart', () => {
  expect(evidence.counts).toEqual({ error: 7, warning: 1, info: 1, undetermined: 1, exception: 1, inherited: 1, pass: 1 });
  expect(evidence.results.filter(({ blocking }) => blocking)).toHaveLength(7);
});

test('the most pressing comes first', () => {
  const order = evidence.toReview.map(({ evaluation: { severity, verdict } }) => `${severity} ${verdict}`);
  expect([...new Set(order)]).toEqual(['error fail', 'warning fail', 'info fail', 'warning undetermined']);
});

test('an expired exception blocks whatever the severity of its rule', () => {
  const exception = { state: 'expired', reason: 'r', owner: 'o', ticket: 't', expires: '2020-01-01' };
  const ledger = ledgerOf([result('S3.2', 'Old', { verdict: 'fail', exception })]);
  expect(evidenceOf(ledger).results[0].blocking).toBe(true);
});

test('what only deployment knows blocks when the audit is strict, and is never a pass', () => {
  const { settings } = ledgerOf();
  const open = [result('S3.1', 'Open', { verdict: 'undetermined' })];
  expect(evidenceOf(ledgerOf(open)).results[0].blocking).toBe(false);
  expect(evidenceOf(ledgerOf(open, { settings: { ...settings, strict: true } })).results[0].blocking).toBe(true);
  expect(evidenceOf(ledgerOf(open)).control('public-exposure').status).toBe('review');
});

test.each([
  ['public-exposure', 'open'],
  ['data-backup', 'review'],
  ['encryption-at-rest', 'review'],
  ['resource-monitoring', 'review'],
  ['least-privilege', 'absent'],
  ['training', 'people'],
  ['system-description', 'people'],
  ['evidence-collection', 'attached'],
] as const)('the control %s is %s', (id, status) => {
  expect(evidence.control(id).status).toBe(status);
});

test('what is only accepted is to review, what is only provided elsewhere says so, and neither is shown by design', () => {
  const exception = { state: 'active', reason: 'r', owner: 'o', ticket: 't', expires: '2027-01-01' };
  const accepted = result('RDS.1', 'Accepted', { verdict: 'exception', exception });
  const given = result('RDS.1', 'Given', { verdict: 'inherited' });
  const status = (...evaluations: ReturnType<typeof result>[]) =>
    evidenceOf(ledgerOf(evaluations)).control('encryption-at-rest').status;
  expect(status(accepted)).toBe('review');
  expect(status(given)).toBe('inherited');
  expect(status(given, accepted)).toBe('review');
  expect(status(given, accepted, result('RDS.1', 'Good'))).toBe('supported');
});

test('a criterion has the status of the rules that support it', () => {
  const statuses = new Map(evidence.criteria.map(({ criterion, status }) => [criterion.id as string, status]));
  expect(statuses.get('CC6.6')).toBe('open');
  expect(statuses.get('C1.1')).toBe('review');
  expect(statuses.get('CC1.2')).toBe('people');
});

test('every item of the checklists is answered by a control', () => {
  expect(CHECKLIST).toHaveLength(167);
  for (const item of CHECKLIST) expect(answerTo(item, evidence).controls.map(({ id }) => id)).not.toEqual([]);
});

test('an item that no rule judges, and that a file of the bundle answers, says that it is attached', () => {
  const status = (id: string, of = evidence) => answerTo(CHECKLIST.find((item) => item.id === id)!, of).status;
  expect(status('S4-11')).toBe('attached');
  // A file beside rules does not cover up what they found.
  expect(status('S3-54')).toBe('review');
  expect(status('S3-54', evidenceOf(ledgerOf([])))).toBe('absent');
});
