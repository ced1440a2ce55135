import type { Period } from '../collector';
import type { Digest } from './digest';
import { s3Uri } from './digest-place';
import type { DigestProblem } from './digest-problem';

/** Time that no digest file proves anything of, and why. */
export interface Uncovered extends Period {
  readonly why: string;
}

/** What is found where time is not covered once. */
export interface CoverageFinding {
  readonly problems: readonly DigestProblem[];
  readonly uncovered?: Uncovered;
}

/** Adds up what the digest files of a chain cover, from the newest to the oldest. Time that is not covered is a problem unless one explains it. */
export class Coverage {
  /** Milliseconds that are covered. */
  public covered = 0;
  /** All from here to the end of the period has been told of. */
  private edge: Date;
  private after?: Digest;
  private why?: string;

  constructor(
    private readonly period: Period,
    private readonly folder: string,
  ) {
    this.edge = period.to;
  }

  /** Say why the time before what was covered last may not be covered. */
  public explain(why: string): void {
    this.why = why;
  }

  /** Count what a digest file covers. */
  public add(digest: Digest): CoverageFinding {
    const { edge, after, why } = this;
    const [start, end] = [later(digest.start, this.period.from), earlier(digest.end, edge)];
    this.covered += Math.max(0, end.getTime() - start.getTime());
    this.edge = earlier(start, edge);
    this.after = digest;
    this.why = undefined;
    if (digest.end < edge) {
      const said = `it ends at ${digest.endText}, the next one starts at ${told(edge)}`;
      const gap = after ? problem('gap', s3Uri(digest.file), said) : this.lack(end, edge);
      return uncovered(end, edge, gap, why);
    }
    if (!after || digest.end.getTime() === edge.getTime()) return { problems: [] };
    return {
      problems: [problem('overlap', s3Uri(digest.file), `it ends at ${digest.endText}, the next one starts at ${told(edge)}`)],
    };
  }

  /** What is left when there is no older digest file. */
  public rest(): CoverageFinding {
    const { from } = this.period;
    return this.edge > from ? uncovered(from, this.edge, this.lack(from, this.edge), this.why) : { problems: [] };
  }

  private lack(from: Date, to: Date): DigestProblem {
    return problem('not-covered', this.folder, `no digest file covers ${told(from)} to ${told(to)}`);
  }
}

function uncovered(from: Date, to: Date, found: DigestProblem, why: string | undefined): CoverageFinding {
  return { problems: why === undefined ? [found] : [], uncovered: { from, to, why: why ?? found.message } };
}

function problem(kind: DigestProblem['kind'], file: string, message: string): DigestProblem {
  return { kind, file, message };
}

function told(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
