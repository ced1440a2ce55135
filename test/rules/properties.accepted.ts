import type { Leniency } from './properties.unknown';

/** A rule that may be content with what only deployment knows, and why. */
interface Accepted extends Pick<Leniency, 'rule' | 'how'> {
  readonly places: readonly string[];
  readonly why: string;
}

const WRITTEN = 'The rule is about what stands in the template, and what a parameter gives does not stand there.';
const NAMES = 'What a variable is called stands in the program that reads it, not in a parameter.';
const ONCE = 'A key stands in a list once, and the one that the rule looks for stands there already.';
const ENGINE = 'RDS refuses logs that an engine does not have: a list that is complete for some engine is complete.';

const APPLIES = 'The rule may be about the resource: it should say that it does not know.';
const POLICY = 'A part of a statement that may be anything may be `*`.';
const ZONES = 'Zones that only deployment knows may be one and the same.';
const TAGS = 'A tag that only deployment knows may say that the resource is for the other kind of environment.';
const NAME = 'The part of the name that only deployment knows may make it the policy that is not wanted.';

/** What is right as it is. */
const RIGHT: readonly Accepted[] = [
  {
    rule: 'codebuild-no-plain-credentials',
    how: 'passes',
    places: ['AWS::CodeBuild::Project Environment/EnvironmentVariables/*/Value', 'AWS::CodeBuild::SourceCredential Token'],
    why: WRITTEN,
  },
  {
    rule: 'codebuild-no-plain-credentials',
    how: 'passes',
    places: ['AWS::CodeBuild::Project Environment/EnvironmentVariables/*/Name'],
    why: NAMES,
  },
  {
    rule: 'ec2-userdata-no-secrets',
    how: 'passes',
    places: [
      'AWS::EC2::Instance UserData/Fn::Base64',
      'AWS::EC2::Instance UserData/Fn::Base64/Fn::Join/*',
      'AWS::EC2::Instance UserData/Fn::Base64/Fn::Join/*/*',
      'AWS::EC2::LaunchTemplate LaunchTemplateData/UserData',
    ],
    why: WRITTEN,
  },
  {
    rule: 'ecs-no-plain-secrets',
    how: 'passes',
    places: ['AWS::ECS::TaskDefinition ContainerDefinitions/*/Environment/*/Value'],
    why: WRITTEN,
  },
  {
    rule: 'ecs-no-plain-secrets',
    how: 'passes',
    places: [
      'AWS::Batch::JobDefinition ContainerProperties/Environment/*/Name',
      'AWS::ECS::TaskDefinition ContainerDefinitions/*/Environment/*/Name',
    ],
    why: NAMES,
  },
  {
    rule: 'lambda-no-plain-secrets',
    how: 'passes',
    places: [
      'AWS::Lambda::Function Environment/Variables/BROKER',
      'AWS::Lambda::Function Environment/Variables/LOGIN/Fn::Join/*',
      'AWS::Lambda::Function Environment/Variables/LOGIN/Fn::Join/*/*',
      'AWS::Lambda::Function Environment/Variables/SIGNER',
    ],
    why: WRITTEN,
  },
  { rule: 'ssm-parameters-secure-string', how: 'passes', places: ['AWS::SSM::Parameter Value'], why: WRITTEN },
  { rule: 'rds-cluster-logs-exported', how: 'passes', places: ['AWS::RDS::DBCluster Engine'], why: ENGINE },
  { rule: 'rds-logs-exported', how: 'passes', places: ['AWS::RDS::DBInstance Engine'], why: ENGINE },
  {
    rule: 'rds-supported-engine',
    how: 'passes',
    places: ['AWS::RDS::DBInstance DBParameterGroupName', 'AWS::RDS::DBInstance EngineVersion'],
    why: 'Without a version RDS takes one that it supports; and whether the version of a source is known, its own verdict says.',
  },
  {
    rule: 'alb-drop-invalid-headers',
    how: 'passes',
    places: ['AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes/*/Key'],
    why: ONCE,
  },
  {
    rule: 'redshift-serverless-activity-logging',
    how: 'passes',
    places: ['AWS::RedshiftServerless::Workgroup ConfigParameters/*/ParameterKey'],
    why: ONCE,
  },
  {
    rule: 'redshift-serverless-tls',
    how: 'passes',
    places: ['AWS::RedshiftServerless::Workgroup ConfigParameters/*/ParameterKey'],
    why: ONCE,
  },
  {
    rule: 'sg-no-wide-public-cidr',
    how: 'passes',
    places: ['AWS::EC2::SecurityGroupIngress CidrIp'],
    why: 'The web may be open to everyone, so that it does not matter who the clients are.',
  },
  {
    rule: 'kms-enclave-attestation-no-bypass',
    how: 'is silent',
    places: ['AWS::KMS::Key Tags/*/Value'],
    why: 'A key is known to be for an enclave by what is said of it; most keys are not.',
  },
  {
    rule: 'kms-enclave-attestation-required',
    how: 'is silent',
    places: ['AWS::KMS::Key Description'],
    why: 'A key is known to be for an enclave by what is said of it; most keys are not.',
  },
];

