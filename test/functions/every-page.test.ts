import { everyPage } from '../../src/functions/every-page';

interface Answer {
  readonly items: readonly number[];
  readonly token?: string;
  readonly IsTruncated?: boolean;
}

async function itemsOf(pages: Readonly<Record<string, Answer>>, hasTime?: () => boolean): Promise<number[]> {
  const items: number[] = [];
  try {
    for await (const page of everyPage(
      async (token = 'first') => pages[token],
      ({ token }) => token,
      hasTime,
    ))
      items.push(...page.items);
  } catch (error) {
    throw Object.assign(error as Error, { items });
  }
  return items;
}

test('every page is asked for, until one names no next', async () => {
  expect(await itemsOf({ first: { items: [1, 2], token: 'a' }, a: { items: [], token: 'b' }, b: { items: [3] } })).toEqual([
    1, 2, 3,
  ]);
});

test('a token that is empty names no next page', async () => {
  expect(await itemsOf({ first: { items: [1], token: '' } })).toEqual([1]);
});

test('a list that leads in a circle ends, gives what there was, and is no whole list', async () => {
  const circle = { first: { items: [1], token: 'a' }, a: { items: [2], token: 'b' }, b: { items: [3], token: 'a' } };
  await expect(itemsOf(circle)).rejects.toMatchObject({ message: expect.stringContaining('given before'), items: [1, 2, 3] });
});

test('a list of which AWS says that there is more, and not how to get it, is no whole list', async () => {
  const lost = { first: { items: [1], token: 'a', IsTruncated: true }, a: { items: [2], IsTruncated: true } };
  await expect(itemsOf(lost)).rejects.toMatchObject({ message: expect.stringContaining('a page is lost'), items: [1, 2] });
  expect(await itemsOf({ first: { items: [1], IsTruncated: false } })).toEqual([1]);
});

test('a list that there is no time for is no whole list', async () => {
  let left = 1;
  const pages = { first: { items: [1], token: 'a' }, a: { items: [2] } };
  await expect(itemsOf(pages, () => left-- > 0)).rejects.toMatchObject({
    message: expect.stringContaining('no time'),
    items: [1],
  });
});
