/** Events as AWS services put them on the bus: the shapes are those of the pages that are named, the values are ours. */

export interface Event {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a test changes what it is about.
  readonly detail: any;
}

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

function event(source: string, detailType: string, detail: object, resources: readonly string[] = []): Event {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detailType,
    source,
    account: ACCOUNT,
    time: '2026-11-20T18:43:48Z',
    region: REGION,
    resources,
    detail,
  };
}

/** An event with other details. */
export function withDetail(given: Event, changes: object): Event {
  return { ...given, detail: { ...given.detail, ...changes } };
}

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
export const guardDutyKey = event('aws.guardduty', 'GuardDuty Finding', {
  schemaVersion: '2.0',
  accountId: ACCOUNT,
  region: REGION,
  partition: 'aws',
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  arn: `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df`,
  type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  severity: 8.5,
  createdAt: '2026-11-20T18:30:00.000Z',
  updatedAt: '2026-11-20T18:40:00.000Z',
  title: 'API GetCallerIdentity was invoked from an IP address on a custom threat list.',
  description: 'API GetCallerIdentity was invoked from an IP address 198.51.100.7 on the custom threat list partner-list.',
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', principalId: 'AIDAEXAMPLE', userType: 'IAMUser', userName: 'build' },
  },
  service: {
    serviceName: 'guardduty',
    detectorId: '12abc34d567e8fa901bc2d34e56789f0',
    action: {
      actionType: 'AWS_API_CALL',
      awsApiCallAction: {
        api: 'GetCallerIdentity',
        serviceName: 'sts.amazonaws.com',
        callerType: 'Remote IP',
        userAgent: 'aws-cli/2.31',
        remoteIpDetails: {
          ipAddressV4: '198.51.100.7',
          organization: { asn: '64500', asnOrg: 'Example Hosting', isp: 'Example', org: 'Example' },
          country: { countryName: 'Iceland' },
          city: { cityName: 'Reykjavik' },
          geoLocation: { lat: 64.1, lon: -21.9 },
        },
      },
    },
    resourceRole: 'TARGET',
    eventFirstSeen: '2026-11-20T18:20:00.000Z',
    eventLastSeen: '2026-11-20T18:39:00.000Z',
    archived: false,
    count: 3,
  },
});

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
export const guardDutyInstance = withDetail(guardDutyKey, {
  id: '24afba5c5c43e07c9e3e5e2e544e95aa',
  arn: `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/12abc34d567e8fa901bc2d34e56789f0/finding/24afba5c5c43e07c9e3e5e2e544e95aa`,
  type: 'CryptoCurrency:EC2/BitcoinTool.B',
  title: 'The EC2 instance i-0a1b2c3d4e5f60718 is communicating outbound with a known Bitcoin-related IP address.',
  description: 'The EC2 instance i-0a1b2c3d4e5f60718 is communicating with an IP address that is known for mining of Bitcoin.',
  resource: {
    resourceType: 'Instance',
    instanceDetails: {
      instanceId: 'i-0a1b2c3d4e5f60718',
      iamInstanceProfile: { arn: `arn:aws:iam::${ACCOUNT}:instance-profile/web`, id: 'AIPAEXAMPLE' },
      networkInterfaces: [
        {
          networkInterfaceId: 'eni-01',
          publicIp: '203.0.113.9',
          privateIpAddress: '10.0.0.9',
          subnetId: 'subnet-01',
          vpcId: 'vpc-01',
          securityGroups: [{ groupId: 'sg-01', groupName: 'web' }],
        },
      ],
      tags: [{ key: 'Owner', value: 'shop team' }],
    },
  },
  service: {
    ...guardDutyKey.detail.service,
    action: {
      actionType: 'NETWORK_CONNECTION',
      networkConnectionAction: {
        connectionDirection: 'OUTBOUND',
        protocol: 'TCP',
        blocked: false,
        localPortDetails: { port: 39677, portName: 'Unknown' },
        remotePortDetails: { port: 8333, portName: 'Unknown' },
        remoteIpDetails: {
          ipAddressV4: '192.0.2.44',
          organization: { asn: '64501', asnOrg: 'Pool' },
          country: { countryName: 'Norway' },
        },
      },
    },
  },
});

