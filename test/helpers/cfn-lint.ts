import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

type Answer = (printed: string) => void;

/** What cfn-lint prints; it is loaded once, where Python finds it, and started anew for each run where it does not. */
export class CfnLint {
  private process?: ChildProcess;
  private isThere = true;
  /** Who waits for what, in the order of the runs. */
  private readonly waiting: { readonly args: readonly string[]; readonly answer: Answer }[] = [];

  public print(args: readonly string[]): Promise<string> {
    if (!this.isThere) return Promise.resolve(printedBy(args));
    this.process ??= this.start();
    return new Promise((answer) => {
      this.waiting.push({ args, answer });
      this.process!.stdin!.write(`${JSON.stringify(args)}\n`);
    });
  }

  private start(): ChildProcess {
    const child = spawn('python3', [join(__dirname, 'cfn-lint.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
    createInterface({ input: child.stdout }).on('line', (line) => this.waiting.shift()?.answer(JSON.parse(line)));
    child.stdin.on('error', () => undefined);
    child.on('error', () => this.end()).on('exit', () => this.end());
    // It ends when nobody is left to write to it, and keeps nobody from ending.
    for (const each of [child, child.stdin as Socket, child.stdout as Socket]) each.unref();
    return child;
  }

  private end(): void {
    this.isThere = false;
    for (const { args, answer } of this.waiting.splice(0)) answer(printedBy(args));
  }
}

function printedBy(args: readonly string[]): string {
  return spawnSync('cfn-lint', args, { encoding: 'utf8' }).stdout;
}
