/** A finding of cdk-nag's packs on a construct of ours that stays, with the reason. */
interface AcceptedFinding {
  /** Id of the rule, as cdk-nag prints it. */
  readonly rule: string;
  /** The construct that it is about. */
  readonly path: RegExp;
  readonly why: string;
}

/** Sorted by the construct that they are about. */
const ACCEPTED: readonly AcceptedFinding[] = [
  // --- Functions of the library ---
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /(Function|Handler)Role\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one function, lists what its code calls, and goes with it.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaConcurrency',
    path: /(Function|Handler)\/Resource$/,
    why: 'Reserving concurrency takes it from the whole account, and a deployment fails in new accounts, which have little of it.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaInsideVPC',
    path: /(Function|Handler)\/Resource$/,
    why: 'The function calls AWS only; in a VPC it would need an endpoint for every service that it calls.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    path: /Handler\/Resource$/,
    why: 'CloudFormation waits for the answer of the handler, and a failure fails the deployment.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    path: /\/Provider\/framework-onEvent\//,
    why: 'The provider framework of the CDK makes this role; it writes its own log.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    path: /\/Provider\/framework-onEvent\//,
    why: 'The provider framework of the CDK may invoke any version of the one handler.',
  },
  ...['IAMNoInlinePolicy', 'LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC', 'CloudWatchLogGroupEncrypted'].map((rule) => ({
    rule: `NIST.800.53.R5-${rule}`,
    path: /\/Provider\/framework-onEvent\//,
    why: 'The CDK makes the provider framework, which runs only while a stack is deployed; its log holds no data.',
  })),
  // --- Detection: actions on settings of an account, which have no resources ---
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/Inspector\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'Enable, Disable and BatchGetAccountStatus of Inspector are about the account and have no resources.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'ListFindings and BatchGetAccountStatus of Inspector have no resources; they read.',
  },
  {
    rule: ':parameter/soc2/vulnerability-exceptions/',
    path: /\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'The parameters below one path, which are the exceptions of this construct alone.',
  },
  {
    rule: '/vulnerabilities/*]',
    path: /\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'A report has the day in its name; the function may write below its prefix only.',
  },

  ...['[Resource::*]', ':detector/*]', '/antivirus/*]'].map((rule) => ({
    rule,
    path: /\/Antivirus\/ReportFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Detectors, scans and instances are listed, and on-demand scans started, without resources in IAM; a report has the day in its name.',
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/(AdoptedDetector|Organization)\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'ListDetectors and UpdateOrganizationConfiguration of GuardDuty have no resources.',
  },
  {
    rule: ':detector/*]',
    path: /\/AdoptedDetector\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'An account has one detector in a Region, and only deployment knows its id.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    path: /\/Threats\/Scan\w+Role\/DefaultPolicy\/Resource$/,
    why: 'GuardDuty scans and tags every object of one bucket, and makes a rule of EventBridge whose name it ends itself.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /\/Threats\/Scan\w+Role\/DefaultPolicy\/Resource$/,
    why: 'The policy is for one bucket and one role, and goes with them.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/DisabledControls\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'ListStandardsControlAssociations and BatchUpdateStandardsControlAssociations of Security Hub have no resources.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/SensitiveData(Discovery)?\/Settings\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'Macie has one session in a Region, and the actions on its settings have no resources.',
  },
  // --- Identity ---
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/IamBaseline\/Settings\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'What holds for a whole account (passwords, public access, encryption by default) has no resources.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/AccessReview\/ReviewFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'What lists users, roles and their credentials is about the account and has no resources; so has DescribeOpsItems. They read.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    path: /\/AccessReview\/ReviewFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Reviews have the day in their names, and permission sets, accounts, groups and people are what a review finds out; it reads them.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /Use\/ReviewRole\/DefaultPolicy\/Resource$/,
    why: 'CreateOpsItem of Systems Manager has no resources.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    path: /Use\/DeadLetters\/Resource$/,
    why: 'It is the dead-letter queue of a rule of EventBridge, which cdk-nag does not look at.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /Use\/ReviewRole\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one role, has one action, and goes with it.',
  },

  // --- Operations ---
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/ReportFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'GetMetricData and GetMetricWidgetImage of CloudWatch have no resources; they read.',
  },
  {
    rule: '/operations/*]',
    path: /\/ReportFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'A report has the day in its name; the function may write below its prefix only.',
  },

  // --- Buckets ---
  {
    rule: 'AwsSolutions-S1',
    path: /Soc2AccessLogs/,
    why: 'The bucket receives access logs: a log of log deliveries has no end.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketLoggingEnabled',
    path: /Soc2AccessLogs/,
    why: 'The bucket receives access logs: a log of log deliveries has no end.',
  },
  {
    rule: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    path: /Soc2AccessLogs/,
    why: 'S3 and load balancers deliver access logs only to buckets that S3 itself encrypts.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    path: /./,
    why: 'A copy in another Region costs storage and transfer, and is a decision on disaster recovery; backups are the default.',
  },
  // --- Hosts: what a server may do, which Systems Manager and the agent of CloudWatch ask for ---
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy]',
    path: /^Stack\/Servers?\/InstanceRole\/Resource$/,
    why: 'Systems Manager gives servers this policy itself; it follows what the agent calls, and reads no parameters.',
  },
  ...[':log-group:/soc2/sessions:*]', ':log-group:*]', ':key/*]', '[Resource::*]'].map((rule) => ({
    rule,
    path: /^Stack\/Servers?\/InstanceRole\/DefaultPolicy\/Resource$/,
    why: 'Streams are named by sessions; keys decrypt sessions and nothing else; metrics are those of one namespace; DescribeLogGroups and DescribeTags only read.',
  })),
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /^Stack\/Servers?\/InstanceRole\/DefaultPolicy\/Resource$/,
    why: 'The policy is for the servers of one construct, and goes with them.',
  },
  {
    rule: 'AwsSolutions-AS3',
    path: /^Stack\/Servers\/ASG$/,
    why: 'That servers come and go is what the group is for: alarms tell when they are not well, and `notifications` adds the rest.',
  },
  {
    rule: 'AwsSolutions-EC29',
    path: /^Stack\/Server\/Resource$/,
    why: 'Only production is protected from termination: elsewhere servers come and go.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /^Stack\/Patching\/Patches\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Servers of which Systems Manager knows come and go; the function lists them and what they lack.',
  },
  {
    rule: '/patches/*]',
    path: /^Stack\/Patching\/(Patches|Images)\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'A report has the day in its name; the function may write below its prefix only.',
  },
  {
    rule: ':repository/*]',
    path: /^Stack\/Patching\/Images\/WatchFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'The age of the images of every repository is looked at, also of one that is made later.',
  },
  // --- Databases ---
  {
    rule: 'NIST.800.53.R5-RDSInBackupPlan',
    path: /^Stack\/Orders\//,
    why: 'A plan of AWS Backup covers databases by tag for a whole environment; cdk-nag looks only for plans in the same stack.',
  },
  {
    rule: 'NIST.800.53.R5-RDSEnhancedMonitoringEnabled',
    path: /^Stack\/Orders\//,
    why: 'What the operating system reports is billed as log data; Database Insights tell what load there is, and `monitoringInterval` adds it.',
  },
  {
    rule: 'AwsSolutions-RDS11',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Another port keeps nobody out: security groups, TLS and passwords do, and port scans take seconds.',
  },
  {
    rule: 'NIST.800.53.R5-EC2RestrictedCommonPorts',
    path: /^Stack\/Orders\/SecurityGroup\/from .*RotationSingleUserSecurityGroup.*\{IndirectPort\}$/,
    why: 'The port is that of the database, which only deployment knows, and the source is the function that changes the password.',
  },
  {
    rule: 'NIST.800.53.R5-EC2RestrictedSSH',
    path: /^Stack\/Orders\/SecurityGroup\/from .*RotationSingleUserSecurityGroup.*\{IndirectPort\}$/,
    why: 'The port is that of the database, which only deployment knows, and the source is the function that changes the password.',
  },
  {
    rule: 'NIST.800.53.R5-RDSLoggingEnabled[LogExport::general]',
    path: /^Stack\/Orders\/Resource$/,
    why: 'The general log has every statement with its values, personal data and passwords among them; the audit log has who did what.',
  },
  {
    rule: 'NIST.800.53.R5-RDSLoggingEnabled[LogExport::slowquery]',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Slow statements are a matter of performance, and the log has their values; Database Insights show them without.',
  },
  {
    rule: 'NIST.800.53.R5-RDSLoggingEnabled[LogExport::trace]',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Traces of Oracle are for its support, large, and no record of who did what.',
  },
  {
    rule: 'NIST.800.53.R5-RDSLoggingEnabled[LogExport::oemagent]',
    path: /^Stack\/Orders\/Resource$/,
    why: 'There is no agent of Enterprise Manager unless an app adds its option.',
  },
  {
    rule: 'AwsSolutions-RDS14',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Backtrack is billed by change, and not offered for every version; backups return to any second of their retention.',
  },
  {
    rule: 'AwsSolutions-RDS3',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Only outside production: a standby doubles the price. A test of its own proves that production has one.',
  },
  {
    rule: 'NIST.800.53.R5-RDSMultiAZSupport',
    path: /^Stack\/Orders\//,
    why: 'Only outside production: a standby doubles the price. A test of its own proves that production has one.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    path: /^Stack\/Orders\/Resource$/,
    why: 'Only outside production, where environments come and go. A test of its own proves that production is protected.',
  },
  {
    rule: 'NIST.800.53.R5-RDSInstanceDeletionProtectionEnabled',
    path: /^Stack\/Orders\//,
    why: 'Only outside production, where environments come and go. A test of its own proves that production is protected.',
  },
  {
    rule: 'AwsSolutions-IAM5',
    path: /^Stack\/OrdersAuditRole\/DefaultPolicy\/Resource$/,
    why: 'RDS wants to list buckets, an action without resources, and writes objects whose names SQL Server chooses.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /^Stack\/OrdersAuditRole\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one role, which has one purpose; it goes with it.',
  },

  // --- Networks ---
  {
    rule: 'AwsSolutions-EC23',
    path: /\/EndpointSecurityGroup\/Resource$/,
    why: 'The group lets in port 443 from the network; cdk-nag cannot read the address block of a network, and its rule throws.',
  },
  {
    rule: 'NIST.800.53.R5-EC2RestrictedCommonPorts',
    path: /\/EndpointSecurityGroup\/Resource$/,
    why: 'The group lets in port 443 from the network; cdk-nag cannot read the address block of a network, and its rule throws.',
  },
  {
    rule: 'NIST.800.53.R5-EC2RestrictedSSH',
    path: /\/EndpointSecurityGroup\/Resource$/,
    why: 'The group lets in port 443 from the network; cdk-nag cannot read the address block of a network, and its rule throws.',
  },
  {
    rule: 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
    path: /\/PublicSubnet\d+\/DefaultRoute/,
    why: 'Public subnets are where load balancers and NAT gateways stand, and what makes them public is this route.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /\/Soc2FlowLogs\/IAMRole\/DefaultPolicy\/Resource$/,
    why: 'The CDK gives the role of a flow log its rights in a policy of its own, which is about one log group and goes with it.',
  },

  // --- The edge ---
  {
    rule: 'AwsSolutions-CFR1',
    path: /\/Site\/Resource$/,
    why: 'Which countries a service is for is up to the app: `geoRestriction` says so.',
  },
  {
    rule: 'NIST.800.53.R5-ELBDeletionProtectionEnabled',
    path: /\/Balancer\/Resource$/,
    why: 'Outside production a load balancer goes with its stack; in production it is protected, which its own test proves.',
  },
  {
    rule: 'NIST.800.53.R5-ELBv2ACMCertificateRequired',
    path: /\/Redirect80To443\/Resource$/,
    why: 'The listener does nothing but redirect to HTTPS; plain HTTP has no certificate.',
  },

  // --- Tables, queues, topics, files ---
  {
    rule: 'NIST.800.53.R5-EFSInBackupPlan',
    path: /^Stack\/Files\/Resource$/,
    why: 'Automatic backups are a plan of AWS Backup that EFS keeps; cdk-nag looks only for plans in the same stack.',
  },

  // --- Caches, search, images, functions ---
  {
    rule: 'AwsSolutions-AEC6',
    path: /Sessions\/Resource$/,
    why: 'The cache asks for users of its own, who sign in with IAM; a token that all share cannot be set beside them.',
  },
  {
    rule: 'AwsSolutions-AEC4',
    path: /Sessions\/Resource$/,
    why: 'In production a replica takes over (a test says so); elsewhere one node is enough.',
  },
  {
    rule: 'AwsSolutions-OS3',
    path: /Search\/Resource$/,
    why: 'The domain is inside of a network: security groups say who reaches it, and a list of addresses has no effect there.',
  },
  {
    rule: 'AwsSolutions-OS5',
    path: /Search\/Resource$/,
    why: 'Without a policy of its own, the domain takes only requests that are signed by a role with a right to it.',
  },
  {
    rule: 'AwsSolutions-OS4',
    path: /Search\/Resource$/,
    why: 'In production there are three nodes that only lead (a test says so); elsewhere one node is enough.',
  },
  {
    rule: 'AwsSolutions-OS7',
    path: /Search\/Resource$/,
    why: 'In production nodes stand in several zones (a test says so); elsewhere one node is enough.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<Search14E54FC3.Arn>/*]',
    path: /SearchMasterUser\/DefaultPolicy/,
    why: 'The master user may do everything with this domain, and nothing with any other.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /SearchMasterUser\/DefaultPolicy/,
    why: 'The policy is for one domain and one role, and goes with them; grants of the CDK are made that way.',
  },

  // --- Backups ---
  {
    rule: 'AwsSolutions-SQS3',
    path: /^Stack\/Backups\/Jobs\/DeadLetters\/Resource$/,
    why: 'It is the dead-letter queue of rules of EventBridge, which cdk-nag does not look at.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    path: /^Stack\/Backups\/Role\/Resource$/,
    why: 'AWS keeps the list of what AWS Backup calls to back up each type; a list of our own would fail with the next change of theirs.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup]',
    path: /^Stack\/Backups\/Role\/Resource$/,
    why: 'AWS keeps the list of what AWS Backup calls to back up buckets.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForScans]',
    path: /^Stack\/Backups\/Role\/Resource$/,
    why: 'AWS keeps the list of what AWS Backup calls to have backups scanned.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans]',
    path: /^Stack\/Backups\/ScannerRole\/Resource$/,
    why: 'AWS keeps the list of what GuardDuty reads in a scan of a backup.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /^Stack\/Backups\/OptIn\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'The settings of a Region are no resource: backup:DescribeRegionSettings and backup:UpdateRegionSettings take none.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /^Stack\/Backups\/Coverage\/FunctionRole\/DefaultPolicy\/Resource$/,
    why: 'tag:GetResources takes no resource.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:rds:eu-west-1:111122223333:db:*]',
    path: /^Stack\/Backups\/Coverage\/FunctionRole\/DefaultPolicy\/Resource$/,
    why: 'The function asks which instances are members of clusters, of all that have the tag.',
  },

  // --- Alerts ---
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:iam::111122223333:user/*]',
    path: /^Stack\/Alerts\/EnrichFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Whose key a finding is about is known only when it comes; the function reads how old keys are and whether there is a second factor.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /^Stack\/Alerts\/EnrichFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'ec2:DescribeInstances, ec2:DescribeSecurityGroups and tag:GetResources take no resource.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:ssm:eu-west-1:111122223333:parameter/soc2/usual-activity/',
    path: /^Stack\/Alerts\/EnrichFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'The parameters below one path, which are those of this router alone.',
  },
  ...['GenerateDataKey', 'ReEncrypt'].map((action) => ({
    rule: `AwsSolutions-IAM5[Action::kms:${action}*]`,
    path: /^Stack\/Alerts\/(Enrich|DeliverRaw)FunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Grants of the CDK on one key: the star stands for the forms of one action.',
  })),
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    path: /^Stack\/Alerts\/DeliverRawFunction\/Resource$/,
    why: 'The function reads a queue, in which a message stays until it is delivered.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    path: /^Stack\/Runbooks\/[A-Za-z]+Role\/DefaultPolicy\/Resource$/,
    why: 'What a runbook acts on is named when it is started; each action is on resources of its type, and changes wait for approval.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /^Stack\/Runbooks\/[A-Za-z]+Role\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one runbook, lists what its steps call, and goes with it.',
  },

  // --- Logging ---
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:logs:',
    path: /Trail\/Role\/Write\/Resource$/,
    why: 'CloudTrail names a stream after the account or organization and each Region; all are in the log group of the trail.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /Trail\/Role\/Write\/Resource$/,
    why: 'The policy is of one role, about one log group, and goes with them.',
  },

  // --- Restore tests ---
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores]',
    path: /\/RestoreTesting\/RestoreRole\/Resource$/,
    why: 'AWS keeps the policy in step with what AWS Backup calls to restore; a copy would fail restores when that changes.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore]',
    path: /\/RestoreTesting\/RestoreRole\/Resource$/,
    why: 'AWS keeps the policy in step with what AWS Backup calls to restore; a copy would fail restores when that changes.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /\/RestoreTesting\/(RestoreRole|Workflow\/StateMachine\/Role|StarterRole)\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one role, which has one purpose; it goes with it.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    path: /\/RestoreTesting\/Functions\/\w+Function\/Resource$/,
    why: 'The workflow waits for the answer of the function, tries again, and reports failure.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/RestoreTesting\/(Functions\/JobFunctionRole|AbsenceFunctionRole)\/DefaultPolicy\/Resource$/,
    why: 'AWS Backup has no ARN for restore jobs and lists of resources, and recovery points have those of other services; the Region is fixed by a condition.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/RestoreTesting\/Functions\/(Data|EBS|EC2|EFS|Reader\d+)FunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Describing instances, volumes, snapshots, subnets and network interfaces, and joining a network, have no resources in IAM.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/RestoreTesting\/Workflow\/StateMachine\/Role\/DefaultPolicy\/Resource$/,
    why: 'The CDK gives a workflow its rights to deliver logs and traces, which have no resources in IAM.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:states:eu-west-1:111122223333:execution:own:*]',
    path: /\/RestoreTesting\/Workflow\/StateMachine\/Role\/DefaultPolicy\/Resource$/,
    why: 'The workflow waits for an execution of the one workflow of the user; executions have names of their own.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    path: /\/RestoreTesting\/(Functions\/\w+FunctionRole|AbsenceFunctionRole)\/DefaultPolicy\/Resource$/,
    why: 'Names of restored resources and of tickets are not known beforehand; they begin with what restore testing or the library gives them.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<RestoreTestingAbsenceFunction',
    path: /^Stack\/SchedulerRoleForTarget-\w+\/DefaultPolicy\/Resource$/,
    why: 'The CDK lets the schedule invoke any version of the one function.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /^Stack\/SchedulerRoleForTarget-\w+\/DefaultPolicy\/Resource$/,
    why: 'The CDK makes the role of a schedule; its policy is about one function and goes with it.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/(Guardrails\/Features|LandingZone\/Administrators)\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'Roots are listed, services trusted and administrators of services appointed for the organization: these calls have no resources in IAM.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::arn:aws:organizations::111122223333:',
    path: /\/(Guardrails\/Features|LandingZone\/Administrators)\/HandlerRole\/DefaultPolicy\/Resource$/,
    why: 'The ids of the organization, its root and its accounts may be known only when it is made; the account that manages it is fixed.',
  },
  {
    rule: 'AwsSolutions-IAM5[Action::kms:',
    path: /\/Bulletins\/ReadFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Grants of the CDK on one key: the star stands for the forms of one action.',
  },
  // --- Hosts: integrity of files ---
  {
    rule: 'AwsSolutions-IAM5[Action::kms:',
    path: /\/FileIntegrity\/JudgeFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'The CDK lets the function use the key of its table; the patterns stand for two calls each, with and without plain text, from and to.',
  },
  ...['/file-integrity/baselines/*]', '/file-integrity/inbox/*]', '/file-integrity/reports/*]'].map((rule) => ({
    rule,
    path: /\/FileIntegrity\/(Judge|Sweep)FunctionRole\/DefaultPolicy\/Resource$/,
    why: 'States, baselines and reports have the host and the time in their names; each right is below one prefix.',
  })),
  ...[':automation-execution/*]', ':maintenancewindow/*]', '[Resource::*]'].map((rule) => ({
    rule,
    path: /\/FileIntegrity\/JudgeFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Runs get their ids when they are started, windows are named by the user; instances, sessions and commands are listed. All of it reads.',
  })),
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/FileIntegrity\/SweepFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'DescribeInstances has no resources; it reads.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::<FileIntegrityJudgeFunction',
    path: /\/FileIntegrity\/(SweepFunctionRole|Acceptance\/Role)\/DefaultPolicy\/Resource$/,
    why: 'The CDK lets its caller invoke any version of the one function.',
  },
  ...['[Resource::*]', ':instance/*]'].map((rule) => ({
    rule,
    path: /\/FileIntegrity\/Acceptance\/Role\/DefaultPolicy\/Resource$/,
    why: 'It runs one document on instances with one tag, and lists what became of that; lists have no resources.',
  })),
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /\/FileIntegrity\/Acceptance\/Role\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one document, lists what its steps do, and goes with it.',
  },
  // --- Hosts: ClamAV ---
  {
    rule: 'AwsSolutions-SQS3',
    path: /\/ClamAv\/DeadLetters\/Resource$/,
    why: 'It is the dead-letter queue of a rule of EventBridge, which cdk-nag does not look at.',
  },
  // --- Collection of evidence ---
  {
    rule: 'AwsSolutions-IAM5[Resource::',
    path: /\/Collector\/CollectFunctionRole\/DefaultPolicy\/Resource$/,
    why: 'Collectors read what there is in the account, whatever it is called, and many lists have no resources; keys of evidence have the day in them.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    path: /\/Collector\/Workflow\/Role\/DefaultPolicy\/Resource$/,
    why: 'Deliveries of logs and traces have no resources; the CDK asks for them for a workflow that is logged and traced.',
  },
  {
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    path: /\/Collector\/Workflow\/(Role|EventsRole)\/DefaultPolicy\/Resource$/,
    why: 'The policy is of one role, which has one purpose; it goes with it.',
  },
  {
    rule: 'NIST.800.53.R5-LambdaDLQ',
    path: /\/Collector\/CollectFunction\/Resource$/,
    why: 'The workflow waits for the function, and says what failed.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    path: /\/Collector\/StartDeadLetters\/Resource$/,
    why: 'It is the dead-letter queue of a rule of EventBridge, which cdk-nag does not look at.',
  },
  {
    // Whatever a pack says of it.
    rule: '',
    path: /^Stack-assets-[a-z0-9-]+\/Custom::CDKBucketDeployment\w+\/\w/,
    why: 'The CDK makes the function that copies files to a bucket; it runs only during a deployment, and no option of it says otherwise.',
  },
];

/** The findings, as `build` lists them, that nobody accepted. */
export function unaccepted(findings: readonly string[]): string[] {
  return findings.filter((finding) => {
    const [rule, path] = finding.split(' at ');
    return !ACCEPTED.some((each) => rule.includes(each.rule) && each.path.test(path));
  });
}
