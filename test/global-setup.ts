import { bundleFunctions } from '../projenrc/tasks/bundle-functions';

/** Constructs deploy the bundles of their functions: a clean clone has none yet. */
export default function setup(): void {
  bundleFunctions();
}
