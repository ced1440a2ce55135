import type { GlyphName } from './glyphs';

/** Parts of the picture, from the internet inwards. */
export const ZONES = ['edge', 'entry', 'app', 'data', 'serverless', 'store'] as const;

export type Zone = (typeof ZONES)[number];

/** How a type of resource is drawn. */
export interface Kind {
  readonly zone: Zone;
  /** What it is, in plain words, for one and for several. */
  readonly title: readonly [one: string, many: string];
  /** What AWS calls it. */
  readonly service: string;
  readonly glyph: GlyphName;
  /** Whether names of its resources tell nobody anything. */
  readonly isNameless?: boolean;
}

const kind = (zone: Zone, one: string, many: string, service: string, glyph: GlyphName): Kind => ({
  zone,
  title: [one, many],
  service,
  glyph,
});

/** What is drawn in the middle of the picture, by type. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::CloudFront::Distribution': kind('edge', 'Content delivery', 'Content deliveries', 'Amazon CloudFront', 'cloud'),
  'AWS::WAFv2::WebACL': kind('edge', 'Web application firewall', 'Web application firewalls', 'AWS WAF', 'shield'),
  'AWS::ApiGateway::RestApi': kind('edge', 'Programming interface', 'Programming interfaces', 'Amazon API Gateway', 'gate'),
  'AWS::ApiGatewayV2::Api': kind('edge', 'Programming interface', 'Programming interfaces', 'Amazon API Gateway', 'gate'),
  'AWS::AppSync::GraphQLApi': kind('edge', 'Query interface', 'Query interfaces', 'AWS AppSync', 'gate'),
  'AWS::Cognito::UserPool': kind('edge', 'Sign-in of users', 'Sign-ins of users', 'Amazon Cognito', 'key'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': kind(
    'entry',
    'Load balancer',
    'Load balancers',
    'Elastic Load Balancing',
    'split',
  ),
  'AWS::ElasticLoadBalancing::LoadBalancer': kind('entry', 'Load balancer', 'Load balancers', 'Elastic Load Balancing', 'split'),
  'AWS::EC2::NatGateway': {
    ...kind('entry', 'Way out to the internet', 'Ways out to the internet', 'NAT gateway', 'out'),
    isNameless: true,
  },
  'AWS::NetworkFirewall::Firewall': kind('entry', 'Network firewall', 'Network firewalls', 'AWS Network Firewall', 'shield'),
  'AWS::EC2::VPCPeeringConnection': kind('entry', 'Link to another network', 'Links to other networks', 'VPC peering', 'flow'),
  'AWS::EC2::TransitGatewayAttachment': kind(
    'entry',
    'Link to other networks',
    'Links to other networks',
    'Transit gateway',
    'flow',
  ),
  'AWS::EC2::VPNConnection': kind('entry', 'Link to an office', 'Links to offices', 'Site-to-Site VPN', 'flow'),
  'AWS::Transfer::Server': kind('entry', 'File transfer', 'File transfers', 'AWS Transfer Family', 'files'),
  'AWS::EC2::ClientVpnEndpoint': kind('entry', 'Way in for staff', 'Ways in for staff', 'Client VPN', 'people'),
  'AWS::ECS::Service': kind('app', 'Application in containers', 'Applications in containers', 'Amazon ECS', 'box'),
  'AWS::EKS::Cluster': kind('app', 'Kubernetes cluster', 'Kubernetes clusters', 'Amazon EKS', 'box'),
  'Custom::AWSCDK-EKS-Cluster': kind('app', 'Kubernetes cluster', 'Kubernetes clusters', 'Amazon EKS', 'box'),
  'AWS::AppRunner::Service': kind('app', 'Application in containers', 'Applications in containers', 'AWS App Runner', 'box'),
  'AWS::ElasticBeanstalk::Environment': kind('app', 'Application', 'Applications', 'AWS Elastic Beanstalk', 'box'),
  'AWS::AutoScaling::AutoScalingGroup': kind('app', 'Group of servers', 'Groups of servers', 'Amazon EC2', 'server'),
  'AWS::EC2::Instance': kind('app', 'Server', 'Servers', 'Amazon EC2', 'server'),
  'AWS::Lambda::Function': kind('app', 'Function', 'Functions', 'AWS Lambda', 'lambda'),
  'AWS::Serverless::Function': kind('app', 'Function', 'Functions', 'AWS Lambda', 'lambda'),
  'AWS::StepFunctions::StateMachine': kind('serverless', 'Workflow', 'Workflows', 'AWS Step Functions', 'flow'),
  'AWS::RDS::DBInstance': kind('data', 'Database', 'Databases', 'Amazon RDS', 'database'),
  'AWS::RDS::DBCluster': kind('data', 'Database cluster', 'Database clusters', 'Amazon Aurora', 'database'),
  'AWS::DocDB::DBCluster': kind('data', 'Document database', 'Document databases', 'Amazon DocumentDB', 'database'),
  'AWS::Neptune::DBCluster': kind('data', 'Graph database', 'Graph databases', 'Amazon Neptune', 'database'),
  'AWS::Redshift::Cluster': kind('data', 'Data warehouse', 'Data warehouses', 'Amazon Redshift', 'database'),
  'AWS::ElastiCache::ReplicationGroup': kind('data', 'Cache', 'Caches', 'Amazon ElastiCache', 'database'),
  'AWS::ElastiCache::CacheCluster': kind('data', 'Cache', 'Caches', 'Amazon ElastiCache', 'database'),
  'AWS::ElastiCache::ServerlessCache': kind('data', 'Cache', 'Caches', 'Amazon ElastiCache', 'database'),
  'AWS::MemoryDB::Cluster': kind('data', 'Cache', 'Caches', 'Amazon MemoryDB', 'database'),
  'AWS::RedshiftServerless::Workgroup': kind('data', 'Data warehouse', 'Data warehouses', 'Amazon Redshift', 'database'),
  'AWS::AmazonMQ::Broker': kind('data', 'Message broker', 'Message brokers', 'Amazon MQ', 'queue'),
  'AWS::Elasticsearch::Domain': kind('data', 'Search', 'Search', 'Amazon OpenSearch', 'search'),
  'AWS::OpenSearchService::Domain': kind('data', 'Search', 'Search', 'Amazon OpenSearch', 'search'),
  'AWS::EFS::FileSystem': kind('data', 'Shared files', 'Shared files', 'Amazon EFS', 'files'),
  'AWS::FSx::FileSystem': kind('data', 'Shared files', 'Shared files', 'Amazon FSx', 'files'),
  'AWS::MSK::ServerlessCluster': kind('data', 'Event stream', 'Event streams', 'Amazon MSK', 'queue'),
  'AWS::MSK::Cluster': kind('data', 'Event stream', 'Event streams', 'Amazon MSK', 'queue'),
  'AWS::DynamoDB::Table': kind('store', 'Table', 'Tables', 'Amazon DynamoDB', 'database'),
  'AWS::DynamoDB::GlobalTable': kind('store', 'Table', 'Tables', 'Amazon DynamoDB', 'database'),
  'AWS::S3::Bucket': kind('store', 'Files', 'Stores of files', 'Amazon S3', 'bucket'),
  'AWS::SQS::Queue': kind('store', 'Queue of messages', 'Queues of messages', 'Amazon SQS', 'queue'),
  'AWS::Kinesis::Stream': kind('store', 'Event stream', 'Event streams', 'Amazon Kinesis', 'queue'),
};

/** How resources of a safeguard are told: as one and as several, or without their number where it says nothing. */
export type SafeguardWords = string | readonly [one: string, many: string];

