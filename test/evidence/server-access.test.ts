import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerEvaluation } from '../../src/checks/ledger';
import { serverAccessOf } from '../../src/evidence/access/server-access';
import { SERVER_ACCESS } from '../../src/evidence/renderers/server-access';
import { ORIGIN } from '../helpers/model';
import { assemblyOf, evidenceOf, HOSTILE, ledgerOf, result } from './sample';

const set = (Name: string, properties: object = {}) => ({
  Type: 'AWS::SSO::PermissionSet',
  Properties: { Name, Description: `For ${Name}`, SessionDuration: 'PT4H', ...properties },
});
const managed = (...names: string[]) => ({
  ManagedPolicies: names.map((name) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] })),
});
const inline = (...Statement: object[]) => ({ InlinePolicy: { Version: '2012-10-17', Statement } });
const assignment = (logicalId: string, account: string) => ({
  Type: 'AWS::SSO::Assignment',
  Properties: {
    PermissionSetArn: { 'Fn::GetAtt': [logicalId, 'PermissionSetArn'] },
    PrincipalType: 'GROUP',
    PrincipalId: 'g-1',
    TargetId: account,
  },
});

const SYSTEM = {
  Power: set('PowerUser', managed('PowerUserAccess')),
  Read: set('ReadOnly', managed('ReadOnlyAccess')),
  Emergency: set('BreakGlass', { ...managed('AdministratorAccess'), SessionDuration: 'PT1H' }),
  OnProduction: assignment('Power', '111122223333'),
  OnOthers: assignment('Power', '444455556666'),
  Server: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1' } },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' }, MaxSize: '2', MinSize: '1' },
  },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId: 'ami-1' } } },
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres' } },
  Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
  Sessions: {
    Type: 'Custom::Soc2SessionPreferences',
    Properties: {
      Content: '{"inputs":{"cloudWatchLogGroupName":"/soc2/sessions","kmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/1"}}',
    },
  },
  Watch: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { detail: { requestParameters: { roleArn: [{ 'Fn::GetAtt': ['Role', 'Arn'] }] } } },
      Targets: [{ Id: 'alerts', Arn: 'arn:aws:sns:eu-west-1:111122223333:alerts' }],
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'break-glass',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: ['arn:aws:iam::111122223333:user/ben', 'arn:aws:iam::111122223333:user/ana'] },
          },
        ],
      },
    },
  },
};

const accessOf = (resources: object, more?: object) => serverAccessOf([assemblyOf(resources, ORIGIN, more)]);

