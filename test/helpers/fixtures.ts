import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeIf } from './optional';

/** CloudFormation that nobody here wrote; it stands beside the project where we work and is not part of it. */
export const FIXTURES = process.env.CDK_SOC2_FIXTURES ?? join(__dirname, '..', '..', '..', 'shared', 'fixtures');

/** Tests that need the fixtures. */
export function describeWithFixtures(name: string, tests: () => void): void {
  describeIf(existsSync(FIXTURES), name, `the fixtures are not at ${FIXTURES}; CDK_SOC2_FIXTURES may name their folder`, tests);
}
