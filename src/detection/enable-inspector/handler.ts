import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { CLOCK, type Clock } from '../../functions/clock';
import { type Lifecycle, onLifecycle } from '../../functions/lifecycle';
import { readFlag, readList } from '../../functions/properties';
import { InspectorScan } from '../inspector-scan';
import { disable, enable, statesOf } from './inspector';

/** What the template asks for. */
interface Wanted {
  readonly scans: readonly InspectorScan[];
  /** Whether the scans end with the stack. */
  readonly switchOffOnDelete: boolean;
}

/** How long scans are waited for: the function is stopped after five minutes. */
const PATIENCE = 4 * 60_000;
const PAUSE = 5_000;

export function makeHandler(client: Inspector2Client, clock: Clock = CLOCK) {
  const lifecycle: Lifecycle<Wanted> = {
    read: (properties) => ({
      scans: readList(properties, 'ResourceTypes', Object.values(InspectorScan)),
      switchOffOnDelete: readFlag(properties, 'SwitchOffOnDelete'),
    }),
    id: () => 'inspector',
    apply: async ({ scans }, before) => {
      const dropped = (before?.scans ?? []).filter((scan) => !scans.includes(scan));
      if (dropped.length > 0) await disable(client, dropped);
      return { Pending: (await enabled(client, scans, clock)).join(', ') };
    },
    remove: async ({ scans, switchOffOnDelete }) => {
      if (switchOffOnDelete) await disable(client, scans);
    },
  };
  return onLifecycle(lifecycle);
}

/**
 * Ask for scans until each is on, and return those that Inspector is still turning on when there is no more time: it goes on by
 * itself, and the daily look at the findings tells when a scan stays off.
 */
async function enabled(client: Inspector2Client, scans: readonly InspectorScan[], clock: Clock): Promise<InspectorScan[]> {
  const end = clock.now() + PATIENCE;
  for (;;) {
    const states = await statesOf(client);
    const missing = scans.filter((scan) => states[scan] !== 'ENABLED');
    if (missing.length === 0) return [];
    const idle = missing.filter((scan) => states[scan] !== 'ENABLING');
    const refused = idle.length > 0 ? await enable(client, idle) : undefined;
    if (clock.now() + PAUSE > end) {
      if (idle.length === 0) return missing;
      const found = idle.map((scan) => `${scan} is ${states[scan] ?? 'not known'}`).join(', ');
      throw new Error(`Inspector did not turn every scan on in time: ${found}${refused ? `, because of ${refused}` : ''}`);
    }
    await clock.sleep(PAUSE);
  }
}

export const handler = makeHandler(new Inspector2Client(CLIENT_OPTIONS));
