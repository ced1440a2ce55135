import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { ENVELOPE, preAuthentication } from '../../src/evidence/bundle/envelope';
import { filesIn } from '../../src/evidence/bundle/files';
import { kmsSigner } from '../../src/evidence/bundle/kms-signer';
import { MANIFEST, sha256 } from '../../src/evidence/bundle/manifest';
import { localSigner } from '../../src/evidence/bundle/signer';
import { verifyBundle } from '../../src/evidence/bundle/verify-bundle';
import { type BundleOptions, writeBundle } from '../../src/evidence/bundle/write-bundle';
import { CHECKLIST_PAGES } from '../../src/evidence/renderers/checklist';
import { CSV } from '../../src/evidence/renderers/csv';
import { FIREWALL } from '../../src/evidence/renderers/firewall';
import { HTML } from '../../src/evidence/renderers/html';
import { LEDGER } from '../../src/evidence/renderers/ledger';
import type { BundleFile, Renderer } from '../../src/evidence/renderers/renderer';
import { SERVER_ACCESS } from '../../src/evidence/renderers/server-access';
import { XLSX } from '../../src/evidence/renderers/xlsx';
import { refusal } from '../helpers/files';
import { describeWithTool } from '../helpers/optional';
import { copyOf, temporaryFolder } from '../helpers/temporary';
import { evidenceOf } from './sample';

const evidence = evidenceOf();
const keys = temporaryFolder('keys');
const RENDERERS: readonly Renderer[] = [LEDGER, HTML, CSV];

