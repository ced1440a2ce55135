import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { run } from '../helpers/process';
import { temporaryFolder } from '../helpers/temporary';
import { ACCEPTED, type Accepted, UNBREAKABLE } from './mutations.accepted';
import { CATALOGUE, type Change } from './mutations.catalogue';
import { STORIES, synthesize } from './mutations.examples';
import type { Trial, Tried } from './mutations.try';

/** Every mutation, and the rules that catch it. */
const REPORT = join(__dirname, '..', '..', 'test-reports', 'mutations.tsv');

let tried: Trial['tried'] = [];
let unbreakable: Trial['unbreakable'] = [];

// In a process of its own: in the sandbox of the tests it takes three times as long.
beforeAll(async () => {
  const folder = temporaryFolder('mutations');
  const stories = STORIES.map((story) => `${story}=${synthesize(story, join(folder, story))}`);
  const [program, answer] = [join(folder, 'try.js'), join(folder, 'trial.json')];
  buildSync({
    entryPoints: [join(__dirname, 'mutations.try.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  const { code, output } = await run(process.execPath, [program, answer, ...stories]);
  if (code !== 0) throw new Error(`The trial of mutations ended with ${code}: ${output}`);
  ({ tried, unbreakable } = JSON.parse(readFileSync(answer, 'utf8')) as Trial);
  mkdirSync(join(REPORT, '..'), { recursive: true });
  writeFileSync(REPORT, tried.map((each) => `${wordsOf(each)}\t${each.caughtBy.join(' ') || 'SURVIVES'}\n`).join(''));
}, 600_000);

describe('what makes a resource less secure', () => {
  test('is found by a rule', () => {
    const survivors = tried.filter((each) => survives(each) && !ACCEPTED.some((accepted) => isAbout(accepted, each)));
    // Report such a gap, or close it; what harms nothing goes to mutations.accepted.ts.
    expect(survivors.map(wordsOf)).toEqual([]);
  });

  test('is all tried on some template', () => {
    const changes = new Set(tried.map(changeOf));
    const untried = Object.entries(CATALOGUE).flatMap(([type, all]) =>
      all.filter((change) => !changes.has(change)).map(({ kind, path, to }) => `${type}: ${kind} ${path} ${JSON.stringify(to)}`),
    );
    expect(untried).toEqual([]);
  });

  test('is found nowhere where it is accepted that it is not', () => {
    const stale = ACCEPTED.filter((accepted) => !tried.some((each) => survives(each) && isAbout(accepted, each)));
    // A rule finds these now: remove them from mutations.accepted.ts.
    expect(stale.map(({ type, path }) => `${type} ${path}`)).toEqual([]);
  });
});

function survives({ caughtBy }: Tried): boolean {
  return caughtBy.length === 0;
}

function changeOf({ type, change }: Tried): Change {
  return CATALOGUE[type][change];
}

function isAbout({ type, path, template = /^/, resource = /^/ }: Accepted, each: Tried): boolean {
  const change = changeOf(each);
  const isPath = typeof path === 'string' ? change.path === path : path.test(change.path);
  return each.type === type && isPath && template.test(each.subject) && resource.test(each.logicalId);
}

function wordsOf(each: Tried): string {
  const { kind, path } = changeOf(each);
  return `${each.type}\t${path}\t${kind}: ${each.words}\t${each.subject}, ${each.logicalId}`;
}

test('an example that passes can be broken in one place, for every rule', () => {
  expect(unbreakable.filter((slug) => !(slug in UNBREAKABLE))).toEqual([]);
  // These can be broken now: remove them from mutations.accepted.ts.
  expect(Object.keys(UNBREAKABLE).filter((slug) => !unbreakable.includes(slug))).toEqual([]);
});
