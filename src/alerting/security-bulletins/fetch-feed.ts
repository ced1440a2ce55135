/** Most bytes of a feed. */
const MOST_BYTES = 10 * 1024 * 1024;

/** How long a feed may take, in milliseconds. */
const PATIENCE = 20_000;

export type Fetch = (
  url: string,
  options: { readonly signal: AbortSignal; readonly headers: Record<string, string> },
) => Promise<Response>;

/**
 * The text at an address.
 *
 * @throws when it does not come in time, is no success, came from an address that is not encrypted, or is too large.
 */
export async function fetchFeed(fetch: Fetch, url: string): Promise<string> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE),
    headers: { accept: 'application/rss+xml, application/atom+xml, application/xml, text/xml', 'user-agent': 'cdk-soc2' },
  });
  if (!response.ok) throw new Error(`the answer was ${response.status}`);
  if (response.url !== '' && !response.url.startsWith('https://'))
    throw new Error('the address led to one that is not encrypted');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`the feed is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
