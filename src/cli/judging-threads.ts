import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { loadInput, type Readable } from '../model/load-files';
import { type Judged, type JudgeSettings, judgeLoaded } from './judge-loaded';

/** Inputs that a thread is given at a time. */
const BATCH = 8;

/** A thread must first load the rules: it takes so many inputs to be worth it. */
const WORTH_A_THREAD = 32;

/** More threads than this take more memory than time. */
const MOST_THREADS = 8;

/** How many threads are worth starting for so many inputs; 1 for the thread that there is. */
export function threadsFor(inputs: number): number {
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism(), Math.floor(inputs / WORTH_A_THREAD)));
}

/**
 * Load and judge inputs in several threads; what became of them comes in their order.
 *
 * @param tool the file to run in each thread, which calls `serve`.
 * @throws what broke in a thread: no input is passed over in silence.
 */
export async function* judgeInThreads(
  tool: string,
  threads: number,
  inputs: readonly Readable[],
  settings: JudgeSettings,
): AsyncGenerator<Judged> {
  const batches = Array.from({ length: Math.ceil(inputs.length / BATCH) }, (_, index) =>
    inputs.slice(index * BATCH, (index + 1) * BATCH),
  );
  const results: Promise<readonly Judged[]>[] = [];
  const settle: { resolve(judged: readonly Judged[]): void; reject(error: Error): void }[] = [];
  for (const _ of batches) results.push(new Promise((resolve, reject) => settle.push({ resolve, reject })));
  // Whoever waits for a batch hears of what broke; nobody waits for those after it.
  for (const result of results) result.catch(() => {});

  let next = 0;
  const workers = Array.from({ length: Math.min(threads, batches.length) }, () => new Worker(tool, { workerData: settings }));
  for (const worker of workers) {
    let current = 0;
    let isDone = false;
    const giveNext = () => {
      current = next++;
      isDone = current >= batches.length;
      if (isDone) void worker.terminate();
      else worker.postMessage(batches[current]);
    };
    worker.on('message', (judged: readonly Judged[]) => {
      settle[current].resolve(judged);
      giveNext();
    });
    const fail = (error: unknown) => {
      for (const each of settle) each.reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('error', fail);
    worker.on('messageerror', fail);
    // A thread that ends by itself leaves its batch unjudged.
    worker.on('exit', (code) => {
      if (!isDone) fail(new Error(`a thread ended before its work was done, with code ${code}`));
    });
    giveNext();
  }
  try {
    for (let index = 0; index < results.length; index++) {
      yield* await results[index];
      delete results[index];
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}

/** Be one of the threads. */
export function serve(): void {
  const settings: JudgeSettings = workerData;
  parentPort!.on('message', (inputs: readonly Readable[]) => {
    parentPort!.postMessage(inputs.map((input) => judgeLoaded(loadInput(input, settings.root), settings)));
  });
}
