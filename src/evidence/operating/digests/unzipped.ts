import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const inflate = promisify(gunzip);

/** What a compressed file holds. One that would fill the memory is refused. */
export function unzipped(body: Uint8Array, maxOutputLength: number): Promise<Buffer> {
  return inflate(body, { maxOutputLength });
}
