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

/** What is right as it is. */
export const ACCEPTED: readonly Accepted[] = [
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
  {
    rule: 'iam-emergency-access-watched',
    how: 'is silent',
    places: ['AWS::IAM::Role RoleName', 'AWS::SSO::PermissionSet Name'],
    why: 'What is for emergencies is known by its name. To ask it of every role whose name is a parameter would be noise.',
  },
  {
    rule: 'iam-no-privilege-escalation-inline',
    how: 'passes',
    places: ['AWS::IAM::Policy PolicyDocument/Statement/*/Action'],
    why: 'The policy that may open the way by itself is undetermined; the role that has it is not told the same again.',
  },
  {
    rule: 'iam-no-full-cloudtrail-access',
    how: 'passes',
    places: ['AWS::IAM::Policy PolicyDocument/Statement/*/Action'],
    why: 'The resource is a bucket, on which no action of CloudTrail has an effect, whatever the actions are.',
  },
  {
    rule: 'lambda-no-public-access',
    how: 'passes',
    places: ['AWS::Lambda::Permission Principal'],
    why: 'The source is a topic of the account, so that whoever the principal is, it calls for that topic or not at all.',
  },
];
