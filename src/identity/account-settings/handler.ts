import { onLifecycle } from '../../functions/lifecycle';
import { type Properties, readList, readText } from '../../functions/properties';
import { mustBeThere } from './analyzers';
import { CLIENTS, type Clients } from './clients';
import { instanceMetadata } from './instance-metadata';
import { passwordPolicy } from './password-policy';
import { documentSharing, imageSharing, publicAccessBlock, snapshotSharing } from './public-sharing';
import type { Setting } from './setting';
import { volumeEncryption } from './volumes';

/** By the property that asks for them. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  PasswordPolicy: passwordPolicy,
  PublicAccessBlock: publicAccessBlock,
  VolumeEncryption: volumeEncryption,
  InstanceMetadata: instanceMetadata,
  SnapshotSharing: snapshotSharing,
  ImageSharing: imageSharing,
  DocumentSharing: documentSharing,
};

interface Wanted {
  readonly account: string;
  readonly settings: Readonly<Record<string, Properties>>;
  readonly analyzers: readonly string[];
}

/**
 * Sets what holds for an account, setting by setting; one that fails keeps no other from being made.
 *
 * Nothing is taken back when the resource is deleted: an account without its protections is what nobody asked for.
 */
export function makeHandler(clients: Clients) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      account: readText(properties, 'Account'),
      settings: Object.fromEntries(Object.keys(SETTINGS).flatMap((name) => readSetting(properties, name))),
      analyzers: properties.Analyzers === undefined ? [] : readList(properties, 'Analyzers'),
    }),
    id: () => 'account-settings',
    apply: async ({ account, settings, analyzers }, before) => {
      const failures: string[] = [];
      const changed: string[] = [];
      const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        try {
          if (await work()) changed.push(name);
        } catch (error) {
          failures.push(`${name}: ${(error as Error).message}`);
        }
      };
      for (const [name, wanted] of Object.entries(settings))
        await attempt(name, () => SETTINGS[name]({ clients, account, wanted, before: before?.settings[name] ?? {} }));
      if (analyzers.length > 0) await attempt('Analyzers', () => mustBeThere(clients, analyzers));
      console.log({ message: 'the settings of the account were looked at', changed, failures });
      if (failures.length > 0) throw new Error(`Not every setting of the account could be made. ${failures.join('; ')}`);
      return undefined;
    },
    remove: async () => undefined,
  });
}

function readSetting(properties: Properties, name: string): [string, Properties][] {
  const value = properties[name];
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`'${name}' must be an object, got ${JSON.stringify(value).slice(0, 100)}`);
  return [[name, value as Properties]];
}

export const handler = makeHandler(CLIENTS);
