import { bundleFunctions } from '../projenrc/tasks/bundle-functions';
import { bundleIamActions } from '../projenrc/tasks/bundle-iam-actions';

/** Constructs deploy the bundles of their functions, and read a list of actions: a clean clone has none yet. */
export default async function setup(): Promise<void> {
  bundleFunctions();
  await bundleIamActions();
}
