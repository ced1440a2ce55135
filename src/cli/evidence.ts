import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST, sha256 } from '../evidence/bundle/manifest';
import { localSigner, type Signer } from '../evidence/bundle/signer';
import { type WrittenBundle, writeBundle } from '../evidence/bundle/write-bundle';
import { Evidence } from '../evidence/evidence';
import { loadOperating } from '../evidence/operating/operating-evidence';
import type { Renderer } from '../evidence/renderers/renderer';
import { RENDERERS } from '../evidence/renderers/renderers';
import { InputError } from '../model/errors';
import { evidenceInput } from './evidence-input';
import { BAD_INPUT, CLEAN, FINDINGS, type Outcome } from './outcome';
import { count, printable } from './terminal';

export interface EvidenceOptions {
  readonly out: string;
  /** Names of formats, with commas between. */
  readonly format?: string;
  readonly key?: string;
  readonly kmsKey?: string;
  readonly previous?: string;
  /** Folders of collected evidence. */
  readonly operating?: readonly string[];
  /** What the system is called. */
  readonly system?: string;
  readonly asOne?: boolean;
  readonly strict?: boolean;
}

/** Write a bundle of evidence, and answer with the exit code. */
export async function evidence(paths: readonly string[], options: EvidenceOptions): Promise<Outcome> {
  const { out, system, asOne = false, strict = false } = options;
  const renderers = renderersFor(options.format);
  const operating = loadOperating(options.operating ?? []);
  const signer = await signerFor(options);
  const previous = options.previous === undefined ? undefined : manifestHash(options.previous);

  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, isEnabled: process.stderr.isTTY === true, discardStdin: false });
  const say = (text: string) => {
    if (!process.stderr.isTTY) return;
    if (!spinner.isSpinning) spinner.start();
    spinner.text = printable(text, 100);
    spinner.render();
  };
  try {
    const { input, refused } = evidenceInput(paths, { system, asOne, strict, onProgress: say });
    const written = await writeBundle(new Evidence({ ...input, operating }), {
      folder: out,
      renderers,
      signer,
      previous,
      onProgress: (what, done, all) => say(`${done + 1} of ${all}: ${what}`),
    });
    spinner.stop();
    for (const message of refused) console.error(printable(message));
    for (const { format, problem } of written.failed) console.error(`'${format}' could not be made: ${printable(problem)}`);
    console.log(
      `${count(written.files, 'file')} of evidence in ${printable(out)}${signer ? ', signed' : ''}. Open ${printable(firstFile(out, renderers, written))} first.`,
    );
    for (const { collection } of operating.filter(({ collection: { missing } }) => missing.length > 0))
      console.error(
        `The evidence collected of ${collection.account} lacks ${count(collection.missing.length, 'thing')}; its collection.json says which.`,
      );
    if (refused.length > 0) return BAD_INPUT;
    return written.failed.length > 0 ? FINDINGS : CLEAN;
  } finally {
    spinner.stop();
  }
}

function firstFile(out: string, renderers: readonly Renderer[], { failed }: WrittenBundle): string {
  const isMade = renderers.some(({ format }) => format === 'html') && !failed.some(({ format }) => format === 'html');
  return join(out, isMade ? 'index.html' : MANIFEST);
}

function renderersFor(formats: string | undefined): readonly Renderer[] {
  if (formats === undefined) return RENDERERS;
  const names = formats.split(',').map((name) => name.trim());
  const known = RENDERERS.map(({ format }) => format);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw new InputError(`--format must name formats (${known.join(', ')}), got '${wrong}'`);
  return RENDERERS.filter(({ format }) => names.includes(format));
}

async function signerFor({ key, kmsKey }: EvidenceOptions): Promise<Signer | undefined> {
  if (key !== undefined && kmsKey !== undefined) throw new InputError('--key and --kms-key cannot both be given');
  if (key !== undefined) return localSigner(key);
  if (kmsKey === undefined) return undefined;
  const { kmsSigner } = await import('../evidence/bundle/kms-signer.js');
  return kmsSigner(kmsKey);
}

function manifestHash(folder: string): string {
  try {
    return sha256(readFileSync(join(folder, MANIFEST)));
  } catch {
    throw new InputError(`--previous ${folder}: is no bundle of evidence: it has no ${MANIFEST} that can be read`);
  }
}
