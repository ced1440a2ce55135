import { AlertSource } from '../alert-source';
import { RunbookFamily } from '../runbook-family';
import type { Alert } from './alert';
import { at, type Fields, join, list, number, text } from './fields';
import { nextFor } from './next-steps';
import { MACIE_SEVERITIES, severityOf } from './severity';
import { hitOf } from './tags';

/** @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html */
export function readInspector(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const isClosed = text(detail, 'status') === 'CLOSED';
  const fix = text(detail, 'remediation.recommendation.text');
  return {
    source: AlertSource.INSPECTOR,
    id: text(detail, 'findingArn'),
    state: text(detail, 'status'),
    isResolved: isClosed,
    severity: severityOf(undefined, text(detail, 'severity')),
    type: text(detail, 'type'),
    title: text(detail, 'title'),
    description: text(detail, 'description'),
    account: text(detail, 'awsAccountId'),
    time: text(detail, 'updatedAt'),
    way: {
      connection: join(
        ' ',
        text(detail, 'networkReachabilityDetails.protocol'),
        text(detail, 'networkReachabilityDetails.openPortRange.begin'),
      ),
      internetFacing: at(detail, 'networkReachabilityDetails') === undefined ? undefined : 'yes: Inspector found a network path',
    },
    hit: list(detail, 'resources').map((each) =>
      hitOf({ id: text(each, 'id') ?? '', type: text(each, 'type') }, at(each, 'tags')),
    ),
    next: {
      tactic: 'TA0001 Initial Access (T1190 Exploit Public-Facing Application)',
      steps: [
        text(detail, 'exploitAvailable') === 'YES'
          ? 'An exploit is public: expect attempts within days.'
          : 'Install the fixed version within your time limit for this severity.',
        ...(fix ? [fix] : []),
      ],
    },
    keys: {
      instances: list(detail, 'resources').flatMap((each) =>
        text(each, 'type') === 'AWS_EC2_INSTANCE' ? (text(each, 'id') ?? []) : [],
      ),
    },
    more: [join(' ', 'Inspector score', text(detail, 'inspectorScore')) ?? ''].filter((line) => /\d/.test(line)),
  };
}

