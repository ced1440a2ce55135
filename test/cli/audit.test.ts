import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type App,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  NestedStack,
  RemovalPolicy,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { RuleCatalog, type Soc2ChecksProps, Soc2Exception, TrustServicesCategory } from '../../src';
import type { Ledger, LedgerEvaluation } from '../../src/checks/ledger';
import { RULES } from '../../src/rules';
import { CLI, runCli } from '../helpers/cli';
import { TestFolder } from '../helpers/files';
import { describeWithFixtures, FIXTURES } from '../helpers/fixtures';
import { templateOf } from '../helpers/judge';
import { type Ended, run } from '../helpers/process';
import { schemaErrors } from '../helpers/schema';
import { synthesize } from '../helpers/synth';

const VERSIONING = 's3-bucket-versioning';
const TRAIL = 'cloudtrail-exists';

const folder = new TestFolder();

/** Audit, and see that nobody gets to see a stack trace. */
async function audit(args: readonly string[], env: Record<string, string | undefined> = {}, cwd?: string): Promise<Ended> {
  const ended = await runCli(['audit', ...args], { env, cwd });
  expect(ended.output).not.toMatch(/^\s+at /m);
  expect(ended.output).not.toContain('cdk-soc2 broke');
  return ended;
}

async function ledgerOf(...args: string[]): Promise<Ledger> {
  const { stdout } = await audit([...args, '--format', 'json']);
  const ledger = JSON.parse(stdout);
  expect(schemaErrors(ledger)).toEqual([]);
  return ledger;
}

const bucket = (properties: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: properties });
const VERSIONED = bucket({ VersioningConfiguration: { Status: 'Enabled' } });
const UNKNOWN = bucket({ VersioningConfiguration: { Status: { 'Fn::ImportValue': 'elsewhere' } } });
const PARAMETER = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
const template = (resources: object) => ({ Resources: resources });

const files = folder.with({
  'clean.json': template({ P: PARAMETER }),
  'bad.json': template({ B: bucket() }),
  'unknown.json': template({ B: UNKNOWN }),
  'broken.json': '{',
});
const file = (name: string) => join(files, name);
const verdicts = ({ evaluations }: Ledger, slug: string) =>
  evaluations.filter((each) => each.slug === slug).map(({ verdict }) => verdict);

