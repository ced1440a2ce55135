import { isMainThread } from 'node:worker_threads';
import { main } from './main';
import { printable } from './terminal';

// A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

if (isMainThread) {
  // Whatever ends it before it has an answer is no pass.
  process.on('exit', () => {
    process.exitCode ??= 2;
  });
  main(process.argv.slice(2), __filename).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      // Not the fault of the input: say so in one line, and never pass.
      console.error(
        `cdk-soc2 broke: ${printable(error instanceof Error ? error.message : String(error))}. Please report this with the command you ran.`,
      );
      process.exitCode = 2;
    },
  );
} else {
  void import('./judging-threads.js').then(({ serve }) => serve());
}
