import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ledger, SCHEMA_VERSION } from '../checks/ledger';
import { InputError } from '../model/errors';
import { isObject } from '../model/json';

/** Members that a ledger must have, and that must be lists. */
const LISTS = ['templates', 'population', 'rules', 'evaluations', 'exceptions', 'inherited', 'excluded', 'alarms', 'notes'];

/** The ledger that a synthesis leaves in its output folder. */
export class LedgerFile {
  /** The ledger of a cloud assembly, whether it exists or not. */
  public static in(folder: string): LedgerFile {
    return new LedgerFile(join(folder, 'soc2', 'ledger.json'));
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
      throw new InputError(`${this.path}: is no ledger: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (
      !isObject(ledger) ||
      !isObject(ledger.synthesis) ||
      !isObject(ledger.settings) ||
      !LISTS.every((name) => Array.isArray(ledger[name]))
    ) {
      throw new InputError(`${this.path}: is no ledger: it lacks members that every ledger has`);
    }
    if (ledger.schemaVersion !== SCHEMA_VERSION) {
      throw new InputError(
        `${this.path}: schemaVersion must be '${SCHEMA_VERSION}', got '${String(ledger.schemaVersion)}'; use the cdk-soc2 that wrote it`,
      );
    }
    return ledger as unknown as Ledger;
  }
}
