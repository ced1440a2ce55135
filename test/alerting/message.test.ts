import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunbookFamily } from '../../src';
import { type Message, messageOf } from '../../src/alerting/enrich-alert/message';
import { readEvent } from '../../src/alerting/enrich-alert/read-event';
import { Register } from '../../src/alerting/enrich-alert/register';
import { pageOf, RUNBOOK_PAGES } from '../../src/alerting/runbook-pages';
import * as sample from './events';

/** What is said of a finding on a server, with what was looked up. */
function example(): Message {
  const alert = readEvent(sample.guardDutyInstance);
  const known = {
    ...alert,
    way: { ...alert.way, securityGroups: 'sg-01 web', internetFacing: 'yes: 203.0.113.9, port 22 (tcp) through sg-01' },
    hit: [{ ...alert.hit[0], environment: 'production', dataClassification: 'confidential', stack: 'Shop' }],
  };
  return messageOf(known, {
    environment: 'PRODUCTION',
    runbooks: Object.fromEntries(Object.values(RunbookFamily).map((family) => [family, pageOf(RUNBOOK_PAGES, family)])),
    record: "record 0f3c…9a in table Alerts (attribute 'event', packed by gzip)",
    event: sample.guardDutyInstance,
  });
}

test('the message in docs/alerting.md is what people get', () => {
  const { Subject, Message } = example();
  const text = `${Subject}\n\n${JSON.parse(Message).default.trimEnd()}`;
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'alerting.md'), 'utf8')).toContain(text);
});

test.each([
  ['GuardDuty', sample.guardDutyKey, 8.5],
  ['GuardDuty below one', sample.withDetail(sample.guardDutyKey, { severity: 0.5 }), 0.5],
  ['Security Hub', sample.securityHub, 7],
  ['Security Hub, of the second form', sample.securityHubV2, 8],
  ['FileIntegrity', sample.changedFiles, 8],
  ['SecurityBulletins', sample.bulletins, 4],
  [
    'SecurityBulletins, one of them grave',
    sample.withDetail(sample.bulletins, { bulletins: [{ title: 'Critical flaw, actively exploited' }] }),
    7,
  ],
  ['Inspector', sample.inspector, 8],
  ['Macie', sample.macie, 8],
  ['Access Analyzer', sample.accessAnalyzer, 8],
  ['AWS Health', sample.health, 8],
  ['AWS Backup', sample.backupJob, 7],
  ['AWS Config', sample.config, 5],
  ['a sign-in of the root user', sample.rootSignIn, 9],
  ['a trail that is stopped', sample.call('cloudtrail', 'StopLogging'), 8],
  ['nobody that is known', { source: 'x' }, 8],
])('severity is a number on one scale: %s', (_what, event, severity) => expect(readEvent(event).severity).toBe(severity));

test.each([
  ['GuardDuty', sample.guardDutyKey, sample.guardDutyKey.detail.arn, { Product: 8.5, Label: 'HIGH', Normalized: 70 }],
  ['Inspector', sample.inspector, sample.inspector.detail.findingArn, { Label: 'HIGH', Normalized: 70 }],
])('a finding of %s that Security Hub repeats is the same alert', (ProductName, event, Id, Severity) => {
  const [{ Compliance: _, ...finding }] = sample.securityHub.detail.findings;
  const repeated = sample.withDetail(sample.securityHub, { findings: [{ ...finding, Id, ProductName, Severity }] });
  expect(Register.keyOf(readEvent(repeated))).toBe(Register.keyOf(readEvent(event)));
});

test.each([
  [
    'who: a session of a role',
    sample.call('kms', 'ScheduleKeyDeletion'),
    { who: { principal: 'arn:aws:sts::111122223333:assumed-role/Deploy/jo', mfa: 'used', sourceIp: '198.51.100.7' } },
  ],
  [
    'which way: a call that was refused',
    sample.call('ec2', 'GetPasswordData', { errorCode: 'Client.UnauthorizedOperation' }),
    { way: { api: 'ec2.amazonaws.com:GetPasswordData (refused)' }, state: 'Client.UnauthorizedOperation' },
  ],
  [
    'which way: a bucket that is public',
    sample.macie,
    { way: { api: 'PutBucketPolicy', internetFacing: 'PUBLIC' }, who: { country: 'Iceland', network: '64500 Example Hosting' } },
  ],
  ['what is hit: its owner', sample.macie, { hit: [{ id: 'arn:aws:s3:::exports', owner: 'data team' }] }],
  ['what is hit: the data in it', sample.securityHub, { hit: [{ dataClassification: 'confidential' }], way: {} }],
  ['what is hit: tags of the second form', sample.securityHubV2, { hit: [{ owner: 'shop team', type: 'AWS::EC2::Instance' }] }],
  [
    'what is hit: a database whose backup failed',
    sample.backupJob,
    {
      hit: [{ id: 'arn:aws:rds:eu-west-1:111122223333:db:orders' }],
      who: { principal: 'arn:aws:iam::111122223333:role/Backup' },
    },
  ],
  [
    'what is hit: the source of a restore',
    sample.restoreJob,
    { state: 'FAILED', hit: [{ id: 'arn:aws:rds:eu-west-1:111122223333:snapshot:awsbackup-job-1' }] },
  ],
  [
    'what comes next: how to mend a vulnerability',
    sample.inspector,
    { next: { steps: ['An exploit is public: expect attempts within days.', 'Update example to 1.1'] } },
  ],
  [
    'that it is over: a resource that meets a rule again',
    sample.withDetail(sample.config, { newEvaluationResult: { complianceType: 'COMPLIANT' } }),
    { isResolved: true, next: { steps: [] } },
  ],
])('%s', (_what, event, expected) => expect(readEvent(event)).toMatchObject(expected));

test.each(['1', '2'])('pages of an event of AWS Health are alerts of their own: %s', (page) => {
  expect(readEvent(sample.withDetail(sample.health, { page })).id).toMatch(new RegExp(` ${page}$`));
});
