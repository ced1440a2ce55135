import type { ControlId } from '../../../criteria/controls';
import { isObject, type JsonObject } from '../../../model/json';
import { LOGGING_EVENTS } from './logging-events';

/** Events that an auditor asks for as a population. */
export interface Population {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly ControlId[];
  /** Whether an event of management belongs to it. */
  readonly holds: (event: JsonObject) => boolean;
}

const SIGN_INS = /^(ConsoleLogin|UserAuthentication|CredentialVerification)$/;
const DELETIONS = /^(Batch)?(Delete|Terminate|Purge|Destroy|Deregister)/;
const PERMISSION_SOURCES =
  /^(iam|sso|sso-directory|identitystore|organizations|rolesanywhere|verifiedpermissions)\.amazonaws\.com$/;
// Names of operations of AWS Lambda end in the date of their version.
const PERMISSIONS =
  /^(Put|Delete|Set|Attach|Detach|Create|Update|Add|Remove)\w*(Policy|Policies|Permissions?)(\d{8})?([vV]\d+)?$|^(Create|Revoke|Retire)Grant$/;
const KEYS =
  /^(ScheduleKeyDeletion|CancelKeyDeletion|DeleteKey|DisableKey|EnableKey|EnableKeyRotation|DisableKeyRotation|RotateKey|RotateKeyOnDemand|ImportKeyMaterial|DeleteImportedKeyMaterial)$/;
const NETWORK =
  /SecurityGroup|NetworkAcl|InternetGateway|(Create|Delete|Replace|Associate|Disassociate)Route|VpcPeering|TransitGateway|WebACL|FirewallPolicy|FirewallRule/;
const DEPLOYMENTS = /^(CreateStack|UpdateStack|DeleteStack|ExecuteChangeSet|CreateStackSet|UpdateStackSet|DeleteStackSet)$/;

/** What is asked of the events of a period. An event may belong to several. */
export const POPULATIONS: readonly Population[] = [
  {
    id: 'sign-ins',
    title: 'Sign-ins that succeeded, of users of IAM, of the root user and of IAM Identity Center',
    controls: ['strong-authentication', 'audit-trail'],
    holds: (event) => SIGN_INS.test(nameOf(event)) && !isRefused(event),
  },
  {
    id: 'failed-sign-ins',
    title: 'Sign-ins that failed, such as those with a wrong password',
    controls: ['strong-authentication', 'event-analysis'],
    holds: (event) => SIGN_INS.test(nameOf(event)) && isRefused(event),
  },
  {
    id: 'root-use',
    title: 'What was done as the root user',
    controls: ['least-privilege', 'audit-trail'],
    holds: isByRoot,
  },
  {
    id: 'permission-changes',
    title: 'Changes of users, roles, policies and other permissions',
    controls: ['least-privilege', 'access-review', 'identity-management'],
    holds: (event) => isChange(event) && (PERMISSION_SOURCES.test(sourceOf(event)) || PERMISSIONS.test(nameOf(event))),
  },
  {
    id: 'deletions',
    title: 'Deletions of resources',
    controls: ['audit-trail', 'change-management'],
    holds: (event) => isChange(event) && DELETIONS.test(nameOf(event)),
  },
  {
    id: 'key-changes',
    title: 'Encryption keys that were scheduled for deletion, switched off or on, or rotated',
    controls: ['key-management'],
    holds: (event) => sourceOf(event) === 'kms.amazonaws.com' && KEYS.test(nameOf(event)),
  },
  {
    id: 'network-changes',
    title: 'Changes of firewalls, routes and connections between networks',
    controls: ['network-boundary', 'change-management'],
    holds: (event) => isChange(event) && NETWORK.test(nameOf(event)),
  },
  {
    id: 'logging-changes',
    title: 'Changes of what is logged and watched',
    controls: ['audit-trail', 'log-protection'],
    holds: (event) => LOGGING_EVENTS.get(sourceOf(event))?.has(nameOf(event)) ?? false,
  },
  {
    id: 'deployments',
    title: 'Deployments by CloudFormation',
    controls: ['change-management'],
    holds: (event) => sourceOf(event) === 'cloudformation.amazonaws.com' && DEPLOYMENTS.test(nameOf(event)),
  },
];

/** Whether an event tells of management, not of access to data or of unusual activity. */
export function isOfManagement({ eventCategory }: JsonObject): boolean {
  return eventCategory === undefined || eventCategory === 'Management';
}

function nameOf({ eventName }: JsonObject): string {
  return typeof eventName === 'string' ? eventName : '';
}

function sourceOf({ eventSource }: JsonObject): string {
  return typeof eventSource === 'string' ? eventSource : '';
}

function isChange({ readOnly }: JsonObject): boolean {
  return readOnly !== true && readOnly !== 'true';
}

/** A sign-in says so in its answer, or among the details of the service. */
function isRefused({ responseElements, serviceEventDetails, errorCode, errorMessage }: JsonObject): boolean {
  const said = [responseElements, serviceEventDetails].flatMap((details) => (isObject(details) ? Object.values(details) : []));
  return said.includes('Failure') || typeof errorCode === 'string' || typeof errorMessage === 'string';
}

/** What AWS does on behalf of the root user is not done by a person. */
function isByRoot({ userIdentity, eventType }: JsonObject): boolean {
  return (
    isObject(userIdentity) &&
    userIdentity.type === 'Root' &&
    userIdentity.invokedBy === undefined &&
    eventType !== 'AwsServiceEvent'
  );
}
