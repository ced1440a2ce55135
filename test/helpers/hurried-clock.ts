import type { Clock } from '../../src/functions/clock';

/** A clock on which time passes only while somebody waits; it does not really wait. */
export class HurriedClock implements Clock {
  constructor(private time = Date.parse('2026-11-20T06:00:00Z')) {}

  public readonly now = () => this.time;

  public readonly sleep = async (milliseconds: number) => {
    this.time += milliseconds;
  };
}
