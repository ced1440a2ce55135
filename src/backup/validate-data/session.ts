/** How a database is reached. */
export interface Way {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Certificates of the authorities that are trusted, in PEM. */
  readonly authorities: readonly string[];
  /** So long a connection may take. */
  readonly connectMs: number;
  /** So long a statement may take. */
  readonly statementMs: number;
}

/** A connection whose TLS was checked in full, and that only reads. */
export interface Session {
  /** Run one statement in a read-only transaction of its own; every value comes as text. */
  readonly ask: (sql: string, values?: readonly string[]) => Promise<readonly (readonly (string | null)[])[]>;
  readonly close: () => Promise<void>;
}

/** How a server meets a client that comes without TLS; undefined when that cannot be known. */
export type Meeting = { readonly isRefused: boolean; readonly said: string } | undefined;

/** What a connection must get past, in order. */
export const STAGES = ['answer', 'tls', 'certificate', 'sign-in'] as const;
export type Stage = (typeof STAGES)[number];

/** Why there is no connection. */
export class NoConnection extends Error {
  public override readonly name = 'NoConnection';

  constructor(
    public readonly stage: Stage,
    message: string,
  ) {
    super(message);
  }
}

/** A statement that took too long; another one on the same connection would wait behind it. */
export class StatementTimeout extends Error {
  public override readonly name = 'StatementTimeout';
}

/** Wait for something no longer than so; `giveUp` frees what it holds. */
export async function within<T>(ms: number, error: () => Error, what: Promise<T>, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      giveUp();
      reject(error());
    }, ms);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What TLS of Node.js says of a certificate that is not the right one. */
const CERTIFICATE =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_SSL_)/;

/** Where a connection failed, for what both clients have in common. */
export function stageOf(error: unknown): Stage {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (CERTIFICATE.test(code) || /altnames|certificate/i.test(message)) return 'certificate';
  return 'answer';
}
