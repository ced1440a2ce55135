import { BackupClient, DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { type Lifecycle, onLifecycle } from '../../functions/lifecycle';

/** What is to be on in a Region. */
export interface OptIn {
  /** Types that plans may choose by tag. */
  readonly services: readonly string[];
  /** Types whose backups AWS Backup manages in full. */
  readonly managed: readonly string[];
}

type Preferences = Readonly<Record<string, boolean>>;

/** Turn types on. What is on already, and what others turned on, stays on; nothing is ever turned off. */
export function optIn(client: BackupClient): Lifecycle<OptIn> {
  return {
    read: (properties) => ({ services: names(properties, 'services'), managed: names(properties, 'managed') }),
    id: () => 'backup-opt-in',
    apply: async ({ services, managed }) => {
      const current = await client.send(new DescribeRegionSettingsCommand({}));
      const wanted = {
        ...change('ResourceTypeOptInPreference', current.ResourceTypeOptInPreference, services),
        ...change('ResourceTypeManagementPreference', current.ResourceTypeManagementPreference, managed),
      };
      if (Object.keys(wanted).length > 0) await client.send(new UpdateRegionSettingsCommand(wanted));
      return undefined;
    },
    // Other plans of the account may need it.
    remove: async () => {},
  };
}

/**
 * What is on, with what is wanted; nothing when all of it is on. That something is off is never said: somebody may be turning it on.
 * Types that the Region does not list are not offered there.
 */
function change(
  kind: string,
  current: Preferences | undefined = {},
  types: readonly string[],
): Record<string, Record<string, boolean>> {
  const offered = types.filter((type) => Object.hasOwn(current, type));
  if (offered.every((type) => current[type])) return {};
  const isOn = Object.keys(current).filter((type) => current[type]);
  return { [kind]: Object.fromEntries([...isOn, ...offered].map((type) => [type, true])) };
}

function names(properties: Readonly<Record<string, unknown>>, property: string): string[] {
  const value = properties[property];
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string' && /^[\w.-]{1,50}$/.test(each));
  if (!isList)
    throw new Error(`'${property}' must be a list of types of AWS Backup, got ${JSON.stringify(value)?.slice(0, 200)}`);
  return value as string[];
}

export const handler = onLifecycle(optIn(new BackupClient(CLIENT_OPTIONS)));
