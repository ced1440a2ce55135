import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlertRouter, BackupProgram, VulnerabilityScanning } from '../../src';
import { firewallRulesOf } from '../../src/evidence/network/firewall-rules';
import { mapOf } from '../../src/evidence/network/map-system';
import { picturesOf } from '../../src/evidence/network/pictures';
import { pngOf } from '../../src/evidence/network/png';
import { portLabel, portWords } from '../../src/evidence/network/port-words';
import { DIAGRAM } from '../../src/evidence/renderers/diagram';
import { Assembly } from '../../src/model/assembly';
import { ORIGIN, templateOf } from '../helpers/model';
import { assemblyOf, evidenceOf, from, HOSTILE, SHOP, TIME } from './sample';

function linksIn(assembly: Assembly): string[] {
  const { nodes, links } = mapOf(assembly, assembly.environments[0]);
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  return links.map(({ from, to, label }) => `${titles.get(from) ?? from} > ${titles.get(to) ?? to}: ${label}`);
}

test('arrows are what security groups let through', () => {
  expect(linksIn(assemblyOf())).toEqual([
    'internet > Load balancer: HTTPS 443',
    'Load balancer > Application in containers: port 8080',
    'Application in containers > PostgreSQL database: PostgreSQL 5432',
  ]);
});

test('a database that the internet reaches is shown as such', () => {
  const open = {
    IpProtocol: 'tcp',
    FromPort: 5432,
    ToPort: 5432,
    CidrIp: '0.0.0.0/0',
    GroupId: { 'Fn::GetAtt': ['DataGroup', 'GroupId'] },
  };
  const assembly = assemblyOf({ ...SHOP, Hole: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: open } });
  expect(linksIn(assembly)).toContain('internet > PostgreSQL database: PostgreSQL 5432');
  const [picture] = picturesOf([assembly], TIME);
  expect(picture.svg).toContain('The internet is let in here');
  expect(picture.svg).not.toMatch(/>private</i);
  expect(picturesOf([assemblyOf()], TIME)[0].svg).not.toContain('The internet is let in here');
});

test.each<[what: string, rule: object, link: string | undefined]>([
  ['half of the world', { CidrIp: '128.0.0.0/1' }, 'SSH 22'],
  ['some addresses of it', { CidrIp: '203.0.113.0/24' }, 'SSH 22 for some'],
  ['an address that is a parameter', { CidrIp: { Ref: 'Office' } }, 'perhaps SSH 22'],
  ['a list of addresses', { SourcePrefixListId: 'pl-1' }, 'perhaps SSH 22'],
  ['addresses of the network', { CidrIp: '10.0.0.0/16' }, undefined],
  ['the network itself', { CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }, undefined],
  ['private addresses of IPv6', { CidrIpv6: 'fd00::/8' }, undefined],
  ['a group that is elsewhere', { SourceSecurityGroupId: 'sg-1' }, undefined],
])('a server that lets in %s is shown so', (_, rule, link) => {
  const Properties = { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...rule }] };
  const assembly = assemblyOf(
    {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties },
      Server: { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } },
    },
    ORIGIN,
    { Parameters: { Office: { Type: 'String' } } },
  );
  expect(linksIn(assembly)).toEqual(link ? [`internet > Server: ${link}`] : []);
  const [{ svg }] = picturesOf([assembly], TIME);
  expect(/The internet (is|may be) let in here/.exec(svg)?.[1]).toBe(link && (link.startsWith('perhaps') ? 'may be' : 'is'));
});

const LISTENER = { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 443 } };
const balancer = (properties: object, type = 'AWS::ElasticLoadBalancingV2::LoadBalancer') => ({
  Lb: { Type: type, Properties: properties },
  Listener: LISTENER,
});
const url = (AuthType: unknown) => ({
  Handler: { Type: 'AWS::Lambda::Function', Properties: {} },
  Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType, TargetFunctionArn: { 'Fn::GetAtt': ['Handler', 'Arn'] } } },
});
const eks = (config: object) => ({ Eks: { Type: 'AWS::EKS::Cluster', Properties: { ResourcesVpcConfig: config } } });

