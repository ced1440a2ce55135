import { rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type AuditMeasurement, measureAudits, measureHelp } from './audit';
import { build } from './build';
import { type EvidenceMeasurement, measureEvidence } from './evidence';
import { count, megabytes, microseconds, milliseconds, percent, type Target, table, targetTable, times } from './format';
import { type AppMeasurement, type Clock, measureApp, perPair, type Variant } from './synthesis';

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const plan = options.quick
  ? { sizes: [500, 1_000], flawed: 500, oneStack: [200, 400], rounds: 2, templates: 100, results: 2_000 }
  : { sizes: [1_000, 5_000, 20_000], flawed: 5_000, oneStack: [500, 1_000, 2_000], rounds: 3, templates: 1_000, results: 20_000 };

const OURS = 'ours, engine off';
const AWS = 'AwsSolutions, engine off';
const NIST = 'NIST R5, engine off';
const ALL: readonly Variant[] = ['bare', 'ours', OURS, AWS, NIST];
const OTHERS: readonly Variant[] = [AWS, NIST];
const CLOCKS: readonly Clock[] = ['pack', 'packCpu'];

void main();

async function main(): Promise<void> {
  console.log(
    `Node.js ${process.version}, ${cpus().length} × ${cpus()[0].model}, load ${load()}. Every measurement runs in a new process, so all\n` +
      `times are cold; each number is the median of ${plan.rounds} rounds. 'our pack' is what the pack adds to app.synth(), ledger\n` +
      'included; what it adds to the run has the loading of the library as well. Ratios compare within a round.\n',
  );
  const built = await build();
  try {
    const apps = plan.sizes.map((resources) =>
      measureApp({ resources, perStack: 400, findings: false }, ALL, plan.rounds, built),
    );
    const flawed = measureApp({ resources: plan.flawed, perStack: 400, findings: true }, ALL, plan.rounds, built);
    const stacks = plan.oneStack.map((resources) =>
      measureApp({ resources, perStack: resources, findings: false }, [OURS, AWS, NIST], plan.rounds, built),
    );
    const audits = measureAudits(plan.templates, plan.rounds, built);
    const help = measureHelp(plan.rounds, built);
    const evidence = await measureEvidence(plan.results, built);

    console.log(synthesisTable([...apps, flawed]));
    console.log(comparisonTable([...apps, flawed]));
    console.log(growthTable('One stack, engine off: processor time of the packs', stacks));
    console.log(auditTable(audits));
    console.log(evidenceTable(evidence));
    console.log(targetTable(targets(apps, [...apps, flawed], audits, help, evidence)));
    console.log(`Load at the end: ${load()}.`);
  } finally {
    rmSync(built.folder, { recursive: true, force: true });
  }
}

function load(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(', ');
}

function name({ shape }: AppMeasurement): string {
  return `${count(shape.resources)}${shape.findings ? ', 10 % flawed' : ''}`;
}

function synthesisTable(apps: readonly AppMeasurement[]): string {
  const head = [
    'resources',
    'run',
    'synth',
    'our pack',
    'of the run',
    'of synth',
    'records',
    'findings',
    'peak bare',
    'peak ours',
  ];
  return table(
    "The run of an app (loading the CDK, constructs, app.synth() with the CDK's own engine), and what our pack adds",
    head,
    apps.map((app) => [
      name(app),
      milliseconds(app.of('bare', ({ whole }) => whole)),
      milliseconds(app.of('bare', ({ synth }) => synth)),
      milliseconds(app.of('ours', ({ pack }) => pack)),
      percent(shareOfRun(app)),
      percent(shareOfSynth(app)),
      count(app.of('ours', ({ records }) => records)),
      count(app.of('ours', ({ violations }) => violations)),
      megabytes(app.of('bare', ({ peakMemory }) => peakMemory)),
      megabytes(app.of('ours', ({ peakMemory }) => peakMemory)),
    ]),
  );
}

/** What the pack adds to `app.synth()` alone. */
function shareOfSynth(app: AppMeasurement): number {
  return app.of('ours', ({ pack, synth }) => pack / (synth - pack));
}

/** What the pack and loading it add to the whole run: loading the CDK, creating constructs, synthesis. */
function shareOfRun(app: AppMeasurement): number {
  return app.of('ours', ({ pack, load, whole }) => (pack + load) / (whole - pack - load));
}

function comparisonTable(apps: readonly AppMeasurement[]): string {
  return table(
    'Against the packs of cdk-nag, engine off: time for each pair of a resource and a rule; elapsed, and of all processors',
    ['resources', 'ours', 'processors', 'AwsSolutions : ours', 'processors', 'NIST R5 : ours', 'processors'],
    apps.map((app) => [
      name(app),
      ...CLOCKS.map((clock) => microseconds(app.of(OURS, (result) => perPair(app.shape, result, clock)))),
      ...OTHERS.flatMap((other) => CLOCKS.map((clock) => times(ratio(app, other, clock)))),
    ]),
  );
}