describe('whether a permission set opens sessions on servers', () => {
  const start = { Effect: 'Allow', Action: 'ssm:StartSession', Resource: '*' };
  test.each<[string, object, string]>([
    ['by a policy of AWS that does', managed('PowerUserAccess'), 'yes'],
    ['by everything', managed('AdministratorAccess', 'ReadOnlyAccess'), 'yes'],
    ['by itself', inline(start), 'yes'],
    ['by a pattern', inline({ ...start, Action: ['s3:*', 'ssm:Start*'] }), 'yes'],
    ['by what it leaves over', inline({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'yes'],
    ['not by looking', managed('ReadOnlyAccess', 'SecurityAudit'), 'no'],
    ['not by other rights', inline({ ...start, Action: 's3:*' }), 'no'],
    ['not where it is denied', { ...managed('PowerUserAccess'), ...inline({ ...start, Effect: 'Deny' }) }, 'no'],
    [
      'where it is denied at times',
      {
        ...managed('PowerUserAccess'),
        ...inline({ ...start, Effect: 'Deny', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      },
      'yes',
    ],
    ['perhaps by another policy of AWS', managed('ReadOnlyAccess', 'AWSLambda_FullAccess'), 'not known'],
    ['perhaps by a policy of the accounts', { CustomerManagedPolicyReferences: [{ Name: 'Operators' }] }, 'not known'],
    ['perhaps by a parameter', { InlinePolicy: { Ref: 'Policy' } }, 'not known'],
    ['perhaps by actions that are a parameter', inline({ ...start, Action: { Ref: 'Action' } }), 'not known'],
  ])('%s', (_, properties, expected) => {
    const parameters = { Parameters: { Policy: { Type: 'String' }, Action: { Type: 'String' } } };
    expect(accessOf({ Set: set('Any', properties) }, parameters).permissionSets[0].opensSessions).toBe(expected);
  });
});

test('who has a permission set where is read from assignments', () => {
  const { permissionSets } = accessOf(SYSTEM);
  expect(permissionSets.map(({ name }) => name)).toEqual(['BreakGlass', 'PowerUser', 'ReadOnly']);
  expect(permissionSets[1]).toEqual({
    name: 'PowerUser',
    description: 'For PowerUser',
    session: 'PT4H',
    opensSessions: 'yes',
    accounts: ['111122223333', '444455556666'],
    groups: ['g-1'],
  });
});

test('servers, databases, logs of sessions and roles for emergencies are found', () => {
  const { servers, databases, sessions, emergencies } = accessOf(SYSTEM);
  expect(servers.map(({ name, kind, judged }) => [name, kind, judged[0].logicalId])).toEqual([
    ['Group', 'group of servers', 'Template'],
    ['Server', 'server', 'Server'],
  ]);
  expect(databases.map(({ name }) => name)).toEqual(['Cluster', 'Database']);
  expect(sessions).toEqual([{ environment: expect.any(String), log: '/soc2/sessions', isEncrypted: true }]);
  expect(emergencies).toEqual([
    { name: 'BreakGlass', kind: 'permission set', environment: expect.any(String), trusted: [], isWatched: false },
    {
      name: 'break-glass',
      kind: 'role',
      environment: expect.any(String),
      trusted: ['arn:aws:iam::111122223333:user/ana', 'arn:aws:iam::111122223333:user/ben'],
      isWatched: true,
    },
  ]);
});

test.each([
  ['where Identity Center is', { detail: { serviceEventDetails: { role_name: ['BreakGlass'] } } }, true],
  ['in an account', { detail: { requestParameters: { roleArn: [{ wildcard: '*AWSReservedSSO_BreakGlass_*' }] } } }, true],
  ['of another set', { detail: { serviceEventDetails: { role_name: ['Other'] } } }, false],
])('a rule that tells of the use of a permission set is found %s', (_, EventPattern, expected) => {
  const { Targets } = SYSTEM.Watch.Properties;
  const Rule = { Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets } };
  expect(accessOf({ Emergency: SYSTEM.Emergency, Rule }).emergencies[0].isWatched).toBe(expected);
});

test.each([
  ['is off', { State: 'DISABLED' }],
  ['may be off', { State: { Ref: 'State' } }],
  ['tells nobody', { Targets: [] }],
])('a rule that %s tells of no use', (_, more) => {
  const Watch = { ...SYSTEM.Watch, Properties: { ...SYSTEM.Watch.Properties, ...more } };
  const { emergencies } = accessOf({ Role: SYSTEM.Role, Watch }, { Parameters: { State: { Type: 'String' } } });
  expect(emergencies[0].isWatched).toBe(false);
});

test.each([
  ['everybody', '*', 'everybody'],
  ['everybody, as AWS', { AWS: '*' }, 'everybody'],
  [
    'an identity provider',
    { Federated: 'arn:aws:iam::111122223333:saml-provider/x' },
    'arn:aws:iam::111122223333:saml-provider/x',
  ],
])('a role for emergencies that %s may take says so', (_, Principal, expected) => {
  const AssumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] };
  const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'break-glass', AssumeRolePolicyDocument } };
  expect(accessOf({ Role }).emergencies[0].trusted).toEqual([expected]);
});

test('what is said of an environment decides whether its servers are production, and nothing said is production', () => {
  const { Server } = SYSTEM;
  const declared = (kind: string) => ({ Metadata: { 'cdk-soc2': { environment: { kind, owner: 'team' } } } });
  expect(accessOf({ Server }).servers[0].isProduction).toBe(true);
  expect(accessOf({ Server }, declared('PRODUCTION')).servers[0].isProduction).toBe(true);
  expect(accessOf({ Server }, declared('STAGING')).servers[0].isProduction).toBe(false);
});

const rule = (slug: string, logicalId: string, verdict: LedgerEvaluation['verdict']) => ({
  ...result('EC2.1', logicalId, { verdict }),
  slug,
  template: accessOf(SYSTEM).servers[0].judged[0].template,
});

