import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What a certificate is like, seen by a client that trusts the authority and connects to `localhost`. */
export type CertificateKind = 'good' | 'self-signed' | 'wrong host';

/** Files of a certificate, in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** The certificate of the authority that clients trust. */
  readonly authority: string;
}

const HOSTS: Readonly<Record<CertificateKind, string>> = {
  good: 'DNS:localhost,IP:127.0.0.1',
  'self-signed': 'DNS:localhost,IP:127.0.0.1',
  'wrong host': 'DNS:elsewhere.example',
};

/** Make an authority and a certificate of a server, by `openssl`, for a week. */
export function makeCertificate(folder: string, kind: CertificateKind): Certificate {
  const authority = request(folder, 'authority', ['-addext', 'basicConstraints=critical,CA:TRUE']);
  const signer = kind === 'self-signed' ? [] : ['-CA', authority.certificate, '-CAkey', authority.key];
  const extensions = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `subjectAltName=${HOSTS[kind]}`];
  return { ...request(folder, 'server', [...signer, ...extensions]), authority: authority.certificate };
}

function request(folder: string, name: string, more: readonly string[]): Omit<Certificate, 'authority'> {
  const [certificate, key] = ['certificate', 'key'].map((part) => join(folder, `${name}-${part}.pem`));
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  const out = ['-keyout', key, '-out', certificate, '-days', '7', '-subj', `/CN=${name} of a test`];
  execFileSync('openssl', ['req', '-x509', ...curve, ...out, ...more], { stdio: 'pipe' });
  return { certificate, key };
}
