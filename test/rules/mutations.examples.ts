import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** They have the stacks of other examples several times: what is found in them is found once already. */
const REPEATING = ['organization', 'three-accounts'];

/** The example apps, by name. */
export const STORIES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXAMPLES, entry.name, 'app.ts')))
  .map(({ name }) => name)
  .filter((name) => !REPEATING.includes(name));

/** Synthesize an example app into a folder; answers with the folder. */
export function synthesize(story: string, folder: string): string {
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
    return folder;
  } finally {
    process.env = env;
  }
}
