import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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
  describeIf(isOnPath(tool), name, `${tool} is not on this machine`, tests);
}

/** Asked of the file system: to start some of these programs takes seconds. */
function isOnPath(tool: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool)));
}
