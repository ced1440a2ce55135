import { Assembly } from '../../src/model/assembly';
import type { Json, JsonObject } from '../../src/model/json';
import { nestStacks } from '../../src/model/nest-stacks';
import { type Resolved, resolve, textOf } from '../../src/model/resolve';
import { type Resource, viewOf } from '../../src/model/resource';
import { explore, Scenario } from '../../src/model/scenario';
import { Template, type TemplateOrigin } from '../../src/model/template';

export const ORIGIN = { account: '111122223333', region: 'eu-west-1', stack: 'Shop', stage: '' } as const;

type Origin = Partial<Omit<TemplateOrigin, 'sha256'>>;

/** A template; of an account and Region that are known, unless `origin` says otherwise. */
export function templateOf(body: object, origin: Origin = ORIGIN): Template {
  return new Template({ Resources: {}, ...body } as JsonObject, { path: 'shop.template.json', ...origin, sha256: '' });
}

/** A template with nested stacks; `children` are by the logical ids that deploy them, in whatever template. */
export function nested(body: object, children: Readonly<Record<string, object>>, origin: Origin = ORIGIN): Template[] {
  const root = templateOf(body, origin);
  const rest = nestStacks(root, ({ logicalId }) =>
    children[logicalId]
      ? templateOf(children[logicalId], { ...origin, stack: undefined, path: `${logicalId}.nested.template.json` })
      : undefined,
  );
  return [root, ...rest];
}

/** The nested-stack resource. */
export function stack(Parameters: object = {}): JsonObject {
  return {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://example.com/t.json', Parameters },
  } as JsonObject;
}

/** What a value is in the first scenario: as the template stands. */
export function resolved(value: Json | undefined, body: object = {}, origin: Origin = ORIGIN): Resolved {
  const template = templateOf(body, origin);
  return resolve(value, { template, scenario: new Scenario(), exports: new Assembly([template], true), depth: 0 });
}

/** What a value is in every scenario, in short: the value, `${…}`, 'absent', or 'unknown: …'. */
export function everywhere(value: Json | undefined, body: object = {}, origin: Origin = ORIGIN): unknown[] {
  const template = templateOf(body, origin);
  return everywhereIn(value, [template], template);
}

export function everywhereIn(value: Json | undefined, templates: Template[], template: Template): unknown[] {
  const exports = new Assembly(templates, true);
  return explore((scenario) => short(resolve(value, { template, scenario, exports, depth: 0 }))).results.map(
    ({ result }) => result,
  );
}

export function short(value: Resolved): unknown {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'reference':
      return textOf(value);
    case 'absent':
      return 'absent';
    case 'unknown':
      return `unknown: ${value.text ?? value.reason}`;
  }
}

/** A resource in the first scenario, among templates. */
export function resourceIn(templates: Template | readonly Template[], logicalId: string): Resource {
  const all = Array.isArray(templates) ? templates : [templates];
  const entry = all.flatMap(({ resources }) => resources.get(logicalId) ?? [])[0];
  return viewOf(entry, new Assembly(all, true), new Scenario());
}
