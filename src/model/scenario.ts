/** One way in which the open questions of a template may be answered when it is deployed. */
export class Scenario {
  private readonly answers = new Map<string, number>();
  private readonly trail: Choice[] = [];
  private departs = false;

  /** @param replay the answers to give, in the order in which they are asked for. */
  constructor(private readonly replay: readonly Choice[] = []) {}

  /**
   * Answer a question. Asked again, it has the same answer.
   *
   * @param question identifies the question within the assembly.
   * @param options what may be answered, in words; the first is tried first.
   */
  public choose(question: string, options: readonly string[]): number {
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    const option = this.replay[this.trail.length]?.option ?? 0;
    this.answers.set(question, option);
    this.trail.push({ option, options });
    return option;
  }

  /** Note that a value was read that is not the template's own, but one that a deployment may give to a parameter. */
  public depart(): void {
    this.departs = true;
  }

  /** Whether a value was read that only a deployment would give. */
  public get departed(): boolean {
    return this.departs;
  }

  /** The answers given, in words. */
  public describe(): string {
    return this.trail.map((choice) => choice.options[choice.option]).join(' and ');
  }

  /** The answers of the next scenario to try; undefined when all were tried. */
  public next(): Choice[] | undefined {
    for (let last = this.trail.length - 1; last >= 0; last--) {
      const choice = this.trail[last];
      if (choice.option + 1 < choice.options.length)
        return [...this.trail.slice(0, last), { ...choice, option: choice.option + 1 }];
    }
    return undefined;
  }
}

interface Choice {
  readonly option: number;
  readonly options: readonly string[];
}

/** More combinations than these are not tried; the verdict then cannot be `pass`. */
export const MOST_SCENARIOS = 256;

/** What the scenarios showed. */
export interface Explored<T> {
  readonly results: readonly { readonly scenario: Scenario; readonly result: T }[];
  /** False when there were more than `MOST_SCENARIOS` combinations. */
  readonly complete: boolean;
}

/** Run a pure function in every scenario that it asks about. */
export function explore<T>(run: (scenario: Scenario) => T): Explored<T> {
  const results: { scenario: Scenario; result: T }[] = [];
  let scenario = new Scenario();
  for (;;) {
    results.push({ scenario, result: run(scenario) });
    const next = scenario.next();
    if (!next) return { results, complete: true };
    if (results.length >= MOST_SCENARIOS) return { results, complete: false };
    scenario = new Scenario(next);
  }
}
