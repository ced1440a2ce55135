import type * as backup from 'aws-cdk-lib/aws-backup';
import { type OverrideContext, overridesOf } from './restore-overrides';
import type { TestParts } from './restore-parts';

/** What one selection may name. */
const MOST_ARNS = 30;
/** What one plan may select. */
const MOST_SELECTIONS = 30;

/** A selection of a plan, but for its names and its role. */
export type Selection = Pick<
  backup.CfnRestoreTestingSelectionProps,
  'protectedResourceArns' | 'protectedResourceConditions' | 'protectedResourceType' | 'restoreMetadataOverrides'
>;

/**
 * Put tests into as few selections as there can be: resources of a type that are restored alike, 30 at a time; and one for each that
 * selects by tags.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export function selectionsOf(
  tests: readonly TestParts[],
  context: OverrideContext,
  same: (value: unknown) => string,
): Selection[] {
  const restored = tests.filter(({ kind }) => kind !== 'SelfHosted');
  const groups = new Map<string, TestParts[]>();
  for (const test of restored.filter(({ source }) => source !== undefined)) {
    const key = `${test.kind} ${same(overridesOf(test, context))}`;
    groups.set(key, [...(groups.get(key) ?? []), test]);
  }
  const named = [...groups.values()].flatMap((group) => inParts(group).map((part) => ofResources(part, context)));
  const tagged = restored.filter(({ source }) => source === undefined).map((test) => byTags(test, context));
  const all = [...named, ...tagged];
  if (all.length > MOST_SELECTIONS)
    throw new Error(
      `'tests' must fit into ${MOST_SELECTIONS} selections of a plan, got ${all.length}: divide them among several plans`,
    );
  return all;
}

function inParts<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / MOST_ARNS) }, (_, part) =>
    all.slice(part * MOST_ARNS, (part + 1) * MOST_ARNS),
  );
}

function ofResources(tests: readonly TestParts[], context: OverrideContext): Selection {
  return { ...alike(tests[0], context), protectedResourceArns: tests.map(({ source }) => source!) };
}

function byTags(test: TestParts, context: OverrideContext): Selection {
  const conditions = Object.entries(test.tags ?? {}).map(([key, value]) => ({ key: `aws:ResourceTag/${key}`, value }));
  return {
    ...alike(test, context),
    protectedResourceArns: ['*'],
    ...(conditions.length > 0 && { protectedResourceConditions: { stringEquals: conditions } }),
  };
}

function alike(test: TestParts, context: OverrideContext): Omit<Selection, 'protectedResourceArns'> {
  return { protectedResourceType: test.kind, restoreMetadataOverrides: overridesOf(test, context) };
}
