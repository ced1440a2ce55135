import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { CLOCK, type Clock } from '../../functions/clock';
import { onLifecycle } from '../../functions/lifecycle';
import { readList } from '../../functions/properties';
import { type Association, associationsOf, update } from './associations';

interface Wanted {
  /** Reasons by the id of a control, such as `IAM.6`. */
  readonly reasons: ReadonlyMap<string, string>;
  /** ARNs. */
  readonly standards: readonly string[];
}

/** How long standards are waited for that are being turned on: the function is stopped after five minutes. */
const PATIENCE = 4 * 60_000;
const PAUSE = 10_000;

/** Switch controls of Security Hub off in standards, with a reason that Security Hub shows; and on again when they are not named any more. */
export function makeHandler(client: SecurityHubClient, clock: Clock = CLOCK) {
  return onLifecycle<Wanted>({
    read: (properties) => ({ reasons: readReasons(properties.Controls), standards: readList(properties, 'Standards') }),
    id: () => 'security-controls',
    apply: async ({ reasons, standards }, before) => {
      const back = [...(before?.reasons.keys() ?? [])].filter((control) => !reasons.has(control));
      await switchOn(client, back, before?.standards ?? []);
      const end = clock.now() + PATIENCE;
      for (;;) {
        const open = await switchOff(client, reasons, standards);
        if (open.length === 0) return undefined;
        if (clock.now() + PAUSE > end) throw new Error(`Security Hub did not switch controls off in time: ${open.join(', ')}`);
        await clock.sleep(PAUSE);
      }
    },
    remove: async ({ reasons, standards }) => switchOn(client, [...reasons.keys()], standards),
  });
}

/** Switch controls off; returns what could not be done, because a standard is not ready yet, or does not have the control. */
async function switchOff(client: SecurityHubClient, reasons: Wanted['reasons'], standards: readonly string[]): Promise<string[]> {
  const open: string[] = [];
  const updates: Association[] = [];
  for (const [control, reason] of reasons) {
    const all = (await associationsOf(client, control)).filter(({ standard }) => standards.includes(standard));
    if (all.length === 0) open.push(`${control} is in none of the standards that are on`);
    const others = all.filter(({ isOn, reason: said }) => isOn || said !== reason);
    updates.push(...others.map((each) => ({ ...each, isOn: false, reason })));
  }
  return [...open, ...(await update(client, updates))];
}

/** Switch controls on again that are off; a hub that is off has none. */
async function switchOn(client: SecurityHubClient, controls: readonly string[], standards: readonly string[]): Promise<void> {
  const updates: Association[] = [];
  for (const control of controls) {
    const all = await associationsOf(client, control);
    const off = all.filter(({ standard, isOn }) => standards.includes(standard) && !isOn);
    updates.push(...off.map((each) => ({ ...each, isOn: true, reason: 'No longer switched off by the stack' })));
  }
  const open = await update(client, updates);
  if (open.length > 0) throw new Error(`Security Hub did not switch controls on again: ${open.join(', ')}`);
}

function readReasons(value: unknown): Map<string, string> {
  const controls: unknown[] = Array.isArray(value) ? value : [];
  const entries = controls.map((each) => {
    const { Id, Reason } = (each ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof Id !== 'string' || typeof Reason !== 'string' || Id === '' || Reason === '') return undefined;
    return [Id, Reason] as const;
  });
  if (entries.length === 0 || entries.includes(undefined)) {
    const got = (JSON.stringify(value) ?? 'nothing').slice(0, 100);
    throw new Error(`'Controls' must be a list of controls, each with an Id and a Reason, got ${got}`);
  }
  return new Map(entries as [string, string][]);
}

export const handler = makeHandler(new SecurityHubClient(CLIENT_OPTIONS));
