import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderRuleIndex, ruleFiles } from '../docs/rule-index';

const USAGE = 'npm run new-rule -- <service> <slug> "<title>" [--prefix <Prefix>]';

/** A rule that was scaffolded. */
interface Scaffold {
  readonly id: string;
  /** Path from the root of the project. */
  readonly path: string;
}

/** Write the file of a new rule below a project, and the rule index anew. */
export function newRule(root: string, args: readonly string[]): Scaffold {
  const { service, slug, title, prefix: given } = parse(args);
  const files = ruleFiles(root);
  const rules = files.map((file) => ({ file, source: readFileSync(join(root, 'src', 'rules', `${file}.ts`), 'utf8') }));

  const taken = rules.find(({ file, source }) => file.endsWith(`/${slug}`) || aliasesIn(source).includes(slug));
  if (taken) throw new Error(`the slug '${slug}' is taken by src/rules/${taken.file}.ts: choose another`);

  const own = rules.filter(({ file }) => file.startsWith(`${service}/`)).flatMap(({ source }) => idOf(source) ?? []);
  const prefix = prefixOf(service, own, given);
  const retired = join(root, 'src', 'rules', 'retired.ts');
  const used = [...own, ...(existsSync(retired) ? quotedIn(readFileSync(retired, 'utf8')) : [])];
  const numbers = used.filter((id) => id.startsWith(`${prefix}.`)).map((id) => Number(id.split('.')[1]));
  const id = `${prefix}.${Math.max(0, ...numbers) + 1}`;

  const path = `src/rules/${service}/${slug}.ts`;
  mkdirSync(join(root, 'src', 'rules', service), { recursive: true });
  writeFileSync(join(root, path), template(id, slug, title));
  writeFileSync(join(root, 'src', 'rules', 'index.ts'), renderRuleIndex(ruleFiles(root)));
  return { id, path };
}

function parse(args: readonly string[]): { service: string; slug: string; title: string; prefix?: string } {
  const words = [...args];
  const flag = words.indexOf('--prefix');
  const prefix = flag < 0 ? undefined : words.splice(flag, 2)[1];
  if (flag >= 0 && prefix === undefined) throw new Error(`'--prefix' needs a value: ${USAGE}`);

  const [service, slug, title, ...rest] = words;
  for (const [name, value] of Object.entries({ service, slug, title })) {
    if (!value?.trim()) throw new Error(`the ${name} is missing: ${USAGE}`);
  }
  if (rest.length > 0) throw new Error(`'${rest.join(' ')}' is one argument too many; quote the title: ${USAGE}`);
  if (!/^[a-z][a-z0-9]*$/.test(service) || service === 'shared')
    throw new Error(`the service must be the name of a folder, lower-case letters and digits and not 'shared', got '${service}'`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(slug))
    throw new Error(`the slug must be two or more lower-case words joined by '-', such as 's3-bucket-versioning', got '${slug}'`);
  if (!/^[A-Z].*[^.]$/.test(title))
    throw new Error(`the title must start with a capital and end without a full stop, got '${title}'`);
  return { service, slug, title, prefix };
}

/** The part of the ids of a service before the dot. */
function prefixOf(service: string, ids: readonly string[], given: string | undefined): string {
  const existing = ids[0]?.split('.')[0];
  const prefix = existing ?? given;
  if (prefix === undefined)
    throw new Error(
      `'${service}' has no rules yet: say how it is spelled in ids, for example --prefix CloudTrail for cloudtrail`,
    );
  if (given !== undefined && given !== prefix)
    throw new Error(`the ids of '${service}' start with '${prefix}', got --prefix '${given}': leave it out`);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(prefix) || prefix.toLowerCase() !== service)
    throw new Error(`the prefix must be '${service}' with its capitals, got '${prefix}'`);
  return prefix;
}

function idOf(source: string): string | undefined {
  return /^ {2}id: '([^']+)'/m.exec(source)?.[1];
}

function aliasesIn(source: string): string[] {
  return quotedIn(/^ {2}aliases: \[[^\]]*\]/m.exec(source)?.[0] ?? '');
}

function quotedIn(source: string): string[] {
  return [...source.matchAll(/'([^']+)'/g)].map(([, text]) => text);
}

/** What is left to write is marked TODO, and the tests fail until it is written. */
function template(id: string, slug: string, title: string): string {
  return `import { defineRule } from '../rule';

const resource = (properties: object) => ({
  Resource: { Type: 'TODO::Service::Type', Properties: { ...properties } },
});

export default defineRule({
  id: '${id}',
  slug: '${slug}',
  title: ${quote(title)},
  criteria: [], // TODO: the most relevant first
  control: 'TODO' as never, // TODO: an id of src/criteria/controls.ts
  severity: 'error',
  resourceTypes: ['TODO::Service::Type'],
  rationale: 'TODO: why an auditor cares',
  remediation: 'TODO: what a CDK user changes',
  references: [], // TODO: 'Security Hub …', 'AWS Config …', 'NIST 800-53 …'
  check: (resource) => [resource.at('TODO').undetermined('a check')],
  examples: {
    pass: { 'TODO: what is right': resource({}) },
    fail: { 'TODO: what is wrong': resource({}) },
  },
});
`;
}

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

if (require.main === module) {
  try {
    const { id, path } = newRule(join(__dirname, '..', '..'), process.argv.slice(2));
    console.log(`Wrote ${path} with the id ${id}. Next:

  1. Write the check and the examples; everything left to do is marked TODO.
  2. npx jest test/rules -t ${path.replace(/.*\/|\.ts$/g, '')}   fails until nothing is.
  3. npx projen generate   brings RULES.md and CONTROLS.md up to date.`);
  } catch (error) {
    console.error(`No rule was made: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
