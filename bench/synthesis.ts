import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AppShape } from './app';
import type { Built } from './build';
import { median, runChild } from './child';
import type { PackName, SynthJob, SynthResult } from './synth-child';

/** What is run for each app, one process after the other in every round. */
const VARIANTS = {
  bare: { pack: 'none', engine: true },
  ours: { pack: 'Soc2Checks', engine: true },
  'ours, engine off': { pack: 'Soc2Checks', engine: false },
  'AwsSolutions, engine off': { pack: 'AwsSolutionsChecks', engine: false },
  'NIST R5, engine off': { pack: 'NIST80053R5Checks', engine: false },
} as const satisfies Record<string, { pack: PackName; engine: boolean }>;

export type Variant = keyof typeof VARIANTS;

/** The rounds in which one app was measured. Within a round, the variants ran one after the other. */
export class AppMeasurement {
  constructor(
    public readonly shape: AppShape,
    private readonly rounds: readonly Partial<Record<Variant, SynthResult>>[],
  ) {}

  /** The median over the rounds of something about one variant. */
  public of(variant: Variant, value: (result: SynthResult) => number): number {
    return median(this.rounds.flatMap((round) => round[variant] ?? []).map(value));
  }

  /** The median over the rounds of something that compares two variants of the same round. */
  public compare(a: Variant, b: Variant, value: (a: SynthResult, b: SynthResult) => number): number {
    return median(this.rounds.flatMap((round) => (round[a] && round[b] ? value(round[a], round[b]) : [])));
  }
}

/** Measure one app. */
export function measureApp(shape: AppShape, variants: readonly Variant[], rounds: number, built: Built): AppMeasurement {
  const outdir = join(built.folder, 'cdk.out');
  const results: Partial<Record<Variant, SynthResult>>[] = [];
  for (let round = 0; round < rounds; round++) {
    const result: Partial<Record<Variant, SynthResult>> = {};
    for (const variant of variants) {
      console.error(`round ${round + 1} of ${rounds}: ${shape.resources} resources, ${variant}`);
      const job: SynthJob = { shape, ...VARIANTS[variant], library: built.library, outdir };
      result[variant] = runChild<SynthResult>(built.synthChild, job);
      rmSync(outdir, { recursive: true });
    }
    results.push(result);
  }
  return new AppMeasurement(shape, results);
}

/** Elapsed time, or processor time in all threads. */
export type Clock = 'pack' | 'packCpu';

/** Microseconds for each pair of a resource and a rule of the pack. */
export function perPair(shape: AppShape, result: SynthResult, clock: Clock): number {
  return (result[clock] * 1000) / (shape.resources * result.rules);
}
