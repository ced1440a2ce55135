import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../src/model/assembly';
import { loadCloudAssembly } from '../../src/model/load-cloud-assembly';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** They have the stacks of other examples several times: what is found in them is found once already. */
const REPEATING = ['organization', 'three-accounts'];

/** The example apps, by name. */
export const STORIES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXAMPLES, entry.name, 'app.ts')))
  .map(({ name }) => name)
  .filter((name) => !REPEATING.includes(name));

/** What an example app is synthesized to. */
export function assemblyOf(story: string): Assembly {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-mutations-'));
  const { env } = process;
  process.env = {
    ...env,
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify({
      ...JSON.parse(readFileSync(join(EXAMPLES, story, 'cdk.json'), 'utf8')).context,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    }),
  };
  try {
    require(join(EXAMPLES, story, 'app.ts'));
    return loadCloudAssembly(folder);
  } finally {
    process.env = env;
    rmSync(folder, { recursive: true, force: true });
  }
}