/** @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
export const malwareScan = event('aws.guardduty', 'GuardDuty Malware Protection Object Scan Result', {
  schemaVersion: '1.0',
  scanStatus: 'COMPLETED',
  resourceType: 'S3_OBJECT',
  s3ObjectDetails: {
    bucketName: 'uploads',
    objectKey: 'cv.pdf',
    eTag: 'ASIAI44QH8DHBEXAMPLE',
    versionId: 'd41d8cd98f00b204e9800998eEXAMPLE',
    s3Throttled: false,
  },
  scanResultDetails: { scanResultStatus: 'THREATS_FOUND', threats: [{ name: 'EICAR-Test-File (not a virus)' }] },
});

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
export const securityHub = event('aws.securityhub', 'Security Hub Findings - Imported', {
  findings: [
    {
      SchemaVersion: '2018-10-08',
      Id: `arn:aws:securityhub:${REGION}:${ACCOUNT}:security-control/S3.8/finding/aaaa1111`,
      ProductArn: `arn:aws:securityhub:${REGION}::product/aws/securityhub`,
      ProductName: 'Security Hub',
      AwsAccountId: ACCOUNT,
      Region: REGION,
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
      UpdatedAt: '2026-11-20T18:40:00.000Z',
      Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
      Title: 'S3 general purpose buckets should block public access',
      Description: 'This control checks whether a bucket blocks public access.',
      Remediation: {
        Recommendation: {
          Text: 'See the documentation.',
          Url: 'https://docs.aws.amazon.com/console/securityhub/S3.8/remediation',
        },
      },
      Resources: [
        {
          Type: 'AwsS3Bucket',
          Id: 'arn:aws:s3:::exports',
          Partition: 'aws',
          Region: REGION,
          Tags: { DataClassification: 'confidential' },
        },
      ],
      Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
      WorkflowState: 'NEW',
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
    },
  ],
});

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html and https://schema.ocsf.io */
export const securityHubV2 = event('aws.securityhub', 'Findings Imported V2', {
  findings: [
    {
      class_uid: 2004,
      severity: 'High',
      severity_id: 4,
      status: 'New',
      status_id: 1,
      finding_info: {
        uid: 'exposure-1',
        title: 'A server can be reached and has a known weakness',
        types: ['Exposure'],
        desc: 'Potential remote execution',
      },
      metadata: {
        product: { name: 'Security Hub', uid: `arn:aws:securityhub:${REGION}::productv2/aws/securityhub` },
        version: '1.6.0',
      },
      cloud: { account: { uid: ACCOUNT }, region: REGION, provider: 'AWS' },
      resources: [
        {
          uid: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0a1b2c3d4e5f60718`,
          type: 'AWS::EC2::Instance',
          tags: [{ name: 'Owner', value: 'shop team' }],
        },
      ],
    },
  ],
});

/** What `SecurityBulletins` puts on the bus. */
export const bulletins = event('cdk-soc2.security-bulletins', 'Security Bulletins', {
  feed: 'AWS Security Bulletins',
  id: 'a1b2',
  count: 1,
  bulletins: [
    {
      key: 'k',
      title: 'CVE-2026-12345 - Issue in a library',
      link: 'https://aws.amazon.com/security/security-bulletins/2026-099-aws/',
      published: '2026-11-20T10:00:00.000Z',
    },
  ],
});

/** What `FileIntegrity` puts on the bus. */
export const changedFiles = event(
  'cdk-soc2.file-integrity',
  'File Integrity of a Host',
  {
    program: 'Stack/FileIntegrity',
    host: 'i-0123456789abcdef0',
    state: 'changed',
    at: '2026-11-20T18:43:00.000Z',
    id: 'a1b2',
    report: 's3://evidence/file-integrity/reports/111122223333/eu-west-1/i-0123456789abcdef0/2026-11-20T184300.000Z.json',
    added: 1,
    removed: 0,
    changed: 1,
    files: ['added: /etc/cron.d/x', 'changed: /usr/bin/sshd (size, content (SHA-256))'],
    sessions: ['arn:aws:sts::111122223333:assumed-role/Admin/jo from 2026-11-20T17:00:00.000Z to now'],
    commands: ['AWS-RunShellScript at 2026-11-20T17:30:00.000Z'],
    windows: [],
  },
  ['i-0123456789abcdef0'],
);

/** @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html */
export const inspector = event('aws.inspector2', 'Inspector2 Finding', {
  awsAccountId: ACCOUNT,
  description: 'A use after free in a library.',
  exploitAvailable: 'YES',
  findingArn: `arn:aws:inspector2:${REGION}:${ACCOUNT}:finding/FINDING_ID`,
  firstObservedAt: 'Nov 20, 2026, 4:42:00 AM',
  fixAvailable: 'YES',
  inspectorScore: 8.8,
  packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-0001', vulnerablePackages: [{ name: 'example', version: '1.0' }] },
  remediation: { recommendation: { text: 'Update example to 1.1' } },
  resources: [
    { id: 'i-0a1b2c3d4e5f60718', partition: 'aws', region: REGION, type: 'AWS_EC2_INSTANCE', tags: { Owner: 'shop team' } },
  ],
  severity: 'HIGH',
  status: 'ACTIVE',
  title: 'CVE-2026-0001 - example',
  type: 'PACKAGE_VULNERABILITY',
  updatedAt: 'Nov 20, 2026, 4:42:00 AM',
});

/** @see https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
export const macie = event('aws.macie', 'Macie Finding', {
  schemaVersion: '1.0',
  id: '64b917aa-3843-014c-91d8-937ffexample',
  accountId: ACCOUNT,
  partition: 'aws',
  region: REGION,
  type: 'Policy:IAMUser/S3BucketPublic',
  title: 'Public bucket policy or ACL changes',
  description: 'A bucket policy was changed so that anyone can read the bucket.',
  severity: { score: 3, description: 'High' },
  updatedAt: '2026-11-20T18:40:00.000Z',
  policyDetails: {
    action: { actionType: 'AWS_API_CALL', apiCallDetails: { api: 'PutBucketPolicy', apiServiceName: 's3.amazonaws.com' } },
    actor: {
      userIdentity: { type: 'AssumedRole', assumedRole: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/jo` } },
      ipAddressDetails: {
        ipAddressV4: '198.51.100.7',
        ipOwner: { asn: '64500', asnOrg: 'Example Hosting' },
        ipCountry: { code: 'IS', name: 'Iceland' },
      },
    },
  },
  resourcesAffected: {
    s3Bucket: {
      arn: 'arn:aws:s3:::exports',
      name: 'exports',
      tags: [{ key: 'Owner', value: 'data team' }],
      publicAccess: { effectivePermission: 'PUBLIC' },
    },
  },
  sample: false,
  archived: false,
});

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
export const accessAnalyzer = event(
  'aws.access-analyzer',
  'Access Analyzer Finding',
  {
    version: '1.0',
    id: '1be65d26-8aa2-4d6c-9b2e-1a2b3c4d5e6f',
    status: 'ACTIVE',
    resourceType: 'AWS::S3::Bucket',
    resource: 'arn:aws:s3:::exports',
    createdAt: '2026-11-20T18:30:00Z',
    analyzedAt: '2026-11-20T18:30:00Z',
    updatedAt: '2026-11-20T18:40:00Z',
    accountId: ACCOUNT,
    region: REGION,
    principal: { AWS: '*' },
    action: ['s3:GetObject'],
    condition: {},
    isDeleted: false,
    isPublic: true,
  },
  [`arn:aws:access-analyzer:${REGION}:${ACCOUNT}:analyzer/account`],
);