describe('the exit code is', () => {
  test('0 when nothing blocks', async () => {
    const { code, stdout, stderr } = await audit([file('clean.json')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Nothing blocks\.\n$/);
  });

  test('2 when something cannot be judged, and then it is not said that nothing blocks', async () => {
    const broken = await audit([file('broken.json')]);
    expect(broken.code).toBe(2);
    expect(broken.stdout).toMatch(/1 input could not be judged\.\n$/);
    const both = await audit([file('clean.json'), file('broken.json')]);
    expect(both.code).toBe(2);
    expect(both.stdout).toMatch(/1 input could not be judged; nothing blocks in the others\.\n$/);
  });

  test('1 when something does', async () => {
    const { code, stdout, stderr } = await audit([file('bad.json')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/\d+ findings that block\.\n$/);
  });

  test('2 when there was input that cannot be judged, and the rest is judged all the same', async () => {
    const { code, stdout, stderr } = await audit([file('bad.json'), file('broken.json')]);
    expect(stderr).toMatch(/^broken\.json:1:\d+: not valid JSON.*\n$/);
    expect(stdout).toContain(VERSIONING);
    expect(code).toBe(2);
    const json = await audit([file('bad.json'), file('broken.json'), '--format', 'json']);
    expect(json.code).toBe(2);
    const ledger = JSON.parse(json.stdout);
    expect(schemaErrors(ledger)).toEqual([]);
    expect(ledger.alarms).toEqual([expect.stringMatching(/^broken\.json/)]);
  });
});

describe('arguments', () => {
  test.each([
    [['audit', '--strct', 'x'], /unknown option '--strct'\n\(Did you mean --strict\?\)[\s\S]*run cdk-soc2 --help/],
    [['audti'], /unknown command 'audti'\n\(Did you mean audit\?\)[\s\S]*run cdk-soc2 --help/],
    [['audit'], /missing required argument 'paths'[\s\S]*run cdk-soc2 --help/],
    [['audit', 'x', '--format', 'xml'], /--format must be 'table' or 'json', got 'xml'/],
    [['audit', 'x', '--output'], /option '--output <file>' argument missing/],
    [['gate', 'a', 'b'], /too many arguments/],
    [[], /^Usage: cdk-soc2/],
  ])('%j are refused with a hint', async (args, says) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each(['--help', '--version', 'help', 'audit --help', 'gate --help'])('%s answers', async (args) => {
    const { code, stdout, stderr } = await runCli(args.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(args === '--version' ? /^\d+\.\d+\.\d+\n$/ : /^Usage: cdk-soc2/);
  });
});

describe('--output', () => {
  test.each(['table', 'json'])('writes what would be printed, as %s', async (format) => {
    const env = { SOURCE_DATE_EPOCH: '1700000000' };
    const target = join(folder.with({}), 'out');
    const printed = await audit([file('bad.json'), '--format', format], env);
    const written = await audit([file('bad.json'), '--format', format, '--output', target], env);
    expect({ code: written.code, output: written.output }).toEqual({ code: 1, output: '' });
    expect(readFileSync(target, 'utf8')).toBe(printed.stdout);
  });

  test('that cannot be written is refused', async () => {
    const { code, stderr } = await audit([file('clean.json'), '--output', join(files, 'no', 'such', 'folder')]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^--output .*folder cannot be written: ENOENT.*\n$/),
    });
  });
});

describe('--as-one', () => {
  const parts = folder.with({
    'bucket.json': template({ B: VERSIONED }),
    'topic.yaml': 'Resources:\n  T:\n    Type: AWS::SNS::Topic\n',
  });

  test('takes templates for all that there is: what they lack is missing', async () => {
    expect(verdicts(await ledgerOf(parts), TRAIL)).toEqual(['undetermined', 'undetermined']);
    expect(verdicts(await ledgerOf(parts, '--as-one'), TRAIL)).toEqual(['fail']);
    expect((await audit([parts, '--as-one'])).stdout).toMatch(
      /^aws:\/\/unknown-account\/unknown-region\n[\s\S]*cloudtrail-exists/m,
    );
  });

  test('says what to declare for what another team provides', async () => {
    const text = (await audit([parts, '--as-one'])).stdout.replace(/\n +/g, ' ');
    expect(text).toContain(`The declaration: \`inherited: [{ rule: '${TRAIL}', owner: '…', pointer: '…' }]\`.`);
  });
});

describe('--scope', () => {
  /** A rule about resources that supports availability only, and a template that it finds something in. */
  const local = RULES.find(({ scope, criteria }) => scope !== 'environment' && criteria.every((id) => /^A\d/.test(id)))!;
  const path = folder.with({
    'a.json': templateOf(Object.values(local.examples.fail)[0]),
    'bad.json': template({ B: bucket() }),
  });
  const outside = (scope: string) =>
    RuleCatalog.all().filter(({ criteria }) => !criteria.some((id) => new RegExp(scope).test(id)));

  test('audits the categories named, and security with them', async () => {
    const ledger = await ledgerOf(path, '--scope', 'confidentiality');
    expect(ledger.settings.scope).toEqual(['security', 'confidentiality']);
    expect(verdicts(ledger, local.slug)).toEqual([]);
    expect(verdicts(ledger, VERSIONING)).toContain('fail');
    expect(ledger.rules).toHaveLength(RULES.length);
    expect(ledger.notes).toContainEqual(expect.stringContaining(`${local.id} ${local.slug}`));
    expect(verdicts(await ledgerOf(path, '--scope', 'security, availability'), local.slug)).toContain('fail');
  });

  test('without it, everything is audited', async () => {
    const ledger = await ledgerOf(path);
    expect(ledger.settings.scope).toHaveLength(5);
    expect(verdicts(ledger, local.slug)).toContain('fail');
    expect((await audit([path])).stdout).not.toContain('Audited:');
  });

  test('says how many rules were out of scope, and names them with --all', async () => {
    const others = outside('^(CC|C)');
    const { stdout } = await audit([file('bad.json'), '--scope', 'confidentiality']);
    expect(stdout).toContain(`, ${RuleCatalog.all().length - others.length} rules: `);
    expect(stdout.replace(/\n +/g, ' ')).toContain(
      `Audited: security, confidentiality. ${others.length} rules about other categories judged nothing; --all lists them.`,
    );
    const all = (await audit([file('bad.json'), '--scope', 'confidentiality', '--all'])).stdout.replace(/\n +/g, ' ');
    expect(all).toContain(`judged nothing: ${others.map(({ id, slug }) => `${id} ${slug}`).join(', ')}.`);
  });

  test.each(['safety', 'security,', '', 'Security'])('refuses %j', async (scope) => {
    const { code, stdout, stderr } = await audit([file('clean.json'), '--scope', scope]);
    expect(stderr).toMatch(
      /^--scope must name categories \(security, availability, confidentiality, processingIntegrity, privacy\), got '[^']*'\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('--threads', () => {
  const env = { SOURCE_DATE_EPOCH: '1700000000' };
  const bucket = (name: string) => ({ Resources: { [name]: { Type: 'AWS::S3::Bucket', Properties: {} } } });
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`team-${index % 3}/${index}.json`, bucket(`B${index}`)]),
  );
  const mixed = { ...many, 'team-1/broken.json': '{ "Resources": ', 'team-2/other.json': { name: 'no template' } };

  test.each(['table', 'json'])('changes nothing of what is said, as %s', async (format) => {
    const path = folder.with(mixed);
    const [one, three] = await Promise.all(
      ['1', '3'].map((threads) => runCli(['audit', path, '--format', format, '--all', '--threads', threads], { env })),
    );
    expect(three).toEqual(one);
    expect(one.code).toBe(2);
    expect(one.stdout).toContain('B39');
  });

  test('a folder in which no thread finds a template is refused', async () => {
    const path = folder.with(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.json`, {}])));
    const ended = await runCli(['audit', path, '--threads', '2']);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no CloudFormation template') });
  });

  test.each(['0', '-1', 'many', '1.5', '100'])('refuses %s', async (threads) => {
    const ended = await runCli(['audit', folder.with({ 'a.json': bucket('A') }), '--threads', threads]);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--threads must be a whole number from 1 to 99, got '"),
    });
  });
});

describe('--strict', () => {
  test('counts what only deployment knows as a finding', async () => {
    const loose = await audit([file('unknown.json')]);
    expect(loose.stdout).not.toMatch(/^unknown +S3\.8/m);
    const strict = await audit([file('unknown.json'), '--strict']);
    expect(strict.stdout).toMatch(/^unknown +S3\.8 s3-bucket-versioning\n +B \(line 1\): .*elsewhere/m);
    expect(strict.code).toBe(1);
    expect((await ledgerOf(file('unknown.json'), '--strict')).settings.strict).toBe(true);
  });
});

describe('--all', () => {
  test('lists warnings and undetermined verdicts as well', async () => {
    const path = folder.with({ 'a.json': template({ B: bucket(), U: UNKNOWN }) });
    const { evaluations } = await ledgerOf(path);
    const warnings = evaluations.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'warning');
    expect(warnings.length).toBeGreaterThan(0);
    const [few, all] = await Promise.all([audit([path]), audit([path, '--all'])]);
    expect(few.stdout).toContain('--all lists them');
    for (const { rule, slug } of warnings) {
      expect(few.stdout).not.toContain(`warning   ${rule} ${slug}`);
      expect(all.stdout).toContain(`warning   ${rule} ${slug}`);
    }
    expect(few.stdout).not.toMatch(/^unknown +S3\.8/m);
    expect(all.stdout).toMatch(/^unknown +S3\.8/m);
    expect(few.code).toBe(all.code);
  });
});

describe('the table', () => {
  const crowd = folder.with({
    'many.json': template({
      ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`Bucket${index}`, bucket()])),
      Gateway: { Type: 'AWS::EC2::InternetGateway' },
      ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`X${index}`, { Type: `Own::Module::Type${index}` }])),
    }),
    'serverless.yaml':
      'Transform: AWS::Serverless-2016-10-31\nResources:\n' +
      ['A', 'B', 'C']
        .map((id) => `  ${id}:\n    Type: AWS::Serverless::Function\n    Properties: { Runtime: python3.13 }\n`)
        .join(''),
    'readme.json': '{ "name": "no template" }',
  });

  test('says once for a rule what is wrong with many resources, and what to change', async () => {
    const { stdout } = await audit([crowd]);
    expect(stdout.match(/^error +S3\.8/gm)).toHaveLength(1);
    expect(stdout).toMatch(/S3\.8 s3-bucket-versioning\n +Bucket0 \(line 1\), Bucket1 \(line 1\),[\s\S]*? and 8 more: /);
    expect(stdout.match(/Set `versioned: true` on the bucket/g)).toHaveLength(1);
  });

  test('says once what single templates cannot tell of an environment', async () => {
    const { stdout } = await audit([crowd]);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text.match(/rules? about environments cannot be judged from single templates; --as-one takes/g)).toHaveLength(1);
    expect(stdout).not.toContain(TRAIL);
  });

  test('says once what a transform leaves open', async () => {
    const { stdout } = await audit([crowd]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      "3 resources cannot be judged before deployment: 'AWS::Serverless::Function' is expanded at deployment.",
    );
    const all = (await audit([crowd, '--all'])).stdout;
    expect(all).toMatch(/^unknown +\d+ verdicts on 3 resources: 'AWS::Serverless::Function' is expanded at deployment/m);
    expect(all).not.toMatch(/^unknown +Lambda\./m);
  });

  test('names few of the types that no rule knows, and all of them when asked', async () => {
    const [few, all] = (await Promise.all([audit([crowd]), audit([crowd, '--all'])])).map(({ stdout }) =>
      stdout.replace(/\s+/g, ' '),
    );
    expect(few).toMatch(/No rule knows \d+ types of \d+ resources: \S+ \(\d+\), \S+ \(\d+\), \S+ \(\d+\) and \d+ more\./);
    expect(few).not.toContain('Own::Module::Type8');
    expect(all).toContain('Own::Module::Type8 (1)');
  });

  test('says how many files were no templates', async () => {
    expect((await audit([crowd])).stdout).toContain('1 file in the folders is no template.');
  });

  test.each([60, 80, 120])('fits %d columns', async (width) => {
    const { stdout } = await audit([crowd, '--all', '--strict'], { COLUMNS: String(width) });
    expect(stdout.split('\n').filter((line) => [...line].length > width)).toEqual([]);
    expect(stdout).toMatch(/^Verdicts .* +pass +error/m);
  });

  test.each([
    ['in a pipe', {}, false],
    ['in a pipe of a CI job', { CI: 'true' }, false],
    ['in a pipe when they are asked for', { FORCE_COLOR: '1' }, true],
    ['when they are asked for and refused', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('has colours or not: %s', async (_, env, expected) => {
    const { stdout } = await audit([crowd], env);
    expect(stdout.includes('\u001b[')).toBe(expected);
  });

  test('lists the verdicts of every criterion', async () => {
    const ledger = await ledgerOf(file('bad.json'));
    const { stdout } = await audit([file('bad.json')]);
    for (const criterion of new Set(
      ledger.evaluations.filter(({ verdict }) => verdict !== 'undetermined').flatMap((each) => each.criteria),
    ))
      expect(stdout).toMatch(new RegExp(`^${criterion.replace('.', '\\.')} [A-Z].* \\d+ +\\d+`, 'm'));
  });
});

test('text from a template can neither steer the terminal nor start a line', async () => {
  const hostile = '\u001b[2J\u001b[8m\u001b]0;title\u0007Nothing blocks.\r\n0 findings\u0085\u2028\u202egnihton\u200b\ud800';
  const long = 'long'.repeat(50_000);
  const path = folder.with({
    [`in\u001b[31m${'x'.repeat(100)}.json`]: template({
      [hostile]: bucket({
        BucketName: hostile,
        Tags: [{ Key: hostile, Value: hostile }],
        VersioningConfiguration: { Status: hostile },
      }),
      [long]: bucket({ VersioningConfiguration: { Status: long } }),
      Odd: { Type: `Own::${hostile}::Type` },
      Odder: { Type: `Own::${long}::Type` },
      Excepted: {
        ...bucket(),
        Metadata: {
          'cdk-soc2': {
            exceptions: [{ rule: 'S3.8', reason: hostile, owner: hostile, ticket: long, expires: '2999-12-31', at: hostile }],
          },
          'aws:cdk:path': hostile,
        },
      },
    }),
    'broken.json': `{ "${hostile.replace(/[^a-z]/g, '')}\u001b[31m": { "Resources": `,
  });
  for (const args of [[path], [path, '--all'], [path, '--all', '--strict']]) {
    const { output } = await audit(args);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
    expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\ud800-\udfff]/);
    expect(output).not.toMatch(/^Nothing blocks|^0 findings/m);
    expect(output.length).toBeLessThan(60_000);
    expect(output.split('\n').filter((line) => [...line].length > 120 && !line.startsWith('broken.json'))).toEqual([]);
  }
  const { output } = await audit([join(path, '\u001b[31m.json'), `${path}/${'n'.repeat(5_000)}`]);
  expect(output).not.toContain('\u001b');
});

describe('input that cannot be judged', () => {
  const level = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
  const anchors = Array.from({ length: 12 }, (_, i) => `  A${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, `.repeat(9)}]`);
  const broken: Readonly<Record<string, string | Buffer | object>> = {
    'empty.json': '',
    'blank.yaml': ' \n\n',
    'comment.yaml': '# nothing\n',
    'deep.json': `{ "Resources": ${level(100_000, '[', ']')} }`,
    'deep.yaml': `Resources: ${level(20_000, '[', ']')}\n`,
    'deeper.yaml': Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'cycle.json': template({ A: { Type: 'X::Y::Z', DependsOn: 'B' }, B: { Type: 'X::Y::Z', Properties: { P: { Ref: 'A' } } } }),
    'twice.json': '{ "Resources": { "A": { "Type": "X::Y::Z" }, "A": { "Type": "X::Y::Z" } } }',
    'twice.yaml': 'Resources:\n  A: { Type: X::Y::Z }\n  A: { Type: X::Y::Z }\n',
    'bomb.yaml': `Mappings:\n${anchors.join('\n')}\nResources:\n  A: { Type: X::Y::Z, Properties: *a11 }\n`,
    'self.yaml': 'Resources: &r\n  A: *r\n',
    'latin1.json': Buffer.from('{ "Resources": { "\xe9": 1 } }', 'latin1'),
    'utf16.yaml': Buffer.from('\ufeffResources: {}', 'utf16le'),
    'nul.json': '{ "Resources": "\0" }',
    'binary.yaml': Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 7919) % 256)),
    'list.json': [],
    'null.json': 'null',
    'number.yaml': '42\n',
    'other.json': { name: 'x' },
    'list-of-resources.json': { Resources: [] },
    'text-as-resource.json': { Resources: { A: 'x' } },
    'no-name.json': { Resources: { '': { Type: 'X::Y::Z' } } },
    'no-type.json': { Resources: { A: {} } },
    'cut-off.json': '{ "Resources": { "A": ',
    'tabs.yaml': 'Resources:\n\tA: x\n',
    'tag.yaml': 'Resources: !!js/function "function () {}"\n',
    'loop.json': { Resources: { 'Fn::ForEach::L': ['X', ['a'], { 'A${X}': { Type: 'X::Y::Z' } }] } },
    'many.json': {
      Transform: 'AWS::LanguageExtensions',
      Resources: { 'Fn::ForEach::L': ['X', Array.from({ length: 20_000 }, (_, i) => `${i}`), { 'A${X}': { Type: 'X::Y::Z' } }] },
    },
    'prototype.json': '{ "__proto__": { "Resources": {} } }',
  };
  const path = folder.with(broken);

  test.each(Object.keys(broken))('%s is refused in one line', async (name) => {
    const { code, stderr } = await audit([join(path, name)]);
    expect(stderr).toMatch(new RegExp(`^${name}[:\\d]*: .{10,600}\\n$`));
    expect(code).toBe(2);
  });

  test('a folder of all of them is refused with a line for each, and what can be judged is', async () => {
    writeFileSync(join(path, 'good.json'), JSON.stringify(template({ B: bucket() })));
    const { code, stdout, stderr } = await audit([path]);
    expect(stderr.trimEnd().split('\n').length).toBeGreaterThan(15);
    expect(stdout).toMatch(/^good\.json\n/m);
    expect(code).toBe(2);
  });

  test('a file that is not there, a folder without templates, and a loop of links', async () => {
    const links = folder.with({ 'a.txt': 'x' });
    symlinkSync(join(links, 'b.json'), join(links, 'c.json'));
    symlinkSync(join(links, 'c.json'), join(links, 'b.json'));
    const { code, stderr } = await audit([join(links, 'none.json'), folder.with({ 'a.txt': 'x' }), join(links, 'b.json')]);
    expect(stderr).toMatch(/none\.json: no such file or folder/);
    expect(stderr).toMatch(/holds no CloudFormation template/);
    expect(stderr).toMatch(/b\.json: its symbolic links go in a circle/);
    expect(code).toBe(2);
  });

  test.each<[string, Record<string, string | object>]>([
    ['is not JSON', { 'manifest.json': '{', 'cdk.out': '' }],
    ['lists nothing', { 'manifest.json': { version: '55.0.0', artifacts: {} } }],
    ['lists what is not there', { 'manifest.json': manifest('S.template.json') }],
    ['leads out of its folder', { 'manifest.json': manifest('../../S.template.json') }],
  ])('a cloud assembly whose manifest %s', async (_, content) => {
    const { code, stderr } = await audit([folder.with(content), file('bad.json')]);
    expect(stderr).toMatch(/^.*manifest\.json.*\n$/);
    expect(code).toBe(2);
  });

  test.each(['{', '[]', '{ "schemaVersion": "9" }', '{ "schemaVersion": "1.0", "excluded": [null] }'])(
    'a cloud assembly with the ledger %s',
    async (ledger) => {
      const assembly = folder.with({
        'manifest.json': manifest('S.template.json'),
        'S.template.json': template({ B: bucket() }),
        'soc2/ledger.json': ledger,
      });
      const { code, stdout, stderr } = await audit([assembly, file('bad.json')]);
      expect(stderr).toMatch(/^.*ledger\.json: .*\n$/);
      expect(stdout).toContain(VERSIONING);
      expect(code).toBe(2);
    },
  );

  test('a time that is none', async () => {
    const { code, stderr } = await audit([file('clean.json')], { SOURCE_DATE_EPOCH: '-1' });
    expect({ code, stderr }).toEqual({ code: 2, stderr: "SOURCE_DATE_EPOCH must be a number of seconds since 1970, got '-1'\n" });
  });
});

function manifest(templateFile: string): object {
  const environment = 'aws://unknown-account/unknown-region';
  const artifacts = { S: { type: 'aws:cloudformation:stack', environment, properties: { templateFile } } };
  return { version: '55.0.0', artifacts };
}

test('a reader that closes the pipe early is no fault', async () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`Bucket${index}`, bucket()]));
  const path = folder.with({ 'a.json': template(many) });
  const { stderr, stdout } = await run('sh', ['-c', `'${process.execPath}' '${CLI}' audit '${path}' --format json | head -n 1`]);
  expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' });
});

