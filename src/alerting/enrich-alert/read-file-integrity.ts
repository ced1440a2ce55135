import { type HostState, STATES } from '../../hosts/file-integrity-settings';
import { AlertSource } from '../alert-source';
import { RunbookFamily } from '../runbook-family';
import type { Alert } from './alert';
import { at, type Fields, join, text } from './fields';
import { hitOf } from './tags';

/** How bad it is, from 0 to 10, and what it is called. */
const MEANINGS: Readonly<Record<HostState, readonly [severity: number, title: string]>> = {
  [STATES.begun]: [0, 'has a baseline'],
  [STATES.unchanged]: [2, 'is as its baseline again'],
  [STATES.changed]: [8, 'has files that changed without a plan'],
  [STATES.planned]: [4, 'has files that changed in a maintenance window, and wait to be accepted'],
  [STATES.accepted]: [2, 'has a new baseline'],
  [STATES.noBaseline]: [5, 'has no baseline to compare its files with'],
  [STATES.tampered]: [9, 'has a baseline that somebody tampered with'],
  [STATES.unreadable]: [7, 'sent a state of its files that cannot be read'],
  [STATES.failed]: [6, 'could not have its files checked'],
  [STATES.foreign]: [9, 'was spoken for by another host'],
};

const RESOLVED: readonly string[] = [STATES.begun, STATES.unchanged, STATES.accepted];

/** What `FileIntegrity` tells of a host. Names of files come from the host. */
export function readFileIntegrity(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const state = text(detail, 'state') ?? '';
  const host = text(detail, 'host') ?? 'a host';
  const [severity, title] = Object.hasOwn(MEANINGS, state) ? MEANINGS[state as HostState] : [8, `is '${state}'`];
  const isResolved = RESOLVED.includes(state);
  const count = ['added', 'removed', 'changed'].map((kind) => join(' ', text(detail, kind), kind)).join(', ');
  const files = texts(detail, 'files');
  return {
    source: AlertSource.FILE_INTEGRITY,
    id: join(' ', text(detail, 'program'), host),
    // Other changes are other news.
    state: join(' ', state, text(detail, 'id')),
    isResolved,
    severity,
    type: `File integrity: ${state}`,
    title: `${host} ${title}`,
    description: join('; ', text(detail, 'problem'), files.length > 0 ? `Files: ${count}: ${files.join('; ')}` : undefined),
    time: text(detail, 'at'),
    who: { principal: join('; ', text(detail, 'by'), ...texts(detail, 'sessions')) },
    way: { api: join('; ', ...texts(detail, 'commands')) },
    hit: [hitOf({ id: host, type: 'server', related: text(detail, 'report') })],
    next: {
      tactic: isResolved || severity < 7 ? undefined : 'TA0003 Persistence (T1554 Compromise Host Software Binary)',
      steps: isResolved
        ? []
        : [
            'Read the report: if a change explains every file, accept it and name the change. If not, treat the server as compromised.',
          ],
      family: isResolved ? undefined : RunbookFamily.CHANGED_FILES,
    },
    keys: { instances: /^i-[0-9a-f]{8,17}$/.test(host) ? [host] : [] },
    more: [join(' ', 'Maintenance windows:', ...texts(detail, 'windows')), join(' ', 'Change:', text(detail, 'change'))].flatMap(
      (line) => (line && !/:$/.test(line) ? line : []),
    ),
  };
}

function texts(detail: unknown, path: string): string[] {
  const found = at(detail, path);
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string').slice(0, 25) : [];
}