test.each<[what: string, resources: object, links: string[]]>([
  ['a load balancer for networks without groups', balancer({ Type: 'network' }), ['internet > Load balancer: HTTPS 443']],
  [
    'a load balancer with a group that is elsewhere',
    balancer({ SecurityGroups: ['sg-1'] }),
    ['internet > Load balancer: perhaps HTTPS 443'],
  ],
  ['an internal one', balancer({ Type: 'network', Scheme: 'internal' }), []],
  [
    'an old one',
    { Lb: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { Listeners: [{ LoadBalancerPort: '80' }] } } },
    ['internet > Load balancer: perhaps HTTP 80'],
  ],
  ['a function with an address', url('NONE'), ['internet > Function: HTTPS 443']],
  ['a function that asks for permission', url('AWS_IAM'), []],
  [
    'a service of App Runner',
    { Service: { Type: 'AWS::AppRunner::Service', Properties: {} } },
    ['internet > Application in containers: HTTPS 443'],
  ],
  ['a cluster of Kubernetes', eks({}), ['internet > Kubernetes cluster: HTTPS 443']],
  ['one for an office', eks({ PublicAccessCidrs: ['203.0.113.0/24'] }), ['internet > Kubernetes cluster: HTTPS 443 for some']],
  ['a private one', eks({ EndpointPublicAccess: false }), []],
  [
    'one that the CDK makes by itself',
    {
      Eks: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { resourcesVpcConfig: { endpointPublicAccess: true } } } },
    },
    ['internet > Kubernetes cluster: HTTPS 443'],
  ],
  [
    'a search outside of networks',
    { Search: { Type: 'AWS::OpenSearchService::Domain', Properties: {} } },
    ['internet > Search: HTTPS 443'],
  ],
  [
    'a search in one',
    { Search: { Type: 'AWS::OpenSearchService::Domain', Properties: { VPCOptions: { SubnetIds: ['a'] } } } },
    [],
  ],
  ['a server of files', { Files: { Type: 'AWS::Transfer::Server', Properties: {} } }, ['internet > File transfer: SFTP 22']],
])('what AWS puts on the internet is shown so: %s', (_, resources, links) => {
  expect(linksIn(assemblyOf(resources))).toEqual(links);
});

test('what a security group lets in that is elsewhere is not taken for nothing', () => {
  const Properties = { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: ['sg-0a1b'] } } };
  const assembly = assemblyOf({ App: { Type: 'AWS::ECS::Service', Properties } });
  expect(mapOf(assembly, assembly.environments[0]).nodes[0].facts).toEqual(['! A group elsewhere lets in']);
});

test('a bucket is one of logs when it gets logs or is called so, not when it is watched or called nearly so', () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
  const values = [{ 'Fn::Sub': '${Watched.Arn}/' }];
  const assembly = assemblyOf({
    ...{ Catalog: bucket, Dialogs: bucket, AuditDocuments: bucket, Watched: bucket },
    ...{ AccessLogs: bucket, Received: bucket },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Properties: {
        S3BucketName: { Ref: 'Received' },
        EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: values }] }],
      },
    },
  });
  const { nodes, safeguards } = mapOf(assembly, assembly.environments[0]);
  expect(nodes.flatMap(({ names }) => names)).toEqual(['Catalog', 'Dialogs', 'AuditDocuments', 'Watched']);
  expect(safeguards.find(({ title }) => title === 'Logs')?.lines).toContain('2 stores of logs');
});

test('a box says that it is encrypted only when every template says so', () => {
  const facts = (resources: object) => {
    const assembly = assemblyOf(resources);
    return mapOf(assembly, assembly.environments[0]).nodes.find(({ title }) => /database/i.test(title))?.facts;
  };
  expect(facts(SHOP)).toEqual(['Encrypted', 'In two places at once']);
  const plain = { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', StorageEncrypted: false } };
  expect(facts({ ...SHOP, Plain: plain })).toEqual(['! Not encrypted']);
  const unknown = { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: { 'Fn::ImportValue': 'x' } } };
  expect(facts({ Unknown: unknown })).toEqual([]);
});

test('a web application firewall stands before the load balancer that it guards', () => {
  const assembly = assemblyOf({
    ...SHOP,
    Waf: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL', DefaultAction: { Allow: {} } } },
    Guard: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: { Ref: 'Balancer' }, WebACLArn: { 'Fn::GetAtt': ['Waf', 'Arn'] } },
    },
  });
  expect(linksIn(assembly)).toEqual(
    expect.arrayContaining([
      'internet > Web application firewall: HTTPS 443',
      'Web application firewall > Load balancer: filtered',
    ]),
  );
});