test('the same input gives the same bytes, and every path relative to what was given', async () => {
  const env = { SOURCE_DATE_EPOCH: '1700000000' };
  const args = [files, '--format', 'json'];
  const [one, two] = await Promise.all([audit(args, env), audit(['.', '--format', 'json'], env, files)]);
  expect(JSON.parse(one.stdout).evaluations).toEqual(JSON.parse(two.stdout).evaluations);
  expect(one.stdout).not.toContain(files);
});

describe('a cloud assembly', () => {
  /** An app with much of what makes reading it back hard. */
  function build(app: App): void {
    const stack = new Stack(app, 'Shop');
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const key = new kms.Key(stack, 'Key');
    const archive = new s3.Bucket(stack, 'Archive', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    Soc2Exception.of(archive).add({ rule: VERSIONING, reason: 'Only logs', owner: 'o', ticket: 't', expires: '2999-12-31' });
    Validations.of(archive).acknowledge({ id: 'AwsSolutions-S10', reason: 'Its readers cannot do TLS' });
    Validations.of(key).acknowledge({ id: 'AwsSolutions-KMS5', reason: 'It is thrown away after a week' });
    new s3.Bucket(stack, 'Data', { versioned: true, encryptionKey: key, serverAccessLogsBucket: archive });
    new rds.DatabaseInstance(stack, 'Database', { engine: rds.DatabaseInstanceEngine.POSTGRES, vpc });
    const handler = new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = () => {}'),
    });
    key.grantEncryptDecrypt(handler);
    new logs.LogRetention(stack, 'Retention', { logGroupName: handler.functionName, retention: logs.RetentionDays.ONE_MONTH });
    new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true }).addListener('Http', {
      port: 80,
      defaultAction: elbv2.ListenerAction.fixedResponse(200),
    });
    const nested = new NestedStack(stack, 'Nested', { parameters: { Retention: '7' } });
    const days = new CfnParameter(nested, 'Retention', { type: 'Number', default: 3 });
    new sqs.Queue(nested, 'Queue', { encryptionMasterKey: key, retentionPeriod: Duration.days(1) });
    new CfnOutput(nested, 'Days', { value: days.valueAsString });
    new sns.Topic(new NestedStack(nested, 'Inner'), 'Topic', { masterKey: key });

    const stage = new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } });
    const exporting = new Stack(stage, 'Exporting');
    const shared = new s3.Bucket(exporting, 'Shared');
    const importing = new Stack(stage, 'Importing');
    new CfnOutput(importing, 'Name', { value: shared.bucketName });
    new sns.Topic(new Stack(new Stage(stage, 'Inner'), 'Topics'), 'Topic');

    const transformed = new Stack(app, 'Transformed');
    transformed.addTransform('AWS::LanguageExtensions');
    new s3.CfnBucket(transformed, 'Bucket', {
      versioningConfiguration: { status: Fn.conditionIf('Never', 'Enabled', 'Suspended').toString() },
    });
    transformed.templateOptions.metadata = { note: 'é\u2028' };
    const macro = new Stack(app, 'Macro');
    macro.addTransform('SomeMacro');
    new s3.Bucket(macro, 'Bucket');
  }

  const ENVIRONMENT_RULES = RuleCatalog.all().filter(({ environment }) => environment);
  const props: Soc2ChecksProps = {
    inherited: ENVIRONMENT_RULES.slice(1).map(({ id }) => ({ rule: id, owner: 'security', pointer: 'stack Baseline' })),
    exclude: [{ rule: 's3-bucket-lifecycle', reason: 'data is kept' }],
    unwaivable: ['s3-bucket-ssl-only'],
    honorNagAcknowledgements: true,
  };
  const synthesized = synthesize(build, props);

  /** A verdict without what only the construct tree, or only a file, can tell. */
  const comparable = ({ source: _, findings, ...rest }: LedgerEvaluation) => ({
    ...rest,
    findings: findings.map(({ line: __, ...finding }) => finding),
  });

  /** The tree has its templates in another order than the manifest. */
  const byPath = ({ templates }: Ledger) => [...templates].sort((a, b) => (a.path < b.path ? -1 : 1));

  test('audited, has the verdicts that the pack wrote into its ledger', async () => {
    const audited = await ledgerOf(synthesized.folder);
    expect(audited.evaluations.map(comparable)).toEqual(synthesized.ledger.evaluations.map(comparable));
    expect(byPath(audited)).toEqual(byPath(synthesized.ledger));
    expect(audited.population).toEqual(synthesized.ledger.population);
    expect(audited.exceptions).toEqual(synthesized.ledger.exceptions);
    expect(audited.inherited).toEqual(synthesized.ledger.inherited);
    expect(audited.excluded).toEqual(synthesized.ledger.excluded);
    expect(audited.evaluations).toContainEqual(
      expect.objectContaining({
        slug: 's3-bucket-ssl-only',
        verdict: 'fail',
        exception: expect.objectContaining({ state: 'not allowed', acknowledged: ['AwsSolutions-S10'] }),
      }),
    );
    expect(new Set(audited.evaluations.map(({ verdict }) => verdict))).toEqual(
      new Set(['pass', 'fail', 'exception', 'inherited', 'undetermined']),
    );
  });

  test('names constructs, and says what the app declared', async () => {
    const { stdout } = await audit([synthesized.folder]);
    expect(stdout).toMatch(/Prod\/Exporting\/Shared\/Resource/);
    expect(stdout).toMatch(/^Declared: left out \(data is kept\): S3\.\d+ s3-bucket-lifecycle$/m);
    expect(stdout).toMatch(/^Declared: inherited from security \(stack Baseline\): /m);
    const text = (await audit([synthesized.folder, '--all'])).stdout.replace(/\n +/g, ' ');
    expect(text).toContain("(acknowledged as AwsSolutions-KMS5 at 'Shop/Key': It is thrown away after a week)");
    expect(text).toContain("(not allowed exception, as AwsSolutions-S10 at 'Shop/Archive': Its readers cannot do TLS)");
  });

  test('lies in a folder with others, and each keeps its own declarations', async () => {
    const parent = folder.with({ 'loose.json': template({ B: bucket() }) });
    mkdirSync(join(parent, 'app'));
    symlinkSync(synthesized.folder, join(parent, 'app', 'cdk.out'), 'junction');
    const ledger = await ledgerOf(parent);
    const lifecycle = ledger.evaluations.filter(({ slug }) => slug === 's3-bucket-lifecycle').map((each) => each.template);
    expect(lifecycle).toEqual(['loose.json']);
    expect(ledger.templates.map(({ path }) => path)).toContain('app/cdk.out/Shop.template.json');
  });

  test('lies in a folder with others, and each keeps its own acknowledgements and scope', async () => {
    const parent = folder.with({ 'loose.json': template({ B: bucket() }) });
    symlinkSync(synthesized.folder, join(parent, 'whole'), 'junction');
    const narrow = synthesize(build, { ...props, scope: [TrustServicesCategory.CONFIDENTIALITY] });
    symlinkSync(narrow.folder, join(parent, 'narrow'), 'junction');

    const ledger = await ledgerOf(parent);
    expect(ledger.settings).toMatchObject({ scope: synthesized.ledger.settings.scope, honorNagAcknowledgements: true });
    expect(ledger.notes).toContainEqual('narrow: only audited: security, confidentiality');
    for (const [name, { ledger: own }] of Object.entries({ whole: synthesized, narrow })) {
      const found = ledger.evaluations.filter(({ template: path }) => path?.startsWith(`${name}/`));
      const expected = own.evaluations.filter(({ template: path }) => path !== undefined);
      expect(found.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual(
        expected.map(({ rule, verdict }) => `${rule} ${verdict}`),
      );
    }

    const { stdout } = await audit([narrow.folder]);
    expect(stdout).toMatch(/^Declared: scope security, confidentiality: \d+ of \d+ rules judged nothing$/m);
    expect(stdout).toMatch(/^Declared: acknowledgements of rules of cdk-nag count as exceptions$/m);
    const asked = await ledgerOf(narrow.folder, '--scope', 'availability');
    expect(asked.settings.scope).toEqual(['security', 'availability']);
  });

  test('of an app with rules of its own that it leaves out or lets nobody waive is audited without them', async () => {
    const { ledger } = synthesized;
    const changed = {
      ...ledger,
      excluded: [{ rule: 'ACME.1', reason: 'x' }],
      settings: { ...ledger.settings, unwaivable: ['ACME.2'] },
    };
    const assembly = folder.with({
      'manifest.json': manifest('S.template.json'),
      'S.template.json': template({ B: bucket() }),
      'soc2/ledger.json': changed,
    });
    const { code, stderr } = await audit([assembly]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });
});

describeWithFixtures('templates that others wrote', () => {
  const path = join(FIXTURES, 'real-templates');

  test('are all judged, no rule breaks, and the ledger follows its schema', async () => {
    const { code, stderr } = await audit([path]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const ledger = await ledgerOf(path);
    expect(ledger.templates.map(({ path: name }) => name)).toEqual(readdirSync(path).sort());
    expect(
      ledger.evaluations.flatMap(({ findings }) => findings.filter(({ problem }) => problem.startsWith('the rule broke'))),
    ).toEqual([]);
  });

  test('fit 80 columns', async () => {
    const { stdout } = await audit([path, '--all'], { COLUMNS: '80' });
    expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  });
});
