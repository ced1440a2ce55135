import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newRule } from '../../projenrc/tasks/new-rule';
import type { Rule } from '../../src/rules/rule';
import { verdictOf } from '../helpers/judge';

const RULES = join(__dirname, '..', '..', 'src', 'rules');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-rule-'));
  for (const folder of ['cloudtrail', 's3', 'shared']) mkdirSync(join(root, 'src', 'rules', folder), { recursive: true });
  copyFileSync(join(RULES, 'rule.ts'), join(root, 'src', 'rules', 'rule.ts'));
  write('retired.ts', "export const RETIRED_IDS = ['CloudTrail.7'];\n");
  write('shared/trails.ts', '');
  write('cloudtrail/cloudtrail-exists.ts', existing('CloudTrail.1', 'cloudtrail-exists'));
  write('cloudtrail/cloudtrail-kms.ts', existing('CloudTrail.2', 'cloudtrail-kms', 'cloudtrail-encrypted'));
  write('s3/s3-bucket-versioning.ts', existing('S3.12', 's3-bucket-versioning'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(root, 'src', 'rules', path), text);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function existing(id: string, slug: string, alias?: string): string {
  const aliases = alias ? `  aliases: ['${alias}'],\n` : '';
  return `const TLS = 'TLSv1.2';\nexport default defineRule({\n  id: '${id}',\n  slug: '${slug}',\n${aliases}});\n`;
}

test('the new rule gets the next id of its service', () => {
  const scaffold = newRule(root, ['s3', 's3-bucket-logging', "Buckets' reads are logged"]);
  expect(scaffold).toEqual({ id: 'S3.13', path: 'src/rules/s3/s3-bucket-logging.ts' });
  expect(read(scaffold.path)).toContain(
    "  id: 'S3.13',\n  slug: 's3-bucket-logging',\n  title: \"Buckets' reads are logged\",\n",
  );
});

test('the id of a retired rule is not used again', () => {
  expect(newRule(root, ['cloudtrail', 'cloudtrail-insights', 'Insights are on']).id).toBe('CloudTrail.8');
});

test('a new service starts at 1, spelled as asked', () => {
  const scaffold = newRule(root, ['guardduty', 'guardduty-exists', 'A detector is on', '--prefix', 'GuardDuty']);
  expect(scaffold).toEqual({ id: 'GuardDuty.1', path: 'src/rules/guardduty/guardduty-exists.ts' });
});

test('the index lists the new rule', () => {
  newRule(root, ['s3', 's3-bucket-logging', 'Reads are logged']);
  expect(read('src/rules/index.ts')).toContain("import s3BucketLogging from './s3/s3-bucket-logging';\n");
  expect(read('src/rules/index.ts')).toContain('  cloudtrailKms,\n  s3BucketLogging,\n  s3BucketVersioning,\n];');
  expect(read('src/rules/index.ts')).not.toContain('shared');
});

test('the scaffold fails the tests of rules until it is written', () => {
  const { path } = newRule(root, ['s3', 's3-bucket-logging', 'Reads are logged']);
  const { default: rule } = require(join(root, path)) as { default: Rule };
  expect(Object.values(rule.examples.pass).map((example) => verdictOf(rule, example))).toEqual(['undetermined']);
  expect(Object.values(rule.examples.fail).map((example) => verdictOf(rule, example))).toEqual(['undetermined']);
  expect(rule).toMatchObject({ criteria: [], references: [], control: 'TODO' });
  expect(rule.rationale).not.toMatch(/\.$/);
});

test.each([
  [[], 'the service is missing: npm run new-rule -- <service> <slug> "<title>"'],
  [['s3'], 'the slug is missing'],
  [['s3', 's3-bucket-logging'], 'the title is missing'],
  [['s3', 's3-bucket-logging', 'Reads', 'are', 'logged'], "'are logged' is one argument too many; quote the title"],
  [['s3', 's3-bucket-logging', 'Reads are logged', '--prefix'], "'--prefix' needs a value"],
  [
    ['S3', 's3-bucket-logging', 'Reads are logged'],
    "the service must be the name of a folder, lower-case letters and digits and not 'shared', got 'S3'",
  ],
  [['shared', 's3-bucket-logging', 'Reads are logged'], "got 'shared'"],
  [['../s3', 's3-bucket-logging', 'Reads are logged'], "got '../s3'"],
  [['s3', 'S3_BucketLogging', 'Reads are logged'], "the slug must be two or more lower-case words joined by '-'"],
  [['s3', 'logging', 'Reads are logged'], "got 'logging'"],
  [['s3', 's3-bucket-logging', 'Reads are logged.'], 'the title must start with a capital and end without a full stop'],
  [
    ['s3', 's3-bucket-versioning', 'Versions'],
    "the slug 's3-bucket-versioning' is taken by src/rules/s3/s3-bucket-versioning.ts: choose another",
  ],
  [['s3', 'cloudtrail-encrypted', 'Encrypted'], 'is taken by src/rules/cloudtrail/cloudtrail-kms.ts'],
  [['sqs', 'sqs-encrypted', 'Queues are encrypted'], "'sqs' has no rules yet: say how it is spelled in ids"],
  [
    ['sqs', 'sqs-encrypted', 'Queues are encrypted', '--prefix', 'Queue'],
    "the prefix must be 'sqs' with its capitals, got 'Queue'",
  ],
  [
    ['s3', 's3-bucket-logging', 'Reads are logged', '--prefix', 's3'],
    "the ids of 's3' start with 'S3', got --prefix 's3': leave it out",
  ],
])('%j is refused', (args, message) => {
  expect(() => newRule(root, args)).toThrow(message);
  expect(existsSync(join(root, 'src', 'rules', 'index.ts'))).toBe(false);
});
