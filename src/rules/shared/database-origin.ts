import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** The property that says what a database is a copy of; nothing, or an empty text, means that it is none. */
export function originOf(database: Resource, paths: readonly string[]): string | undefined {
  return paths.find((path) => {
    const value = database.at(path);
    return !value.isAbsent && value.string !== '';
  });
}

/** Expect storage to be encrypted; a copy that does not say is encrypted as its origin is. */
export function mustBeEncrypted(database: Resource, origins: readonly string[]): Observation[] {
  const encrypted = database.at('StorageEncrypted');
  const origin = encrypted.isAbsent ? originOf(database, origins) : undefined;
  return origin === undefined ? encrypted.mustBe(true) : encryptedAs(database, origin);
}

/** A copy is as encrypted as what it is a copy of; where that is among the templates, it is judged itself. */
export function encryptedAs(database: Resource, origin: string): Observation[] {
  const source = database.at(origin).targets(database.type)[0];
  if (source) return [metBy(source, `'${database.logicalId}' is encrypted as this, its source, is`)];
  return [database.at('StorageEncrypted').undetermined('true', `it is inherited from what '${origin}' names`)];
}
