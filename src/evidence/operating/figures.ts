import type { Json, JsonObject } from '../../model/json';

/** A number that tells how a control operated. */
export interface Figure {
  readonly label: string;
  /** Whether a row counts, or the number that it adds. */
  readonly of: (row: JsonObject) => boolean | number;
  /** Whether anything but zero is to be looked at. */
  readonly isBad?: boolean;
}

const all = (label: string): Figure => ({ label, of: () => true });
const where = (label: string, member: string, ...values: readonly Json[]): Figure => ({
  label,
  of: (row) => values.includes(row[member]),
});
/** Also where nothing is said. */
const unless = (label: string, member: string, value: Json): Figure => ({ label, of: (row) => row[member] !== value });
const bad = (figure: Figure): Figure => ({ ...figure, isBad: true });

/** A number in a member of a member, such as `hours.covered`. */
const sum = (label: string, member: string, inner: string): Figure => ({
  label,
  of: (row) => {
    const value = (row[member] as JsonObject | null | undefined)?.[inner];
    return typeof value === 'number' ? value : 0;
  },
});

const FAILED = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];

/** What is counted of the rows of a query. */
export const FIGURES: Readonly<Record<string, readonly Figure[]>> = {
  'cloudtrail-settings/trail-status': [all('trails'), bad(unless('that do not log', 'IsLogging', true))],
  'log-integrity/trails': [
    all('trails'),
    bad(where('not whole', 'isWhole', false)),
    sum('hours to cover', 'hours', 'due'),
    sum('hours covered', 'hours', 'covered'),
    sum('log files as delivered', 'logFiles', 'valid'),
    bad(sum('log files altered or gone', 'logFiles', 'invalid')),
  ],
  'backups/backup-jobs': [all('jobs'), where('completed', 'State', 'COMPLETED'), bad(where('failed', 'State', ...FAILED))],
  'backups/copy-jobs': [all('copies'), where('completed', 'State', 'COMPLETED'), bad(where('failed', 'State', ...FAILED))],
  'backups/restore-jobs': [
    all('restores'),
    where('found good', 'ValidationStatus', 'SUCCESSFUL'),
    bad(where('found wanting', 'ValidationStatus', 'FAILED', 'TIMED_OUT')),
  ],
  'backups/scan-jobs': [all('scans')],
  'backups/vaults': [all('vaults'), where('locked', 'Locked', true)],
  'restore-tickets/tickets': [
    all('restore tests'),
    where('passed', 'result', 'PASSED'),
    bad(where('failed', 'result', 'FAILED', 'NOT RESTORED')),
    bad(where('tickets that were altered', 'isAsWritten', false)),
  ],
  'config-rules/recorders': [all('recorders'), bad(unless('that do not record', 'recording', true))],
  'config-rules/resource-compliance': [
    all('checks of resources'),
    where('complied', 'ComplianceType', 'COMPLIANT'),
    bad(where('did not comply', 'ComplianceType', 'NON_COMPLIANT')),
  ],
  'guardduty/detectors': [all('detectors'), bad(unless('that do not watch', 'Status', 'ENABLED'))],
  'guardduty/findings': [all('threats found'), bad(where('still open', 'resolvedAt', null))],
  'guardduty/coverage': [
    all('workloads'),
    where('watched at run time', 'CoverageStatus', 'HEALTHY'),
    bad(where('not watched', 'CoverageStatus', 'UNHEALTHY')),
  ],
  'guardduty/malware-scans': [all('scans'), bad(where('failed', 'ScanStatus', 'FAILED'))],
  'security-hub/findings': [all('findings'), bad(where('still open', 'resolvedAt', null))],
  'inspector/open-findings': [
    all('open vulnerabilities'),
    where('critical', 'severity', 'CRITICAL'),
    where('high', 'severity', 'HIGH'),
    bad(where('older than allowed', 'overdue', true)),
  ],
  'inspector/closed-findings': [all('vulnerabilities fixed'), bad(where('later than allowed', 'overdue', true))],
  'inspector/coverage': [all('resources that can be scanned')],
  'patches/patch-states': [
    all('hosts'),
    { label: 'with missing patches', of: ({ MissingCount }) => Number(MissingCount ?? 0) > 0, isBad: true },
  ],
  'patches/open-patches': [all('patches missing or failed')],
  'iam/credential-report': [
    all('users'),
    {
      label: 'with a password and without MFA',
      // Of the root user, who has one, AWS does not say so.
      of: ({ user, password_enabled: password, mfa_active: mfa }) =>
        (password === 'true' || (user === '<root_account>' && password === 'not_supported')) && mfa !== 'true',
      isBad: true,
    },
  ],
  'access-reviews/reviews': [all('reviews'), where('signed', 'isSigned', true), bad(where('not signed', 'isSigned', false))],
  'alarms/alarms': [
    all('alarms'),
    {
      label: 'that tell nobody',
      of: ({ ActionsEnabled: enabled, AlarmActions: actions }) =>
        enabled === false || !Array.isArray(actions) || actions.length === 0,
      isBad: true,
    },
  ],
  'alarms/alarm-history': [
    { label: 'alarms that went off', of: ({ HistorySummary: said }) => /\bto ALARM$/.test(String(said ?? '')) },
    { label: 'messages sent', of: ({ HistoryItemType: type }) => type === 'Action' },
  ],
  'alarms/alert-subscriptions': [
    all('receivers of alarms'),
    where('confirmed', 'isConfirmed', true),
    bad(where('not confirmed', 'isConfirmed', false)),
  ],
  'security-bulletins/events': [all('notices of AWS')],
};

/** The figures of a query, counted. */
export interface Counted {
  readonly label: string;
  readonly number: number;
  readonly isBad: boolean;
}

/** Time to resolve, in days. */
export interface Resolution {
  readonly resolved: number;
  readonly medianDays: number;
  readonly longestDays: number;
}

/** Count the rows of a query; undefined where nothing is counted of it. */
export function figuresOf(
  query: string,
  rows: Iterable<JsonObject>,
): { readonly counted: readonly Counted[]; readonly resolution?: Resolution } | undefined {
  const figures = FIGURES[query];
  if (!figures) return undefined;
  const numbers = figures.map(() => 0);
  const days: number[] = [];
  for (const row of rows) {
    figures.forEach(({ of }, index) => {
      numbers[index] += Number(of(row));
    });
    if (typeof row.resolvedAfterDays === 'number') days.push(row.resolvedAfterDays);
  }
  const counted = figures.map(({ label, isBad = false }, index) => {
    const number = Math.round(numbers[index] * 100) / 100;
    return { label, number, isBad: isBad && number > 0 };
  });
  return { counted, ...(days.length > 0 && { resolution: resolutionOf(days) }) };
}

function resolutionOf(days: number[]): Resolution {
  const sorted = days.sort((a, b) => a - b);
  return {
    resolved: sorted.length,
    medianDays: sorted[Math.floor((sorted.length - 1) / 2)],
    longestDays: sorted[sorted.length - 1],
  };
}