const ALARMS: SafeguardWords = ['1 alarm', 'alarms'];
const POSTURE = 'Findings (Security Hub)';

export const LOG_STORES: SafeguardWords = ['Store of logs', 'stores of logs'];

/** What watches over the system, drawn below it: resource types, and the words for them. */
export const SAFEGUARDS: readonly {
  readonly title: string;
  readonly glyph: GlyphName;
  readonly nothing: string;
  readonly types: Readonly<Record<string, SafeguardWords>>;
}[] = [
  {
    title: 'Backup',
    glyph: 'archive',
    nothing: 'No backup plan here',
    types: {
      'AWS::Backup::BackupPlan': ['Backup plan', 'backup plans'],
      'AWS::Backup::BackupVault': ['Backup vault', 'backup vaults'],
      'AWS::Backup::RestoreTestingPlan': 'Tests of restores',
    },
  },
  {
    title: 'Logs',
    glyph: 'log',
    nothing: 'No trail here',
    types: {
      'AWS::CloudTrail::Trail': 'Audit trail',
      'AWS::EC2::FlowLog': 'Network flow logs',
      'AWS::WAFv2::LoggingConfiguration': 'Web firewall logs',
      'AWS::Logs::LogGroup': ['Log group', 'log groups'],
    },
  },
  {
    title: 'Detection',
    glyph: 'eye',
    nothing: 'No detection here',
    types: {
      'AWS::GuardDuty::Detector': 'Threats (GuardDuty)',
      'AWS::SecurityHub::Hub': POSTURE,
      'AWS::SecurityHub::HubV2': POSTURE,
      'AWS::Config::ConfigurationRecorder': 'Settings (AWS Config)',
      'AWS::InspectorV2::Filter': 'Weaknesses (Inspector)',
      'Custom::Soc2Inspector': 'Weaknesses (Inspector)',
      'AWS::Macie::Session': 'Personal data (Macie)',
      'AWS::AccessAnalyzer::Analyzer': 'Access (Analyzer)',
    },
  },
  {
    title: 'Alerts',
    glyph: 'bell',
    nothing: 'No alarm here',
    types: {
      'AWS::CloudWatch::Alarm': ALARMS,
      'AWS::CloudWatch::CompositeAlarm': ALARMS,
      'AWS::SNS::Topic': ['Topic that tells people', 'topics that tell people'],
    },
  },
  {
    title: 'Keys and secrets',
    glyph: 'key',
    nothing: 'No key here',
    types: {
      'AWS::KMS::Key': ['Encryption key', 'encryption keys'],
      'AWS::SecretsManager::Secret': ['Secret in a vault', 'secrets in a vault'],
    },
  },
];