test('serverless parts are joined by permissions', () => {
  const assembly = assemblyOf({
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: { Ref: 'Handler' }, SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:*:*:${Api}/*' } },
    },
    Handler: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: { Statement: [{ Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }] },
      },
    },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
  });
  expect(linksIn(assembly)).toEqual([
    'internet > Programming interface: HTTPS 443',
    'Programming interface > Function: calls',
    'Function > Table: HTTPS 443',
  ]);
});

test('what belongs to a safeguard is not taken for the application, and the picture says how much that is', () => {
  const own = { Metadata: { 'cdk-soc2': { part: 'safeguard' } } };
  const assembly = assemblyOf({
    ...SHOP,
    Tickets: { Type: 'AWS::S3::Bucket', ...own },
    Checks: { Type: 'AWS::Lambda::Function', ...own },
    Handler: { Type: 'AWS::Lambda::Function' },
  });
  const map = mapOf(assembly, assembly.environments[0]);
  expect(map.nodes.map(({ title }) => title)).toEqual([
    'Load balancer',
    'Application in containers',
    'Function',
    'PostgreSQL database',
  ]);
  expect(picturesOf([assembly], TIME)[0].svg).toContain('With 2 functions, queues and stores of its own, which are not drawn');
});

test('every function, queue and store that constructs of the library make for themselves is marked so', () => {
  const stack = new Stack(new App({ context: { 'aws:cdk:enable-path-metadata': true } }), 'Watch', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const topic = new Topic(stack, 'Topic');
  new AlertRouter(stack, 'Alerts', { subscriptions: [new EmailSubscription('on-call@example.com')] });
  new BackupProgram(stack, 'Backups', { rpo: Duration.hours(24), rto: Duration.hours(4), copyTo: [], alarmTopic: topic });
  new VulnerabilityScanning(stack, 'Vulnerabilities');
  const assembly = new Assembly([templateOf(Template.fromStack(stack).toJSON(), ORIGIN)], true);
  expect(mapOf(assembly, assembly.environments[0]).nodes.map(({ title, names }) => `${title}: ${names}`)).toEqual([]);
});

test('a port that a rule takes from the address of a database is the one that the database listens on', () => {
  const port = { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] };
  const ingress = [{ ...from('AppGroup', 0), FromPort: port, ToPort: port }];
  const own = { ...SHOP, DataGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: ingress } } };
  expect(linksIn(assemblyOf(own))).toContain('Application in containers > PostgreSQL database: PostgreSQL 5432');
  const moved = { ...SHOP.Database.Properties, Port: '6543' };
  const links = linksIn(assemblyOf({ ...own, Database: { ...SHOP.Database, Properties: moved } }));
  expect(links).toContain('Application in containers > PostgreSQL database: port 6543');
});

describe('pictures', () => {
  const many = (count: number) =>
    new Assembly(
      Array.from({ length: count }, (_, index) => {
        const kind = index === count - 1 ? 'PRODUCTION' : 'DEVELOPMENT';
        return templateOf(
          { Resources: SHOP, Metadata: { 'cdk-soc2': { environment: { kind } } } },
          { ...ORIGIN, account: String(100_000_000_000 + index), path: `${index}.template.json` },
        );
      }),
      true,
    );

  test('are the same for the same templates', async () => {
    const [first, second] = [picturesOf([assemblyOf()], TIME), picturesOf([assemblyOf()], TIME)];
    expect(first).toEqual(second);
    expect(Buffer.from(await pngOf(first[0].svg)).equals(Buffer.from(await pngOf(second[0].svg)))).toBe(true);
  });

  test('show production first beside the others, with a page for each', () => {
    const pictures = picturesOf([many(3)], TIME);
    expect(pictures.map(({ file }) => file)).toEqual([
      'network-diagram',
      'network/production-100000000002-eu-west-1',
      'network/development-100000000000-eu-west-1',
      'network/development-100000000001-eu-west-1',
    ]);
    expect(pictures[0].svg.indexOf('Production')).toBeLessThan(pictures[0].svg.indexOf('Development'));
    expect(pictures[0].svg).toContain('No template joins the network of one environment to another.');
  });

  test('of two hundred stacks are drawn all the same, on an overview that stays a page', () => {
    const pictures = picturesOf([many(200)], TIME);
    expect(pictures).toHaveLength(201);
    expect(pictures[0].drawing.height).toBeLessThan(1_500);
    expect(pictures[0].svg).toContain('188 more environments: ');
  });

  test('show what one environment sends to another, and what watches over all of them below', () => {
    const place = (account: string, resources: object, kind?: string) =>
      templateOf(
        { Resources: resources, Metadata: { 'cdk-soc2': { environment: { kind } } } },
        { ...ORIGIN, account, path: `${account}.template.json` },
      );
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: 'archive' } };
    const vault = 'arn:aws:backup:eu-west-1:444444444444:backup-vault:copies';
    const rules = [{ CopyActions: [{ DestinationBackupVaultArn: vault }] }];
    const plan = { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: rules } } };
    const assembly = new Assembly(
      [
        place('111111111111', { ...SHOP, trail, plan }, 'PRODUCTION'),
        place('222222222222', SHOP, 'STAGING'),
        place('333333333333', { Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } }, trail }),
        place('444444444444', { Vault: { Type: 'AWS::Backup::BackupVault', Properties: {} } }),
      ],
      true,
    );
    const [{ drawing }] = picturesOf([assembly], TIME);
    const name = (id: string) => {
      const box = drawing.boxes.find((each) => each.id === id)!;
      return drawing.words.find(({ x, y }) => x === box.x + 18 && y === box.y + 30)?.text ?? id;
    };
    expect(drawing.arrows.map(({ from, to, label }) => `${name(from)} > ${name(to)}: ${label}`)).toEqual([
      'internet > Production: HTTPS 443',
      'internet > Staging: HTTPS 443',
      'Production > Logs: audit trail',
      'Production > Backup: copies of backups',
    ]);
  });

  test('of nothing are none, and of an empty environment one that says so', () => {
    expect(picturesOf([], TIME)).toEqual([]);
    expect(picturesOf([assemblyOf({})], TIME)[0].svg).toContain('No backup plan here');
  });

  test('show hostile names as text', () => {
    const resources = Object.fromEntries(
      Object.values(HOSTILE).map((name) => [name, { Type: 'AWS::SQS::Queue', Properties: {} }]),
    );
    const [{ svg, cells }] = picturesOf([assemblyOf(resources)], TIME);
    for (const markup of [svg, cells]) {
      expect(markup).not.toMatch(/<script|onerror="/);
      expect(markup).not.toContain('\u202e');
      expect(markup).not.toContain('\u0007');
      expect(markup.length).toBeLessThan(60_000);
    }
  });

  test('have letters: the same picture without text has other pixels', async () => {
    const [{ svg }] = picturesOf([assemblyOf()], TIME);
    const png = Buffer.from(await pngOf(svg));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.equals(Buffer.from(await pngOf(svg.replace(/<text[\s\S]*?<\/text>/g, ''))))).toBe(false);
  });

  test('come as SVG, PNG and draw.io', async () => {
    const paths: string[] = [];
    for await (const { path } of DIAGRAM.render(evidenceOf())) paths.push(path);
    expect(paths).toEqual(['network-diagram.svg', 'network-diagram.png', 'network-diagram.drawio']);
  });
});

describe('firewall rules', () => {
  const words = (resources: object) => firewallRulesOf([assemblyOf(resources)]).map((rule) => rule.words);

  test('are told in words', () => {
    expect(words(SHOP)).toEqual(
      expect.arrayContaining([
        'Lets in HTTPS (port 443) from everyone on the internet (IPv4)',
        'Lets in TCP port 8080 from members of the security group EdgeGroup',
        'Lets in PostgreSQL (port 5432) from members of the security group AppGroup',
      ]),
    );
  });

  test('tell the addresses of a network, and what lets nothing out', () => {
    const group = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: { 'Fn::GetAtt': ['Net', 'CidrBlock'] } }],
        SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32' }],
      },
    };
    const net = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
    const [into, out] = firewallRulesOf([assemblyOf({ Net: net, Group: group })]);
    expect(into.words).toBe('Lets in HTTPS (port 443) from the addresses 10.0.0.0/16 of the network Net');
    expect([out.words, out.protocol, out.ports, out.peer]).toEqual(['Lets nothing out', 'none', 'none', 'nobody']);
  });

  test('tell which are open to the internet', () => {
    const open = firewallRulesOf([assemblyOf()]).filter(({ isOpenToInternet }) => isOpenToInternet);
    expect(open.map(({ name }) => name)).toEqual(['EdgeGroup']);
  });

  test('say what only deployment knows of who comes in', () => {
    const rule = (more: object) => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...more });
    const open = (more: object) => {
      const Properties = { SecurityGroupIngress: [rule(more)] };
      const [first] = firewallRulesOf([assemblyOf({ Group: { Type: 'AWS::EC2::SecurityGroup', Properties } })]);
      return first.isOpenToInternet;
    };
    expect([{ CidrIp: { 'Fn::ImportValue': 'x' } }, { SourcePrefixListId: 'pl-1' }].map(open)).toEqual([undefined, undefined]);
    expect([{ CidrIpv6: '::/0' }, { CidrIp: '0.0.0.0/1' }, { CidrIp: '203.0.113.1/32' }].map(open)).toEqual([true, true, false]);
  });

  test('of a security group that is elsewhere, and of what the CDK makes for its functions, are told', () => {
    const rules = firewallRulesOf([
      assemblyOf({
        Hole: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
        },
        Helper: {
          Type: 'AWS::EC2::SecurityGroup',
          Metadata: { 'aws:cdk:path': 'Shop/Provider/framework-onEvent/SecurityGroup/Resource' },
          Properties: { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
        },
      }),
    ]);
    expect(rules.filter(({ isOpenToInternet }) => isOpenToInternet).map(({ name, words }) => `${name}: ${words}`)).toEqual([
      expect.stringContaining('Lets in everything from everyone'),
      'sg-1: Lets in SSH (port 22) from everyone on the internet (IPv4)',
    ]);
  });

  test('of network ACLs and web application firewalls are told as well', () => {
    const found = words({
      Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
      Entry: {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: {
          NetworkAclId: { Ref: 'Acl' },
          RuleNumber: 100,
          Protocol: 6,
          RuleAction: 'deny',
          CidrBlock: '203.0.113.0/24',
          PortRange: { From: 22, To: 22 },
        },
      },
      Waf: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          DefaultAction: { Block: {} },
          Rules: [
            {
              Name: 'slow',
              Priority: 1,
              Action: { Block: {} },
              Statement: { RateBasedStatement: { Limit: 500, AggregateKeyType: 'IP' } },
            },
          ],
        },
      },
    });
    expect(found).toEqual([
      'Rule 100: Keeps out SSH (port 22) from the addresses 203.0.113.0/24',
      'Rule 1, slow: more than 500 requests in 300 seconds from one address; then it blocks',
      'Every other request: is turned away',
    ]);
  });

  test('of groups of rules are told one by one', () => {
    const group = (source: object) => ({
      Type: 'AWS::NetworkFirewall::RuleGroup',
      Properties: { Type: 'STATEFUL', RuleGroup: { RulesSource: source } },
    });
    const [Source, SourcePort, Destination, DestinationPort] = ['10.0.0.0/8', 'ANY', '203.0.113.0/24', '443'];
    const Header = { Protocol: 'TCP', Source, SourcePort, Direction: 'FORWARD', Destination, DestinationPort };
    const Rules = [
      { Name: 'here', Priority: 1, Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['XX'] } } },
    ];
    expect(
      words({
        Web: { Type: 'AWS::WAFv2::RuleGroup', Properties: { Rules } },
        Five: group({
          StatefulRules: [
            { Action: 'PASS', Header },
            { Action: 'DROP', Header: { ...Header, Direction: 'ANY' } },
          ],
        }),
        Text: group({ RulesString: 'drop tcp any any -> any 23' }),
      }),
    ).toEqual([
      'Rule 1, here: requests from XX; then it blocks',
      'Lets through TCP from 10.0.0.0/8 port ANY to 203.0.113.0/24 port 443',
      'Drops TCP between 10.0.0.0/8 port ANY and 203.0.113.0/24 port 443',
      'Suricata rules: drop tcp any any -> any 23',
    ]);
  });

  test('say what only deployment knows', () => {
    const group = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' }, CidrIp: '10.0.0.0/8' }],
      },
    };
    expect(words({ G: group })[0]).toBe('Lets in TCP, a port that only deployment knows from the addresses 10.0.0.0/8');
  });
});

test.each([
  [{ protocol: '-1' }, 'everything', 'everything'],
  [{ protocol: 'tcp', from: 443, to: 443 }, 'HTTPS (port 443)', 'HTTPS 443'],
  [{ protocol: 'udp', from: 53, to: 53 }, 'Name service (UDP port 53)', 'Name service 53'],
  [{ protocol: 'tcp', from: 8000, to: 8100 }, 'TCP ports 8000 to 8100', '8000–8100'],
  [{ protocol: 'tcp', from: 0, to: 65535 }, 'every TCP port', 'TCP'],
  [{ protocol: 'icmp', from: 8, to: -1 }, 'ICMP (signals such as ping)', '8–-1'],
] as const)('ports in words: %j', (range, words, label) => {
  expect(portWords(range)).toBe(words);
  if (range.protocol !== 'icmp') expect(portLabel(range)).toBe(label);
});
