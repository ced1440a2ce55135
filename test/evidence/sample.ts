import type { Ledger, LedgerEvaluation } from '../../src/checks/ledger';
import { expectedId } from '../../src/checks/ledger';
import { CONTROLS } from '../../src/criteria/controls';
import { serverAccessOf } from '../../src/evidence/access/server-access';
import { Evidence, type EvidenceInput } from '../../src/evidence/evidence';
import { firewallRulesOf } from '../../src/evidence/network/firewall-rules';
import { picturesOf } from '../../src/evidence/network/pictures';
import { Assembly } from '../../src/model/assembly';
import { ORIGIN, templateOf } from '../helpers/model';

export const TIME = '2026-11-20T09:30:00.000Z';

/** Names that must be shown as text, whatever opens the file. */
export const HOSTILE = {
  markup: '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">',
  formula: "=cmd|' /C calc'!A0",
  turned: 'evil\u202Egpj.exe',
  arabic: 'قاعدة البيانات',
  long: `long-${'x'.repeat(10_000)}`,
  broken: 'half\uD800 control\u0007 </script><!-- ]]> \u2028',
} as const;

const RULES = [
  {
    rule: 'S3.1',
    slug: 's3-public-access',
    title: 'Buckets are not public',
    criteria: ['CC6.1', 'CC6.6'],
    control: 'public-exposure',
    severity: 'error',
  },
  {
    rule: 'S3.2',
    slug: 's3-versioning',
    title: 'Buckets keep previous versions',
    criteria: ['A1.2'],
    control: 'data-backup',
    severity: 'warning',
  },
  {
    rule: 'RDS.1',
    slug: 'rds-encrypted',
    title: 'Databases are encrypted',
    criteria: ['CC6.1', 'C1.1'],
    control: 'encryption-at-rest',
    severity: 'error',
  },
  {
    rule: 'EC2.1',
    slug: 'advice',
    title: 'Advice is followed',
    criteria: ['CC7.2'],
    control: 'resource-monitoring',
    severity: 'info',
  },
  {
    rule: 'IAM.1',
    slug: 'idle',
    title: 'A rule that has nothing to judge',
    criteria: ['CC6.3'],
    control: 'least-privilege',
    severity: 'error',
  },
] as const;

const ENVIRONMENT = 'aws://111122223333/eu-west-1';

/** A result about one resource. */
export function result(
  rule: (typeof RULES)[number]['rule'],
  name: string,
  more: Partial<LedgerEvaluation> = {},
): LedgerEvaluation {
  const { slug, criteria, severity } = RULES.find((each) => each.rule === rule)!;
  const verdict = more.verdict ?? 'pass';
  return {
    rule,
    slug,
    criteria,
    severity,
    verdict,
    environment: ENVIRONMENT,
    template: 'shop.template.json',
    logicalId: name,
    resourceType: 'AWS::S3::Bucket',
    constructPath: `Shop/${name}/Resource`,
    findings:
      verdict === 'pass'
        ? []
        : [{ path: 'Properties.X', problem: `${name} is wrong`, found: 'nothing', expected: 'something', line: 7 }],
    ...more,
  };
}

/** One result of every kind. */
export const EVERY_KIND: readonly LedgerEvaluation[] = [
  result('S3.1', 'Open', { verdict: 'fail', source: 'lib/shop.ts:12' }),
  result('S3.1', 'Closed'),
  result('S3.2', 'Warned', { verdict: 'fail' }),
  result('S3.2', 'Unknown', { verdict: 'undetermined' }),
  result('EC2.1', 'Advised', { verdict: 'fail' }),
  result('RDS.1', 'Excepted', {
    verdict: 'exception',
    exception: { state: 'active', reason: 'moves in June', owner: 'data team', ticket: 'OPS-1', expires: '2027-06-30' },
  }),
  result('RDS.1', 'Given', {
    verdict: 'inherited',
    inherited: { rule: 'RDS.1', owner: 'platform team', pointer: 'stack Platform' },
  }),
  ...Object.values(HOSTILE).map((name) => result('S3.1', name, { verdict: 'fail', source: `${name}.ts:3` })),
];

