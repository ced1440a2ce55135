import { writeFileSync } from 'node:fs';
import { Assembly } from '../../src/model/assembly';
import { loadCloudAssembly } from '../../src/model/load-cloud-assembly';
import { Template } from '../../src/model/template';
import { RULES } from '../../src/rules';
import { mutationsOf } from './mutations.apply';
import { isBreakable } from './mutations.breakable';
import { CATALOGUE } from './mutations.catalogue';
import { cleanTemplates } from './mutations.clean';
import { Subject } from './mutations.subjects';
import { TEMPLATES } from './mutations.templates';

/** A mutation that was tried, and the rules that caught it. */
export interface Tried {
  /** Which templates. */
  readonly subject: string;
  readonly type: string;
  readonly logicalId: string;
  /** Which of the changes that the catalogue has for the type. */
  readonly change: number;
  /** What was done, in words. */
  readonly words: string;
  /** What became worse: slugs of rules, each with its verdict. */
  readonly caughtBy: readonly string[];
}

/** What this program writes. */
export interface Trial {
  readonly tried: readonly Tried[];
  /** Slugs of rules of which no example that passes can be broken in one place. */
  readonly unbreakable: readonly string[];
}

/** The example apps, and templates in which everything is as rules want it. */
function* subjects(stories: readonly string[]): Generator<Subject> {
  for (const story of stories) {
    const [name, folder] = story.split('=');
    yield new Subject(`examples/${name}`, loadCloudAssembly(folder));
  }
  for (const { name, body } of [...cleanTemplates(RULES), ...TEMPLATES])
    yield new Subject(name, new Assembly([new Template(body, { path: name, sha256: '' })], true));
}

function* triedOn(subject: Subject): Generator<Tried> {
  for (const entry of subject.resources) {
    const { type, logicalId } = entry;
    const isProduction = subject.kindOf(entry) !== 'non-production';
    for (const [index, change] of (CATALOGUE[type] ?? []).entries()) {
      if (!isProduction && change.inProduction) continue;
      for (const mutation of mutationsOf(entry, change)) {
        const catches = subject.catchesOf(mutation);
        if (catches.length === 0 && subject.isInVain(mutation)) continue;
        const caughtBy = [...new Set(catches.map(({ rule, outcome }) => `${rule.slug} (${outcome})`))];
        yield { subject: subject.name, type, logicalId, change: index, words: mutation.words, caughtBy };
      }
    }
  }
}

/** Arguments: the file to write, and `NAME=FOLDER` of each example app that is synthesized. */
const [file, ...stories] = process.argv.slice(2);
const trial: Trial = {
  tried: [...subjects(stories)].flatMap((subject) => [...triedOn(subject)]),
  unbreakable: RULES.filter((rule) => !isBreakable(rule)).map(({ slug }) => slug),
};
writeFileSync(file, JSON.stringify(trial));
