import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** What became of a process. Times in milliseconds. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wall: number;
}

/** Run Node.js in a new process. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1024 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) throw error;
  return { status, stdout, stderr, wall: performance.now() - start };
}

/** Run a built child process, and read the result that it prints. */
export function runChild<Result>(script: string, job: object): Result {
  const { status, stdout, stderr } = runNode([script, JSON.stringify(job)]);
  if (status !== 0) throw new Error(`${script} ${JSON.stringify(job)} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

/** Run a command line tool, and have it note its peak memory in a file when it ends. */
export function runTool(args: readonly string[], memoryHook: string, noteFile: string): Run & { readonly peakMemory: number } {
  const run = runNode(['--require', memoryHook, ...args], { BENCH_NOTE: noteFile });
  const peakMemory = Number(readFileSync(noteFile, 'utf8')) / 1024;
  rmSync(noteFile);
  return { ...run, peakMemory };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
