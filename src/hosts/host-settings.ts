/** Names that servers and what watches over them have to know of each other. */

/** Where the agent on servers publishes memory and disks. */
export const HOST_NAMESPACE = 'Soc2/Hosts';

/** Metrics of the agent. */
export const HOST_METRICS = { memory: 'mem_used_percent', disk: 'disk_used_percent', diskFree: 'disk_free_percent' } as const;

/** The tag of servers that the agent is installed on; its value is the stack that does it. */
export const HOST_METRICS_TAG = 'Soc2HostMetrics';

/** Where sessions are logged: one log group for an account and Region. */
export const SESSION_LOG_GROUP = '/soc2/sessions';

/**
 * What KMS is told when a session is decrypted, and at no other time: for what is not a session, the right is good for nothing.
 *
 * @see https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/session/crypto/crypto.go
 */
export const ONLY_SESSIONS = { Null: { 'kms:EncryptionContext:aws:ssm:SessionId': 'false' } } as const;

/** The document that Session Manager reads the preferences of an account and Region from. */
export const SESSION_PREFERENCES = 'SSM-SessionManagerRunShell';
