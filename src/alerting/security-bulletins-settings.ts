/** What the construct of security bulletins and its function both know. */

export const VARIABLES = {
  /** Feeds as JSON: names and addresses. */
  feeds: 'FEEDS',
  table: 'TABLE_NAME',
  keepDays: 'KEEP_DAYS',
} as const;

/** A feed, as the function is told. */
export interface Feed {
  readonly name: string;
  readonly url: string;
}

/** Key of the table: a feed, or a bulletin that was told. */
export const TABLE_KEY = 'id';
export const TABLE_EXPIRY = 'expires';

/** Events that tell of bulletins, for `AlertRouter`. */
export const EVENT = { source: 'cdk-soc2.security-bulletins', detailType: 'Security Bulletins' } as const;

export const NAMESPACE = 'Soc2/SecurityBulletins';
export const METRICS = { read: 'FeedsRead', unread: 'FeedsNotRead', told: 'BulletinsTold' } as const;
