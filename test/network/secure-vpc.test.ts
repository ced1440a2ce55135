import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { EnvironmentKind, SecureVpc, type SecureVpcProps } from '../../src';
import { type Built, build, objections, only } from '../helpers/construct';
import { changesOf, keepsItsPromises } from '../helpers/promises';

const { PRODUCTION, STAGING, DEVELOPMENT } = EnvironmentKind;

const ZONES = { 'availability-zones:account=111122223333:region=eu-west-1': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] };

const make = (stack: Stack, props?: SecureVpcProps) => new SecureVpc(stack, 'Network', props);
const plain = (stack: Stack) => new ec2.Vpc(stack, 'Network');
const adopted = (stack: Stack) => make(stack, { alreadyDeployed: true });
const built = (props?: SecureVpcProps, kind: EnvironmentKind = PRODUCTION) => build((stack) => make(stack, props), kind, ZONES);

const all = ({ template }: Built, type: string) =>
  Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [{ id, ...Properties }] : []));
const tagOf = (name: string) => (subnet: { readonly Tags: readonly { readonly Key: string; readonly Value: string }[] }) =>
  subnet.Tags.find(({ Key }) => Key === name)?.Value;
const kindsOf = (made: Built) => all(made, 'AWS::EC2::Subnet').map(tagOf('aws-cdk:subnet-type'));
const count = (made: Built, type: string) => all(made, type).length;

keepsItsPromises({ make, plain, adopted });

describe.each([
  [PRODUCTION, 3, 3, 8],
  [STAGING, 2, 1, 0],
  [DEVELOPMENT, 2, 1, 0],
])('in %s', (kind, zones, gateways, endpoints) => {
  const made = built({}, kind);

  test(`there are three tiers in ${zones} zones`, () => {
    const tiers = ['Public', 'Private', 'Isolated'].flatMap((tier) => Array<string>(zones).fill(tier));
    expect(kindsOf(made)).toEqual(tiers);
  });

  test(`there are ${gateways} NAT gateways`, () => expect(count(made, 'AWS::EC2::NatGateway')).toBe(gateways));

  test(`there are ${endpoints} interface endpoints beside those for S3 and DynamoDB`, () => {
    const types = all(made, 'AWS::EC2::VPCEndpoint').map(({ VpcEndpointType }) => VpcEndpointType);
    expect(types.filter((type) => type === 'Gateway')).toHaveLength(2);
    expect(types.filter((type) => type === 'Interface')).toHaveLength(endpoints);
  });
});

describe('by default', () => {
  const made = built();

  test('no subnet hands out public addresses', () => {
    expect(all(made, 'AWS::EC2::Subnet').map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).not.toContain(true);
  });

  test('the default security group is closed', () => expect(count(made, 'Custom::VpcRestrictDefaultSG')).toBe(1));

  test('all traffic is logged', () => {
    expect(only(made, 'AWS::EC2::FlowLog').Properties).toMatchObject({
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      ResourceType: 'VPC',
    });
  });

  test('queries are logged', () => {
    const [{ id }] = all(made, 'AWS::EC2::VPC');
    const { ResourceId } = only(made, 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation').Properties;
    expect(ResourceId).toEqual({ Ref: id });
  });

  test('both logs are kept for a year, encrypted with one key', () => {
    const kept = { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('Soc2LogKey'), 'Arn'] } };
    expect(all(made, 'AWS::Logs::LogGroup')).toEqual([expect.objectContaining(kept), expect.objectContaining(kept)]);
    expect(count(made, 'AWS::KMS::Key')).toBe(1);
  });

  test('endpoints are reached from the network, over HTTPS', () => {
    const [group] = all(made, 'AWS::EC2::SecurityGroup');
    expect(group.SecurityGroupIngress).toMatchObject([
      { FromPort: 443, ToPort: 443, CidrIp: { 'Fn::GetAtt': [expect.stringMatching(/^Network/), 'CidrBlock'] } },
    ]);
  });

  test('what is billed more is not there', () => {
    expect(count(made, 'AWS::NetworkFirewall::Firewall')).toBe(0);
    expect(count(made, 'AWS::Route53Resolver::FirewallRuleGroup')).toBe(0);
  });
});

