import { type Evaluation, evaluate, type Outcome } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import type { JsonObject } from '../../src/model/json';
import { Template } from '../../src/model/template';
import type { Example, Rule } from '../../src/rules/rule';

/** The template that an example stands for. */
export function templateOf(example: Example): JsonObject {
  return 'Resources' in example ? example : { Resources: example };
}

/** Judge one template, taken for all that there is in its environment. */
export function judge(rule: Rule, example: Example): Evaluation[] {
  const template = new Template(structuredClone(templateOf(example)), { path: 'example.template.json', sha256: '' });
  return [...evaluate(new Assembly([template], true), [rule])].flat();
}

/** The verdict on a template as a whole: the worst of the verdicts on its resources. */
export function verdictOf(rule: Rule, example: Example): Outcome | 'not applicable' {
  const outcomes = judge(rule, example).map(({ outcome }) => outcome);
  for (const outcome of ['fail', 'missing', 'undetermined', 'pass'] as const) {
    if (outcomes.includes(outcome)) return outcome === 'missing' ? 'fail' : outcome;
  }
  return 'not applicable';
}
