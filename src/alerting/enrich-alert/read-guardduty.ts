import { AlertSource } from '../alert-source';
import { RunbookFamily } from '../runbook-family';
import type { Alert, Hit, Way, Who } from './alert';
import { at, type Fields, join, list, number, text } from './fields';
import { nextFor } from './next-steps';
import { severityOf } from './severity';
import { hitOf } from './tags';

/**
 * A finding of GuardDuty.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */
export function readGuardDuty(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const type = text(detail, 'type');
  const resource = at(detail, 'resource');
  const resourceType = text(resource, 'resourceType');
  const instance = text(resource, 'instanceDetails.instanceId');
  return {
    source: AlertSource.GUARDDUTY,
    id: text(detail, 'arn', 'id'),
    state: text(detail, 'service.archived') === 'true' ? 'archived' : 'active',
    severity: severityOf(number(detail, 'severity')),
    type,
    title: text(detail, 'title') ?? type,
    description: text(detail, 'description'),
    account: text(detail, 'accountId'),
    region: text(detail, 'region'),
    time: text(detail, 'service.eventLastSeen', 'updatedAt'),
    who: whoOf(detail),
    way: wayOf(detail),
    hit: hitsOf(event),
    next: nextFor(type, resourceType),
    keys: {
      accessKey: text(resource, 'accessKeyDetails.accessKeyId'),
      user: text(resource, 'accessKeyDetails.userType') === 'IAMUser' ? text(resource, 'accessKeyDetails.userName') : undefined,
      instances: instance ? [instance] : [],
    },
    more: [join(' ', 'Seen', text(detail, 'service.count'), 'times') ?? ''].filter((line) => /\d/.test(line)),
  };
}

/** What is in the middle of the action of a finding, by the kind of action. */
const ACTIONS = [
  'awsApiCallAction',
  'networkConnectionAction',
  'portProbeAction.portProbeDetails',
  'kubernetesApiCallAction',
  'rdsLoginAttemptAction',
];

function whoOf(detail: unknown): Who {
  const of = (...paths: string[]) =>
    text(detail, ...ACTIONS.flatMap((action) => paths.map((path) => `service.action.${action}.${path}`)));
  const actor = 'service.detection.sequence.actors';
  return {
    principal: text(
      detail,
      'resource.accessKeyDetails.userName',
      'resource.kubernetesDetails.kubernetesUserDetails.username',
      'resource.rdsDbUserDetails.user',
      'service.action.rdsLoginAttemptAction.loginAttributes.user',
      `${actor}.user.name`,
    ),
    principalType: text(detail, 'resource.accessKeyDetails.userType', `${actor}.user.type`),
    account: of('remoteAccountDetails.accountId'),
    sourceIp:
      of('remoteIpDetails.ipAddressV4', 'remoteIpDetails.ipAddressV6') ?? text(detail, 'service.detection.sequence.endpoints.ip'),
    network: join(
      ' ',
      of('remoteIpDetails.organization.asn')?.replace(/^(?=\d)/, 'AS'),
      of('remoteIpDetails.organization.asnOrg', 'remoteIpDetails.organization.org'),
    ),
    country: join(', ', of('remoteIpDetails.city.cityName'), of('remoteIpDetails.country.countryName')),
    userAgent: of('userAgent'),
    accessKey: text(detail, 'resource.accessKeyDetails.accessKeyId'),
  };
}

function wayOf(detail: unknown): Way {
  const action = at(detail, 'service.action');
  const api = at(action, 'awsApiCallAction');
  const network = at(action, 'networkConnectionAction');
  const probe = at(action, 'portProbeAction.portProbeDetails');
  const eni = at(detail, 'resource.instanceDetails.networkInterfaces');
  const bucketIs = text(detail, 'resource.s3BucketDetails.publicAccess.effectivePermission');
  const publicIp = text(eni, 'publicIp');
  return {
    api: join(
      ' ',
      join(':', text(api, 'serviceName'), text(api, 'api')),
      text(api, 'errorCode') && `(refused: ${text(api, 'errorCode')})`,
      join(' ', text(action, 'kubernetesApiCallAction.verb'), text(action, 'kubernetesApiCallAction.requestUri')),
    ),
    connection: join(
      ' ',
      text(network, 'connectionDirection'),
      text(network, 'protocol'),
      portOf('local port', network ?? probe, 'localPortDetails'),
      portOf('remote port', network, 'remotePortDetails'),
      text(action, 'dnsRequestAction.domain') && `name asked for: ${text(action, 'dnsRequestAction.domain')}`,
    ),
    network: join(', ', text(eni, 'vpcId'), text(eni, 'subnetId'), text(eni, 'networkInterfaceId')),
    securityGroups: join(
      ', ',
      ...list(eni, 'securityGroups').map((group) => join(' ', text(group, 'groupId'), text(group, 'groupName'))),
    ),
    internetFacing: bucketIs ? `${bucketIs} (the bucket)` : publicIp && `has the public address ${publicIp}`,
  };
}

