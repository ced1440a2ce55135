import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { App, type IPolicyValidationPlugin, Stack, aws_s3 as s3, Validations } from 'aws-cdk-lib';
import type { IApplyRule, NagPack } from 'cdk-nag';
import type * as Library from '../src';
import { type AppShape, buildApp } from './app';

/** Rule packs that are compared. */
export type PackName = 'none' | 'Soc2Checks' | 'AwsSolutionsChecks' | 'NIST80053R5Checks';

/** One synthesis to measure, in a process of its own. */
export interface SynthJob {
  readonly shape: AppShape;
  readonly pack: PackName;
  /** Whether the validation engine of the CDK runs, as it does unless someone turns it off. */
  readonly engine: boolean;
  /** The built library. */
  readonly library: string;
  readonly outdir: string;
}

/** Times in milliseconds; the process is new, so all of them are cold. */
export interface SynthResult {
  /** Loading the library or cdk-nag, once the app has loaded what it needs of the CDK. */
  readonly load: number;
  /** Creating the constructs. */
  readonly build: number;
  /** `app.synth()` as a whole. */
  readonly synth: number;
  /** From the start of the process to the end of `app.synth()`. */
  readonly whole: number;
  /** The part of `synth` that the pack took, with its ledger written. */
  readonly pack: number;
  /** Processor time of that part, in all threads: other processes on the machine disturb it less. */
  readonly packCpu: number;
  readonly violations: number;
  readonly rules: number;
  /** Records in the ledger. */
  readonly records: number;
  /** Megabytes. */
  readonly peakMemory: number;
}

const job: SynthJob = JSON.parse(process.argv[2]);
const now = () => performance.now();
const stopwatch = { wall: 0, cpu: 0, violations: 0 };

const built = measure(() => buildApp(job.shape, { outdir: job.outdir, builtinCloudFormationValidation: job.engine }));
// Loaded last, so that modules of the CDK that the app needs anyway are not charged to the pack.
const loaded = measure(loadPack);
const app = built.value;
const pack = loaded.value?.(app);
if (pack) Validations.of(app).addPlugins(timed(pack));
// The report goes to standard error, where nobody reads it here.
console.error = () => {};
const synthesized = measure(() => app.synth());
const whole = now();
const { maxRSS } = process.resourceUsage();

const result: SynthResult = {
  load: loaded.wall,
  build: built.wall,
  synth: synthesized.wall,
  whole,
  pack: stopwatch.wall,
  packCpu: stopwatch.cpu,
  violations: stopwatch.violations,
  rules: countRules(),
  records: countRecords(),
  peakMemory: maxRSS / 1024,
};
process.stdout.write(JSON.stringify(result));

function measure<T>(run: () => T): { readonly value: T; readonly wall: number; readonly cpu: number } {
  const usage = process.cpuUsage();
  const start = now();
  const value = run();
  const wall = now() - start;
  const { user, system } = process.cpuUsage(usage);
  return { value, wall, cpu: (user + system) / 1000 };
}

function loadPack(): ((scope: App) => NagPack) | undefined {
  if (job.pack === 'none') return undefined;
  if (job.pack !== 'Soc2Checks') {
    const { [job.pack]: Pack } = require('cdk-nag') as typeof import('cdk-nag');
    return (scope) => new Pack(scope);
  }
  const { Soc2Checks, RuleCatalog } = require(job.library) as typeof Library;
  const inherited = RuleCatalog.all()
    .filter(({ environment }) => environment)
    .map(({ id }) => ({ rule: id, owner: 'platform team', pointer: 'the baseline of the account' }));
  return (scope) => new Soc2Checks(scope, { inherited });
}

function timed(plugin: IPolicyValidationPlugin): IPolicyValidationPlugin {
  const validate = plugin.validate.bind(plugin);
  plugin.validate = (context) => {
    const { value: report, wall, cpu } = measure(() => validate(context));
    stopwatch.wall += wall;
    stopwatch.cpu += cpu;
    stopwatch.violations += report.violations.length;
    return report;
  };
  return plugin;
}

/** How many rules the pack has: those of cdk-nag do not say, so one resource is judged to count them. */
function countRules(): number {
  if (!loaded.value || !pack) return 0;
  if (pack.ruleIds) return pack.ruleIds.length;
  const other = new App();
  new s3.CfnBucket(new Stack(other, 'Stack'), 'Bucket');
  const counting = loaded.value(other) as unknown as { applyRule(rule: IApplyRule): void; validateScope(scope: App): void };
  let rules = 0;
  counting.applyRule = () => {
    rules += 1;
  };
  counting.validateScope(other);
  return rules;
}

function countRecords(): number {
  if (job.pack !== 'Soc2Checks') return 0;
  const ledger = JSON.parse(readFileSync(join(job.outdir, 'soc2', 'ledger.json'), 'utf8'));
  return ledger.evaluations.length;
}
