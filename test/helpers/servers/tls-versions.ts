import { run } from '../process';
import type { ServerAddress } from './database-server';

/** Versions of TLS, as `openssl` names them. */
export type TlsVersion = 'tls1_1' | 'tls1_2' | 'tls1_3';

/** Whether a server takes a version of TLS, asked by a client that offers nothing else. */
export async function takesTls(server: ServerAddress, protocol: 'postgres' | 'mysql', version: TlsVersion): Promise<boolean> {
  const target = ['-connect', `127.0.0.1:${server.port}`, '-starttls', protocol];
  // Of itself, today's OpenSSL does not even try an old version.
  const old = version === 'tls1_1' ? ['-cipher', 'ALL:@SECLEVEL=0'] : [];
  const { code, output } = await run('openssl', ['s_client', ...target, `-${version}`, ...old]);
  const isTaken = code === 0 && /Verify return code/.test(output);
  if (!isTaken && !/alert|unsupported protocol|wrong version|unexpected eof/.test(output)) throw new Error(output);
  return isTaken;
}