function keyFile(
  name: string,
  pair: { privateKey: { export(o: object): string | Buffer }; publicKey: { export(o: object): string | Buffer } },
) {
  const file = join(keys, `${name}.pem`);
  writeFileSync(file, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const publicFile = join(keys, `${name}.pub.pem`);
  writeFileSync(publicFile, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return { file, publicFile, pem: readFileSync(publicFile, 'utf8') };
}

const EC = keyFile('ec', generateKeyPairSync('ec', { namedCurve: 'prime256v1' }));
const OTHER = keyFile('other', generateKeyPairSync('ed25519'));

async function bundle(options: Partial<BundleOptions> = {}): Promise<string> {
  const folder = options.folder ?? temporaryFolder('bundle');
  await writeBundle(evidence, { renderers: RENDERERS, ...options, folder });
  return folder;
}

const problems = (folder: string, key?: string) => verifyBundle(folder, key).problems;

let plain: string;
let signed: string;
beforeAll(async () => {
  plain = await bundle();
  signed = await bundle({ signer: localSigner(EC.file) });
});

test('a bundle is as it was written', () => {
  expect(problems(plain)).toEqual([]);
  expect(problems(signed, EC.pem)).toEqual([]);
});

test('the same ledger gives the same bytes', async () => {
  const again = await bundle();
  for (const path of filesIn(plain))
    expect(sha256(readFileSync(join(again, path)))).toBe(sha256(readFileSync(join(plain, path))));
});

test('a flipped bit is found in each file, wherever it is, and the file is named', () => {
  for (const path of filesIn(signed)) {
    const file = join(signed, path);
    const bytes = readFileSync(file);
    for (const place of [0, bytes.length >> 1, Math.floor(bytes.length * 0.77), bytes.length - 1]) {
      const flipped = Buffer.from(bytes);
      flipped[place] ^= 1;
      writeFileSync(file, flipped);
      expect(problems(signed).map((problem) => problem.split(':')[0])).toContain(path);
    }
    writeFileSync(file, bytes);
  }
  expect(problems(signed)).toEqual([]);
});

test('a file that was added, and one that is missing, are named', () => {
  const copy = copyOf(plain);
  mkdirSync(join(copy, 'more'));
  writeFileSync(join(copy, 'more', 'file.txt'), '');
  rmSync(join(copy, 'rules.csv'));
  expect(problems(copy)).toEqual(['rules.csv: is missing', 'more/file.txt: was added: the manifest does not list it']);
});

test('a link in place of a file is found, even to the same content', () => {
  const copy = copyOf(plain);
  rmSync(join(copy, 'rules.csv'));
  symlinkSync(join(plain, 'rules.csv'), join(copy, 'rules.csv'));
  expect(problems(copy)).toEqual(['rules.csv: was altered: it is no file any more']);
});

test('a manifest that was made anew is found, when the bundle must be signed', async () => {
  const copy = copyOf(signed);
  const forged = await bundle();
  writeFileSync(join(copy, MANIFEST), readFileSync(join(forged, MANIFEST)));
  expect(problems(copy)).toEqual([`${ENVELOPE}: was added: the manifest says that the bundle is not signed`]);
  rmSync(join(copy, ENVELOPE));
  expect(problems(copy, EC.pem)[0]).toContain('is not signed');
});

test('a bundle that somebody else signed is not taken for ours', async () => {
  const theirs = await bundle({ signer: localSigner(OTHER.file) });
  expect(problems(theirs)).toEqual([]);
  expect(problems(theirs, EC.pem)).toEqual([`${ENVELOPE}: the bundle is signed with another key than the one given`]);
});

test('what is no bundle, or no key, is refused in one clear line', () => {
  expect(refusal(() => verifyBundle(keys))).toContain('is no bundle of evidence');
  expect(refusal(() => verifyBundle('/nowhere'))).toContain('cannot be read');
  expect(refusal(() => verifyBundle(signed, 'no key'))).toContain('--public-key: must be a file with a public key in PEM');
  expect(refusal(() => localSigner(EC.publicFile))).toContain('--key');
  expect(refusal(() => localSigner('/nowhere'))).toContain('ENOENT');
});

test('what one renderer cannot make does not keep the others from theirs', async () => {
  const folder = temporaryFolder('partial');
  const broken: Renderer = {
    format: 'broken',
    what: 'nothing',
    *render() {
      yield { path: 'half.txt', content: 'half' };
      throw new Error('no more');
    },
  };
  const written = await writeBundle(evidence, { folder, renderers: [broken, LEDGER] });
  expect(written.failed).toEqual([{ format: 'broken', problem: 'no more' }]);
  const { manifest, problems: found } = verifyBundle(folder);
  expect(found).toEqual([]);
  expect(manifest?.incomplete).toEqual(written.failed);
  expect(manifest?.files.map(({ path }) => path)).toEqual(['half.txt', 'ledger.json']);
});

describe('links of pages', () => {
  /** Where links lead, from the folder of the bundle, page by page; those within a page are left out. */
  const linksIn = (folder: string) =>
    filesIn(folder)
      .filter((path) => path.endsWith('.html'))
      .flatMap((path) =>
        [...readFileSync(join(folder, path), 'utf8').matchAll(/href="([^"#]+)/g)].map(([, link]) => join(dirname(path), link)),
      );
  const whole = [LEDGER, HTML, CHECKLIST_PAGES, FIREWALL, SERVER_ACCESS, XLSX, CSV];
  const text = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

  test('lead to files that are there, and are kept where they are', async () => {
    const folder = await bundle({ renderers: whole });
    const links = new Set(linksIn(folder));
    expect([...links].filter((link) => !filesIn(folder).includes(link))).toEqual([]);
    for (const path of [
      'index.html',
      'checklist/S4-12.html',
      'firewall-rules.xlsx',
      'results.csv',
      'control-matrix.xlsx',
      'server-access.html',
    ])
      expect(links).toContain(path);
    expect(text(folder, 'index.html')).toContain('href="checklist/S4-12.html"');
    expect(text(folder, 'checklist/S4-12.html')).toContain('<a href="../index.html#checklist">');
    expect(text(folder, 'index.html')).toContain(
      'Component definition and assessment results in OSCAL.<b> Not in this bundle.</b>',
    );
    expect(text(folder, 'index.html')).toContain('Results for the test view');
    expect(text(folder, 'index.html')).toContain('The same lists for machines. No cell is a formula.</td>');
  });

  test.each([
    ['only the report', [HTML]],
    ['only pages without the report', [CHECKLIST_PAGES, SERVER_ACCESS]],
    ['no lists', whole.filter((renderer) => renderer !== CSV)],
  ])('lead nowhere where only some formats were asked for, and the page says so: %s', async (_, renderers) => {
    const folder = await bundle({ renderers });
    expect(linksIn(folder).filter((link) => !filesIn(folder).includes(link))).toEqual([]);
    expect(filesIn(folder).some((path) => text(folder, path).includes('(not in this bundle)'))).toBe(true);
    expect(verifyBundle(folder).problems).toEqual([]);
  });

  test('lead nowhere where a file could not be made, though pages were made before it', async () => {
    const broken = {
      ...CHECKLIST_PAGES,
      *render() {
        for (const file of CHECKLIST_PAGES.render(evidence) as Iterable<BundleFile>) {
          if (file.path === 'checklist/S4-12.html') throw new Error('no more');
          yield file;
        }
      },
    };
    const folder = await bundle({ renderers: [HTML, broken, CSV] });
    expect(linksIn(folder).filter((link) => !filesIn(folder).includes(link))).toEqual([]);
    expect(text(folder, 'index.html')).toContain('S4-12 <span class="soft small">(not in this bundle)</span>');
    expect(text(folder, 'index.html')).toContain('<a href="checklist/S4-11.html">S4-11</a>');
  });

  test('of files of somebody else are left as they are: their hash is recorded', async () => {
    const theirs = '<a href="gone.html">elsewhere</a>';
    const collected: Renderer = {
      format: 'operating',
      what: 'x',
      *render() {
        yield { path: 'operating/ticket.html', content: theirs };
      },
    };
    const folder = await bundle({ renderers: [HTML, collected] });
    expect(text(folder, 'operating/ticket.html')).toBe(theirs);
  });
});

test('a bundle replaces another one, names its manifest, and leaves nothing of it', async () => {
  const folder = await bundle();
  const before = sha256(readFileSync(join(folder, MANIFEST)));
  await bundle({ folder, renderers: [LEDGER] });
  expect(filesIn(folder)).toEqual(['ledger.json', MANIFEST]);
  expect(verifyBundle(folder).manifest?.previous).toBe(before);
});

test('a bundle that is told which was before it leaves nothing of the one it replaces, either', async () => {
  const folder = await bundle();
  const previous = 'a'.repeat(64);
  await bundle({ folder, renderers: [LEDGER], previous });
  expect(filesIn(folder)).toEqual(['ledger.json', MANIFEST]);
  expect(verifyBundle(folder)).toMatchObject({ problems: [], manifest: { previous } });
});

test.each<[string, string | undefined]>([
  ['', undefined],
  [', also when it is told which bundle was before', 'a'.repeat(64)],
])('a folder with files of somebody else is left alone%s', async (_, previous) => {
  const folder = temporaryFolder('mine');
  writeFileSync(join(folder, 'thesis.txt'), 'years of work');
  await expect(bundle({ folder, previous })).rejects.toThrow(
    'must be empty, or hold a bundle and nothing else, got the file thesis.txt',
  );
  expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('a key of AWS KMS signs what a key of ours would', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const { createSign } = require('node:crypto') as typeof import('node:crypto');
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const kms = mockClient(KMSClient);
  kms
    .on(GetPublicKeyCommand)
    .resolves({ KeyId: arn, KeySpec: 'ECC_NIST_P256', PublicKey: publicKey.export({ type: 'spki', format: 'der' }) });
  // KMS is given the digest: the signature over it is that over the text.
  let text = Buffer.alloc(0);
  kms.on(SignCommand).callsFake(({ Message: digest, MessageType, SigningAlgorithm }) => {
    expect([MessageType, SigningAlgorithm]).toEqual(['DIGEST', 'ECDSA_SHA_256']);
    expect(Buffer.from(digest).toString('hex')).toBe(sha256(text));
    return { Signature: createSign('sha256').update(text).sign(privateKey) };
  });
  const signer = await kmsSigner(arn);
  const folder = await bundle({
    signer: {
      ...signer,
      sign: (data) => {
        text = Buffer.from(data);
        return signer.sign(data);
      },
    },
  });
  expect(problems(folder, publicKey.export({ type: 'spki', format: 'pem' }).toString())).toEqual([]);
  await expect(kmsSigner('key/1')).rejects.toThrow('--kms-key must be the ARN of a key or an alias');
  kms.on(GetPublicKeyCommand).rejects(new Error('AccessDenied'));
  await expect(kmsSigner(arn)).rejects.toThrow('AccessDenied');
});

describeWithTool('openssl', 'the signature', () => {
  test('is verified without this library: by openssl, over the bytes that DSSE says', () => {
    const envelope = JSON.parse(readFileSync(join(signed, ENVELOPE), 'utf8'));
    const body = Buffer.from(envelope.payload, 'base64');
    const [data, signature] = [join(keys, 'data'), join(keys, 'signature')];
    const header = `DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${body.length} `;
    writeFileSync(data, Buffer.concat([Buffer.from(header), body]));
    expect(preAuthentication(envelope.payloadType, body)).toEqual(readFileSync(data));
    writeFileSync(signature, Buffer.from(envelope.signatures[0].sig, 'base64'));
    const { status, stdout } = spawnSync(
      'openssl',
      ['dgst', '-sha256', '-verify', EC.publicFile, '-signature', signature, data],
      { encoding: 'utf8' },
    );
    expect([status, stdout.trim()]).toEqual([0, 'Verified OK']);
  });

  test('is over an in-toto statement that names every file', () => {
    const envelope = JSON.parse(readFileSync(join(signed, ENVELOPE), 'utf8'));
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    expect(statement._type).toBe('https://in-toto.io/Statement/v1');
    for (const { name, digest } of statement.subject) expect(digest.sha256).toBe(sha256(readFileSync(join(signed, name))));
    expect(statement.subject.map(({ name }: { name: string }) => name).sort()).toEqual(
      filesIn(signed).filter((path) => path !== ENVELOPE),
    );
  });
});
