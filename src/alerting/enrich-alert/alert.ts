import type { AlertSource } from '../alert-source';
import type { RunbookFamily } from '../runbook-family';

/** Who is behind it. Each member is text from an event: not to be trusted. */
export interface Who {
  readonly principal?: string;
  readonly principalType?: string;
  readonly account?: string;
  readonly sourceIp?: string;
  readonly network?: string;
  readonly country?: string;
  readonly userAgent?: string;
  readonly mfa?: string;
  readonly accessKey?: string;
  readonly accessKeyAge?: string;
}

/** Which way in. */
export interface Way {
  readonly api?: string;
  readonly connection?: string;
  readonly network?: string;
  readonly securityGroups?: string;
  readonly internetFacing?: string;
}

/** What is hit. */
export interface Hit {
  readonly id: string;
  readonly type?: string;
  readonly name?: string;
  readonly owner?: string;
  readonly environment?: string;
  readonly dataClassification?: string;
  readonly stack?: string;
  readonly related?: string;
}

/** What comes next. */
export interface Next {
  readonly tactic?: string;
  readonly steps: readonly string[];
  readonly family?: RunbookFamily;
}

/** What somebody is told. */
export interface Alert {
  readonly source: AlertSource | 'UNKNOWN';
  /** What the finding is called where it comes from; the same for each of its updates. */
  readonly id: string;
  /** How it stands, in the words of the source: with another one it is news. */
  readonly state: string;
  readonly isResolved: boolean;
  /** From 0 to 10. */
  readonly severity: number;
  readonly type?: string;
  readonly title: string;
  readonly description?: string;
  readonly account?: string;
  readonly region?: string;
  readonly time?: string;
  readonly who: Who;
  readonly way: Way;
  readonly hit: readonly Hit[];
  readonly next: Next;
  /** Access key, instances and so on that are looked up. */
  readonly keys: Keys;
  /** What the reader should know of the message itself. */
  readonly notes: readonly string[];
  /** How the finding that Security Hub repeats is called there and where it comes from. */
  readonly more: readonly string[];
}

/** What is asked for in the account. */
export interface Keys {
  readonly accessKey?: string;
  readonly user?: string;
  readonly instances: readonly string[];
}

/** The word for a severity. */
export function wordFor(severity: number): string {
  if (severity >= 9) return 'CRITICAL';
  if (severity >= 7) return 'HIGH';
  if (severity >= 4) return 'MEDIUM';
  return severity >= 1 ? 'LOW' : 'INFORMATIONAL';
}
