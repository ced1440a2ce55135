import type { JsonObject } from '../../../model/json';
import { sha256 } from '../../bundle/manifest';
import type { Archive } from '../archive';
import { type Answer, collectParts, type Part } from '../collect-parts';
import type { Attachment, Collector } from '../collector';
import { inOneLine, isFatal } from '../failures';
import { ACCESS_REVIEWS } from './about';

const PREFIX = ACCESS_REVIEWS.reports!;

/** The files of a review stand in a folder of its account and day; those that somebody signed in a folder below. */
const FILE = /^(?<folder>.*\/(?<account>\d{12})\/(?<day>\d{4}-\d{2}-\d{2})\/)(?<name>.+)$/;
const REVIEW = 'access-review.json';
const SIGNED = 'signed/';

/** A review, with the keys of its files. */
interface Folder {
  readonly account: string;
  readonly day: string;
  readonly keys: Map<string, string>;
}

const REVIEWS: Part = {
  query: ({ reports, account, period: { from, to } }) => ({
    id: 'reviews',
    title: 'Reviews of access that were made in the period, with what was found, and the files that somebody signed',
    covers: 'period',
    calls: [
      {
        api: 's3:GetObject',
        parameters: { place: reports?.place ?? null, prefix: PREFIX, account, from: from.toISOString(), to: to.toISOString() },
      },
    ],
  }),
  async *answers({ reports, account, period }): AsyncGenerator<Answer> {
    if (!reports) throw new Error('reviews can be read only where they are: the place of the reports is needed');
    const from = period.from.toISOString().slice(0, 10);
    const to = period.to.toISOString();
    for (const [id, folder] of await foldersIn(reports)) {
      if (folder.account !== account || folder.day < from || `${folder.day}T00:00:00.000Z` >= to) continue;
      try {
        yield await reviewIn(id, folder, reports);
      } catch (error) {
        if (isFatal(error)) throw error;
        yield { rows: [], answers: 0, missing: [`${id}: ${inOneLine(error)}`] };
      }
    }
  },
};

async function foldersIn(reports: Archive): Promise<Map<string, Folder>> {
  const folders = new Map<string, Folder>();
  for await (const key of reports.list(PREFIX)) {
    const { folder, account, day, name } = FILE.exec(key)?.groups ?? {};
    if (folder === undefined) continue;
    const known = folders.get(folder) ?? { account, day, keys: new Map() };
    folders.set(folder, known);
    known.keys.set(name, key);
  }
  return folders;
}

/** What was found, and the files for people: the workbook, and what somebody signed. */
async function reviewIn(id: string, { account, day, keys }: Folder, reports: Archive): Promise<Answer> {
  const review = keys.get(REVIEW);
  if (review === undefined) throw new Error(`it has no ${REVIEW}`);
  const stored = await reports.read(review);
  if (!stored) throw new Error('it was removed while it was read');
  const content = JSON.parse(stored.content.toString('utf8')) as JsonObject;
  const attachments: Attachment[] = [];
  const signed: JsonObject[] = [];
  for (const [name, key] of keys) {
    const isSigned = name.startsWith(SIGNED) && !name.endsWith('/');
    if (!isSigned && !name.endsWith('.xlsx')) continue;
    const file = await reports.read(key);
    if (!file || (isSigned && file.content.length === 0)) continue;
    attachments.push({ name: `${day}_${name.replaceAll('/', '_')}`, content: file.content });
    if (isSigned) signed.push({ file: key, bytes: file.content.length, sha256: sha256(file.content) });
  }
  const data = {
    ...content,
    account,
    day,
    file: review,
    fileSha256: sha256(stored.content),
    isSigned: signed.length > 0,
    signed,
  };
  return { rows: [{ id, data }], attachments };
}

export const accessReviews: Collector = { ...ACCESS_REVIEWS, collect: collectParts([REVIEWS]) };
