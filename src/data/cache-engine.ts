/** What runs a cache. */
export enum CacheEngine {
  /** Valkey, the open continuation of Redis. */
  VALKEY = 'valkey',
  /** Redis OSS. */
  REDIS = 'redis',
}
