import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter } from '../../src';
import { ENV } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import type { Event } from './events';
import * as sample from './events';

/** The patterns of the rules, as CloudFormation gets them, by the id of the route. */
function patterns(): ReadonlyMap<string, object> {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  new AlertRouter(stack, 'Alerts', { subscriptions: [new EmailSubscription('on-call@example.com')] });
  const rules = Template.fromStack(stack).findResources('AWS::Events::Rule');
  return new Map(
    Object.entries(rules).flatMap(
      ([
        id,
        {
          Properties: { EventPattern },
        },
      ]) => (EventPattern ? [[id.replace(/^Alerts(.*)[0-9A-F]{8}$/, '$1'), EventPattern] as const] : []),
    ),
  );
}

const { detail: hub } = sample.securityHub;
const { detail: hubV2 } = sample.securityHubV2;
const inHub = (changes: object) => sample.withDetail(sample.securityHub, { findings: [{ ...hub.findings[0], ...changes }] });
const inHubV2 = (changes: object) =>
  sample.withDetail(sample.securityHubV2, { findings: [{ ...hubV2.findings[0], ...changes }] });
const root = sample.call('iam', 'ListUsers', { userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root' } });
const denied = { errorCode: 'AccessDenied', errorMessage: 'not authorized' };

/** Events, and the routes that they take. */
const ROUTED: readonly (readonly [what: string, event: Event, ...routes: string[]])[] = [
  ['a finding of GuardDuty', sample.guardDutyKey, 'GuardDuty'],
  ['a finding of exactly 4', sample.withDetail(sample.guardDutyKey, { severity: 4 }), 'GuardDuty'],
  [
    'a finding of 4.7, which no list of whole numbers has',
    sample.withDetail(sample.guardDutyKey, { severity: 4.7 }),
    'GuardDuty',
  ],
  ['a finding of 3.9', sample.withDetail(sample.guardDutyKey, { severity: 3.9 })],
  ['a finding whose severity is a word', sample.withDetail(sample.guardDutyKey, { severity: 'HIGH' })],
  ['a finding of GuardDuty from somebody else', { ...sample.guardDutyKey, source: 'shop.guardduty' }],
  ['an object with malware', sample.malwareScan, 'MalwareInBucket'],
  ['an object without', sample.withDetail(sample.malwareScan, { scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' } })],
  ['a new finding of Security Hub', sample.securityHub, 'SecurityHub'],
  ['one of medium severity', inHub({ Severity: { Label: 'MEDIUM', Normalized: 40 } }), 'SecurityHub'],
  ['one with a number and no label', inHub({ Severity: { Normalized: 55 } }), 'SecurityHub'],
  ['one of low severity', inHub({ Severity: { Label: 'LOW', Normalized: 39 } })],
  ['one that somebody was told of', inHub({ Workflow: { Status: 'NOTIFIED' } })],
  ['one that is resolved', inHub({ Workflow: { Status: 'RESOLVED' } })],
  ['one that is archived', inHub({ RecordState: 'ARCHIVED' })],
  ['a custom action on a finding', { ...sample.securityHub, 'detail-type': 'Security Hub Findings - Custom Action' }],
  ['a new finding of the second form', sample.securityHubV2, 'SecurityHubV2'],
  ['a fatal one', inHubV2({ severity_id: 6 }), 'SecurityHubV2'],
  ['a low one', inHubV2({ severity_id: 2 })],
  ['one of another severity (99)', inHubV2({ severity_id: 99 })],
  ['a suppressed one', inHubV2({ status_id: 3 })],
  ['a vulnerability', sample.inspector, 'Inspector'],
  ['a vulnerability that was closed', sample.withDetail(sample.inspector, { status: 'CLOSED' }), 'Inspector'],
  ['a low vulnerability', sample.withDetail(sample.inspector, { severity: 'LOW' })],
  ['a suppressed vulnerability', sample.withDetail(sample.inspector, { status: 'SUPPRESSED' })],
  ['new security bulletins of a feed', sample.bulletins, 'SecurityBulletins'],
  ['bulletins from somebody else', { ...sample.bulletins, source: 'shop.bulletins' }],
  ['files of a server that changed', sample.changedFiles, 'FileIntegrity'],
  ['the same from somebody else', { ...sample.changedFiles, source: 'shop.file-integrity' }],
  ['a finding of Macie', sample.macie, 'Macie'],
  ['a low finding of Macie', sample.withDetail(sample.macie, { severity: { score: 1, description: 'Low' } })],
  ['an archived finding of Macie', sample.withDetail(sample.macie, { archived: true })],
  ['a finding of Access Analyzer', sample.accessAnalyzer, 'AccessAnalyzer'],
  [
    'one on unused access',
    { ...sample.accessAnalyzer, 'detail-type': 'Unused Access Finding for IAM entities' },
    'AccessAnalyzer',
  ],
  ['one that was resolved', sample.withDetail(sample.accessAnalyzer, { status: 'RESOLVED' }), 'AccessAnalyzer'],
  ['one that was archived', sample.withDetail(sample.accessAnalyzer, { status: 'ARCHIVED' })],
  ['a security bulletin', sample.health, 'Health'],
  [
    'an outage',
    sample.withDetail(sample.health, { eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE', eventTypeCategory: 'issue', service: 'EC2' }),
    'Health',
  ],
  [
    'a report of abuse',
    {
      ...sample.withDetail(sample.health, { eventTypeCode: 'AWS_ABUSE_DOS_REPORT', service: 'ABUSE' }),
      'detail-type': 'AWS Health Abuse Event',
    },
    'Health',
  ],
  [
    'an exposed key',
    sample.withDetail(sample.health, { eventTypeCode: 'AWS_RISK_CREDENTIALS_EXPOSED', service: 'RISK' }),
    'Health',
  ],
  [
    'planned maintenance',
    sample.withDetail(sample.health, {
      eventTypeCode: 'AWS_EC2_MAINTENANCE_SCHEDULED',
      eventTypeCategory: 'scheduledChange',
      service: 'EC2',
    }),
  ],
  ['a backup that failed', sample.backupJob, 'BackupAndCopyJobs'],
  ['a copy that failed', sample.copyJob, 'BackupAndCopyJobs'],
  ['a restore that failed', sample.restoreJob, 'RestoreJobs'],
  ['a backup that is partial', sample.withDetail(sample.backupJob, { state: 'PARTIAL' }), 'BackupAndCopyJobs'],
  ['a backup that succeeded', sample.withDetail(sample.backupJob, { state: 'COMPLETED' })],
  ['a restore that succeeded', sample.withDetail(sample.restoreJob, { status: 'COMPLETED' })],
  ['a backup with the field of restores', sample.withDetail(sample.backupJob, { state: 'RUNNING', status: 'FAILED' })],
  ['a resource that does not meet a rule', sample.config, 'Config'],
  [
    'a resource that meets a rule again',
    sample.withDetail(sample.config, {
      newEvaluationResult: { complianceType: 'COMPLIANT' },
      oldEvaluationResult: { complianceType: 'NON_COMPLIANT' },
    }),
    'Config',
  ],
  [
    'a resource that meets a rule from the start',
    sample.withDetail(sample.config, { newEvaluationResult: { complianceType: 'COMPLIANT' }, oldEvaluationResult: undefined }),
  ],
  ['a sign-in of the root user', sample.rootSignIn, 'RootUse'],
  ['a call of the root user', root, 'RootUse'],
  [
    'a call of a service for the root user',
    sample.withDetail(root, { userIdentity: { type: 'Root', invokedBy: 'autoscaling.amazonaws.com' } }),
  ],
  ['an event of a service', sample.withDetail(root, { eventType: 'AwsServiceEvent' })],
  ['a sign-in of somebody else', sample.withDetail(sample.rootSignIn, { userIdentity: { type: 'IAMUser', userName: 'jo' } })],
  ['a trail that is stopped', sample.call('cloudtrail', 'StopLogging'), 'AuditTrail'],
  ['a detector that is deleted', sample.call('guardduty', 'DeleteDetector'), 'AuditTrail'],
  ['flow logs that are deleted', sample.call('ec2', 'DeleteFlowLogs'), 'AuditTrail'],
  ['a trail that is read', sample.call('cloudtrail', 'DescribeTrails')],
  ['a new access key', sample.call('iam', 'CreateAccessKey'), 'Credentials'],
  ['a second factor that is taken away', sample.call('iam', 'DeactivateMFADevice'), 'Credentials'],
  ['a new role', sample.call('iam', 'CreateRole')],
  ['a secret that somebody may not read', sample.call('secretsmanager', 'GetSecretValue', denied), 'LoginInformation'],
  [
    'a password of Windows that somebody may not read',
    sample.call('ec2', 'GetPasswordData', { errorCode: 'Client.UnauthorizedOperation' }),
    'LoginInformation',
  ],
  ['a secret that somebody may read', sample.call('secretsmanager', 'GetSecretValue')],
  ['a bucket that is deleted', sample.call('s3', 'DeleteBucket'), 'Deletions'],
  ['a key that is to be deleted', sample.call('kms', 'ScheduleKeyDeletion'), 'Deletions'],
  ['a recovery point that is deleted', sample.call('backup', 'DeleteRecoveryPoint'), 'Deletions'],
  ['a bucket that is made', sample.call('s3', 'CreateBucket')],
  ['an order of the shop', { ...sample.guardDutyKey, source: 'shop.orders', 'detail-type': 'Order placed', detail: {} }],
];

/**
 * EventBridge looks into lists, the emulator does not. Security Hub sends one finding in each event, so that taken out of its list it
 * means the same.
 */
function unlisted(event: Event): Event {
  const { findings } = event.detail;
  return Array.isArray(findings) && findings.length === 1 ? sample.withDetail(event, { findings: findings[0] }) : event;
}

describeWithTool(EMULATOR, 'with the event bus of an emulator', () => {
  let emulator: Emulator;
  let events: EventBridgeClient;
  let queues: SQSClient;
  const urls = new Map<string, string>();

  beforeAll(async () => {
    emulator = await Emulator.start();
    events = new EventBridgeClient(emulator.options);
    queues = new SQSClient(emulator.options);
    for (const [route, pattern] of patterns()) {
      const { QueueUrl = '' } = await queues.send(new CreateQueueCommand({ QueueName: route }));
      const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
      await events.send(new PutRuleCommand({ Name: route, EventPattern: JSON.stringify(pattern) }));
      await events.send(new PutTargetsCommand({ Rule: route, Targets: [{ Id: 'queue', Arn: Attributes!.QueueArn }] }));
      urls.set(route, QueueUrl);
    }
  }, 120_000);
  afterAll(() => emulator.stop());

  async function taken(event: Event): Promise<string[]> {
    for (const QueueUrl of urls.values()) await queues.send(new PurgeQueueCommand({ QueueUrl }));
    const { source: Source, 'detail-type': DetailType, resources, detail } = unlisted(event);
    await events.send(
      new PutEventsCommand({ Entries: [{ Source, DetailType, Resources: [...resources], Detail: JSON.stringify(detail) }] }),
    );
    const routes: string[] = [];
    for (const [route, QueueUrl] of urls) {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl }));
      if (Messages.length > 0) routes.push(route);
    }
    return routes;
  }

  const cases = ROUTED.map(([what, event, ...routes]) => ({ what, event, routes }));
  test.each(cases)('$what takes its route, if any, and no other', async ({ event, routes }) => {
    expect(await taken(event)).toEqual(routes);
  });

  test('every route is taken by an event of the samples, and missed by one that is like it', () => {
    expect([...urls.keys()].filter((route) => !ROUTED.some(([, , ...routes]) => routes.includes(route)))).toEqual([]);
  });
});
