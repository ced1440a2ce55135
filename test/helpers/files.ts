import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that exists while the tests of a file run, with the files written into it. */
export class TestFolder {
  public readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'cdk-soc2-')));
  private count = 0;

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Write files into a new folder within this one. */
  public with(files: Readonly<Record<string, string | Buffer | object>>): string {
    const folder = join(this.path, String(this.count++));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    }
    return folder;
  }
}

/** The one clear line in which input was refused. */
export function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') throw error;
    expect(error.message).not.toContain('\n');
    expect(error.message.length).toBeLessThan(500);
    return error.message;
  }
  throw new Error('the input was accepted');
}
