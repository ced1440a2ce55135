import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI } from '../helpers/cli';
import { CDK, type Installation, install, installWithSecondCopy } from '../helpers/library';
import { type Ended, Queue, run } from '../helpers/process';
import { temporaryFolder } from '../helpers/temporary';

const PATIENCE = 240_000;

/** The ways in which people and jobs run an app, and the lock behind them. */
const WAYS = ['node app', 'cdk synth', "cdk synth '**'"] as const;
type Way = (typeof WAYS)[number];

/** For what is in no stage, a selection of everything is what there is without one. */
const WITHOUT_SELECTION = ['node app', 'cdk synth'] as const satisfies readonly Way[];

const waysFor = (app: string): readonly Way[] => (STAGES_OR_CLEAN.test(app) ? WAYS : WITHOUT_SELECTION);
const STAGES_OR_CLEAN = /stage|clean/;

/** What must not pass, and the reason that must be told: a crash of the app does not count. */
const BLOCKED: Readonly<Record<string, RegExp>> = {
  'top-level': /S3\.8 S3 buckets keep previous versions[\s\S]*S\/Bad\/Resource/,
  'nested-stack': /S3\.8 S3 buckets keep previous versions[\s\S]*S\/Nested\/Bad\/Resource/,
  stage: /1 blocking finding in stages[\s\S]*S3\.8 .*assembly-Prod\/ProdS/,
  'nested-stage': /1 blocking finding in stages[\s\S]*S3\.8 .*assembly-Prod-Inner\/ProdInnerS/,
  'missing-in-environment': /CloudTrail\.1 .* in aws:\/\/unknown-account\/unknown-region/,
  'rule-throws': /blocking finding in stages or in rules that broke[\s\S]*ACME\.1 .*no such thing/,
  'no-resources': /Nothing was judged: the app has no resources/,
  'expired-exception': /S3\.8 .*ticket SEC-1 of data team, has expired: it counted until 2024-02-29/,
  'bare-acknowledgement': /SOC2-S3\.8 is acknowledged at 'S\/Bad' without an owner/,
  'bare-qualified-acknowledgement': /SOC2::SOC2-S3\.8 is acknowledged at 'S\/Bad' without an owner/,
  'ledger-in-the-way': /The checks could not be made: EEXIST/,
};

/** The same, but run in one way only, the one that passes over most: `cdk synth` without a selection. */
const BLOCKED_TOO: Readonly<Record<string, RegExp>> = {
  'no-stacks': /nothing was judged: there are no stacks/,
  'no-stacks-in-stage': /nothing was judged: there are no stacks/,
  'in-a-group': /S3\.8 S3 buckets keep previous versions[\s\S]*Group\/S\/Bad\/Resource/,
  'nested-stack-in-stage': /1 blocking finding in stages[\s\S]*S3\.8 .*ProdSNested/,
  'missing-in-environment-of-stage': /CloudTrail\.1 .* in aws:\/\/unknown-account\/unknown-region#Prod/,
  'own-rule': /ACME\.1 Buckets have no name[\s\S]*S\/Named\/Resource/,
  'expired-exception-in-stage': /1 blocking finding in stages[\s\S]*S3\.8/,
  unwaivable: /S3\.8 .*its exception does not count/,
  'exception-not-in-template': /S3\.8 .*acknowledged at 'S\/Bad', but the template records no exception that counts/,
  'resource-made-after-exception': /S3\.8 .*acknowledged at 'S', but the template records no exception that counts/,
  'bare-acknowledgement-of-app': /SOC2::SOC2-S3\.8 is acknowledged at '' without an owner/,
  'bare-acknowledgement-in-stage': /SOC2::SOC2-S3\.8 is acknowledged at 'Prod\/S\/Bad' without an owner/,
  'bare-acknowledgement-of-stage': /SOC2-S3\.8 is acknowledged at 'Prod' without an owner/,
  'paths-of-another-app': /S3\.8 S3 buckets keep previous versions[\s\S]*S\/Template\/Included/,
  macro: /S3\.8 [\s\S]*the macro 'Changes' is run at deployment/,
  strict: /S3\.8 [\s\S]*S\/B/,
  'template-unreadable': /The checks could not be made: .*JSON/,
};

