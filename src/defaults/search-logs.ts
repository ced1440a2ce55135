import type * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { encryptedLogGroup } from './encrypted-log-group';
import type { Hardening } from './hardening';

type Logging = opensearch.LoggingOptions;

/** A log of a domain: the properties that switch it on and say where it goes, and the id of its log group. */
interface SearchLog {
  readonly enabled: Extract<keyof Logging, `${string}Enabled`>;
  readonly group: Extract<keyof Logging, `${string}Group`>;
  readonly id: string;
}

const LOGS: readonly SearchLog[] = [
  { enabled: 'appLogEnabled', group: 'appLogGroup', id: 'AppLogs' },
  { enabled: 'slowSearchLogEnabled', group: 'slowSearchLogGroup', id: 'SlowSearchLogs' },
  { enabled: 'slowIndexLogEnabled', group: 'slowIndexLogGroup', id: 'SlowIndexLogs' },
  { enabled: 'auditLogEnabled', group: 'auditLogGroup', id: 'AuditLogs' },
];

/**
 * Every log that the domain can write, in log groups of their own; the audit log only where the domain knows users.
 *
 * The CDK's own log groups are kept for a month and are not encrypted with a key of the account. Those that may be deployed stay.
 */
export function searchLogs(props: opensearch.DomainProps, { scope, id, mayBeDeployed }: Hardening): Logging {
  const { logging = {} } = props;
  const missing = LOGS.filter(({ enabled, group }) => {
    const isOn = logging[enabled] ?? (enabled === 'auditLogEnabled' ? knowsUsers(props) : true);
    return isOn && !logging[group] && !(mayBeDeployed && logging[enabled]);
  });
  const added = missing.map((log) => ({ [log.enabled]: true, [log.group]: encryptedLogGroup(scope, `${id}${log.id}`) }));
  return Object.assign({}, logging, ...added);
}

/** Whether a domain asks who somebody is: it has fine-grained access control. */
function knowsUsers({ fineGrainedAccessControl: control, useUnsignedBasicAuth }: opensearch.DomainProps): boolean {
  return useUnsignedBasicAuth === true || (control?.masterUserArn ?? control?.masterUserName) !== undefined;
}
