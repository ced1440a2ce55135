import type { Assembly } from '../model/assembly';
import { stacksOf } from '../model/nest-stacks';

/** Nested stacks whose template is somewhere else, so that nothing in them was judged; one line each. */
export function unjudgedStacks({ templates }: Assembly): string[] {
  return templates.flatMap((template) =>
    stacksOf(template)
      .filter(({ logicalId }) => template.nested(logicalId) === undefined)
      .map(
        ({ logicalId }) =>
          `${template.path}: the nested stack '${logicalId}' has its template elsewhere; nothing in it was judged`,
      ),
  );
}
