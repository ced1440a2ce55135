import type { Finding } from '@aws-sdk/client-inspector2';
import { FindingSeverity } from '../finding-severity';
import type { Exception, Exceptions } from './exceptions';

const SEVERITIES = Object.values(FindingSeverity);

/** Days after which a finding of a severity is overdue. */
export type Deadlines = Readonly<Record<FindingSeverity, number>>;

const DAY = 86_400_000;

/** A finding that is open for longer than it may be. */
export interface OverdueFinding {
  readonly arn: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly resources: readonly string[];
  readonly firstObservedAt: string;
  readonly ageDays: number;
  readonly deadlineDays: number;
  readonly fixAvailable?: string;
  readonly exploitAvailable?: string;
  /** The exception that covers it. */
  readonly exception?: string;
}

/** Open findings, counted page by page: how many, how old, and which are overdue. */
export class Tally {
  /** Open findings by severity, those without a deadline as well. */
  public readonly open: Record<string, number> = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
  /** Age of the oldest open finding by severity, in days. */
  public readonly oldest: Record<string, number> = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
  public readonly overdue: OverdueFinding[] = [];
  /** Findings that are accepted for a time, by severity. */
  public readonly excepted: Record<string, number> = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
  /** Those of them that would be overdue. */
  public readonly exceptedOverdue: OverdueFinding[] = [];
  /** Findings without a date: nobody knows how old they are, so they count as overdue. */
  public readonly undated: string[] = [];
  private readonly undatedOf = new Map<string, number>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly deadlines: Deadlines,
    private readonly now: number,
    private readonly exceptions?: Exceptions,
  ) {}

  /** How many different findings there are. */
  public get findings(): number {
    return this.seen.size;
  }

  public overdueOf(severity: FindingSeverity): number {
    return this.overdue.filter((finding) => finding.severity === severity).length + (this.undatedOf.get(severity) ?? 0);
  }

  /** Count a finding; one that was listed before counts once. */
  public add(finding: Finding): void {
    const { findingArn: arn = '', severity = 'UNTRIAGED', firstObservedAt } = finding;
    if (this.seen.has(arn)) return;
    this.seen.add(arn);
    this.open[severity] = (this.open[severity] ?? 0) + 1;
    const exception = this.exceptions?.coverOf(finding);
    if (exception) this.excepted[severity] = (this.excepted[severity] ?? 0) + 1;
    const since = firstObservedAt?.getTime() ?? Number.NaN;
    if (Number.isNaN(since)) {
      this.undated.push(arn);
      if (!exception) this.undatedOf.set(severity, (this.undatedOf.get(severity) ?? 0) + 1);
      return;
    }
    const age = Math.max(0, this.now - since) / DAY;
    this.oldest[severity] = Math.max(this.oldest[severity] ?? 0, Math.floor(age));
    if (hasDeadline(severity) && age > this.deadlines[severity])
      (exception ? this.exceptedOverdue : this.overdue).push(this.described(finding, severity, age, exception));
  }

  private described(finding: Finding, severity: FindingSeverity, age: number, exception?: Exception): OverdueFinding {
    return {
      arn: finding.findingArn ?? '',
      severity,
      title: finding.title ?? '',
      resources: (finding.resources ?? []).map(({ id = '' }) => id),
      firstObservedAt: finding.firstObservedAt!.toISOString(),
      ageDays: Math.floor(age),
      deadlineDays: this.deadlines[severity],
      fixAvailable: finding.fixAvailable,
      exploitAvailable: finding.exploitAvailable,
      exception: exception?.name,
    };
  }
}

function hasDeadline(severity: string): severity is FindingSeverity {
  return SEVERITIES.some((each) => each === severity);
}