const queue = new Queue(3);
const environment = { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false' };

interface Run extends Ended {
  /** The output folder. */
  readonly folder: string;
}

let installation: Installation;
let copies: Installation;

/** Run an app; its output goes to a new folder unless one is given. */
async function start(
  way: Way | readonly string[],
  app: string,
  {
    folder = outputFolder(),
    env = {},
    from = installation,
  }: { folder?: string; env?: Record<string, string>; from?: Installation } = {},
): Promise<Run> {
  const isDirect = way === 'node app';
  const selection = typeof way !== 'string' ? way : way === "cdk synth '**'" ? ['**'] : [];
  const node = ['node', ...from.app].join(' ');
  const args = isDirect ? from.app : [CDK, 'synth', '--quiet', '--no-notices', '--app', node, '--output', folder, ...selection];
  const ended = await queue.add(() =>
    run(process.execPath, args, {
      cwd: from.folder,
      env: { ...environment, APP: app, CDK_OUTDIR: isDirect ? folder : undefined, ...env },
    }),
  );
  return { ...ended, folder };
}

/** It waits for none of the apps: the tests of those that ended first need it first. */
function gate(folder: string, env: Record<string, string> = {}): Promise<Ended> {
  return run(process.execPath, [CLI, 'gate', folder], { env });
}

function outputFolder(): string {
  return temporaryFolder('out');
}

function ledgerIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'soc2', 'ledger.json'), 'utf8'));
}

/** All runs start at once and wait for each other; every test waits for its own. */
const runs = new Map<string, Promise<Run>>();
const ended = (app: string, way: Way) => runs.get(`${app} ${way}`)!;

beforeAll(async () => {
  [installation, copies] = await Promise.all([install('app'), installWithSecondCopy('app')]);
  for (const app of [...Object.keys(BLOCKED), 'clean'])
    for (const way of waysFor(app)) runs.set(`${app} ${way}`, start(way, app));
  for (const app of Object.keys(BLOCKED_TOO)) runs.set(`${app} cdk synth`, start('cdk synth', app));
}, PATIENCE);

const cases = [
  ...Object.entries(BLOCKED).map(([app, reason]) => ({ app, reason, ways: waysFor(app) })),
  ...Object.entries(BLOCKED_TOO).map(([app, reason]) => ({ app, reason, ways: ['cdk synth'] as readonly Way[] })),
];

describe.each(cases)('$app', ({ app, reason, ways }) => {
  test.each(ways)(
    'fails under %s, and says why',
    async (way) => {
      const { code, output } = await ended(app, way);
      expect(output).toMatch(reason);
      expect(code).toBe(1);
    },
    PATIENCE,
  );

  test(
    'keeps the gate closed',
    async () => {
      const { code, output } = await gate((await ended(app, 'cdk synth')).folder);
      expect(output).toMatch(/The gate is closed|is no cloud assembly/);
      expect(code).not.toBe(0);
    },
    PATIENCE,
  );
});

describe('a clean app', () => {
  test.each(WAYS)(
    'passes under %s, and leaves a ledger',
    async (way) => {
      expectPass(await ended('clean', way));
    },
    PATIENCE,
  );

  test(
    'opens the gate',
    async () => {
      const { code, output } = await gate((await ended('clean', 'cdk synth')).folder);
      expect(output).toContain('The gate is open');
      expect(code).toBe(0);
    },
    PATIENCE,
  );
});

function expectPass({ code, folder, output }: Run): void {
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  const { evaluations, alarms } = ledgerIn(folder);
  expect(alarms).toEqual([]);
  expect(evaluations.length).toBeGreaterThan(0);
}

