import { readFileSync } from 'node:fs';
import { verifyBundle } from '../evidence/bundle/verify-bundle';
import { InputError } from '../model/errors';
import { CLEAN, FINDINGS, type Outcome } from './outcome';
import { colours, count, printable } from './terminal';

export interface VerifyOptions {
  readonly publicKey?: string;
}

/** Check a bundle of evidence, print what is wrong with it, and answer with the exit code. */
export function verify(folder: string, { publicKey }: VerifyOptions): Outcome {
  const { manifest, problems } = verifyBundle(folder, publicKey === undefined ? undefined : pemIn(publicKey));
  const { red, green } = colours(process.stdout.isTTY === true);
  if (problems.length > 0) {
    console.log(`${red('The bundle is not as it was written')}: ${count(problems.length, 'problem')}.`);
    for (const problem of problems) console.log(`- ${printable(problem)}`);
    return FINDINGS;
  }
  const { files, incomplete, signer, ledger } = manifest!;
  console.log(
    `${green('The bundle is as it was written')}: ${count(files.length, 'file')}, of the ledger ${printable(ledger.id)} of ${printable(ledger.time)}.`,
  );
  for (const { format, problem } of incomplete)
    console.log(`- it lacks '${printable(format)}', which could not be made: ${printable(problem)}`);
  if (!signer) console.log('It is not signed: whoever can write into the folder could have made a new manifest.');
  else if (publicKey === undefined)
    console.log(`It is signed with the key ${printable(signer.keyid)}. Give --public-key to make sure that this is yours.`);
  else console.log(`It is signed with the key that you gave, ${printable(signer.keyid)}.`);
  return CLEAN;
}

function pemIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`--public-key ${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
