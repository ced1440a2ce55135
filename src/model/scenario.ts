import type { Watch } from './watch';

const NOTHING_EARLY: ReadonlyMap<string, readonly string[]> = new Map();

/** One way in which the open questions of a template may be answered when it is deployed. */
export class Scenario {
  private readonly answers = new Map<string, number>();
  private readonly trail: Choice[] = [];
  private readonly branches = new Set<string>();
  private readonly departures = new Set<string>();
  private readonly guesses = new Set<string>();
  private readonly results = new Map<unknown, unknown>();
  /** Notes what is read, while somebody wants to know. */
  public watch?: Watch;
  private lateQuestion?: EarlyQuestion;
  private assumes = false;

  /**
   * @param replay the answers to give, in the order in which they are asked for.
   * @param early what is to be asked before a parameter is read, by parameter.
   */
  constructor(
    private readonly replay: readonly Choice[] = [],
    private readonly early: ReadonlyMap<string, readonly string[]> = NOTHING_EARLY,
  ) {}

  /**
   * Answer a question. Asked again, it has the same answer; with one option there is nothing to ask.
   *
   * @param question identifies the question within the assembly.
   * @param options what may be answered, in words; the first is tried first.
   */
  public choose(question: string, options: readonly string[]): number {
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    if (options.length < 2) return 0;
    const replayed = this.replay[this.trail.length];
    if (replayed && replayed.question !== question)
      throw new Error(`asked about '${question}' where it asked about '${replayed.question}' before; a check must keep no state`);
    const option = replayed?.option ?? 0;
    this.answers.set(question, option);
    this.trail.push({ question, option, options });
    return option;
  }

  /** Note that a condition depends on the answer to a question: its answers are branches of the template, each as real. */
  public branch(question: string): void {
    if (this.answers.has(question)) this.branches.add(question);
  }

  /** Note that an answer made a parameter another value than the template's own. */
  public depart(question: string): void {
    if (this.answers.has(question)) this.departures.add(question);
  }

  /** Note that an answer made a parameter another value than it is taken for where no condition asks about it. */
  public guess(question: string): void {
    if (this.answers.has(question)) this.guesses.add(question);
  }

  /** Whether a value was read that is not the template's own, in the branch that the conditions are in. */
  public get departed(): boolean {
    return !isSubset(this.departures, this.branches);
  }

  /** Whether a value was made another although no condition asked: what happens then, another scenario tells. */
  public get isMoot(): boolean {
    return !isSubset(this.guesses, this.branches);
  }

  /** Identifies the answers on which conditions depend. */
  public get branchKey(): string {
    return this.trail
      .filter(({ question }) => this.branches.has(question))
      .map(({ question, option }) => `${question}=${option}`)
      .join('\n');
  }

  /** Values that a condition compares a parameter with, once it is known that this happens after the parameter is read. */
  public earlyLiterals(parameter: string): readonly string[] {
    return this.early.get(parameter) ?? [];
  }

  /** Note that a condition compares a parameter with a value that was not asked about before the parameter was read. */
  public askTooLate(parameter: string, literal: string): void {
    this.lateQuestion ??= { parameter, literal };
  }

  /** Set when answers contradict each other; they do not, when this is asked early. */
  public get late(): EarlyQuestion | undefined {
    return this.lateQuestion;
  }

  /** True when nothing was asked: there is but this scenario. */
  public get isOnly(): boolean {
    return this.trail.length === 0 && this.lateQuestion === undefined;
  }

  /** Note that a parameter was read that other scenarios may give another value. */
  public assume(): void {
    this.assumes = true;
  }

  /** True when what was read is the same in every scenario. */
  public get isSettled(): boolean {
    return this.isOnly && !this.assumes;
  }

  /** Work something out, once; `circle` tells what it is while it is being worked out. */
  public once<T>(key: unknown, work: () => T, circle?: () => T): T {
    const known = this.results.get(key);
    if (known === WORKING && circle) return circle();
    if (known !== undefined && known !== WORKING) return known as T;
    if (circle) this.results.set(key, WORKING);
    const result = work();
    this.results.set(key, result);
    return result;
  }

  /** The answers given, in words. */
  public get words(): readonly string[] {
    return this.trail.map(({ options, option }) => options[option]);
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

const WORKING = Symbol('working');

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const member of part) if (!whole.has(member)) return false;
  return true;
}

interface Choice {
  readonly question: string;
  readonly option: number;
  readonly options: readonly string[];
}

interface EarlyQuestion {
  readonly parameter: string;
  readonly literal: string;
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
  const early = new Map<string, string[]>();
  for (;;) {
    const explored = exploreAsking(early, run);
    if ('results' in explored) return explored;
    const literals = early.get(explored.parameter);
    if (literals) literals.push(explored.literal);
    else early.set(explored.parameter, [explored.literal]);
  }
}

function exploreAsking<T>(
  early: ReadonlyMap<string, readonly string[]>,
  run: (scenario: Scenario) => T,
): Explored<T> | EarlyQuestion {
  const results: { scenario: Scenario; result: T }[] = [];
  let scenario = new Scenario([], early);
  for (;;) {
    const result = run(scenario);
    if (scenario.late) return scenario.late;
    results.push({ scenario, result });
    const next = scenario.next();
    if (!next) return { results, complete: true };
    if (results.length >= MOST_SCENARIOS) return { results, complete: false };
    scenario = new Scenario(next, early);
  }
}
