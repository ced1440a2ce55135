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

/** How far coverage was added up, as JSON. */
export interface CoverageState {
  /** Milliseconds that are covered. */
  covered: number;
  /** All from here to the end of the period has been told of: milliseconds since 1970. */
  edge: number;
  /** Whether no digest file was counted yet. */
  isFirst: boolean;
  /** Why the time before the edge may not be covered. */
  why?: string;
}

/** Adds up what the digest files of a chain cover, from the newest to the oldest. Time that is not covered is a problem unless one explains it. */
export class Coverage {
  constructor(
    private readonly period: Period,
    private readonly folder: string,
    public readonly state: CoverageState = { covered: 0, edge: period.to.getTime(), isFirst: true },
  ) {}

  /** Say why the time before what was covered last may not be covered. */
  public explain(why: string): void {
    this.state.why = why;
  }

  /** Count what a digest file covers. */
  public add({ file, start, end, endText }: Digest): CoverageFinding {
    const { edge, isFirst, why } = this.state;
    const from = Math.max(start.getTime(), this.period.from.getTime());
    const to = Math.min(end.getTime(), edge);
    this.state.covered += Math.max(0, to - from);
    this.state.edge = Math.min(from, edge);
    this.state.isFirst = false;
    delete this.state.why;
    const said = `it ends at ${endText}, the next one starts at ${told(edge)}`;
    if (end.getTime() < edge) {
      const found = isFirst ? this.lack(to, edge) : { kind: 'gap' as const, file: s3Uri(file), message: said };
      return uncovered(to, edge, found, why);
    }
    if (isFirst || end.getTime() === edge) return { problems: [] };
    return { problems: [{ kind: 'overlap', file: s3Uri(file), message: said }] };
  }

  /** What is left when there is no older digest file. */
  public rest(): CoverageFinding {
    const from = this.period.from.getTime();
    const { edge, why } = this.state;
    this.state.edge = Math.min(from, edge);
    return edge > from ? uncovered(from, edge, this.lack(from, edge), why) : { problems: [] };
  }

  private lack(from: number, to: number): DigestProblem {
    return { kind: 'not-covered', file: this.folder, message: `no digest file covers ${told(from)} to ${told(to)}` };
  }
}

function uncovered(from: number, to: number, found: DigestProblem, why: string | undefined): CoverageFinding {
  const time = { from: new Date(from), to: new Date(to), why: why ?? found.message };
  return { problems: why === undefined ? [found] : [], uncovered: time };
}

function told(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
