import { type Evaluation, evaluate, type Outcome } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import type { JsonObject } from '../../src/model/json';
import { type ResourceEntry, Template } from '../../src/model/template';
import { RULES } from '../../src/rules';
import type { Rule } from '../../src/rules/rule';
import { declaredKind, type Kind } from '../../src/rules/shared/environment-kind';
import type { Mutation } from './mutations.apply';

/** How bad a verdict is; where no rule says anything, nothing is wrong. */
const BADNESS: Readonly<Record<Outcome, number>> = { pass: 0, undetermined: 1, missing: 2, fail: 3 };

/** What is left where a resource was, so that references to it lead somewhere. */
const NOTHING: JsonObject = { Type: 'AWS::CloudFormation::WaitConditionHandle' };

/** Templates that are judged together, and the verdicts on them as they are. */
export class Subject {
  private readonly before = new Map<string, Evaluation>();

  constructor(
    public readonly name: string,
    private readonly assembly: Assembly,
  ) {
    for (const each of [...evaluate(assembly, RULES)].flat()) this.before.set(keyOf(each), each);
  }

  public get resources(): readonly ResourceEntry[] {
    return this.assembly.resources;
  }

  /** What the environment of a resource is declared to be. */
  public kindOf({ template }: ResourceEntry): Kind | undefined {
    return declaredKind(this.assembly.environmentOf(template));
  }

  /**
   * What rules say of a mutation: verdicts that became worse, and findings about the place that was changed.
   *
   * Those that look at little are asked first, and nobody is asked any more once one of them says something.
   */
  public catchesOf(mutation: Mutation): Evaluation[] {
    const changed = this.with(mutation);
    for (const rules of rulesFor(mutation.entry.type)) {
      for (const evaluations of evaluate(changed, rules)) {
        const caught = this.caught(mutation, evaluations);
        if (caught.length > 0) return caught;
      }
    }
    return [];
  }

  /** Whether a resource that is removed is one of those that are not enough as they are. */
  public isInVain({ entry, resource }: Mutation): boolean {
    if (resource) return false;
    return [...this.before.values()].some(
      ({ rule, entry: judged, outcome }) => judged === undefined && outcome !== 'pass' && rule.resourceTypes.includes(entry.type),
    );
  }

  private caught({ entry, place }: Mutation, after: readonly Evaluation[]): Evaluation[] {
    const path = ['Properties', ...place].join('.');
    return after.filter((each) => {
      const before = this.before.get(keyOf(each));
      if (BADNESS[each.outcome] > (before ? BADNESS[before.outcome] : 0)) return true;
      if (place.length === 0 || each.entry?.logicalId !== entry.logicalId) return false;
      return each.findings.some(
        (finding) =>
          isWithin(finding.path, path) ||
          (isWithin(path, finding.path) && !before?.findings.some(({ problem }) => problem === finding.problem)),
      );
    });
  }

  /** The same templates, one resource aside. */
  private with({ entry, resource = NOTHING }: Mutation): Assembly {
    const Resources = { ...(entry.template.body.Resources as JsonObject), [entry.logicalId]: resource };
    const copies = new Map<Template, Template>();
    for (const template of this.assembly.templates) {
      const copy = new Template(template === entry.template ? { ...template.body, Resources } : template.body, template.origin);
      copy.unexpanded = template.unexpanded;
      copy.unexpandedResources = template.unexpandedResources;
      copies.set(template, copy);
    }
    for (const [{ parent }, copy] of copies) if (parent) copies.get(parent.template)!.nest(parent.logicalId, copy);
    return new Assembly([...copies.values()], true);
  }
}

const ORDERS = new Map<string, readonly (readonly Rule[])[]>();

/**
 * The rules about resources of a type, those about environments with such, and the others.
 *
 * The same lists each time: what is known of a list of rules is not worked out anew.
 */
function rulesFor(type: string): readonly (readonly Rule[])[] {
  let order = ORDERS.get(type);
  if (!order) {
    const isOwn = ({ resourceTypes }: Rule) => resourceTypes.includes(type);
    const own = RULES.filter(isOwn);
    order = [
      own.filter(({ scope }) => scope !== 'environment'),
      own.filter(({ scope }) => scope === 'environment'),
      RULES.filter((rule) => !isOwn(rule)),
    ];
    ORDERS.set(type, order);
  }
  return order;
}

function keyOf({ rule, environment, entry }: Evaluation): string {
  return `${rule.slug} ${entry ? `${entry.template.key} ${entry.logicalId}` : environment.id}`;
}

/** Whether a path leads to what another leads to, or to a part of it. */
function isWithin(path = '', other = ''): boolean {
  return other !== 'Properties' && `${path}.`.startsWith(`${other}.`);
}
