import { extname } from 'node:path/posix';
import { sha256 } from '../bundle/manifest';
import type { Attachment } from './collector';

/** File systems take 255 bytes; the folder of an attachment says the rest. */
const MOST_CHARACTERS = 120;

/** The name of the file of an attachment, from the first choice on: each is one that any file system takes, in the folder it is for. */
export function attachmentNames({ name, content }: Attachment): readonly [plain: string, distinct: string] {
  const end = extname(name);
  const extension = end.length <= 1 || end.length > 20 ? '' : `.${cleaned(end)}`;
  const stem = cleaned(name.slice(0, name.length - (extension === '' ? 0 : end.length))).slice(0, MOST_CHARACTERS) || 'file';
  const mark = sha256(`${name}\n${sha256(content)}`).slice(0, 16);
  return [`${stem}${extension}`, `${stem}-${mark}${extension}`];
}

function cleaned(text: string): string {
  return text.replace(/[^\w.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '');
}
