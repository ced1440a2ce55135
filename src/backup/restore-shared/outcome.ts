import type { Check, State } from '../restore-messages';
import { check, shown } from './checks';

/** What a hook of the user may report. */
export interface HookReport {
  readonly checks: readonly Check[];
  readonly recoveryPoint?: string;
  readonly recoveryPointAt?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly bytes?: number;
}

/** The checks of a test, those that show that something went wrong in between included. */
export function allChecks(state: State): readonly Check[] {
  const { test, instance, settings, data, mount, files, removal, ended, error, removalError, hook } = state;
  const checks = [instance, settings, data, mount, files, removal].flatMap((step) => step?.checks ?? []);
  const fromHook = hook === undefined ? [] : (hookReport(hook)?.checks ?? [unreadable(hook)]);
  const troubles = [
    ...(ended ? [check('the test comes to its end', ended.execution, 'SUCCEEDED', ended.status)] : []),
    ...(error ? [trouble('the test runs without an error', error)] : []),
    ...(removalError ? [trouble('what the test made is removed', removalError)] : []),
  ];
  const seen = [...checks, ...fromHook];
  const unknown = test?.target?.isUnknown
    ? [check('the plan says what is expected', 'the plan', 'a test', test.job?.source, false)]
    : [];
  const before = [...unknown, ...(test?.recoveryPoint?.checks ?? [])];
  // What is known of the recovery point says nothing of what came of it.
  if (seen.length + troubles.length > 0) return [...before, ...seen, ...troubles];
  const kind = test?.job?.kind ?? 'unknown';
  return [
    ...before,
    check('something is checked', 'the workflow', 'at least one check', `there is no validator for ${kind}`, false),
  ];
}

/** What a hook returned; undefined when it is not what hooks return. That of a workflow is one step further in. */
export function hookReport(returned: unknown): HookReport | undefined {
  const hook = (returned as { readonly output?: unknown } | null | undefined)?.output ?? returned;
  if (typeof hook !== 'object' || hook === null || !Array.isArray((hook as HookReport).checks)) return undefined;
  const { checks, bytes, ...rest } = hook as HookReport & Readonly<Record<string, unknown>>;
  if (checks.length === 0 || !checks.every(isCheck)) return undefined;
  return {
    checks: checks.map((each) => check(each.name, each.asked ?? 'the hook', each.expected, each.observed, each.passed)),
    ...text(rest, 'recoveryPoint'),
    ...time(rest, 'recoveryPointAt'),
    ...time(rest, 'startedAt'),
    ...time(rest, 'completedAt'),
    ...(typeof bytes === 'number' && bytes >= 0 ? { bytes } : {}),
  };
}

function isCheck(each: unknown): each is Check {
  if (typeof each !== 'object' || each === null) return false;
  const { name, passed } = each as Partial<Check>;
  return typeof name === 'string' && typeof passed === 'boolean';
}

function unreadable(hook: unknown): Check {
  return check(
    'the hook reports its checks',
    'the hook',
    'an object with a list of checks, each with name and passed',
    hook,
    false,
  );
}

function trouble(
  name: string,
  { Error: kind = 'unknown', Cause: cause = '' }: { readonly Error?: string; readonly Cause?: string },
) {
  return check(name, 'the workflow', 'no error', `${kind}: ${messageIn(cause)}`, false);
}

/** The cause of a failed function is JSON with a stack; only its message is shown. */
function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}

function text(from: Readonly<Record<string, unknown>>, name: string): Record<string, string> {
  const value = from[name];
  return typeof value === 'string' ? { [name]: shown(value) } : {};
}

function time(from: Readonly<Record<string, unknown>>, name: string): Record<string, string> {
  const value = from[name];
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? { [name]: new Date(value).toISOString() } : {};
}