/** What should be undetermined. An entry goes away with the change of the rule that makes it so. */
const GAPS: readonly Accepted[] = [
  {
    rule: 'alarm-missing-data',
    how: 'is silent',
    places: ['AWS::CloudWatch::Alarm ComparisonOperator', 'AWS::CloudWatch::Alarm Statistic', 'AWS::CloudWatch::Alarm Threshold'],
    why: APPLIES,
  },
  {
    rule: 'apigw-execution-logging',
    how: 'is silent',
    places: ['AWS::ApiGatewayV2::Api ProtocolType'],
    why: APPLIES,
  },
  {
    rule: 'apigw-request-validation',
    how: 'is silent',
    places: ['AWS::ApiGateway::Method HttpMethod'],
    why: APPLIES,
  },
  {
    rule: 'cloudfront-default-root-object',
    how: 'is silent',
    places: [
      'AWS::CloudFront::Distribution DistributionConfig/DefaultCacheBehavior/TargetOriginId',
      'AWS::CloudFront::Distribution DistributionConfig/Origins/*/Id',
    ],
    why: APPLIES,
  },
  {
    rule: 'cloudfront-s3-origin-access',
    how: 'is silent',
    places: ['AWS::CloudFront::Distribution DistributionConfig/Origins/*/DomainName'],
    why: APPLIES,
  },
  {
    rule: 'dms-endpoint-sign-in',
    how: 'is silent',
    places: ['AWS::DMS::Endpoint EngineName'],
    why: APPLIES,
  },
  {
    rule: 'dms-redis-tls',
    how: 'is silent',
    places: ['AWS::DMS::Endpoint EngineName'],
    why: APPLIES,
  },
  {
    rule: 'event-pattern-backup-status',
    how: 'is silent',
    places: ['AWS::Events::Rule EventPattern/source/*'],
    why: APPLIES,
  },
  {
    rule: 'event-pattern-finding-severity',
    how: 'is silent',
    places: ['AWS::Events::Rule EventPattern/source/*'],
    why: APPLIES,
  },
  {
    rule: 'finding-route-dlq',
    how: 'is silent',
    places: ['AWS::Events::Rule EventPattern/source/*'],
    why: APPLIES,
  },
  {
    rule: 'fsx-copy-tags',
    how: 'is silent',
    places: ['AWS::FSx::FileSystem FileSystemType'],
    why: APPLIES,
  },
  {
    rule: 'fsx-in-backup-plan',
    how: 'is silent',
    places: ['AWS::FSx::FileSystem LustreConfiguration/DeploymentType'],
    why: APPLIES,
  },
  {
    rule: 'fsx-windows-audit-log',
    how: 'is silent',
    places: ['AWS::FSx::FileSystem FileSystemType'],
    why: APPLIES,
  },
  {
    rule: 'glue-job-supported-version',
    how: 'is silent',
    places: ['AWS::Glue::Job Command/Name'],
    why: APPLIES,
  },
  {
    rule: 'iam-oidc-subject-condition',
    how: 'is silent',
    places: [
      'AWS::IAM::Role AssumeRolePolicyDocument/Statement/*/Action',
      'AWS::IAM::Role AssumeRolePolicyDocument/Statement/*/Effect',
    ],
    why: APPLIES,
  },
  {
    rule: 'iam-roles-anywhere-trust-condition',
    how: 'is silent',
    places: [
      'AWS::IAM::Role AssumeRolePolicyDocument/Statement/*/Effect',
      'AWS::IAM::Role AssumeRolePolicyDocument/Statement/*/Principal/Service',
    ],
    why: APPLIES,
  },
  {
    rule: 'kms-enclave-attestation-deployment-binding',
    how: 'is silent',
    places: ['AWS::KMS::Key KeyPolicy/Statement/*/Effect'],
    why: APPLIES,
  },
  {
    rule: 'pipeline-approval',
    how: 'is silent',
    places: ['AWS::CodePipeline::Pipeline Stages/*/Actions/*/ActionTypeId/Category'],
    why: APPLIES,
  },
  {
    rule: 'rds-enhanced-monitoring',
    how: 'is silent',
    places: ['AWS::RDS::DBCluster Engine'],
    why: APPLIES,
  },
  {
    rule: 'rds-not-public',
    how: 'is silent',
    places: ['AWS::RDS::DBCluster Engine'],
    why: APPLIES,
  },
  {
    rule: 's3-uploads-malware-scan',
    how: 'is silent',
    places: ['AWS::S3::Bucket CorsConfiguration/CorsRules/*/AllowedMethods/*'],
    why: APPLIES,
  },
  {
    rule: 'backup-restore-testing',
    how: 'passes',
    places: ['AWS::Backup::BackupSelection BackupSelection/Resources/*'],
    why: 'A selection that may cover anything makes the restore of any kind of resource wanting.',
  },
  {
    rule: 'bedrock-invocation-logging',
    how: 'passes',
    places: ['AWS::IAM::Policy PolicyDocument/Statement/*/Action/*', 'AWS::IAM::Policy PolicyDocument/Statement/*/Effect'],
    why: POLICY,
  },
  {
    rule: 'codebuild-no-plain-credentials',
    how: 'passes',
    places: ['AWS::CodeBuild::Project Environment/EnvironmentVariables/*/Type'],
    why: 'The value may turn out to be written in plain text.',
  },
  {
    rule: 'dms-endpoint-ssl',
    how: 'passes',
    places: ['AWS::DMS::Endpoint EngineName'],
    why: 'Kafka has settings of its own, and `SslMode` says nothing for it.',
  },
  {
    rule: 'docdb-multi-az',
    how: 'passes',
    places: ['AWS::DocDB::DBInstance AvailabilityZone'],
    why: ZONES,
  },
  {
    rule: 'ec2-serial-console-disabled',
    how: 'passes',
    places: ['AWS::Organizations::Policy Type'],
    why: 'The policy may turn out to be one that turns the console on.',
  },
  {
    rule: 'environment-account-separation',
    how: 'passes',
    places: ['AWS::S3::Bucket Tags/*/Key', 'AWS::S3::Bucket Tags/*/Value'],
    why: TAGS,
  },
  {
    rule: 'environment-no-cross-link',
    how: 'passes',
    places: ['AWS::EC2::VPC Tags/*/Key', 'AWS::EC2::VPC Tags/*/Value'],
    why: TAGS,
  },
  {
    rule: 'event-pattern-backup-status',
    how: 'passes',
    places: ['AWS::Events::Rule EventPattern/detail-type/*'],
    why: 'The pattern may be for events that have another field.',
  },
  {
    rule: 'iam-least-privilege-managed-policies',
    how: 'passes',
    places: ['AWS::IAM::ManagedPolicy PolicyDocument/Statement/*/Action'],
    why: POLICY,
  },
  {
    rule: 'iam-no-aws-admin-managed-policy',
    how: 'passes',
    places: ['AWS::IAM::Role ManagedPolicyArns/*/Fn::Join/*/*'],
    why: NAME,
  },
  {
    rule: 'iam-no-bedrock-full-access',
    how: 'passes',
    places: ['AWS::IAM::Role ManagedPolicyArns/*/Fn::Join/*/*'],
    why: NAME,
  },
  {
    rule: 'iam-no-full-cloudtrail-access',
    how: 'passes',
    places: ['AWS::IAM::Policy PolicyDocument/Statement/*/Action'],
    why: POLICY,
  },
  {
    rule: 'iam-no-privilege-escalation-inline',
    how: 'passes',
    places: ['AWS::IAM::Policy PolicyDocument/Statement/*/Action'],
    why: POLICY,
  },
  {
    rule: 'iam-password-policy',
    how: 'passes',
    places: ['Custom::AWS Create', 'Custom::AWS Update'],
    why: 'The call may set a weaker policy.',
  },
  {
    rule: 'kms-enclave-attestation-no-bypass',
    how: 'passes',
    places: ['AWS::KMS::Key KeyPolicy/Statement/*/NotAction'],
    why: POLICY,
  },
  {
    rule: 'kms-enclave-attestation-required',
    how: 'passes',
    places: ['AWS::KMS::Key KeyPolicy/Statement/*/Condition/StringEquals/kms:RecipientAttestation:PCR0'],
    why: 'The measurement may be that of an image in debug mode.',
  },
  {
    rule: 'lambda-multi-az',
    how: 'passes',
    places: ['AWS::EC2::Subnet AvailabilityZone', 'AWS::Lambda::Function VpcConfig/SubnetIds/*'],
    why: ZONES,
  },
  {
    rule: 'lambda-no-public-access',
    how: 'passes',
    places: ['AWS::Lambda::Permission Principal'],
    why: 'An ARN of S3 names no account, so that for S3 it is not enough.',
  },
  {
    rule: 'neptune-multi-az',
    how: 'passes',
    places: ['AWS::Neptune::DBInstance AvailabilityZone'],
    why: ZONES,
  },
  {
    rule: 'pipeline-approval',
    how: 'passes',
    places: ['AWS::CodePipeline::Pipeline Stages/*/Actions/*/RunOrder'],
    why: 'The approval may come after what it is for.',
  },
  {
    rule: 's3-bucket-encryption-kms',
    how: 'passes',
    places: ['AWS::ElasticLoadBalancingV2::LoadBalancer Type'],
    why: 'A network load balancer can deliver to a bucket with a KMS key.',
  },
];

export const ACCEPTED: readonly Accepted[] = [...RIGHT, ...GAPS];
