import { ALERT_ROUTES } from '../../src/alerting/alert-routes';
import { readEvent } from '../../src/alerting/enrich-alert/read-event';
import { ALL_ALARMS } from '../../src/logging/all-alarms';
import { CHECKLIST } from '../criteria/checklist';
import * as sample from './events';

interface Named {
  /** Item of the checklist. */
  readonly item: string;
  /** Ids of the routes that tell of it. */
  readonly routes: readonly string[];
  /** Names of the alarms on the trail that tell of it. */
  readonly alarms: readonly string[];
  /** Types of findings and calls, and what the alert says comes next. */
  readonly told: readonly (readonly [event: sample.Event, family: string | undefined])[];
}

const finding = (type: string) => sample.withDetail(sample.guardDutyKey, { type });

/** What the checklists want to hear of, and by what somebody does. */
const NAMED: Readonly<Record<string, Named>> = {
  'unauthorised access to data, or change of it': {
    item: 'S0-06',
    routes: ['GuardDuty', 'SecurityHub', 'AccessAnalyzer', 'Macie'],
    alarms: ['access-denied', 'public-access-allowed', 'resource-shared'],
    told: [
      [finding('UnauthorizedAccess:S3/MaliciousIPCaller.Custom'), 'stolen-credentials'],
      [sample.accessAnalyzer, 'exposed-bucket'],
    ],
  },
  'transfers to unknown destinations': {
    item: 'S0-07',
    routes: ['GuardDuty'],
    alarms: ['data-exported', 'snapshot-shared'],
    told: [
      [finding('Exfiltration:S3/AnomalousBehavior'), 'data-exfiltration'],
      [finding('AttackSequence:S3/CompromisedData'), 'data-exfiltration'],
    ],
  },
  'access to login information': {
    item: 'S0-08',
    routes: ['GuardDuty', 'Credentials', 'LoginInformation'],
    alarms: ['secret-denied', 'secret-read-by-person', 'credentials-changed'],
    told: [
      [finding('CredentialAccess:IAMUser/AnomalousBehavior'), 'stolen-credentials'],
      [sample.call('iam', 'CreateAccessKey'), 'stolen-credentials'],
    ],
  },
  'failed sign-ins': {
    item: 'S4-22',
    routes: ['GuardDuty'],
    alarms: ['console-sign-in-failed', 'identity-center-sign-in-failed'],
    told: [[finding('CredentialAccess:RDS/AnomalousBehavior.FailedLogin'), 'stolen-credentials']],
  },
  deletions: {
    item: 'S4-22',
    routes: ['Deletions', 'GuardDuty'],
    alarms: [
      'database-deleted',
      'storage-deleted',
      'backup-deleted',
      'objects-deleted-in-bulk',
      'secret-deleted',
      'key-disabled',
    ],
    told: [
      [sample.call('rds', 'DeleteDBInstance'), 'mass-deletion'],
      [finding('Impact:S3/AnomalousBehavior.Delete'), 'mass-deletion'],
    ],
  },
  'changes of the configuration': {
    item: 'S0-04',
    routes: ['Config', 'SecurityHub'],
    alarms: ['permissions-changed', 'security-group-changed', 'bucket-policy-changed', 'configuration-recorder-changed'],
    told: [[sample.config, undefined]],
  },
  'use of the root user': {
    item: 'S0-04',
    routes: ['RootUse', 'GuardDuty'],
    alarms: ['root-used'],
    told: [
      [sample.rootSignIn, 'root-use'],
      [finding('Policy:IAMUser/RootCredentialUsage'), 'root-use'],
    ],
  },
  'logging that is switched off': {
    item: 'S0-04',
    routes: ['AuditTrail', 'GuardDuty'],
    alarms: ['trail-changed', 'logging-disabled', 'detection-disabled'],
    told: [
      [sample.call('cloudtrail', 'StopLogging'), 'trail-tampering'],
      [finding('Stealth:IAMUser/CloudTrailLoggingDisabled'), 'trail-tampering'],
    ],
  },
  'backups that fail': {
    item: 'S4-27',
    routes: ['BackupAndCopyJobs', 'RestoreJobs'],
    alarms: [],
    told: [[sample.backupJob, undefined]],
  },
  'security bulletins': { item: 'S4-24', routes: ['Health'], alarms: [], told: [[sample.health, undefined]] },
};

const alarms = ALL_ALARMS.map(({ id }) => id);

describe.each(Object.entries(NAMED))('%s', (_what, { item, routes, alarms: wanted, told }) => {
  test('is an item of the checklists', () => expect(CHECKLIST.map(({ id }) => id)).toContain(item));

  test('has routes that exist', () => {
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter((route) => !Object.hasOwn(ALERT_ROUTES, route))).toEqual([]);
  });

  test('has alarms that exist', () => expect(wanted.filter((name) => !alarms.includes(name))).toEqual([]));

  test.each(told)('is told with what mostly follows, and with its runbook', (event, family) => {
    const { next, severity, title } = readEvent(event);
    expect(next.family).toBe(family);
    expect(next.steps.length).toBeGreaterThan(0);
    expect(severity).toBeGreaterThanOrEqual(4);
    expect(title.length).toBeGreaterThan(10);
  });
});