describe('what an app sets comes before a default', () => {
  const made = built({
    maxAzs: 2,
    natGateways: 0,
    interfaceEndpoints: [],
    gatewayEndpoints: {},
    queryLogging: false,
    flowLogs: {},
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Web', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: true },
      { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });

  test('subnets', () => expect(kindsOf(made)).toEqual(['Public', 'Public', 'Isolated', 'Isolated']));
  test('NAT gateways', () => expect(count(made, 'AWS::EC2::NatGateway')).toBe(0));
  test('endpoints', () => expect(count(made, 'AWS::EC2::VPCEndpoint')).toBe(0));
  test('logs', () => expect(count(made, 'AWS::Logs::LogGroup')).toBe(0));
  test('and rules say what is weaker', () => {
    const failed = made.ledger.evaluations.filter(({ verdict }) => verdict === 'fail').map(({ slug }) => slug);
    expect(failed).toEqual(
      expect.arrayContaining([
        'vpc-flow-logs',
        'vpc-default-sg-closed',
        'vpc-subnet-no-auto-public-ip',
        'r53-resolver-query-logging',
      ]),
    );
  });
});

test('without NAT gateways there are public and isolated subnets', () => {
  expect(new Set(kindsOf(built({ natGateways: 0 }, DEVELOPMENT)))).toEqual(new Set(['Public', 'Isolated']));
});

test('zones can be named', () => {
  expect(kindsOf(built({ availabilityZones: ['eu-west-1a', 'eu-west-1c'] }))).toHaveLength(6);
});

describe('endpoints', () => {
  test('can be chosen', () => {
    const made = built({ interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.SQS] }, DEVELOPMENT);
    const names = all(made, 'AWS::EC2::VPCEndpoint').map(({ ServiceName }) => JSON.stringify(ServiceName));
    expect(names.filter((name) => name.includes('sqs'))).toHaveLength(1);
  });

  test('can be added', () => {
    const add = (stack: Stack) => make(stack).addInterfaceEndpoint('Queue', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
    expect(() => build(add)).not.toThrow();
  });

  test.each<[string, (vpc: SecureVpc) => unknown]>([
    ['S3', (vpc) => vpc.addGatewayEndpoint('Again', { service: ec2.GatewayVpcEndpointAwsService.S3 })],
    ['KMS', (vpc) => vpc.addInterfaceEndpoint('Again', { service: ec2.InterfaceVpcEndpointAwsService.KMS })],
  ])('fail when there is one for %s already', (_, add) => {
    expect(() => build((stack) => add(make(stack)))).toThrow("'service' of the endpoint 'Again' must be one without an endpoint");
  });
});

describe('in the place of what is deployed', () => {
  test('subnets stay, and stop to hand out public addresses', () => {
    expect([...new Set(changesOf({ plain, adopted }).map(({ property }) => property))]).toEqual([
      'AWS::EC2::Subnet MapPublicIpOnLaunch',
    ]);
  });

  test('the app may add endpoints', () => {
    const add = (stack: Stack) => adopted(stack).addGatewayEndpoint('Files', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    expect(count(build(add), 'AWS::EC2::VPCEndpoint')).toBe(1);
  });
});

describe('the DNS firewall', () => {
  const group = (props: SecureVpcProps) => only(built(props, DEVELOPMENT), 'AWS::Route53Resolver::FirewallRuleGroup').Properties;

  test('blocks what looks like a threat', () => {
    expect(group({ dnsFirewall: {} }).FirewallRules).toEqual([
      {
        Priority: 100,
        Action: 'BLOCK',
        BlockResponse: 'NODATA',
        DnsThreatProtection: 'DNS_TUNNELING',
        ConfidenceThreshold: 'HIGH',
      },
      { Priority: 101, Action: 'BLOCK', BlockResponse: 'NODATA', DnsThreatProtection: 'DGA', ConfidenceThreshold: 'HIGH' },
    ]);
  });

  test('blocks names and lists', () => {
    const made = group({
      dnsFirewall: { blockThreats: false, blockedDomains: ['*.bad.example'], blockedDomainLists: ['rslvr-fdl-1'] },
    });
    expect(made.FirewallRules.map(({ FirewallDomainListId }: { FirewallDomainListId: unknown }) => FirewallDomainListId)).toEqual(
      [{ 'Fn::GetAtt': [expect.stringMatching(/Domains/), 'Id'] }, 'rslvr-fdl-1'],
    );
  });

  test('fails when it blocks nothing', () => {
    expect(() => group({ dnsFirewall: { blockThreats: false } })).toThrow("'dnsFirewall' must block something");
  });
});

describe('the egress firewall', () => {
  const made = built({ egressDomains: ['.example.com'] });
  const routes = all(made, 'AWS::EC2::Route');

  test('no rule of ours objects', () => expect(objections(made)).toEqual([]));

  test('the validation of the CDK finds nothing', () => expect(made.validation).toEqual([]));

  test('lets out HTTP and TLS to listed names only', () => {
    expect(only(made, 'AWS::NetworkFirewall::RuleGroup').Properties.RuleGroup.RulesSource.RulesSourceList).toEqual({
      GeneratedRulesType: 'ALLOWLIST',
      TargetTypes: ['TLS_SNI', 'HTTP_HOST'],
      Targets: ['.example.com'],
    });
    expect(only(made, 'AWS::NetworkFirewall::FirewallPolicy').Properties.FirewallPolicy.StatefulDefaultActions).toContain(
      'aws:drop_established',
    );
  });

  test('stands in the way out of each private subnet, in its own zone', () => {
    const outward = routes.filter(({ id }) => /PrivateSubnet\dDefaultRoute/.test(id));
    expect(outward.map(({ NatGatewayId }) => NatGatewayId)).toEqual([undefined, undefined, undefined]);
    const endpoints = { 'Fn::Join': [',', { 'Fn::GetAtt': [expect.stringContaining('EgressFirewall'), 'EndpointIds'] }] };
    expect(outward.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual(
      ['eu-west-1a:', 'eu-west-1b:', 'eu-west-1c:'].map((zone) => ({
        'Fn::Select': [0, { 'Fn::Split': [',', { 'Fn::Select': [1, { 'Fn::Split': [zone, endpoints] }] }] }],
      })),
    );
  });

  test('stands in the way back from each NAT gateway', () => {
    const back = routes.filter(({ id }) => id.includes('BackThroughFirewall'));
    expect(back).toHaveLength(9);
    expect(back.every(({ id }) => id.includes('NatSubnet'))).toBe(true);
  });

  test('sends what it lets out to NAT gateways', () => {
    const onward = routes.filter(({ id }) => /FirewallSubnet\dDefaultRoute/.test(id));
    expect(onward.map(({ NatGatewayId }) => Object.keys(NatGatewayId))).toEqual([['Ref'], ['Ref'], ['Ref']]);
  });

  test('nothing else is put into its subnets', () => {
    build((stack) => {
      const vpc = make(stack, { egressDomains: ['.example.com'] });
      const names = (subnetType: ec2.SubnetType) => vpc.selectSubnets({ subnetType }).subnets.map(({ node }) => node.id);
      expect([...names(ec2.SubnetType.PUBLIC), ...names(ec2.SubnetType.PRIVATE_WITH_EGRESS)].join()).not.toMatch(/Nat|Firewall/);
    });
  });

  test('is protected in production', () => {
    const isProtected = (each: Built) => only(each, 'AWS::NetworkFirewall::Firewall').Properties.DeleteProtection;
    expect(isProtected(made)).toBe(true);
    expect(isProtected(built({ egressDomains: ['.example.com'] }, DEVELOPMENT))).toBe(false);
  });

  test.each<[string, SecureVpcProps, string]>([
    ['no name is listed', { egressDomains: [] }, "'egressDomains' must name 1 to 500 domains, got 0"],
    ['too many names are listed', { egressDomains: Array<string>(501).fill('a.example') }, 'got 501'],
    ['the network is deployed', { egressDomains: ['a.example'], alreadyDeployed: true }, "with 'alreadyDeployed'"],
    ['subnets are configured', { egressDomains: ['a.example'], subnetConfiguration: [] }, "with 'subnetConfiguration'"],
    ['there is no NAT gateway', { egressDomains: ['a.example'], natGateways: 0 }, "with 'natGateways: 0'"],
  ])('fails when %s', (_, props, message) => expect(() => built(props)).toThrow(message));
});