/** @see https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
export function readMacie(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const bucket = at(detail, 'resourcesAffected.s3Bucket');
  const type = text(detail, 'type');
  const isPolicy = type?.startsWith('Policy:') ?? false;
  const actor = 'policyDetails.actor';
  return {
    source: AlertSource.MACIE,
    id: text(detail, 'id'),
    state: text(detail, 'archived') === 'true' ? 'archived' : 'active',
    severity: severityOf(MACIE_SEVERITIES[number(detail, 'severity.score') ?? 0], text(detail, 'severity.description')),
    type,
    title: text(detail, 'title'),
    description: text(detail, 'description'),
    account: text(detail, 'accountId'),
    region: text(detail, 'region'),
    time: text(detail, 'updatedAt'),
    who: {
      principal: text(
        detail,
        `${actor}.userIdentity.assumedRole.arn`,
        `${actor}.userIdentity.iamUser.arn`,
        `${actor}.userIdentity.root.arn`,
      ),
      principalType: text(detail, `${actor}.userIdentity.type`),
      sourceIp: text(detail, `${actor}.ipAddressDetails.ipAddressV4`),
      network: join(
        ' ',
        text(detail, `${actor}.ipAddressDetails.ipOwner.asn`),
        text(detail, `${actor}.ipAddressDetails.ipOwner.asnOrg`),
      ),
      country: text(detail, `${actor}.ipAddressDetails.ipCountry.name`),
    },
    way: {
      api: text(detail, 'policyDetails.action.apiCallDetails.api'),
      internetFacing: text(bucket, 'publicAccess.effectivePermission'),
    },
    hit: [
      hitOf(
        {
          id: text(bucket, 'arn') ?? '',
          type: 'S3 bucket',
          name: text(bucket, 'name'),
          related: text(detail, 'resourcesAffected.s3Object.path'),
        },
        at(bucket, 'tags'),
      ),
    ].filter(({ id }) => id !== ''),
    next: {
      tactic: 'TA0009 Collection (T1530 Data from Cloud Storage)',
      steps: [
        isPolicy
          ? 'A safeguard of the bucket is off: expect it to be found and read.'
          : 'Find out whether this data belongs there, and who could read it.',
      ],
      family: isPolicy ? RunbookFamily.EXPOSED_BUCKET : undefined,
    },
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
export function readAccessAnalyzer(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const resource = text(detail, 'resource') ?? '';
  const type = text(detail, 'resourceType');
  const isPublic = text(detail, 'isPublic') === 'true';
  const isUnused = /Unused/.test(text(event, 'detail-type') ?? '');
  const status = text(detail, 'status');
  const principal = at(detail, 'principal');
  return {
    source: AlertSource.ACCESS_ANALYZER,
    id: join(' ', text(event, 'resources'), text(detail, 'id')),
    state: status,
    isResolved: status === 'RESOLVED',
    severity: isPublic ? 8 : isUnused ? 4 : 6,
    type: isUnused ? text(detail, 'findingType') : isPublic ? 'public access' : 'access from outside',
    title: isUnused
      ? `Access that nobody uses: ${resource}`
      : `${isPublic ? 'Anybody' : 'Somebody outside'} can reach ${type ?? 'a resource'} ${resource}`,
    account: text(detail, 'accountId') ?? text(event, 'account'),
    time: text(detail, 'updatedAt'),
    who: { principal: principal === undefined ? undefined : JSON.stringify(principal) },
    way: { api: join(', ', ...actionsOf(at(detail, 'action'))), internetFacing: isPublic ? 'yes: anybody' : undefined },
    hit: resource ? [hitOf({ id: resource, type })] : [],
    next: {
      tactic: isUnused ? undefined : 'TA0001 Initial Access (T1199 Trusted Relationship)',
      steps: [isUnused ? 'Take away what is not used.' : 'If nobody meant to share it, take the statement out of the policy.'],
      family: isPublic && type === 'AWS::S3::Bucket' ? RunbookFamily.EXPOSED_BUCKET : undefined,
    },
  };
}

function actionsOf(actions: unknown): string[] {
  return Array.isArray(actions) ? actions.filter((each) => typeof each === 'string').slice(0, 10) : [];
}

/** @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html */
export function readHealth(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const code = text(detail, 'eventTypeCode');
  const service = text(detail, 'service');
  const isAbuse = /ABUSE|RISK|SECURITY|VULNERABILIT/.test(`${service} ${code}`);
  const status = text(detail, 'statusCode');
  return {
    source: AlertSource.HEALTH,
    // Long lists of resources come in pages, each an event.
    id: join(' ', text(detail, 'eventArn'), text(detail, 'communicationId'), text(detail, 'page')),
    state: status,
    isResolved: status === 'closed',
    severity: isAbuse ? 8 : text(detail, 'eventTypeCategory') === 'issue' ? 7 : 5,
    type: code,
    title: `AWS Health: ${service ?? 'a service'}: ${code ?? 'event'}`,
    description: text(list(detail, 'eventDescription')[0], 'latestDescription'),
    account: text(detail, 'affectedAccount') ?? text(event, 'account'),
    region: text(detail, 'eventRegion'),
    time: text(detail, 'lastUpdatedTime', 'startTime'),
    hit: list(detail, 'affectedEntities').map((each) =>
      hitOf({ id: text(each, 'entityValue') ?? '', type: service }, at(each, 'tags')),
    ),
    next: {
      tactic: undefined,
      steps: [
        isAbuse
          ? 'AWS may restrict the account if nobody answers: open the event in AWS Health and reply.'
          : 'Look at the event in AWS Health; tell customers if they are affected.',
      ],
      family: /EXPOSED_CREDENTIAL|CREDENTIALS_EXPOSED/.test(code ?? '') ? RunbookFamily.STOLEN_CREDENTIALS : undefined,
    },
    more: [join(' ', 'Page', text(detail, 'page'), 'of', text(detail, 'totalPages')) ?? ''].filter((line) => /\d/.test(line)),
  };
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export function readBackup(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const job = text(detail, 'backupJobId', 'copyJobId', 'restoreJobId');
  // Restore jobs have a status, the others a state.
  const state = text(detail, 'state', 'status');
  const kind = (text(event, 'detail-type') ?? 'Job').replace(' State Change', '');
  const resource = text(detail, 'resourceArn', 'sourceResourceArn') ?? text(event, 'resources');
  return {
    source: AlertSource.BACKUP,
    id: job,
    state,
    severity: 7,
    type: `${kind} ${state ?? ''}`.trim(),
    title: `${kind} ${state ?? 'ended'}: ${resource ?? job ?? 'unknown'}`,
    description: text(detail, 'statusMessage'),
    time: text(detail, 'completionDate', 'creationDate'),
    who: { principal: text(detail, 'iamRoleArn') },
    hit: resource
      ? [
          hitOf({
            id: resource,
            type: text(detail, 'resourceType'),
            related: text(detail, 'backupVaultArn', 'destinationBackupVaultArn'),
          }),
        ]
      : [],
    next: {
      tactic: undefined,
      steps: ['Until a job succeeds, a loss would go back to the last backup before. Mend what failed and start the job again.'],
    },
  };
}

/** @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
export function readConfig(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const state = text(detail, 'newEvaluationResult.complianceType');
  const rule = text(detail, 'configRuleName') ?? 'a rule';
  const id = text(detail, 'resourceId') ?? 'a resource';
  const type = text(detail, 'resourceType');
  const isOpen = state === 'NON_COMPLIANT';
  return {
    source: AlertSource.CONFIG,
    id: join(' ', text(detail, 'configRuleARN') ?? rule, type, id),
    state,
    isResolved: !isOpen,
    severity: 5,
    type: rule,
    title: `${type ?? 'Resource'} ${id} ${isOpen ? 'does not meet' : 'meets again'} the rule ${rule}`,
    description: text(detail, 'newEvaluationResult.annotation'),
    account: text(detail, 'awsAccountId'),
    region: text(detail, 'awsRegion'),
    time: text(detail, 'newEvaluationResult.resultRecordedTime'),
    hit: [hitOf({ id, type })],
    next: {
      ...nextFor(undefined),
      steps: isOpen ? ['Find out who changed it (AWS Config shows when), and change it back in the code that deploys it.'] : [],
    },
  };
}