/** How much longer another pack takes for each pair of a resource and a rule. */
function ratio(app: AppMeasurement, other: Variant, clock: Clock): number {
  return app.compare(other, OURS, (theirs, ours) => perPair(app.shape, theirs, clock) / perPair(app.shape, ours, clock));
}

function growthTable(title: string, apps: readonly AppMeasurement[]): string {
  return table(
    title,
    ['resources', 'ours', 'each', 'AwsSolutions', 'each', 'NIST R5', 'each'],
    apps.map((app) => [
      name(app),
      ...[OURS, AWS, NIST].flatMap((variant) => {
        const cpu = app.of(variant as Variant, ({ packCpu }) => packCpu);
        return [milliseconds(cpu), microseconds((cpu * 1000) / app.shape.resources)];
      }),
    ]),
  );
}

function evidenceTable({ results, wall, peakMemory, report, firstRender, filter }: EvidenceMeasurement): string {
  const felt = (value: number | undefined) => (value === undefined ? 'no browser' : milliseconds(value));
  return table(
    'cdk-soc2 evidence with every format, and its report in Chromium',
    ['results', 'time', 'peak', 'report', 'first render', 'slowest search'],
    [[count(results), milliseconds(wall), megabytes(peakMemory), `${report.toFixed(1)} MB`, felt(firstRender), felt(filter)]],
  );
}

function auditTable(audits: readonly AuditMeasurement[]): string {
  return table(
    'cdk-soc2 audit of loose templates with 100 resources each',
    ['templates', 'input', '--format', 'time', 'peak memory'],
    audits.map(({ input, format, templates, megabytes: size, wall, peakMemory }) => [
      `${count(templates)} × 100`,
      `${input}, ${size.toFixed(0)} MB`,
      format,
      milliseconds(wall),
      megabytes(peakMemory),
    ]),
  );
}

/** How much more the largest app costs than its size explains: 1 is linear. */
function growth(apps: readonly AppMeasurement[]): number {
  const [small, large] = apps.slice(-2).map((app) => app.of(OURS, ({ packCpu }) => packCpu) / app.shape.resources);
  return large / small;
}

function targets(
  apps: readonly AppMeasurement[],
  all: readonly AppMeasurement[],
  audits: readonly AuditMeasurement[],
  help: number,
  evidence: EvidenceMeasurement,
): Target[] {
  const target = (text: string, value: number, limit: number, format: (value: number) => string): Target => ({
    target: text,
    measured: format(value),
    holds: value < limit,
  });
  return [
    ...apps.flatMap((app) => [
      target(`${name(app)} resources: the pack adds < 5 % to the run`, shareOfRun(app), 0.05, percent),
      target(`${name(app)} resources: the pack adds < 5 % to app.synth() alone`, shareOfSynth(app), 0.05, percent),
    ]),
    ...all.flatMap((app) =>
      OTHERS.flatMap((other) =>
        CLOCKS.map((clock): Target => {
          const measured = ratio(app, other, clock);
          const time = clock === 'pack' ? 'elapsed' : 'of processors';
          const what = `${name(app)} resources: ≥ 10 × faster per resource and rule than ${other.split(',')[0]}, ${time}`;
          return { target: what, measured: times(measured), holds: measured >= 10 };
        }),
      ),
    ),
    target('Linear: a resource costs < 1.25 × as much in the largest app as in the next smaller', growth(apps), 1.25, times),
    ...audits.flatMap(({ input, format, templates, wall, peakMemory }) => [
      target(`audit of ${count(templates)} × 100 ${input}, ${format}: < 10 s`, wall, 10_000, milliseconds),
      target(`audit of ${count(templates)} × 100 ${input}, ${format}: < 500 MB`, peakMemory, 500, megabytes),
    ]),
    target('--help: < 0.3 s', help, 300, milliseconds),
    target(`evidence of ${count(evidence.results)} results: < 15 s`, evidence.wall, 15_000, milliseconds),
    target(`evidence of ${count(evidence.results)} results: < 1 GB`, evidence.peakMemory, 1_000, megabytes),
    ...(evidence.firstRender === undefined
      ? []
      : [target('the report, until its results are there: < 2 s', evidence.firstRender, 2_000, milliseconds)]),
    ...(evidence.filter === undefined ? [] : [target('the report, a search: < 100 ms', evidence.filter, 100, milliseconds)]),
  ];
}
