import { AlertSource } from '../alert-source';
import { RunbookFamily } from '../runbook-family';
import type { Alert, Next } from './alert';
import { at, type Fields, isFields, join, list, text } from './fields';
import { hitOf } from './tags';

type Kind = AlertSource.ROOT_USE | AlertSource.AUDIT_TRAIL | AlertSource.CREDENTIALS | AlertSource.DELETIONS;

interface Told {
  readonly severity: number;
  readonly title: (call: string, who: string) => string;
  readonly next: Next;
}

/** What each kind of call that is routed is about. */
const TOLD: Readonly<Record<Kind, Told>> = {
  [AlertSource.ROOT_USE]: {
    severity: 9,
    title: (call) => `The root user was used: ${call}`,
    next: {
      tactic: 'TA0001 Initial Access (T1078.004 Cloud Accounts)',
      steps: ['No policy of the account limits the root user: expect anything. Ask the person who keeps its second factor.'],
      family: RunbookFamily.ROOT_USE,
    },
  },
  [AlertSource.AUDIT_TRAIL]: {
    severity: 8,
    title: (call, who) => `Logging or detection was changed: ${call} by ${who}`,
    next: {
      tactic: 'TA0005 Defense Evasion (T1562.008 Disable or Modify Cloud Logs)',
      steps: ['What follows may not be recorded. Switch it on again first, then ask who did it.'],
      family: RunbookFamily.TRAIL_TAMPERING,
    },
  },
  [AlertSource.CREDENTIALS]: {
    severity: 6,
    title: (call, who) => `Login information: ${call} by ${who}`,
    next: {
      tactic: 'TA0006 Credential Access, TA0003 Persistence (T1098 Account Manipulation)',
      steps: ['Somebody who is in makes sure to come back. Ask the principal; if nobody knows of it, treat its login as stolen.'],
      family: RunbookFamily.STOLEN_CREDENTIALS,
    },
  },
  [AlertSource.DELETIONS]: {
    severity: 7,
    title: (call, who) => `Deletion: ${call} by ${who}`,
    next: {
      tactic: 'TA0040 Impact (T1485 Data Destruction)',
      steps: ['Look whether more is deleted by the same principal. Look for the last backup before restoring anything.'],
      family: RunbookFamily.MASS_DELETION,
    },
  },
};

/** Which of the routes a call came by: the most telling first. */
function kindOf(detail: unknown): Kind {
  if (text(detail, 'userIdentity.type') === 'Root') return AlertSource.ROOT_USE;
  const call = text(detail, 'eventName') ?? '';
  if (
    /Trail|Logging|Recorder|DeliveryChannel|Detector|FlowLogs|LogGroup|SecurityHub|Macie|EventSelectors|Monitoring|^Disable$|Administrator|PublishingDestination/.test(
      call,
    )
  )
    return AlertSource.AUDIT_TRAIL;
  if (text(detail, 'eventSource') === 'iam.amazonaws.com' || /^(Batch)?Get/.test(call)) return AlertSource.CREDENTIALS;
  return AlertSource.DELETIONS;
}

/**
 * A call that CloudTrail recorded.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readCloudTrail(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const kind = kindOf(detail);
  const { severity, title, next } = TOLD[kind];
  const identity = at(detail, 'userIdentity');
  const isRole = text(identity, 'type') === 'AssumedRole';
  const principal = text(identity, 'arn', 'userName', 'principalId', 'invokedBy');
  const call = `${text(detail, 'eventSource') ?? 'unknown'}:${text(detail, 'eventName') ?? 'unknown'}`;
  const refused = text(detail, 'errorCode');
  const mfa = text(detail, 'additionalEventData.MFAUsed') ?? text(identity, 'sessionContext.attributes.mfaAuthenticated');
  return {
    source: kind,
    id: text(detail, 'eventID') ?? text(event, 'id'),
    state: refused ?? 'done',
    severity,
    type: call,
    title: title(call, principal ?? 'somebody'),
    description: join(' ', refused && `Refused: ${refused}.`, text(detail, 'errorMessage'), consoleLogin(detail)),
    account: text(detail, 'recipientAccountId') ?? text(event, 'account'),
    region: text(detail, 'awsRegion'),
    time: text(detail, 'eventTime'),
    who: {
      principal,
      principalType: text(identity, 'type'),
      account: text(identity, 'accountId'),
      sourceIp: text(detail, 'sourceIPAddress'),
      userAgent: text(detail, 'userAgent'),
      mfa: mfa && (/^(true|yes)$/i.test(mfa) ? 'used' : 'not used'),
      accessKey: text(identity, 'accessKeyId'),
    },
    way: { api: refused ? `${call} (refused)` : call, connection: text(detail, 'vpcEndpointId') },
    hit: hitsOf(detail),
    next,
    keys: { accessKey: text(identity, 'accessKeyId'), user: isRole ? undefined : text(identity, 'userName'), instances: [] },
  };
}

function consoleLogin(detail: unknown): string | undefined {
  const outcome = text(detail, 'responseElements.ConsoleLogin');
  return outcome && `Sign-in: ${outcome}.`;
}

/** Words in the parameters of a call that name what it is about. */
const NAMED = /(name|arn|id|identifier|bucket|key|vault)s?$/i;
/** Most parameters that are told. */
const MOST = 5;

function hitsOf(detail: unknown) {
  const resources = list(detail, 'resources').map((each) =>
    hitOf({ id: text(each, 'ARN', 'arn') ?? '', type: text(each, 'type') }),
  );
  const parameters = at(detail, 'requestParameters');
  const named = isFields(parameters)
    ? Object.entries(parameters)
        .filter(([name, value]) => NAMED.test(name) && typeof value === 'string' && value !== '')
        .slice(0, MOST)
        .map(([name, value]) => hitOf({ id: String(value), type: name }))
    : [];
  return [...resources.filter(({ id }) => id !== ''), ...named];
}