export function ledgerOf(evaluations: readonly LedgerEvaluation[] = EVERY_KIND, more: Partial<Ledger> = {}): Ledger {
  const ledger = {
    schemaVersion: '1.0',
    synthesis: { id: '', time: TIME, commit: 'c0ffee', versions: { 'cdk-soc2': '0.0.0', 'aws-cdk-lib': '2.276.0' } },
    settings: {
      strict: false,
      unwaivable: [],
      scope: ['security', 'availability', 'confidentiality', 'processingIntegrity', 'privacy'],
      honorNagAcknowledgements: false,
    },
    templates: [
      {
        path: 'shop.template.json',
        sha256: 'a'.repeat(64),
        stack: 'Shop',
        account: '111122223333',
        region: 'eu-west-1',
        environment: ENVIRONMENT,
      },
    ],
    population: [{ type: 'AWS::S3::Bucket', count: evaluations.length, rules: 2 }],
    rules: RULES,
    evaluations,
    exceptions: [
      {
        rule: 'RDS.1',
        slug: 'rds-encrypted',
        state: 'active',
        findings: 1,
        at: 'Shop/Excepted',
        reason: HOSTILE.markup,
        owner: HOSTILE.formula,
        ticket: 'OPS-1',
        expires: '2027-06-30',
      },
    ],
    inherited: [{ rule: 'RDS.1', owner: 'platform team', pointer: 'stack Platform' }],
    excluded: [],
    alarms: [],
    notes: [],
    ...more,
  } as unknown as Ledger;
  return { ...ledger, synthesis: { ...ledger.synthesis, id: expectedId(ledger) } };
}

const group = (name: string, ingress: readonly object[]) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: name, VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: ingress },
});
/** A rule that lets in members of a security group. */
export const from = (id: string, port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  SourceSecurityGroupId: { 'Fn::GetAtt': [id, 'GroupId'] },
});

/** A shop: a load balancer that the internet reaches, an application behind it, and a database behind that. */
export const SHOP = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  EdgeGroup: group('edge', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }]),
  AppGroup: group('app', [from('EdgeGroup', 8080)]),
  DataGroup: group('data', [from('AppGroup', 5432)]),
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Scheme: 'internet-facing', SecurityGroups: [{ 'Fn::GetAtt': ['EdgeGroup', 'GroupId'] }] },
  },
  App: {
    Type: 'AWS::ECS::Service',
    Properties: {
      NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [{ 'Fn::GetAtt': ['AppGroup', 'GroupId'] }] } },
    },
  },
  Database: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'postgres',
      StorageEncrypted: true,
      MultiAZ: true,
      VPCSecurityGroups: [{ 'Fn::GetAtt': ['DataGroup', 'GroupId'] }],
    },
  },
};

export function assemblyOf(resources: object = SHOP, origin: object = ORIGIN, more: object = {}): Assembly {
  return new Assembly([templateOf({ Resources: resources, ...more }, origin)], true);
}

export function evidenceOf(ledger = ledgerOf(), assemblies: readonly Assembly[] = [assemblyOf()]): Evidence {
  const input: EvidenceInput = {
    ledger,
    ledgerText: `${JSON.stringify(ledger)}\n`,
    guidance: new Map([
      ['S3.1', { rationale: 'Anyone reads a public bucket.', remediation: 'Set `blockPublicAccess`.', references: [] }],
    ]),
    environments: assemblies.flatMap(({ environments }) => environments),
    firewallRules: firewallRulesOf(assemblies),
    serverAccess: serverAccessOf(assemblies),
    pictures: picturesOf(assemblies, ledger.synthesis.time),
  };
  return new Evidence(input);
}

/** As many results as a large system has, one in fifty of them open. */
export function manyResults(count: number): LedgerEvaluation[] {
  return Array.from({ length: count }, (_, index) => {
    const { rule } = RULES[index % 4];
    return result(rule, `Resource${index}`, index % 50 === 0 ? { verdict: 'fail' } : {});
  });
}

export const CONTROL_IDS = Object.keys(CONTROLS);
