import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import { type Json, type JsonObject, own } from '../../src/model/json';
import { Template } from '../../src/model/template';
import { RULES } from '../../src/rules';
import type { Rule } from '../../src/rules/rule';
import { templateOf, verdictOf } from '../helpers/judge';
import { ACCEPTED, type Accepted, UNBREAKABLE } from './mutations.accepted';
import { type Mutation, mutationsOf } from './mutations.apply';
import { CATALOGUE, type Change } from './mutations.catalogue';
import { cleanTemplates } from './mutations.clean';
import { assemblyOf, STORIES } from './mutations.examples';
import { allPlaces, type Keys, valueAt, withValue } from './mutations.paths';
import { Subject } from './mutations.subjects';
import { TEMPLATES } from './mutations.templates';

/** Every mutation, and the rules that catch it. */
const REPORT = join(__dirname, '..', '..', 'test-reports', 'mutations.tsv');

interface Tried {
  readonly subject: Subject;
  readonly mutation: Mutation;
  readonly catches: readonly Evaluation[];
}

describe('what makes a resource less secure', () => {
  const tried: Tried[] = [];

  beforeAll(() => {
    for (const subject of subjects()) {
      for (const entry of subject.resources) {
        const isProduction = subject.kindOf(entry) !== 'non-production';
        const changes = (CATALOGUE[entry.type] ?? []).filter((change) => isProduction || !change.inProduction);
        for (const mutation of changes.flatMap((change) => mutationsOf(entry, change))) {
          const catches = subject.catchesOf(mutation);
          if (catches.length > 0 || !subject.isInVain(mutation)) tried.push({ subject, mutation, catches });
        }
      }
    }
    mkdirSync(join(REPORT, '..'), { recursive: true });
    writeFileSync(REPORT, tried.map((each) => `${wordsOf(each)}\t${caughtBy(each)}\n`).join(''));
  }, 300_000);

  test('is found by a rule', () => {
    const survivors = tried.filter((each) => each.catches.length === 0 && !ACCEPTED.some((accepted) => isAbout(accepted, each)));
    // Report such a gap, or close it; what harms nothing goes to mutations.accepted.ts.
    expect(survivors.map(wordsOf)).toEqual([]);
  });

  test('is all tried on some template', () => {
    const changes = new Set<Change>(tried.map(({ mutation }) => mutation.change));
    const untried = Object.entries(CATALOGUE).flatMap(([type, all]) =>
      all.filter((change) => !changes.has(change)).map(({ kind, path, to }) => `${type}: ${kind} ${path} ${JSON.stringify(to)}`),
    );
    expect(untried).toEqual([]);
  });

  test('is found nowhere where it is accepted that it is not', () => {
    const survivors = tried.filter((each) => each.catches.length === 0);
    const stale = ACCEPTED.filter((accepted) => !survivors.some((each) => isAbout(accepted, each)));
    // A rule finds these now: remove them from mutations.accepted.ts.
    expect(stale.map(({ type, path }) => `${type} ${path}`)).toEqual([]);
  });
});

/** The example apps, and templates in which everything is as rules want it. */
function* subjects(): Generator<Subject> {
  for (const story of STORIES) yield new Subject(`examples/${story}`, assemblyOf(story));
  for (const { name, body } of [...cleanTemplates(RULES), ...TEMPLATES])
    yield new Subject(name, new Assembly([new Template(body, { path: name, sha256: '' })], true));
}

function isAbout({ type, path, template = /^/, resource = /^/ }: Accepted, { subject, mutation }: Tried): boolean {
  const { entry, change } = mutation;
  const isPath = typeof path === 'string' ? change.path === path : path.test(change.path);
  return entry.type === type && isPath && template.test(subject.name) && resource.test(entry.logicalId);
}

function wordsOf({ subject, mutation: { entry, change, words } }: Tried): string {
  return `${entry.type}\t${change.path}\t${change.kind}: ${words}\t${subject.name}, ${entry.logicalId}`;
}

function caughtBy({ catches }: Tried): string {
  return [...new Set(catches.map(({ rule, outcome }) => `${rule.slug} (${outcome})`))].join(' ') || 'SURVIVES';
}

describe('an example that passes', () => {
  test('can be broken in one place, for every rule', () => {
    const unbreakable = RULES.filter((rule) => !isBreakable(rule)).map(({ slug }) => slug);
    expect(unbreakable.filter((slug) => !(slug in UNBREAKABLE))).toEqual([]);
    // These can be broken now: remove them from mutations.accepted.ts.
    expect(Object.keys(UNBREAKABLE).filter((slug) => !unbreakable.includes(slug))).toEqual([]);
  });
});

function isBreakable(rule: Rule): boolean {
  const wrong = Object.values(rule.examples.fail).map(templateOf);
  return Object.values(rule.examples.pass)
    .map(templateOf)
    .some((body) => [...brokenWays(body), ...graftedWays(body, wrong)].some((broken) => isWrong(rule, broken)));
}

function isWrong(rule: Rule, body: JsonObject): boolean {
  return ['fail', 'undetermined'].includes(verdictOf(rule, body));
}

/** A template with something else, or nothing, in one place. */
function* brokenWays(body: JsonObject): Generator<JsonObject> {
  for (const keys of allPlaces(body)) {
    if (keys[0] === 'Resources' && keys.length === 2)
      yield replaced(body, keys, { Type: 'AWS::CloudFormation::WaitConditionHandle' });
    else if (keys[0] === 'Resources' ? keys[2] === 'Properties' && keys.length > 3 : keys.length > 1)
      for (const value of othersThan(valueAt(body, keys))) yield replaced(body, keys, value);
  }
}

/** A template in which one property of a resource is what it is in an example that fails. */
function* graftedWays(body: JsonObject, wrong: readonly JsonObject[]): Generator<JsonObject> {
  for (const [logicalId, { Type, Properties = {} }] of resourcesOf(body)) {
    const same = wrong.flatMap((each) => resourcesOf(each)).filter(([, resource]) => resource.Type === Type);
    for (const [, { Properties: others = {} }] of same)
      for (const [key, value] of Object.entries(others as JsonObject))
        if (own(Properties as JsonObject, key) !== value)
          yield replaced(body, ['Resources', logicalId, 'Properties', key], value);
  }
}

function resourcesOf({ Resources }: JsonObject): [string, JsonObject][] {
  return Object.entries(Resources as JsonObject) as [string, JsonObject][];
}

function replaced(body: JsonObject, keys: Keys, value: Json | undefined): JsonObject {
  return withValue(body, keys, value) as JsonObject;
}

function othersThan(value: Json | undefined): (Json | undefined)[] {
  if (typeof value === 'boolean') return [undefined, !value];
  if (value === 'true' || value === 'false') return [undefined, value === 'true' ? 'false' : 'true'];
  if (typeof value === 'number') return [undefined, 0, 99_999];
  return typeof value === 'string' ? [undefined, 'x', '*', '0.0.0.0/0'] : [undefined];
}
