import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** CloudFormation that nobody here wrote; it stands beside the project where we work and is not part of it. */
export const FIXTURES = process.env.CDK_SOC2_FIXTURES ?? join(__dirname, '..', '..', '..', 'shared', 'fixtures');

/** Tests that need the fixtures; skipped, with a word about it, where they are absent. */
export function describeWithFixtures(name: string, tests: () => void): void {
  if (existsSync(FIXTURES)) {
    describe(name, tests);
    return;
  }
  console.warn(
    `SKIPPED: ${name}. The fixtures are not at ${FIXTURES}; set CDK_SOC2_FIXTURES to their folder to run these tests.`,
  );
  describe.skip(name, () => {
    test('needs the fixtures', () => undefined);
  });
}
