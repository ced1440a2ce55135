import { everyPage } from '../../functions/every-page';
import { canonical } from '../../model/json';
import { sha256 } from '../bundle/manifest';
import type { Answer, Part } from './collect-parts';
import type { ClientType, CollectContext, Query, Row } from './collector';
import { inOneLine, isFatal } from './failures';
import { plain } from './plain';

const DAY = 86_400_000;

/** What a list is asked for: everything, or what belongs to each of several things. */
interface Parents<Parent> {
  /** Stands for each of them where the query is written down. */
  readonly each: Parent;
  /** What was called to find them. */
  readonly apis: readonly string[];
  /** What the last of them was asked, where that was not for all that there is. */
  readonly asked?: (context: CollectContext) => object;
  find(context: CollectContext): AsyncIterable<Parent>;
}

/** A list of the API of AWS as data: how it is asked for, and what its rows are. */
export interface Listing<Client, Input extends object, Output extends object, Item extends object, Parent>
  extends Pick<Query, 'id' | 'title' | 'covers' | 'controls'> {
  /** Service and operation, as IAM names the action. */
  readonly api: string;
  readonly client: ClientType<Client>;
  /** Region to ask in, where it is not that of the collector. */
  readonly region?: string;
  readonly of?: Parents<Parent>;
  readonly input: (context: CollectContext, parent: Parent) => Input;
  readonly send: (client: Client, input: Input) => Promise<Output>;
  /** The member by which an answer leads to the next page, and the next question asks for it. */
  readonly token?: keyof Output & string;
  readonly items: (output: Output, context: CollectContext) => readonly Item[] | undefined;
  /** What an answer says that it could not tell, one line each. */
  readonly lacks?: (output: Output) => readonly string[];
  /** What tells an item from all others; an item is what it says where nothing else does. */
  readonly rowId: (item: Item, parent: Parent) => string | undefined;
  /** What the row says beyond the item. */
  readonly also?: (item: Item, context: CollectContext, parent: Parent) => object;
  /** Days for which AWS keeps what happened. */
  readonly keptDays?: number;
  /** What an error means that is an answer: that a service is not in use. */
  readonly unless?: (error: Error) => Answer | undefined;
}

/** A query that is answered by a list. */
export function listing<Client, Input extends object, Output extends object, Item extends object, Parent = undefined>(
  list: Listing<Client, Input, Output, Item, Parent>,
): Part {
  const { id, title, covers, controls, of, api } = list;
  return {
    query: (context) => {
      const parameters = plain(list.input(context, of?.each as Parent));
      const finding = (of?.apis ?? []).map((each, index, { length }) => ({
        api: each,
        parameters: index === length - 1 && of?.asked ? plain(of.asked(context)) : {},
      }));
      const calls = [...finding, { api, parameters }];
      return { id, title, covers, calls, ...(controls && { controls }) };
    },
    async *answers(context) {
      const truncated = truncation(list, context);
      if (truncated !== undefined) yield { rows: [], answers: 0, truncated };
      try {
        if (!of) yield* pagesOf(list, context, undefined as Parent);
        else for await (const parent of of.find(context)) yield* pagesOfOne(list, context, parent);
      } catch (error) {
        const answer = list.unless?.(error as Error);
        if (!answer) throw error;
        yield answer;
      }
    },
  };
}

async function* pagesOf<Client, Input extends object, Output extends object, Item extends object, Parent>(
  list: Listing<Client, Input, Output, Item, Parent>,
  context: CollectContext,
  parent: Parent,
): AsyncGenerator<Answer> {
  const { token: name } = list;
  const client = context.client(list.client, list.region);
  const input = list.input(context, parent);
  const ask = (token: string | undefined) => list.send(client, name && token !== undefined ? { ...input, [name]: token } : input);
  const next = (output: Output) => (name ? (output[name] as string | undefined) : undefined);
  for await (const output of everyPage(ask, next))
    yield {
      rows: (list.items(output, context) ?? []).map((item) => rowOf(list, item, context, parent)),
      missing: list.lacks?.(output),
    };
}

/** What fails for one does not keep the others from being asked for. */
async function* pagesOfOne<Client, Input extends object, Output extends object, Item extends object, Parent>(
  list: Listing<Client, Input, Output, Item, Parent>,
  context: CollectContext,
  parent: Parent,
): AsyncGenerator<Answer> {
  try {
    yield* pagesOf(list, context, parent);
  } catch (error) {
    if (isFatal(error) || list.unless?.(error as Error)) throw error;
    yield { rows: [], answers: 0, missing: [`${String(parent).slice(0, 200)}: ${inOneLine(error)}`] };
  }
}

function rowOf<Client, Input extends object, Output extends object, Item extends object, Parent>(
  { rowId, also }: Listing<Client, Input, Output, Item, Parent>,
  item: Item,
  context: CollectContext,
  parent: Parent,
): Row {
  const data = { ...plain(item), ...plain(also?.(item, context, parent) ?? {}) };
  // Ids are written as they are: what may hold a secret is none.
  return { id: rowId(item, parent) || sha256(canonical(data)), data };
}

function truncation({ keptDays, covers }: { keptDays?: number; covers: string }, { period, now }: CollectContext) {
  if (keptDays === undefined || covers !== 'period') return undefined;
  const oldest = new Date(now().getTime() - keptDays * DAY);
  if (period.from >= oldest) return undefined;
  return `AWS keeps this for ${keptDays} days: what happened before ${oldest.toISOString().slice(0, 10)} may not be told. Collect more often.`;
}
