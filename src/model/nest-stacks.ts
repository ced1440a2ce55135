import { InputError } from './errors';
import type { ResourceEntry, Template } from './template';

/** Gives the template that a nested-stack resource deploys; undefined when it is not at hand. */
export type NestedLoader = (stack: ResourceEntry) => Template | undefined;

/** More than these are not deployed by one stack; a few files that name each other often could ask for any number. */
const MOST_NESTED = 2_000;

/**
 * Find the templates that a template deploys as nested stacks, and theirs in turn.
 *
 * The loader must give a template of its own for each nested stack: two stacks that deploy one file have different parents.
 *
 * @returns all of them, each behind its parent.
 */
export function nestStacks(template: Template, load: NestedLoader): Template[] {
  const found: Template[] = [];
  const nest = (parent: Template): void => {
    for (const stack of stacksOf(parent)) {
      const child = load(stack);
      if (!child) continue;
      parent.nest(stack.logicalId, child);
      refuseCircle(child);
      found.push(child);
      if (found.length > MOST_NESTED)
        throw new InputError(`${template.path}: deploys more than ${MOST_NESTED} nested stacks; split it`);
      nest(child);
    }
  };
  nest(template);
  return found;
}

/** The nested-stack resources of a template. */
export function stacksOf(template: Template): ResourceEntry[] {
  return [...template.resources.values()].filter(({ type }) => type === 'AWS::CloudFormation::Stack');
}

function refuseCircle(template: Template): void {
  const chain = [template.path];
  for (let outer = template.parent?.template; outer; outer = outer.parent?.template) {
    chain.unshift(outer.path);
    if (outer.path === template.path) {
      throw new InputError(`${template.path}: circular reference: ${chain.join(' → ')}; a nested stack cannot contain itself`);
    }
  }
}
