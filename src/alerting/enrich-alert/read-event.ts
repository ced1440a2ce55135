import { EVENT as FILES_OF_A_HOST } from '../../hosts/file-integrity-settings';
import { EVENT as BULLETINS } from '../security-bulletins-settings';
import type { Alert } from './alert';
import { at, type Fields, isFields, join, text } from './fields';
import { readBulletins } from './read-bulletins';
import { readCloudTrail } from './read-cloudtrail';
import { readFileIntegrity } from './read-file-integrity';
import { readGuardDuty, readMalwareScan } from './read-guardduty';
import { readSecurityHub, readSecurityHubV2 } from './read-security-hub';
import { readAccessAnalyzer, readBackup, readConfig, readHealth, readInspector, readMacie } from './read-services';
import { severityOf } from './severity';

type Read = (event: Fields) => Partial<Alert>;

/** Who reads which events: by their detail type, or else their source. */
const READERS: Readonly<Record<string, Read>> = {
  'GuardDuty Finding': readGuardDuty,
  'GuardDuty Malware Protection Object Scan Result': readMalwareScan,
  'Security Hub Findings - Imported': readSecurityHub,
  'Findings Imported V2': readSecurityHubV2,
  'AWS API Call via CloudTrail': readCloudTrail,
  'AWS Console Sign In via CloudTrail': readCloudTrail,
  [FILES_OF_A_HOST.detailType]: readFileIntegrity,
  [BULLETINS.detailType]: readBulletins,
  'aws.inspector2': readInspector,
  'aws.macie': readMacie,
  'aws.access-analyzer': readAccessAnalyzer,
  'aws.health': readHealth,
  'aws.backup': readBackup,
  'aws.config': readConfig,
};

/** What an event says. Never fails: what cannot be read is told as it is. */
export function readEvent(event: unknown): Alert {
  try {
    return readKnown(isFields(event) ? event : { detail: event });
  } catch (error) {
    return complete(isFields(event) ? event : {}, { notes: [`The event could not be read: ${reasonOf(error)}.`] });
  }
}

function readKnown(event: Fields): Alert {
  const kinds = [text(event, 'detail-type'), text(event, 'source')];
  const kind = kinds.find((each) => each !== undefined && Object.hasOwn(READERS, each));
  if (kind === undefined || !isFields(at(event, 'detail')))
    return complete(event, { notes: ['The event is of a kind or form that is not known: it is told as it is.'] });
  return complete(event, READERS[kind](event));
}

/** Notes are short: what failed, not where. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown error';
}

function complete(event: Fields, read: Partial<Alert>): Alert {
  const known = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
  const type = text(event, 'detail-type');
  return {
    source: 'UNKNOWN',
    id: text(event, 'id') ?? 'unknown',
    state: 'unknown',
    isResolved: false,
    severity: severityOf(undefined),
    type,
    title: join(' from ', type ?? 'An event', text(event, 'source')) ?? 'An event',
    account: text(event, 'account'),
    region: text(event, 'region'),
    time: text(event, 'time'),
    who: {},
    way: {},
    hit: [],
    next: { steps: [] },
    keys: { instances: [] },
    notes: [],
    more: [],
    ...known,
  };
}
