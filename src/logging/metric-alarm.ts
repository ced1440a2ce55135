import type { Criterion } from '../criteria/criterion';

/** An alarm on what a trail records. */
export interface MetricAlarm {
  /** Its name, also of its metric. */
  readonly id: string;
  /** What happened, as the alarm says it. */
  readonly happened: string;
  /** What picks the events, at most 1,024 characters. */
  readonly pattern: string;
  /** Events within five minutes that are enough. */
  readonly threshold: number;
  /** What whoever is told looks at. */
  readonly lookAt: string;
  /** Criteria that it supports, the most relevant first. */
  readonly criteria: readonly Criterion[];
  /** The control of Security Hub CSPM that asks for it, in the very words of the pattern. */
  readonly securityHub?: string;
}

/** A pattern that picks calls by name, whatever service they are of. */
export function calls(...names: readonly string[]): string {
  return `{${anyCall(names)}}`;
}

/** A pattern that picks calls of a service. */
export function callsOf(service: string, ...names: readonly string[]): string {
  return `{($.eventSource=${service}.amazonaws.com) && (${anyCall(names)})}`;
}

/** A part of a pattern: one of these calls. */
export function anyCall(names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(' || ');
}