function portOf(what: string, value: unknown, path: string): string | undefined {
  const port = text(value, `${path}.port`);
  return port && join(' ', what, port, text(value, `${path}.portName`));
}

function hitsOf(event: Fields): Hit[] {
  const resource = at(event, 'detail.resource');
  const account = text(event, 'detail.accountId', 'account') ?? '';
  const region = text(event, 'detail.region', 'region') ?? '';
  const partition = text(event, 'detail.partition') ?? 'aws';
  const instance = text(resource, 'instanceDetails.instanceId');
  const role = text(resource, 'instanceDetails.iamInstanceProfile.arn');
  const fixed: readonly (readonly [type: string, path: string, id: string | undefined, related?: string])[] = [
    ['EC2 instance', 'instanceDetails', instance && `arn:${partition}:ec2:${region}:${account}:instance/${instance}`, role],
    [
      'RDS database',
      'rdsDbInstanceDetails',
      text(resource, 'rdsDbInstanceDetails.dbInstanceArn'),
      text(resource, 'rdsDbInstanceDetails.dbClusterIdentifier'),
    ],
    ['EKS cluster', 'eksClusterDetails', text(resource, 'eksClusterDetails.arn'), workload(resource)],
    [
      'ECS cluster',
      'ecsClusterDetails',
      text(resource, 'ecsClusterDetails.arn'),
      text(resource, 'ecsClusterDetails.taskDetails.arn'),
    ],
    ['Lambda function', 'lambdaDetails', text(resource, 'lambdaDetails.functionArn'), text(resource, 'lambdaDetails.role')],
  ];
  const buckets = list(resource, 's3BucketDetails').map((bucket) =>
    hitOf({ id: text(bucket, 'arn', 'name') ?? '', type: 'S3 bucket', name: text(bucket, 'name') }, at(bucket, 'tags')),
  );
  const sequence = list(event, 'detail.service.detection.sequence.resources').map((each) =>
    hitOf({ id: text(each, 'uid', 'name') ?? '', type: text(each, 'resourceType'), name: text(each, 'name') }),
  );
  return [
    ...fixed.flatMap(([type, path, id, related]) => (id ? hitOf({ id, type, related }, at(resource, `${path}.tags`)) : [])),
    ...buckets,
    ...sequence,
  ].filter(({ id }) => id !== '');
}

function workload(resource: unknown): string | undefined {
  const path = 'kubernetesDetails.kubernetesWorkloadDetails';
  return join('/', text(resource, `${path}.namespace`), text(resource, `${path}.name`));
}

/**
 * An object that GuardDuty scanned.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
 */
export function readMalwareScan(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const bucket = text(detail, 's3ObjectDetails.bucketName') ?? '';
  const key = text(detail, 's3ObjectDetails.objectKey') ?? '';
  const threats = list(detail, 'scanResultDetails.threats').map((threat) => text(threat, 'name'));
  const id = `arn:aws:s3:::${bucket}/${key}`;
  return {
    source: AlertSource.MALWARE_SCAN,
    id: join(' ', id, text(detail, 's3ObjectDetails.versionId', 's3ObjectDetails.eTag')),
    state: text(detail, 'scanResultDetails.scanResultStatus'),
    severity: 8,
    type: 'Object:S3/MaliciousFile',
    title: `Malware in an object of bucket ${bucket}`,
    description: join(' ', 'Found:', ...threats),
    hit: [{ id: `arn:aws:s3:::${bucket}`, type: 'S3 bucket', name: bucket, related: key }],
    next: {
      tactic: 'TA0002 Execution',
      steps: ['Whoever opens the file runs foreign code: find out who uploaded it and who has read it.'],
      family: RunbookFamily.MALWARE,
    },
  };
}
