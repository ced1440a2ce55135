import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A line of the example as it is, and as somebody in a hurry might leave it. */
interface Mistake {
  readonly what: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'The database is created without encryption',
    file: 'data-stack.ts',
    right: 'instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),',
    wrong: 'instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),\n      storageEncrypted: false,',
  },
  {
    what: 'The database port is opened to the world, to debug something',
    file: 'data-stack.ts',
    right: "this.uploads = new SecureBucket(this, 'Uploads');",
    wrong:
      "this.uploads = new SecureBucket(this, 'Uploads');\n    this.database.connections.allowFromAnyIpv4(ec2.Port.POSTGRES);",
  },
  {
    what: 'The load balancer gets the policy that the CDK calls recommended, which is ten years old',
    file: 'service-stack.ts',
    right: 'internetFacing: true,',
    wrong: 'internetFacing: true,\n      sslPolicy: elbv2.SslPolicy.RECOMMENDED,',
  },
  {
    what: 'Threat detection is left out, because it found so much',
    file: 'detection-stack.ts',
    right: "new ThreatDetection(this, 'Threats');",
    wrong: "// new ThreatDetection(this, 'Threats');",
  },
  {
    what: 'The database is forgotten in the list of what is backed up',
    file: 'app.ts',
    right: 'backups.program.protect(data.database, data.uploads, alerts.register);',
    wrong: 'backups.program.protect(data.uploads, alerts.register);',
  },
];

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'demo.out');
const EXAMPLE = join(__dirname, 'saas-platform');
const GOOD = join(OUT, 'saas-platform');
const BAD = join(OUT, 'saas-platform-with-mistakes');
const TOOL = join(ROOT, 'assets', 'cli', 'cdk-soc2.js');

function heading(text: string): void {
  console.log(`\n== ${text}\n`);
}

/** Run a program of this project with its output shown; answers with its exit code. */
function run(program: string, args: readonly string[], cwd = ROOT): number {
  console.log(`$ ${program} ${args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg)).join(' ')}`);
  const file = program === 'cdk-soc2' ? TOOL : join(ROOT, 'node_modules', '.bin', program);
  const env: NodeJS.ProcessEnv = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', npm_config_loglevel: 'error' };
  if (!process.stdout.isTTY) env.NO_COLOR = '1';
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd, stdio: 'inherit', env });
  console.log(`(exit code ${status})\n`);
  return status ?? 1;
}

function synthesize(folder: string, output: string): number {
  return run('cdk', ['synth', '--quiet', '--no-notices', '--no-version-reporting', '--output', output], folder);
}

/** What is written instead, or below, as `diff` shows it. */
function difference(right: string, wrong: string): string {
  const isBelow = wrong.startsWith(`${right}\n`);
  const lines = isBelow ? [`    ${right}`, wrong.slice(right.length + 1)] : [`  - ${right}`, wrong];
  return [lines[0], lines[1].replace(/^ */gm, '  + ')].join('\n');
}

/** Make a project, with what is built here where `npm install` puts it: findings then name lines of the app. */
function install(): void {
  mkdirSync(OUT);
  writeFileSync(join(OUT, 'package.json'), JSON.stringify({ name: 'saas-platform', private: true }));
  for (const part of ['package.json', 'lib', 'assets'])
    cpSync(join(ROOT, part), join(OUT, 'node_modules', 'cdk-soc2', part), { recursive: true });
}

function copyExample(folder: string): void {
  cpSync(EXAMPLE, folder, { recursive: true, filter: (source) => !source.endsWith('cdk.out') });
}

function makeMistakes(): void {
  for (const { what, file, right, wrong } of MISTAKES) {
    const path = join(BAD, file);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(right)) throw new Error(`${file} of the example no longer has '${right}'`);
    writeFileSync(path, source.replace(right, wrong));
    console.log(`${what}\n  ${file}\n${difference(right, wrong)}\n`);
  }
}

function expectCode(what: string, got: number, expected: number): void {
  if (got === expected) return;
  console.error(`\n${what} was expected to exit with code ${expected}, and exited with ${got}.`);
  process.exit(1);
}

rmSync(OUT, { recursive: true, force: true });
const [goodOut, badOut] = ['good', 'with-mistakes'].map((name) => join(OUT, `${name}.cdk.out`));

install();
copyExample(GOOD);
heading('1. A small SaaS platform, as it should be');
expectCode('The example', synthesize(GOOD, goodOut), 0);
expectCode('The audit of the example', run('cdk-soc2', ['audit', relative(ROOT, goodOut)]), 0);
expectCode('The gate of the example', run('cdk-soc2', ['gate', relative(ROOT, goodOut)]), 0);

heading('2. The same platform with five mistakes');
copyExample(BAD);
makeMistakes();
expectCode('The example with mistakes', synthesize(BAD, badOut), 1);
expectCode('The audit of the example with mistakes', run('cdk-soc2', ['audit', relative(ROOT, badOut)]), 1);
expectCode('The gate of the example with mistakes', run('cdk-soc2', ['gate', relative(ROOT, badOut)]), 1);

heading('3. What is left for an auditor');
const bundle = join(OUT, 'evidence');
expectCode(
  'The evidence of the example',
  run('cdk-soc2', ['evidence', relative(ROOT, goodOut), '--out', relative(ROOT, bundle), '--system', 'A small SaaS platform']),
  0,
);
expectCode('The check of the evidence', run('cdk-soc2', ['verify', relative(ROOT, bundle)]), 0);
expectCode('What the mistakes changed', run('cdk-soc2', ['diff', relative(ROOT, goodOut), relative(ROOT, badOut)]), 1);
console.log(`Open ${relative(ROOT, join(bundle, 'index.html'))} first: it is the report, and leads to everything else.`);
