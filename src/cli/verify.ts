import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, type Manifest, sha256 } from '../evidence/bundle/manifest';
import { verifyBundle } from '../evidence/bundle/verify-bundle';
import { COLLECTION, type Collection } from '../evidence/operating/collection-manifest';
import { nameOf } from '../evidence/operating/unit-state';
import { isCollection, verifyCollection } from '../evidence/operating/verify-collection';
import { InputError } from '../model/errors';
import { CLEAN, FINDINGS, type Outcome } from './outcome';
import { colours, count, printable } from './terminal';

export interface VerifyOptions {
  readonly publicKey?: string;
  /** The folder that the manifest must name as the one before it. */
  readonly previous?: string;
}

/** Check evidence, print what is wrong with it, and answer with the exit code. */
export function verify(folder: string, { publicKey, previous }: VerifyOptions): Outcome {
  if (isCollection(folder)) return verifyCollected(folder, { publicKey, previous });
  const { manifest, problems: altered } = verifyBundle(folder, publicKey === undefined ? undefined : pemIn(publicKey));
  const operating = altered.length > 0 ? [] : collectionsIn(folder, manifest!);
  const problems = [
    ...altered,
    ...chainProblems(previous, MANIFEST, manifest?.previous),
    ...operating.flatMap(({ path, problems: found }) => found.map((problem) => `${path}/${problem}`)),
  ];
  if (problems.length > 0) return tell('The bundle is', problems);
  const { files, incomplete, signer, ledger } = manifest!;
  console.log(
    `${colours(process.stdout.isTTY === true).green('The bundle is as it was written')}: ${count(files.length, 'file')}, of the ledger ${printable(ledger.id)} of ${printable(ledger.time)}.`,
  );
  for (const { format, problem } of incomplete)
    console.log(`- it lacks '${printable(format)}', which could not be made: ${printable(problem)}`);
  for (const { path, collection } of operating) tellMissing(collection!, `${path}: `);
  if (!signer) console.log('It is not signed: whoever can write into the folder could have made a new manifest.');
  else if (publicKey === undefined)
    console.log(`It is signed with the key ${printable(signer.keyid)}. Give --public-key to make sure that this is yours.`);
  else console.log(`It is signed with the key that you gave, ${printable(signer.keyid)}.`);
  return CLEAN;
}

/** What was collected that a bundle holds, each by its folder. */
function collectionsIn(folder: string, { files }: Manifest) {
  const paths = files.map(({ path }) => path).filter((path) => /^operating\/[^/]+\/collection\.json$/.test(path));
  return paths.map((path) => ({ path: dirname(path), ...verifyCollection(join(folder, dirname(path))) }));
}

/** That something is as it was written does not say that it is all. */
function tellMissing({ missing }: Collection, where = ''): void {
  for (const { problem, ...unit } of missing)
    console.log(`- ${printable(where)}it lacks some of ${printable(nameOf(unit))}: ${printable(problem)}`);
}

/** What `collect` wrote, before it is in a bundle. */
function verifyCollected(folder: string, { publicKey, previous }: VerifyOptions): Outcome {
  if (publicKey !== undefined)
    throw new InputError(
      `--public-key: ${folder} is collected evidence, which is signed as part of a bundle: make one with --operating`,
    );
  const { collection, problems: altered } = verifyCollection(folder);
  const problems = [...altered, ...chainProblems(previous, COLLECTION, collection?.previous)];
  if (problems.length > 0) return tell('The collected evidence is', problems);
  const { records, period, account } = collection!;
  const { green } = colours(process.stdout.isTTY === true);
  console.log(
    `${green('The collected evidence is as it was written')}: ${count(records.length, 'record')} of ${printable(account)}, from ${printable(period.from)} to ${printable(period.to)}.`,
  );
  tellMissing(collection!);
  console.log('It is not signed: whoever can write into the folder could have made a new manifest.');
  return CLEAN;
}

/** What is wrong with the chain: each manifest names the one before it by its hash. */
function chainProblems(folder: string | undefined, name: string, named: string | null | undefined): string[] {
  if (folder === undefined) return [];
  const file = join(folder, name);
  if (!existsSync(file))
    throw new InputError(`--previous ${folder}: has no ${name}: it must be of the same kind as what is verified`);
  if (sha256(readFileSync(file)) === named) return [];
  return [`${name}: names ${named === null ? 'nothing' : 'another'} as what was before it, not the one in ${folder}`];
}

function tell(what: string, problems: readonly string[]): Outcome {
  const { red } = colours(process.stdout.isTTY === true);
  console.log(`${red(`${what} not as it was written`)}: ${count(problems.length, 'problem')}.`);
  for (const problem of problems) console.log(`- ${printable(problem)}`);
  return FINDINGS;
}

function pemIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(`--public-key ${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
