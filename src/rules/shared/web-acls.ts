import type { Json, JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { unnamedPointer } from './unnamed-pointer';

export const WEB_ACL = 'AWS::WAFv2::WebACL';
export const RULE_GROUP = 'AWS::WAFv2::RuleGroup';
export const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';

/** A setting of what is visible of a web ACL or a rule group, and of each of its rules. */
export function visibility(resource: Resource, setting: string): Value[] {
  const rules = resource.at('Rules').items();
  return [resource.properties, ...rules].map((each) => each.at(`VisibilityConfig.${setting}`));
}

/** Findings where no association gives a web ACL to a resource; `others` are associations that name it in another way. */
export function mustHaveWebAcl(resource: Resource, what: string, others: readonly Resource[] = []): Observation[] {
  const attached = [...resource.pointedAtBy(ASSOCIATION, 'ResourceArn'), ...others];
  if (attached.length > 0) return attached.map((each) => metBy(each, `it associates a web ACL with ${what}`));
  const open = unnamedPointer(resource, ASSOCIATION, 'ResourceArn', what);
  return open.length > 0 ? open : [resource.fails(`${what} has no web ACL`, `an '${ASSOCIATION}' for ${what}`)];
}

/** A web ACL, for examples. */
export function webAcl(properties: JsonObject): JsonObject {
  return { Acl: { Type: WEB_ACL, Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, ...properties } } };
}

/** An association of a web ACL, for examples. */
export function association(resource: Json): JsonObject {
  return { Protection: { Type: ASSOCIATION, Properties: { ResourceArn: resource, WebACLArn: 'arn' } } };
}