describe('a second copy of aws-cdk-lib', () => {
  const env = { EXPECT_COPIES: 'true' };

  test.each(WAYS)(
    'lets no error pass under %s',
    async (way) => {
      const { code, output } = await start(way, 'nested-stage', { from: copies, env });
      expect(output).toMatch(BLOCKED['nested-stage']);
      expect(code).toBe(1);
    },
    PATIENCE,
  );

  test(
    'lets a clean app pass, with a ledger of everything in it',
    async () => {
      const run = await start('node app', 'clean', { from: copies, env });
      expectPass(run);
      expect(ledgerIn(run.folder).templates).toEqual(ledgerIn((await ended('clean', 'node app')).folder).templates);
    },
    PATIENCE,
  );
});

describe('an output folder in which an app was synthesized before', () => {
  test(
    'does not let a later error pass, nor what stopped the checks, nor an app without the pack',
    async () => {
      const { folder } = await start('node app', 'clean');
      expect(ledgerIn(folder).alarms).toEqual([]);

      const withError = await start('cdk synth', 'top-level', { folder });
      expect(withError.output).toMatch(BLOCKED['top-level']);
      expect(withError.code).toBe(1);
      expect(JSON.stringify(ledgerIn(folder).evaluations)).toContain('"verdict":"fail"');

      expectPass(await start('cdk synth', 'clean', { folder }));

      const broken = await start('node app', 'ledger-in-the-way', { folder });
      expect(broken.output).toMatch(BLOCKED['ledger-in-the-way']);
      expect(existsSync(join(folder, 'soc2', 'ledger.json'))).toBe(false);

      expectPass(await start('node app', 'clean', { folder }));
      await start('node app', 'without-pack', { folder });
      const { code, output } = await gate(folder);
      expect(output).toMatch(/The gate is closed[\s\S]*the ledger is stale/);
      expect(code).toBe(1);
    },
    PATIENCE,
  );
});

describe('a selection of stacks', () => {
  test(
    'passes over an error in a stack that is not selected, as it would when deploying; the gate does not',
    async () => {
      const { code, folder, output } = await start(['Clean'], 'two-stacks');
      expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
      const locked = await gate(folder);
      expect(locked.output).toMatch(/The gate is closed[\s\S]*S3\.8 Other\.template\.json/);
      expect(locked.code).toBe(1);
    },
    PATIENCE,
  );

  test(
    'does not pass over an error in a stage',
    async () => {
      const { code, output } = await start(['S'], 'stage');
      expect(output).toMatch(BLOCKED.stage);
      expect(code).toBe(1);
    },
    PATIENCE,
  );
});

describe('what only deployment knows', () => {
  test(
    'is a warning, which fails under --strict',
    async () => {
      const [loose, strict] = await Promise.all([start('cdk synth', 'undetermined'), start(['--strict'], 'undetermined')]);
      expectPass(loose);
      expect(loose.output).toMatch(/WARNING S3\.8/);
      expect(strict.output).toMatch(/WARNING S3\.8/);
      expect(strict.code).toBe(1);
    },
    PATIENCE,
  );
});

describe('what the CDK validates by itself', () => {
  test.each([
    ['clean', 0],
    ['top-level', 1],
  ])(
    'changes nothing for the app %s',
    async (app, expected) => {
      const { code, folder, output } = await start('cdk synth', app, { env: { CDK_VALIDATION: 'true' } });
      if (expected === 1) expect(output).toMatch(BLOCKED[app]);
      else expect(ledgerIn(folder).alarms).toEqual([]);
      expect(code).toBe(expected);
    },
    PATIENCE,
  );
});

describe('options that turn findings off', () => {
  test(
    'let an app pass, and not the gate',
    async () => {
      const { code, folder } = await start(['--ignore-errors'], 'top-level');
      expect(code).toBe(0);
      expect((await gate(folder)).output).toMatch(/The gate is closed[\s\S]*S3\.8/);
    },
    PATIENCE,
  );

  test(
    'do not include a time that nobody can read',
    async () => {
      const { code, folder, output } = await start('node app', 'clean', { env: { SOURCE_DATE_EPOCH: 'yesterday' } });
      expect(output).toMatch(/The checks could not be made: SOURCE_DATE_EPOCH must be a number of seconds since 1970/);
      expect(code).toBe(1);
      expect(existsSync(join(folder, 'soc2', 'ledger.json'))).toBe(false);
    },
    PATIENCE,
  );
});