async function rendered(
  resources: object = SYSTEM,
  evaluations: readonly LedgerEvaluation[] = [],
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { path, content } of SERVER_ACCESS.render(evidenceOf(ledgerOf(evaluations), [assemblyOf(resources)])))
    files[path] = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
  return files;
}

describe('the page', () => {
  test('comes with a picture, and twice the same', async () => {
    const files = await rendered();
    expect(Object.keys(files)).toEqual(['server-access.html', 'server-access.svg', 'server-access.png']);
    expect(files['server-access.png'].slice(1, 4)).toBe('PNG');
    expect(await rendered()).toEqual(files);
    if (process.env.KEEP_PICTURES)
      writeFileSync(join(mkdtempSync(join(tmpdir(), 'server-access-')), 'picture.png'), files['server-access.png'], 'latin1');
  });

  test('tells each step, who may take it, and where sessions are logged', async () => {
    const { 'server-access.html': page, 'server-access.svg': picture } = await rendered();
    for (const words of [
      'IAM Identity Center',
      'PowerUser',
      'ends after 4 hours',
      'Session Manager',
      '/soc2/sessions',
      'user/ana',
      'attach',
    ])
      expect(page.toLowerCase()).toContain(words.toLowerCase());
    for (const words of ['A person', 'PowerUser', 'Session Manager', 'Server', '2 ways in emergencies'])
      expect(picture).toContain(words);
    // Who may only read does not reach servers.
    expect(picture).not.toContain('ReadOnly');
    expect(page).toContain('ReadOnly');
  });

  test('says what the ledger found, the worst of it first', async () => {
    const { 'server-access.html': page } = await rendered(SYSTEM, [
      rule('ec2-ssm-managed', 'Server', 'pass'),
      rule('ec2-ssm-managed', 'Template', 'pass'),
      rule('ec2-ssm-managed', 'Template', 'fail'),
      rule('ec2-imdsv2', 'Server', 'undetermined'),
      rule('sg-no-open-ssh', 'AppGroup', 'fail'),
    ]);
    const rowOf = (name: string) => new RegExp(`<tr><td><bdi>${name}</bdi>.*?</tr>`).exec(page)?.[0];
    expect(rowOf('Server')).toMatch(/<td>yes<\/td><td>yes<\/td><td>only deployment knows<\/td>/);
    expect(rowOf('Group')).toMatch(/<td>yes<\/td><td>no<\/td><td>not judged<\/td>/);
    expect(page).toContain('sg-no-open-ssh</a>, open');
  });

  test('says that no port is open only where rules looked', async () => {
    expect((await rendered())['server-access.html']).toContain('No rule about these ports judged anything');
    const { 'server-access.html': page } = await rendered(SYSTEM, [rule('sg-no-open-ssh', 'AppGroup', 'pass')]);
    // Those that did not look are not named.
    expect(page).toContain('opens the ports of SSH or RDP to the internet: sg-no-open-ssh (1 result of the ledger)');
  });

  test('does not make up what is not there', async () => {
    const { 'server-access.html': page, 'server-access.svg': picture } = await rendered({ Topic: { Type: 'AWS::SNS::Topic' } });
    expect(page).toContain('There are no instances of EC2 and no groups of them in these templates.');
    expect(page).toContain('Permission sets are not in these templates');
    expect(picture).toContain('none in these templates');
    expect(picture).toContain('kept elsewhere');
    expect(picture).not.toContain('Sessions are logged');
    expect(picture).not.toMatch(/emergenc/i);
  });

  test('names how many there are where there is no room for all', async () => {
    const many = Array.from({ length: 40 }, (_, index) => [`Server${index}`, SYSTEM.Server]);
    const { 'server-access.svg': picture, 'server-access.html': page } = await rendered(Object.fromEntries(many));
    expect(picture).toContain('35 more servers');
    expect(page).toContain('Server39');
  });

  test.each(Object.entries(HOSTILE))('shows a hostile name as text: %s', async (_, name) => {
    const { 'server-access.html': page, 'server-access.svg': picture } = await rendered({
      Set: set(name, { ...managed('PowerUserAccess'), Description: name, SessionDuration: name }),
      Server: { Type: 'AWS::EC2::Instance', Properties: {} },
    });
    expect(page + picture).not.toMatch(/<script>window|<img src=x|\u202E|\uD800(?![\uDC00-\uDFFF])/);
  });
});
