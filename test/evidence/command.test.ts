import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from '../../src/evidence/bundle/files';
import { runCli } from '../helpers/cli';
import { TestFolder } from '../helpers/files';
import type { Ended } from '../helpers/process';
import { SHOP } from './sample';

const folder = new TestFolder();
const ENV = { SOURCE_DATE_EPOCH: '1763600000' };

async function run(...args: string[]): Promise<Ended> {
  const ended = await runCli(args, { env: ENV });
  expect(ended.output).not.toMatch(/^\s+at /m);
  expect(ended.output).not.toContain('cdk-soc2 broke');
  return ended;
}

const templates = folder.with({ 'shop.json': { Resources: SHOP } });

/** A cloud assembly with one stack. */
function assembly(resources: object): string {
  return folder.with({
    'manifest.json': {
      version: '48.0.0',
      artifacts: {
        Shop: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/eu-west-1',
          properties: { templateFile: 'Shop.template.json', stackName: 'Shop' },
          displayName: 'Shop',
        },
      },
    },
    'Shop.template.json': { Resources: resources },
  });
}

/** The same with the ledger that judging it gives. */
async function judged(resources: object): Promise<string> {
  const path = assembly(resources);
  const { stdout } = await runCli(['audit', path, '--format', 'json'], { env: ENV });
  mkdirSync(join(path, 'soc2'));
  writeFileSync(join(path, 'soc2', 'ledger.json'), stdout);
  return path;
}

const BUCKET = { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } };

describe('cdk-soc2 evidence', () => {
  const out = join(folder.path, 'bundle');
  let ended: Ended;
  beforeAll(async () => {
    ended = await run('evidence', templates, '--out', out);
  }, 300_000);

  test('calls the system what it is told', async () => {
    const named = join(folder.path, 'named');
    expect((await run('evidence', templates, '--out', named, '--format', 'html', '--system', '<b>Shop</b>')).code).toBe(0);
    expect(readFileSync(join(named, 'index.html'), 'utf8')).toContain('&lt;b&gt;Shop&lt;/b&gt;</bdi></h1>');
  });

  test('writes the whole bundle, and says what to open first', () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`Open ${join(out, 'index.html')} first.`);
    const files = filesIn(out);
    for (const path of [
      'index.html',
      'report.pdf',
      'control-matrix.xlsx',
      'firewall-rules.xlsx',
      'network-diagram.png',
      'network-diagram.svg',
      'network-diagram.drawio',
      'findings.sarif',
      'junit.xml',
      'oscal/component-definition.json',
      'oscal/assessment-results.json',
      'ledger.json',
      'results.csv',
      'manifest.json',
      'checklist/S4-11.html',
      'controls/encryption-at-rest/page.pdf',
      'controls/encryption-at-rest/sheet.xlsx',
      'controls/encryption-at-rest/record.json',
    ])
      expect(files).toContain(path);
    expect(files.filter((path) => path.startsWith('checklist/'))).toHaveLength(167);
  });

  test('never says that anything is compliant', () => {
    for (const path of filesIn(out).filter((each) => /\.(html|csv|svg|xml|json)$/.test(each) && each !== 'ledger.json'))
      expect(
        `${path}: ${/\bcompliant\b/i.exec(readFileSync(join(out, path), 'utf8').replace(/non-?compliant/gi, ''))?.[0]}`,
      ).toBe(`${path}: undefined`);
  });

  test('cdk-soc2 verify finds it as it was written, and names a file that was altered', async () => {
    const whole = await run('verify', out);
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain('It is not signed');
    writeFileSync(join(out, 'rules.csv'), 'other');
    const altered = await run('verify', out);
    expect(altered.code).toBe(1);
    expect(altered.stdout).toContain('rules.csv: was altered');
  });
});

test('the ledger of a cloud assembly is taken as it was written', async () => {
  const path = await judged(BUCKET);
  const out = join(folder.path, 'recorded');
  expect((await run('evidence', path, '--out', out, '--format', 'ledger')).code).toBe(0);
  expect(readFileSync(join(out, 'ledger.json'))).toEqual(readFileSync(join(path, 'soc2', 'ledger.json')));
});

test('a cloud assembly without a ledger is judged', async () => {
  const out = join(folder.path, 'unrecorded');
  expect((await run('evidence', assembly(BUCKET), '--out', out, '--format', 'ledger, csv')).code).toBe(0);
  expect(readFileSync(join(out, 'results.csv'), 'utf8')).toContain('AWS::S3::Bucket');
});

describe('what cannot be used is refused in one clear line, and nothing is written', () => {
  test.each<[what: string, args: () => Promise<string[]> | string[], message: string]>([
    ['no templates', () => [folder.with({})], 'holds no CloudFormation template'],
    ['an unknown format', () => [templates, '--format', 'docx'], '--format must name formats (ledger, html'],
    ['a key that is none', () => [templates, '--key', join(templates, 'shop.json')], '--key'],
    ['two keys', () => [templates, '--key', 'a', '--kms-key', 'b'], 'cannot both be given'],
    ['no bundle before', () => [templates, '--previous', templates], 'is no bundle of evidence'],
    [
      'a template that was changed after it was judged',
      async () => {
        const path = await judged(BUCKET);
        writeFileSync(join(path, 'Shop.template.json'), JSON.stringify({ Resources: { Other: BUCKET.Bucket } }));
        return [path];
      },
      'was changed after it was judged',
    ],
    [
      'a ledger that was altered',
      async () => {
        const path = await judged(BUCKET);
        const file = join(path, 'soc2', 'ledger.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace('"verdict":"fail"', '"verdict":"pass"'));
        return [path];
      },
      'was altered: its id does not match its content',
    ],
  ])('%s', async (_, args, message) => {
    const out = join(folder.path, 'refused');
    const { code, stderr } = await run('evidence', ...(await args()), '--out', out);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(out)).toBe(false);
  });
});

test('cdk-soc2 diff says what got worse, and fails when it blocks', async () => {
  const safe = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  const before = await judged({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: safe } } });
  const after = await judged({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: { ...safe, BlockPublicAcls: false } } },
  });
  const worse = await run('diff', before, after);
  expect(worse.code).toBe(1);
  expect(worse.stdout).toMatch(/pass before, error now/);
  expect((await run('diff', after, before)).code).toBe(0);
  expect((await run('diff', before, before)).stdout).toBe('Nothing changed.\n');
  expect((await run('diff', before, '/nowhere')).code).toBe(2);
  const altered = join(folder.path, 'altered.json');
  writeFileSync(
    altered,
    readFileSync(join(before, 'soc2', 'ledger.json'), 'utf8').replace('"verdict":"fail"', '"verdict":"pass"'),
  );
  expect((await run('diff', before, altered)).stderr).toContain('was altered: its id does not match its content');
  expect((await run('diff', before, after, '--format', 'pdf')).code).toBe(2);
});

test('what is no bundle cannot be verified', async () => {
  const { code, stderr } = await run('verify', templates);
  expect(code).toBe(2);
  expect(stderr).toContain('is no bundle of evidence');
});
