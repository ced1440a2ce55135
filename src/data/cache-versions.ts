import { Token } from 'aws-cdk-lib';
import type { CacheEngine } from './cache-engine';

interface Versions {
  readonly name: string;
  /** What a new cache gets. */
  readonly current: string;
  /** The oldest that AWS maintains and that lets users sign in with IAM. */
  readonly oldest: string;
}

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
export const CACHE_VERSIONS: Readonly<Record<CacheEngine, Versions>> = {
  valkey: { name: 'Valkey', current: '8.2', oldest: '7.2' },
  redis: { name: 'Redis OSS', current: '7.1', oldest: '7.0' },
};

/** @throws when a version of an engine is too old. */
export function checkCacheVersion(engine: CacheEngine, version: string): void {
  const { name, oldest, current } = CACHE_VERSIONS[engine];
  if (Token.isUnresolved(version) || Number.parseFloat(version) >= Number.parseFloat(oldest)) return;
  throw new Error(
    `'engineVersion' of ${name} must be ${oldest} or newer, got '${version}': older ones are out of support or take no IAM users. ` +
      `Use '${current}'`,
  );
}
