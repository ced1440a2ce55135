import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCategory } from '../checks/audit-scope';
import { type Ledger, SCHEMA_VERSION } from '../checks/ledger';
import { InputError } from '../model/errors';
import { isObject, type Json, type JsonObject } from '../model/json';

/** The lists of a ledger, with the texts that every record of them has. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  templates: ['path', 'sha256', 'environment'],
  population: ['type'],
  rules: ['rule', 'slug', 'severity'],
  evaluations: ['rule', 'slug', 'severity', 'verdict', 'environment'],
  exceptions: ['rule', 'slug', 'state', 'at', 'reason', 'owner', 'ticket', 'expires'],
  inherited: ['rule', 'owner', 'pointer'],
  excluded: ['rule', 'reason'],
};

/** The ledger that a synthesis leaves in its output folder. */
export class LedgerFile {
  /** The ledger of a cloud assembly, whether it exists or not. */
  public static in(folder: string): LedgerFile {
    return new LedgerFile(join(folder, 'soc2', 'ledger.json'));
  }

  /** The ledger in a file. */
  public static at(path: string): LedgerFile {
    return new LedgerFile(path);
  }

  private constructor(public readonly path: string) {}

  public get exists(): boolean {
    return existsSync(this.path);
  }

  /** @throws InputError when the file is no ledger that this version can read. */
  public read(): Ledger {
    let ledger: unknown;
    try {
      ledger = JSON.parse(readFileSync(this.path, 'utf8'));
    } catch (error) {
      throw this.refuse(error instanceof Error ? error.message : String(error));
    }
    if (!isObject(ledger)) throw this.refuse('it is no mapping');
    if (ledger.schemaVersion !== SCHEMA_VERSION) {
      throw new InputError(
        `${this.path}: schemaVersion must be '${SCHEMA_VERSION}', got ${JSON.stringify(ledger.schemaVersion) ?? 'nothing'}; use the cdk-soc2 that wrote it`,
      );
    }
    const fault = faultOf(ledger);
    if (fault !== undefined) throw this.refuse(fault);
    return ledger as unknown as Ledger;
  }

  private refuse(why: string): InputError {
    return new InputError(`${this.path}: is no ledger: ${why}`);
  }
}

/** What a ledger lacks that the commands rely on. */
function faultOf(ledger: JsonObject): string | undefined {
  const { synthesis, settings } = ledger;
  if (!isObject(synthesis) || typeof synthesis.id !== 'string' || !isObject(synthesis.versions))
    return "'synthesis' must have an 'id' and 'versions'";
  if (typeof synthesis.time !== 'string' || Number.isNaN(Date.parse(synthesis.time))) return "'synthesis.time' must be a time";
  if (!isObject(settings) || typeof settings.strict !== 'boolean' || !isListOf(settings.unwaivable, isText))
    return "'settings' must have 'strict' and 'unwaivable'";
  if (!isListOf(settings.scope, isCategory) || typeof settings.honorNagAcknowledgements !== 'boolean')
    return "'settings' must have 'scope', a list of categories, and 'honorNagAcknowledgements'";
  for (const [name, texts] of Object.entries(LISTS)) {
    if (!isListOf(ledger[name], (record) => isObject(record) && texts.every((text) => isText(record[text]))))
      return `'${name}' must be a list of records with ${texts.join(', ')}`;
  }
  for (const name of ['alarms', 'notes']) if (!isListOf(ledger[name], isText)) return `'${name}' must be a list of texts`;
  const complete = (record: Json) =>
    isObject(record) && isListOf(record.findings, (finding) => isObject(finding) && isText(finding.problem));
  if (!isListOf(ledger.evaluations, complete)) return "'evaluations' must have findings with their problem";
  const accepted = (record: Json) => isObject(record) && (record.exception === undefined || isException(record.exception));
  return isListOf(ledger.evaluations, accepted) ? undefined : `an 'exception' in 'evaluations' must have ${ACCEPTED.join(', ')}`;
}

const ACCEPTED = ['state', 'reason', 'owner', 'ticket', 'expires'];

function isException(value: Json): boolean {
  if (!isObject(value) || !ACCEPTED.every((text) => isText(value[text]))) return false;
  return value.acknowledged === undefined || (isListOf(value.acknowledged, isText) && isText(value.at));
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string';
}

function isListOf(value: Json | undefined, isMember: (member: Json) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember);
}
