import { readEvent } from '../../src/alerting/enrich-alert/read-event';
import { Register } from '../../src/alerting/enrich-alert/register';
import { STATES } from '../../src/hosts/file-integrity-settings';
import * as sample from './events';

const read = (changes: object = {}) => readEvent(sample.withDetail(sample.changedFiles, changes));

test('changed files are told with what changed, who was there, what ran, and where the report is', () => {
  expect(read()).toMatchObject({
    source: 'FILE_INTEGRITY',
    title: 'i-0123456789abcdef0 has files that changed without a plan',
    description: 'Files: 1 added, 0 removed, 1 changed: added: /etc/cron.d/x; changed: /usr/bin/sshd (size, content (SHA-256))',
    who: { principal: 'arn:aws:sts::111122223333:assumed-role/Admin/jo from 2026-11-20T17:00:00.000Z to now' },
    way: { api: 'AWS-RunShellScript at 2026-11-20T17:30:00.000Z' },
    hit: [{ id: 'i-0123456789abcdef0', type: 'server', related: expect.stringContaining('s3://evidence/') }],
    next: { family: 'changed-files' },
    keys: { instances: ['i-0123456789abcdef0'] },
  });
});

test('every state that a host can be in has a severity and a title of its own', () => {
  const all = Object.values(STATES).map((state) => read({ state }));
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  expect(all.map(({ title }) => title).filter((title) => title.includes("is '"))).toEqual([]);
  expect(all.filter(({ isResolved }) => isResolved).map(({ type }) => type)).toEqual([
    'File integrity: baseline made',
    'File integrity: unchanged',
    'File integrity: accepted',
  ]);
});

test('other changes of the same host are told again, the same changes are not', () => {
  expect(Register.keyOf(read())).toBe(Register.keyOf(read({ at: 'later' })));
  expect(Register.keyOf(read())).not.toBe(Register.keyOf(read({ id: 'c3d4' })));
});

test.each([
  ['nothing', {}, 8],
  ['a state that nobody knows', { state: 'constructor' }, 8],
  ['files that are none', { state: 'changed', files: 'x', sessions: [1, null], host: { $ne: 1 } }, 8],
])('an event with %s is told all the same', (_, detail, severity) => {
  expect(readEvent({ ...sample.changedFiles, detail })).toMatchObject({ severity, keys: { instances: [] } });
});