/** @see https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html */
export const health = event('aws.health', 'AWS Health Event', {
  eventArn: 'arn:aws:health:eu-west-1::event/LAMBDA/AWS_LAMBDA_SECURITY_NOTIFICATION/AWS_LAMBDA_SECURITY_NOTIFICATION_90353408',
  service: 'LAMBDA',
  eventTypeCode: 'AWS_LAMBDA_SECURITY_NOTIFICATION',
  eventTypeCategory: 'accountNotification',
  eventScopeCode: 'ACCOUNT_SPECIFIC',
  communicationId: 'a1b2',
  startTime: 'Fri, 20 Nov 2026 05:01:10 GMT',
  lastUpdatedTime: 'Fri, 20 Nov 2026 05:30:57 GMT',
  statusCode: 'open',
  eventRegion: REGION,
  eventDescription: [{ language: 'en_US', latestDescription: 'A description of the event will be provided here' }],
  affectedEntities: [{ entityValue: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:billing`, status: 'IMPAIRED' }],
  affectedAccount: ACCOUNT,
  page: '1',
  totalPages: '1',
});

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export const backupJob = event('aws.backup', 'Backup Job State Change', {
  backupJobId: '3408e310-0001',
  backupVaultArn: `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:main`,
  backupVaultName: 'main',
  bytesTransferred: '0',
  creationDate: '2026-11-20T17:00:00Z',
  iamRoleArn: `arn:aws:iam::${ACCOUNT}:role/Backup`,
  resourceArn: `arn:aws:rds:${REGION}:${ACCOUNT}:db:orders`,
  resourceType: 'RDS',
  state: 'FAILED',
  statusMessage: 'Access denied to the key',
  startBy: '2026-11-20T18:00:00Z',
});

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export const copyJob = event('aws.backup', 'Copy Job State Change', {
  copyJobId: '47C8EF56-0001',
  resourceArn: `arn:aws:rds:${REGION}:${ACCOUNT}:db:orders`,
  resourceType: 'RDS',
  sourceBackupVaultArn: `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:main`,
  destinationBackupVaultArn: 'arn:aws:backup:eu-central-1:444455556666:backup-vault:copies',
  state: 'FAILED',
});

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html */
export const restoreJob = event(
  'aws.backup',
  'Restore Job State Change',
  {
    restoreJobId: '9FDE3B7B-0001',
    backupSizeInBytes: '0',
    creationDate: '2026-11-20T17:00:00Z',
    iamRoleArn: `arn:aws:iam::${ACCOUNT}:role/Restore`,
    percentDone: 0,
    resourceType: 'RDS',
    status: 'FAILED',
    statusMessage: 'No subnet group',
  },
  [`arn:aws:rds:${REGION}:${ACCOUNT}:snapshot:awsbackup-job-1`],
);

/** @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
export const config = event('aws.config', 'Config Rules Compliance Change', {
  resourceId: 'i-0a1b2c3d4e5f60718',
  resourceType: 'AWS::EC2::Instance',
  awsRegion: REGION,
  awsAccountId: ACCOUNT,
  configRuleName: 'ec2-imdsv2-check',
  configRuleARN: `arn:aws:config:${REGION}:${ACCOUNT}:config-rule/config-rule-abcdef`,
  recordVersion: '1.0',
  messageType: 'ComplianceChangeNotification',
  notificationCreationTime: '2026-11-20T18:40:00.000Z',
  newEvaluationResult: { complianceType: 'NON_COMPLIANT', resultRecordedTime: '2026-11-20T18:40:00.000Z' },
  oldEvaluationResult: { complianceType: 'COMPLIANT', resultRecordedTime: '2026-11-19T18:40:00.000Z' },
});

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export const rootSignIn = event('aws.signin', 'AWS Console Sign In via CloudTrail', {
  eventVersion: '1.08',
  userIdentity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, accessKeyId: '' },
  eventTime: '2026-11-20T18:35:00Z',
  eventSource: 'signin.amazonaws.com',
  eventName: 'ConsoleLogin',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.10',
  userAgent: 'Mozilla/5.0',
  requestParameters: null,
  responseElements: { ConsoleLogin: 'Success' },
  additionalEventData: { MobileVersion: 'No', LoginTo: 'https://console.aws.amazon.com', MFAUsed: 'Yes' },
  eventID: 'deb1e1f9-c99b-4612-8e9f-21f93b5d79c0',
  readOnly: false,
  eventType: 'AwsConsoleSignIn',
  managementEvent: true,
  recipientAccountId: ACCOUNT,
});

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html */
export function call(service: string, eventName: string, changes: object = {}): Event {
  return event(`aws.${service}`, 'AWS API Call via CloudTrail', {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:jo',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/jo`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/Deploy`, userName: 'Deploy' },
        attributes: { creationDate: '2026-11-20T18:00:00Z', mfaAuthenticated: 'true' },
      },
    },
    eventTime: '2026-11-20T18:39:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: REGION,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
    requestParameters: { name: 'main' },
    responseElements: null,
    requestID: '1',
    eventID: `${service}-${eventName}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...changes,
  });
}
