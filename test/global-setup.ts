import { join } from 'node:path';
import { bundleCli } from '../projenrc/tasks/bundle-cli';
import { bundleFunctions } from '../projenrc/tasks/bundle-functions';
import { bundleIamActions } from '../projenrc/tasks/bundle-iam-actions';

/** Constructs deploy the bundles of their functions, and read a list of actions; tests run the tool: a clean clone has none yet. */
export default async function setup(): Promise<void> {
  bundleFunctions();
  await bundleIamActions();
  await bundleCli(join(__dirname, '..', 'assets', 'cli'));
}
