import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { constructPathOf } from '../model/resource';
import type { ResourceEntry } from '../model/template';
import type { Rule } from '../rules/rule';
import { acknowledgements } from './acknowledgements';
import type { NagAcknowledgement } from './declarations';
import { nagEquivalentsOf, wholeNagRule } from './nag-equivalents';

/** The id that the command line tool of the CDK prints has the name of the pack in front. */
const PACK_IN_FRONT = /^(AwsSolutions|NIST\.800\.53\.R5)::/;

/**
 * Acknowledgements of rules of cdk-nag that ask for the same as ours.
 *
 * As for cdk-nag, they count for the construct that they were made at and for everything below it. One without a reason counts for
 * nothing. They have no end.
 */
export class NagAcknowledgements {
  /** Reasons, by construct path, then by id. */
  private readonly places = new Map<string, Map<string, string>>();
  /** Rules of which single findings are acknowledged. */
  private readonly inPart = new Set<string>();

  /**
   * @param declaring constructs that may have acknowledgements.
   * @param construct the construct at a path.
   */
  constructor(
    declaring: readonly IConstruct[],
    private readonly construct: (path: string) => IConstruct | undefined,
  ) {
    for (const { id: written, reason, at } of acknowledgements(declaring)) {
      const id = written.replace(PACK_IN_FRONT, '');
      if (reason.trim() === '') continue;
      const whole = wholeNagRule(id);
      if (whole !== id) this.inPart.add(whole);
      this.places.set(at, (this.places.get(at) ?? new Map<string, string>()).set(id, reason));
    }
  }

  /** How a rule is acknowledged for a resource. */
  public of(rule: Rule, entry: ResourceEntry): NagAcknowledgement | undefined {
    const path = constructPathOf(entry);
    if (path === undefined || this.places.size === 0) return undefined;
    for (const { rule: name, ids } of nagEquivalentsOf(rule)) {
      for (const id of ids) {
        const found = this.nearest(id, path) ?? this.everyFinding(name, id, path);
        if (found) return found;
      }
    }
    return undefined;
  }

  private nearest(id: string, path: string): NagAcknowledgement | undefined {
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const reason = this.places.get(at)?.get(id);
      if (reason !== undefined) return { ids: [id], reason, at };
      if (at === '') return undefined;
    }
  }

  /** Acknowledgements of single findings count when nothing is left that cdk-nag would find on the resource. */
  private everyFinding(name: string, id: string, path: string): NagAcknowledgement | undefined {
    if (!this.inPart.has(id)) return undefined;
    const found = findingsOf(name, this.construct(path)).map((finding) => this.nearest(`${id}[${finding}]`, path));
    const [first] = found;
    if (!first || found.includes(undefined)) return undefined;
    const reasons = new Set(found.map((each) => each!.reason));
    return { ids: found.flatMap((each) => each!.ids), reason: [...reasons].join('; '), at: first.at };
  }
}

type NagFunction = (node: CfnResource) => unknown;

let functions: ReadonlyMap<string, NagFunction> | undefined;

/** The functions of cdk-nag by their names. To load all of them takes long: it is done only for an app that asks for it. */
function nagFunction(name: string): NagFunction | undefined {
  if (!functions) {
    const { rules } = require('cdk-nag') as { rules: object };
    functions = new Map(Object.values(rules as Record<string, Record<string, NagFunction>>).flatMap(Object.entries<NagFunction>));
  }
  return functions.get(name);
}

/** What cdk-nag finds on a resource, where it sees all of it: it does not look at properties that are overridden. */
function findingsOf(name: string, construct: IConstruct | undefined): string[] {
  if (!construct || !CfnResource.isCfnResource(construct) || hasOverriddenProperties(construct)) return [];
  try {
    const result = nagFunction(name)?.(construct);
    return Array.isArray(result) ? result.map(String) : [];
  } catch {
    // cdk-nag cannot judge it either: then nothing shows that all was acknowledged.
    return [];
  }
}

function hasOverriddenProperties(resource: CfnResource): boolean {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: { readonly Properties?: unknown } };
  return rawOverrides === undefined || rawOverrides.Properties !== undefined;
}
