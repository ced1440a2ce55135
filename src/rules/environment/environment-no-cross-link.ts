import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { IDENTITY_POLICY_TYPES, identityPolicies, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { type Kind, kindOfAccount, kindTag, taggedKind } from '../shared/environment-kind';

const PEERING = 'AWS::EC2::VPCPeeringConnection';

/** Policies that let principals in, by the type of the resource and the property. */
const LETTING_IN = {
  'AWS::Backup::BackupVault': 'AccessPolicy',
  'AWS::ECR::Repository': 'RepositoryPolicyText',
  'AWS::IAM::Role': 'AssumeRolePolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
} as const;

const ACCOUNT = /(?:^|:)(\d{12})(?::|$)/;

/** What the accounts of the other environments are for. */
type Accounts = ReadonlyMap<string, Kind>;

function accountsNear(view: EnvironmentView): Accounts {
  return new Map(
    view.others().flatMap(({ environment }): [string, Kind][] => {
      const kind = kindOfAccount(environment);
      return environment.account === undefined || kind === undefined ? [] : [[environment.account, kind]];
    }),
  );
}

function kindOf(resource: Resource): Kind | undefined {
  return taggedKind(resource) ?? kindOfAccount(resource.environment);
}

/** What a VPC is for: one of the templates, or one in an account of another environment. */
function kindOfVpc(vpc: Value, owner: Value, accounts: Accounts): Kind | undefined {
  const [own] = vpc.targets('AWS::EC2::VPC');
  return own ? kindOf(own) : accounts.get(owner.string ?? '');
}

function judgePeering(peering: Resource, accounts: Accounts): Observation[] {
  const peer = peering.at('PeerVpcId');
  const [here] = peering.at('VpcId').targets('AWS::EC2::VPC');
  const [own, other] = [kindOf(here ?? peering), kindOfVpc(peer, peering.at('PeerOwnerId'), accounts)];
  const expected = 'a network of the same kind';
  const open = [here, ...peer.targets('AWS::EC2::VPC')].find((vpc) => vpc && kindTag(vpc).isUnknown);
  if (open) return [kindTag(open).undetermined(expected)];
  if (own === undefined || own === other) return [];
  if (other === undefined) return [peer.undetermined(expected, 'nothing here says what the other network is for')];
  return [peer.fails(expected, `a ${own} network is joined to a ${other} one`)];
}

/** Production may read what tests do; the other way round a test reaches production. */
function judgeLettingIn(resource: Resource, path: string, accounts: Accounts): Observation[] {
  return statementsOf(resource.at(path))
    .filter(({ allows }) => allows)
    .flatMap(({ principals }) => principals)
    .filter(({ kind }) => kind === 'AWS')
    .flatMap(({ value }) => judgePrincipal(value, accounts));
}

function judgePrincipal(principal: Value, accounts: Accounts): Observation[] {
  const expected = 'principals of production';
  if (isOf('non-production', principal, accounts))
    return [principal.fails(expected, 'production lets in an account that is not')];
  return isAnywhere(principal) ? [principal.undetermined(expected)] : [];
}

/** Whether a principal may be of any account: no resource here, not of this account by name, and nothing that this account exports. */
function isAnywhere(principal: Value): boolean {
  const { isUnknown, text } = principal;
  return isUnknown && principal.mentions().length === 0 && !ACCOUNT.test(text) && !/\$\{(AWS::AccountId|ImportValue )/.test(text);
}

function judgeReachingOut(resource: Resource, accounts: Accounts): Observation[] {
  return identityPolicies(resource)
    .flatMap(({ document }) => statementsOf(document))
    .filter(({ allows }) => allows)
    .flatMap(({ resources }) => resources)
    .filter((value) => isOf('production', value, accounts))
    .map((value) => value.fails('resources of the own environment', 'a test is allowed to reach into an account of production'));
}

function isOf(kind: Kind, { text }: Value, accounts: Accounts): boolean {
  return accounts.get(ACCOUNT.exec(text)?.[1] ?? '') === kind;
}

/** What lets a test into production, by the policies of either. */
function judgePolicies(view: EnvironmentView, accounts: Accounts): Observation[] {
  const kind = kindOfAccount(view.environment);
  if (kind === undefined || ![...accounts.values()].some((other) => other !== kind)) return [];
  return kind === 'production'
    ? Object.entries(LETTING_IN).flatMap(([type, path]) =>
        view.resources(type).flatMap((each) => judgeLettingIn(each, path, accounts)),
      )
    : IDENTITY_POLICY_TYPES.flatMap((type) => view.resources(type).flatMap((each) => judgeReachingOut(each, accounts)));
}

const vpc = (id: string, stage: Json): JsonObject => ({
  [id]: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'stage', Value: stage }] } },
});
const peering = (peer: Json) => ({
  Peering: { Type: PEERING, Properties: { VpcId: { Ref: 'Network' }, PeerVpcId: peer } },
});

export default defineRule({
  id: 'Environment.5',
  slug: 'environment-no-cross-link',
  title: 'Nothing leads from a test into production: no joined networks, no policies',
  criteria: [Criterion.CC6_1, Criterion.CC6_6, Criterion.CC8_1],
  control: 'environment-separation',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [...new Set([PEERING, ...Object.keys(LETTING_IN), ...IDENTITY_POLICY_TYPES])],
  rationale: 'Separate accounts separate nothing when a network or a policy leads from one into the other.',
  remediation:
    'Remove the peering connection, or the account from the policy. What has to reach both, such as a pipeline, is in an account of its own and declared with `servesEveryEnvironment`.',
  references: ['NIST 800-53 SC-7(21)', 'NIST 800-53 AC-4', 'ISO 27001 A.8.31'],
  check: (view) => {
    const accounts = accountsNear(view);
    const peerings = view.resources(PEERING).flatMap((each) => judgePeering(each, accounts));
    return [...peerings, ...judgePolicies(view, accounts)];
  },
  examples: {
    pass: {
      'networks of production are joined': {
        ...vpc('Network', 'prod'),
        ...vpc('Peer', 'production'),
        ...peering({ Ref: 'Peer' }),
      },
      'nothing says what the networks are for': { ...vpc('Network', 'blue'), ...peering('vpc-1234') },
      'both networks are of other templates': { Peering: { Type: PEERING, Properties: { VpcId: 'vpc-1', PeerVpcId: 'vpc-2' } } },
      'nothing is joined': vpc('Network', 'prod'),
    },
    fail: {
      'production is joined to a test': { ...vpc('Network', 'prod'), ...vpc('Peer', 'dev'), ...peering({ Ref: 'Peer' }) },
      'a test is joined to production': { ...vpc('Network', 'qa'), ...vpc('Peer', 'live'), ...peering({ Ref: 'Peer' }) },
      'a test is joined to an environment of production': {
        Metadata: { 'cdk-soc2': { environment: { kind: 'PRODUCTION' } } },
        Resources: {
          ...vpc('Network', 'test'),
          Peer: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
          ...peering({ 'Fn::GetAtt': ['Peer', 'VpcId'] }),
        },
      },
    },
    undetermined: {
      'the other network is a parameter': {
        Parameters: { Peer: { Type: 'String' } },
        Resources: { ...vpc('Network', 'prod'), ...peering({ Ref: 'Peer' }) },
      },
    },
  },
});
