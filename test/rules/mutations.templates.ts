import type { Json, JsonObject } from '../../src/model/json';
import type { CleanTemplate } from './mutations.clean';

const ROLE = 'arn:aws:iam::111122223333:role/app';
const IN_ORGANIZATION = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } };

const resource = (Type: string, Properties: JsonObject): JsonObject => ({ Type, Properties });

/** A policy that lets in a role, and everyone of an organization, however that is written. */
const letting = (Action: string): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: ROLE }, Action, Resource: '*' },
    { Effect: 'Allow', Principal: '*', Action, Resource: '*', ...IN_ORGANIZATION },
    { Effect: 'Allow', Principal: { AWS: '*' }, Action, Resource: '*', ...IN_ORGANIZATION },
  ],
});

const encrypted = { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } };

/** What no example of a rule and no example app shows: resources of many types, with all that the catalogue changes. */
const RESOURCES: Readonly<Record<string, JsonObject>> = {
  Bucket: resource('AWS::S3::Bucket', {
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } } },
  }),
  BucketPolicy: resource('AWS::S3::BucketPolicy', { Bucket: 'orders', PolicyDocument: letting('s3:GetObject') }),
  Table: resource('AWS::DynamoDB::Table', { ...encrypted, ResourcePolicy: { PolicyDocument: letting('dynamodb:GetItem') } }),
  GlobalTable: resource('AWS::DynamoDB::GlobalTable', {
    ...encrypted,
    Replicas: [{ Region: 'eu-west-1', ResourcePolicy: { PolicyDocument: letting('dynamodb:GetItem') } }],
  }),
  Domain: resource('AWS::OpenSearchService::Domain', { AccessPolicies: letting('es:*') }),
  OldDomain: resource('AWS::Elasticsearch::Domain', { AccessPolicies: letting('es:*') }),
  Repository: resource('AWS::ECR::Repository', { RepositoryPolicyText: letting('ecr:BatchGetImage') as Json }),
  Registry: resource('AWS::ECR::RegistryPolicy', { PolicyText: letting('ecr:ReplicateImage') }),
  TopicPolicy: resource('AWS::SNS::TopicPolicy', { Topics: ['arn'], PolicyDocument: letting('sns:Publish') }),
  TopicInlinePolicy: resource('AWS::SNS::TopicInlinePolicy', { TopicArn: 'arn', PolicyDocument: letting('sns:Publish') }),
  StreamPolicy: resource('AWS::Kinesis::ResourcePolicy', { ResourceArn: 'arn', ResourcePolicy: letting('kinesis:GetRecords') }),
  BrokerPolicy: resource('AWS::MSK::ClusterPolicy', { ClusterArn: 'arn', Policy: letting('kafka:CreateVpcConnection') }),
  QueuePolicy: resource('AWS::SQS::QueuePolicy', { Queues: ['url'], PolicyDocument: letting('sqs:SendMessage') }),
  QueueInlinePolicy: resource('AWS::SQS::QueueInlinePolicy', { Queue: 'url', PolicyDocument: letting('sqs:SendMessage') }),
  Queue: resource('AWS::SQS::Queue', { SqsManagedSseEnabled: true }),
  Subscription: resource('AWS::SNS::Subscription', { TopicArn: 'arn', Protocol: 'https', Endpoint: 'https://example.com' }),
  Key: resource('AWS::KMS::Key', { EnableKeyRotation: true, KeyPolicy: letting('kms:Decrypt') }),
  EnclaveKey: resource('AWS::KMS::Key', {
    Description: 'Key of the payment enclave',
    EnableKeyRotation: true,
    KeyPolicy: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ROLE },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': 'a1'.repeat(48) } },
        },
      ],
    },
  }),
  ReplicaKey: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: 'arn', KeyPolicy: letting('kms:Decrypt') }),
  SecretPolicy: resource('AWS::SecretsManager::ResourcePolicy', {
    SecretId: 'orders',
    ResourcePolicy: letting('secretsmanager:GetSecretValue'),
  }),
  Packages: resource('AWS::CodeArtifact::Repository', {
    PermissionsPolicyDocument: letting('codeartifact:ReadFromRepository'),
  }),
  PackageDomain: resource('AWS::CodeArtifact::Domain', {
    PermissionsPolicyDocument: letting('codeartifact:ReadFromRepository'),
  }),
  Vault: resource('AWS::Backup::BackupVault', { AccessPolicy: letting('backup:CopyIntoBackupVault') }),
  ServicePolicy: resource('AWS::VpcLattice::AuthPolicy', {
    ResourceIdentifier: 'svc-1',
    Policy: letting('vpc-lattice-svcs:Invoke'),
  }),
  RolePolicy: resource('AWS::IAM::RolePolicy', {
    RoleName: 'app',
    PolicyName: 'app',
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['ec2:DescribeInstances'], Resource: '*' }] },
  }),
  Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    LoadBalancerAttributes: [{ Key: 'routing.http.desync_mitigation_mode', Value: 'strictest' }],
  }),
  TlsListener: resource('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: 'arn',
    Protocol: 'TLS',
    Port: 443,
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    Certificates: [{ CertificateArn: 'arn' }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn' }],
  }),
  Distribution: resource('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      DefaultCacheBehavior: { TargetOriginId: 'files', ViewerProtocolPolicy: 'redirect-to-https' },
      Origins: [
        {
          Id: 'files',
          DomainName: 'files.s3.eu-west-1.amazonaws.com',
          S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' },
        },
      ],
    },
  }),
  Group: resource('AWS::EC2::SecurityGroup', {
    GroupDescription: 'database',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIpv6: 'fd00::/8', Description: 'app' }],
  }),
  Server: resource('AWS::EC2::Instance', { SourceDestCheck: true }),
  Template: resource('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: {
      MetadataOptions: { HttpTokens: 'required' },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }],
    },
  }),
  Brokers: resource('AWS::MSK::Cluster', {
    BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } },
  }),
  Detector: resource('AWS::GuardDuty::Detector', {
    Enable: true,
    Features: [{ Name: 'EKS_RUNTIME_MONITORING', Status: 'ENABLED' }],
  }),
  FindingRoute: resource('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', 7] }] },
    },
    Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
  }),
};

const production = { 'cdk-soc2': { environment: { kind: 'PRODUCTION' } } };
const tagged = resource('AWS::S3::Bucket', { Tags: [{ Key: 'environment', Value: 'production' }] });

/** What is clean only together. */
const TOGETHER: readonly CleanTemplate[] = [
  {
    name: 'complete Subscriber',
    body: {
      Resources: {
        Database: resource('AWS::RDS::DBInstance', { Engine: 'postgres' }),
        Subscriber: resource('AWS::RDS::EventSubscription', { SnsTopicArn: 'arn', SourceType: 'db-instance', Enabled: true }),
      },
    },
  },
  { name: 'complete Production', body: { Metadata: production, Resources: { Orders: tagged, Invoices: tagged } } },
];

/** One template a resource: what stands beside it must not make up for it. */
export const TEMPLATES: readonly CleanTemplate[] = [
  ...Object.entries(RESOURCES).map(
    ([name, body]): CleanTemplate => ({ name: `complete ${name}`, body: { Resources: { [name]: body } } }),
  ),
  ...TOGETHER,
];
