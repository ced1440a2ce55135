/** Names of the environment variables of the functions. */
export const SETTINGS = {
  topic: 'TOPIC_ARN',
  table: 'TABLE_NAME',
  usualActivity: 'USUAL_ACTIVITY_PATH',
  runbooks: 'RUNBOOK_LINKS',
  foldMinutes: 'FOLD_MINUTES',
  keepDays: 'KEEP_DAYS',
  environment: 'ENVIRONMENT_KIND',
} as const;

/** Attributes of the messages, which subscriptions filter by. */
export const ATTRIBUTES = { kind: 'kind', severity: 'severity', source: 'source' } as const;

/** What the attribute `kind` says. */
export const KINDS = { alert: 'alert', heartbeat: 'heartbeat' } as const;

/** The event that proves that delivery works. */
export const HEARTBEAT = { source: 'cdk-soc2.alerting', 'detail-type': 'Heartbeat of alert delivery' } as const;

/** Key of the table of alerts. */
export const TABLE_KEY = 'alert';
/** When DynamoDB removes a record, in seconds since 1970. */
export const TABLE_EXPIRY = 'expires';

/** Findings from this number on alert whatever is declared as usual. */
export const ALWAYS_ALERTS_FROM = 9;

/** Activity that is declared as usual, as a parameter of Systems Manager holds it. */
export interface DeclaredActivity {
  readonly name: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day, as `YYYY-MM-DD`. */
  readonly expires: string;
  /** ARNs of principals; `*` stands for anything. One of them must match, where there are any; so it is with the others. */
  readonly principals?: readonly string[];
  /** Blocks of addresses. */
  readonly addresses?: readonly string[];
  /** Types of findings and names of calls; `*` stands for anything. */
  readonly types?: readonly string[];
  readonly sources?: readonly string[];
  /** Ids of resources; `*` stands for anything. */
  readonly resources?: readonly string[];
}
