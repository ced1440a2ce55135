import { createHash } from 'node:crypto';

/** The place of a name in a draw: the same seed draws the same names, in whatever order they come. */
export function rank(seed: string, name: string): string {
  return createHash('sha256').update(`${seed} ${name}`).digest('hex');
}

/** Draws the names with the lowest ranks of all that it is shown, and keeps no others. */
export class Draw {
  private kept: { readonly name: string; readonly rank: string }[] = [];

  constructor(
    private readonly seed: string,
    private readonly size: number,
  ) {}

  public add(name: string): void {
    this.kept.push({ name, rank: rank(this.seed, name) });
    if (this.kept.length > 2 * this.size + 100) this.shorten();
  }

  public get drawn(): readonly string[] {
    this.shorten();
    return this.kept.map(({ name }) => name);
  }

  private shorten(): void {
    this.kept = this.kept.sort((one, other) => (one.rank < other.rank ? -1 : 1)).slice(0, this.size);
  }
}
