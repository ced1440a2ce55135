import { spawnSync } from 'node:child_process';

/**
 * Tests that need something a user's machine may lack.
 *
 * Without it they are skipped, and say so loudly; with `REQUIRE_EVERYTHING` set, as in CI, they fail instead.
 */
export function describeIf(available: boolean, name: string, lack: string, tests: () => void): void {
  if (available) {
    describe(name, tests);
    return;
  }
  if (process.env.REQUIRE_EVERYTHING) {
    test(`${name}: ${lack}`, () => {
      throw new Error(`${lack}, and REQUIRE_EVERYTHING is set`);
    });
    return;
  }
  console.warn(`SKIPPED: ${name}. ${lack}.`);
  describe.skip(name, () => {
    test(lack, () => undefined);
  });
}

/** Tests that need a program. */
export function describeWithTool(tool: string, name: string, tests: () => void): void {
  const { error } = spawnSync(tool, ['--version'], { stdio: 'ignore' });
  describeIf(error === undefined, name, `${tool} is not on this machine`, tests);
}
