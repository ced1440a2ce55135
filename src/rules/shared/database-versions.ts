import type { Resource } from '../../model/resource';
import { engineOf } from './database-kinds';
import { familyOf, ownerOf } from './parameter-groups';

/** Engine of an RDS database and its version, as far as the database, its source or its parameter group tell. */
export interface EngineVersion {
  readonly engine?: string;
  readonly version?: string;
}

/** A version in a family stands at its end: `postgres17`, `aurora-mysql8.0`, `sqlserver-se-16.0`. */
const FAMILY = /^(.*?)-?(\d[\d.]*)$/;

export function engineVersionOf(database: Resource): EngineVersion {
  const owner = ownerOf(database, 'Engine');
  const engine = engineOf(database) ?? engineOf(owner);
  const version = database.at('EngineVersion').string ?? owner.at('EngineVersion').string;
  if (engine !== undefined && version !== undefined) return { engine, version };
  const [, ofFamily, major] = FAMILY.exec(familyOf(database) ?? '') ?? [];
  return { engine: engine ?? ofFamily, version: version ?? major };
}

/** Whether a version is a given one or a later one; what follows the numbers, as in `8.0.mysql_aurora.3.10.0`, does not count. */
export function isAtLeast(version: string, least: string): boolean {
  const own = numbersOf(version);
  for (const [index, wanted] of numbersOf(least).entries()) {
    const number = own[index] ?? 0;
    if (number !== wanted) return number > wanted;
  }
  return true;
}

function numbersOf(version: string): number[] {
  const numbers: number[] = [];
  for (const part of version.split('.')) {
    if (!DIGITS.test(part)) break;
    numbers.push(Number(part));
  }
  return numbers;
}

const DIGITS = /^\d+$/;
