import { join } from 'node:path';
import type { Judged, JudgeSettings } from '../../src/cli/judge-loaded';
import { judgeInThreads, threadsFor } from '../../src/cli/judging-threads';
import type { Readable } from '../../src/model/load-files';
import { TestFolder } from '../helpers/files';

const folder = new TestFolder();
const inputs: readonly Readable[] = Array.from({ length: 30 }, (_, index) => ({
  kind: 'unreadable',
  path: `${index}`,
  message: `${index}`,
}));
const settings: JudgeSettings = { root: '/', strict: false, all: false, writesLedger: false, now: new Date(0) };

/** A thread that does what a script says. */
async function judge(script: string, threads = 3): Promise<Judged[]> {
  const tool = join(folder.with({ 'tool.js': script }), 'tool.js');
  const judged: Judged[] = [];
  for await (const each of judgeInThreads(tool, threads, inputs, settings)) judged.push(each);
  return judged;
}

const LISTEN = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (inputs) => ";

test('what became of inputs comes in their order, whichever thread is first', async () => {
  const slowFirst = `${LISTEN} setTimeout(() => parentPort.postMessage(inputs.map(({ message }) => ({ kind: 'refused', message }))), inputs[0].message === '0' ? 300 : 0))`;
  expect(await judge(slowFirst)).toEqual(inputs.map((_, index) => ({ kind: 'refused', message: `${index}` })));
});

test.each([
  ['ends by itself', 'process.exit(0)', 'a thread ended before its work was done, with code 0'],
  ['ends in the middle', `${LISTEN} process.exit(0))`, 'a thread ended before its work was done, with code 0'],
  ['breaks', `${LISTEN} { throw new Error('out of luck'); })`, 'out of luck'],
])('a thread that %s is no pass', async (_, script, message) => {
  await expect(judge(script)).rejects.toThrow(message);
});

test('few inputs are not worth a thread', () => {
  expect(threadsFor(0)).toBe(1);
  expect(threadsFor(40)).toBe(1);
  expect(threadsFor(100_000)).toBeGreaterThanOrEqual(1);
});
