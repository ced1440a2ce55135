import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';

/** A bulletin. All of it is text from elsewhere. */
export interface Bulletin {
  /** The same for the same bulletin. */
  readonly key: string;
  readonly title: string;
  readonly link?: string;
  readonly published?: string;
}

/** Most characters of a title and of a link. */
const MOST = 500;

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, trimValues: true });

/**
 * The bulletins of a feed, in the form of RSS 2.0, RSS 1.0 or Atom.
 *
 * @throws when it is none, when none of its entries says which it is, and when it declares entities of its own: such may grow without end.
 */
export function readFeed(text: string): Bulletin[] {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Error('the feed declares entities of its own, which no feed needs');
  const { rss, feed, 'rdf:RDF': rdf } = parser.parse(text) as Record<string, Node | undefined>;
  const items = rss ? child(rss, 'channel')?.item : feed ? feed.entry : rdf?.item;
  if (!rss && !feed && !rdf) throw new Error('the answer is no feed');
  const entries = listed(items);
  const bulletins = entries.flatMap((item) => {
    const title = textOf(item.title);
    const link = linkOf(item.link);
    const id = textOf(item.guid) ?? textOf(item.id) ?? link ?? title;
    if (id === undefined) return [];
    const published = dateOf(textOf(item.pubDate) ?? textOf(item.published) ?? textOf(item.updated) ?? textOf(item['dc:date']));
    return {
      key: createHash('sha256').update(id).digest('base64url').slice(0, 22),
      title: title ?? id.slice(0, MOST),
      link,
      published,
    };
  });
  if (entries.length > 0 && bulletins.length === 0) throw new Error('no entry of the feed has an id, a link or a title');
  // Some feeds list one twice.
  return [...new Map(bulletins.map((each) => [each.key, each])).values()];
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(node: Node, name: string): Node | undefined {
  const value = node[name];
  return isNode(value) ? value : undefined;
}

function listed(value: unknown): Node[] {
  return [value].flat().filter(isNode);
}

/** The text of an element, which is an object where it has attributes. */
function textOf(value: unknown): string | undefined {
  const [first] = [value].flat();
  const text = isNode(first) ? first['#text'] : first;
  return typeof text === 'string' && text !== '' ? text.slice(0, MOST) : undefined;
}

/** Only links to pages: a message must not carry others. */
function linkOf(value: unknown): string | undefined {
  const all = [value].flat().flatMap((each) => (isNode(each) ? (each['@href'] ?? each['#text']) : each));
  const found = all.find((each) => typeof each === 'string' && /^https?:\/\/[^\s<>"]+$/.test(each));
  return typeof found === 'string' ? found.slice(0, MOST) : undefined;
}

function dateOf(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
