import { evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import separation from '../../src/rules/environment/environment-account-separation';
import links from '../../src/rules/environment/environment-no-cross-link';
import guardduty from '../../src/rules/guardduty/guardduty-enabled';
import inspector from '../../src/rules/inspector/inspector-enabled';
import macie from '../../src/rules/macie/macie-enabled';
import type { Rule } from '../../src/rules/rule';
import securityhub from '../../src/rules/securityhub/securityhub-enabled';
import { ordering } from '../../src/rules/shared/inspector-examples';
import { ORIGIN, templateOf } from '../helpers/model';

const [ONE, TWO] = ['111122223333', '222233334444'];

/** A template of an environment of a kind. */
function stack(
  kind: string,
  account: string | undefined,
  region = 'eu-west-1',
  resources: object = { Topic: { Type: 'AWS::SNS::Topic' } },
) {
  const body = { Metadata: { 'cdk-soc2': { environment: { kind } } }, Resources: resources };
  return templateOf(body, { ...ORIGIN, account, region, stage: kind, path: `${kind}.template.json` });
}

/** Verdicts by environment, in the order of the templates. */
function verdicts(rule: Rule, ...templates: ReturnType<typeof stack>[]): string[] {
  return [...evaluate(new Assembly(templates, true), [rule])].flat().map(({ outcome }) => outcome);
}

describe('production has accounts of its own', () => {
  test('when no other environment is in its account', () => {
    expect(verdicts(separation, stack('PRODUCTION', ONE), stack('STAGING', TWO))).toEqual(['pass', 'pass']);
  });

  test('when two Regions of production share one', () => {
    expect(verdicts(separation, stack('PRODUCTION', ONE), stack('PRODUCTION', ONE, 'eu-central-1'))).toEqual(['pass', 'pass']);
  });

  test('and not when a test is in its account, though in another Region', () => {
    expect(verdicts(separation, stack('PRODUCTION', ONE), stack('DEVELOPMENT', ONE, 'eu-central-1'))).toEqual(['fail', 'fail']);
  });

  test('and not when the templates for one account and Region contradict each other', () => {
    expect(verdicts(separation, stack('PRODUCTION', ONE), stack('DEVELOPMENT', ONE))).toEqual(['fail']);
  });

  test('and nobody knows when the account comes with the deployment', () => {
    expect(verdicts(separation, stack('PRODUCTION', undefined), stack('DEVELOPMENT', ONE))).toEqual([
      'undetermined',
      'undetermined',
    ]);
    const [one, two] = ['prod', 'dev'].map((stage) => ({
      Resources: { Data: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'stage', Value: stage }] } } },
    }));
    const anywhere = { ...ORIGIN, account: undefined, region: undefined };
    expect(verdicts(separation, templateOf(one, anywhere), templateOf(two, anywhere))).toEqual(['undetermined']);
    expect(verdicts(separation, templateOf(one), templateOf(two))).toEqual(['fail']);
  });
});

describe('nothing leads from a test into production', () => {
  const trusting = (account: string) => ({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${account}:root` } },
        },
      },
    },
  });
  const peering = {
    Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Peering: {
      Type: 'AWS::EC2::VPCPeeringConnection',
      Properties: { VpcId: { Ref: 'Network' }, PeerVpcId: 'vpc-1234', PeerOwnerId: TWO },
    },
  };

  test('unless a role of production trusts the account of the test', () => {
    expect(verdicts(links, stack('PRODUCTION', ONE, 'eu-west-1', trusting(TWO)), stack('DEVELOPMENT', TWO))).toEqual([
      'fail',
      'pass',
    ]);
  });

  test('but production may look into the test', () => {
    expect(verdicts(links, stack('DEVELOPMENT', ONE, 'eu-west-1', trusting(TWO)), stack('PRODUCTION', TWO))).toEqual([
      'pass',
      'pass',
    ]);
  });

  test.each([
    ['is a parameter', { Ref: 'Who' }, 'undetermined'],
    ['is of an account that is a parameter', { 'Fn::Sub': 'arn:aws:iam::${Who}:root' }, 'undetermined'],
    ['is in the store of parameters', '{{resolve:ssm:/partner/role}}', 'undetermined'],
    ['is of the own account', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }, 'pass'],
    ['is of an account by its number', { 'Fn::Sub': `arn:\${AWS::Partition}:iam::${ONE}:root` }, 'pass'],
    ['is exported by the own account', { 'Fn::ImportValue': 'role-of-the-pipeline' }, 'pass'],
    ['is a resource here', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'pass'],
  ])('which only deployment knows where a principal of production %s', (_, AWS, verdict) => {
    const trust = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS } } };
    const roles = {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      Other: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
    };
    const production = stack('PRODUCTION', ONE, 'eu-west-1', roles);
    production.body.Parameters = { Who: { Type: 'String' } };
    expect(verdicts(links, production, stack('DEVELOPMENT', TWO))).toEqual([verdict, 'pass']);
  });

  const LETTING_IN: Readonly<Record<string, string>> = {
    'AWS::Backup::BackupVault': 'AccessPolicy',
    'AWS::ECR::Repository': 'RepositoryPolicyText',
    'AWS::KMS::Key': 'KeyPolicy',
    'AWS::S3::BucketPolicy': 'PolicyDocument',
    'AWS::SNS::TopicPolicy': 'PolicyDocument',
    'AWS::SQS::QueuePolicy': 'PolicyDocument',
    'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  };
  const letting = (type: string, effect: string) => ({
    Resource: {
      Type: type,
      Properties: { [LETTING_IN[type]]: { Statement: [{ Effect: effect, Action: '*', Principal: { AWS: TWO } }] } },
    },
  });
  test.each(Object.keys(LETTING_IN))('unless a policy of %s in production lets the account of the test in', (type) => {
    const judge = (effect: string, other: string) =>
      verdicts(links, stack('PRODUCTION', ONE, 'eu-west-1', letting(type, effect)), stack(other, TWO));
    expect(judge('Allow', 'STAGING')).toEqual(['fail', 'pass']);
    expect(judge('Deny', 'STAGING')).toEqual(['pass', 'pass']);
    expect(judge('Allow', 'PRODUCTION')).toEqual(['pass', 'pass']);
  });

  const reaching = (account: string) => ({
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyDocument: {
          Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: [`arn:aws:sqs:eu-west-1:${account}:orders`] },
        },
      },
    },
  });
  test('unless the test is allowed something in the account of production', () => {
    const judge = (account: string) =>
      verdicts(links, stack('STAGING', ONE, 'eu-west-1', reaching(account)), stack('PRODUCTION', TWO));
    expect(judge(TWO)).toEqual(['fail', 'pass']);
    expect(judge(ONE)).toEqual(['pass', 'pass']);
  });

  test('but by what serves every environment, and says so', () => {
    const tools = (resources: object) =>
      templateOf(
        { Metadata: { 'cdk-soc2': { environment: { kind: 'PRODUCTION', servesEveryEnvironment: true } } }, Resources: resources },
        { ...ORIGIN, account: ONE, stage: 'tools', path: 'tools.template.json' },
      );
    const judge = (...templates: ReturnType<typeof stack>[]) => verdicts(links, ...templates);
    expect(judge(tools(trusting(TWO)), stack('STAGING', TWO))).toEqual(['pass', 'pass']);
    expect(judge(tools(peering), stack('STAGING', TWO))).toEqual(['pass', 'pass']);
    expect(judge(stack('STAGING', TWO, 'eu-west-1', reaching(ONE)), tools(reaching(TWO)))).toEqual(['pass', 'pass']);
    // The account of production does not open because something for all stands in it.
    expect(judge(tools(peering), stack('PRODUCTION', ONE, 'eu-west-1', trusting(TWO)), stack('STAGING', TWO))[0]).toBe('fail');
    expect(verdicts(separation, tools({ Topic: { Type: 'AWS::SNS::Topic' } }), stack('STAGING', ONE))).toEqual(['fail']);
  });

  test('unless a network is joined to one in the account of the other', () => {
    expect(verdicts(links, stack('PRODUCTION', ONE, 'eu-west-1', peering), stack('DEVELOPMENT', TWO))).toEqual(['fail', 'pass']);
    expect(verdicts(links, stack('PRODUCTION', ONE, 'eu-west-1', peering), stack('PRODUCTION', TWO))).toEqual(['pass', 'pass']);
  });
});

describe('a policy of the organization', () => {
  const functions = { Work: { Type: 'AWS::Lambda::Function', Properties: {} } };
  const policy = (targets: string[]) => ordering('lambda_standard_scanning', ['eu-west-1'], [], targets);

  test('reaches the accounts of other environments', () => {
    const management = stack('STAGING', TWO, 'eu-west-1', policy([ONE]));
    expect(verdicts(inspector, stack('PRODUCTION', ONE, 'eu-west-1', functions), management)).toEqual(['pass', 'pass']);
  });

  test('does not reach what it is not attached to, or is in another Region', () => {
    const management = stack('STAGING', TWO, 'eu-west-1', policy([TWO]));
    expect(verdicts(inspector, stack('PRODUCTION', ONE, 'eu-west-1', functions), management)[0]).toBe('missing');
    const root = stack('STAGING', TWO, 'eu-west-1', policy(['r-ab12']));
    expect(verdicts(inspector, stack('PRODUCTION', ONE, 'eu-north-1', functions), root)[0]).toBe('missing');
  });

  test('leaves it to an inherited control whether an account is in the unit that it is attached to', () => {
    const management = stack('STAGING', TWO, 'eu-west-1', policy(['ou-ab12-workloads']));
    expect(verdicts(inspector, stack('PRODUCTION', ONE, 'eu-west-1', functions), management)[0]).toBe('missing');
  });
});

describe('a service that a construct turns on by API', () => {
  const work = { Work: { Type: 'AWS::Lambda::Function', Properties: {} }, Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } };
  const setting = (Type: string, properties: object) => ({
    ...work,
    Setting: { Type, Properties: { ServiceToken: 'handler', ...properties } },
  });

  test.each<[string, Rule, object, object]>([
    ['Custom::Soc2Detector', guardduty, { Enable: true }, { Enable: false }],
    ['Custom::Soc2Inspector', inspector, { ResourceTypes: ['LAMBDA'] }, { ResourceTypes: ['CODE_REPOSITORY'] }],
    ['Custom::Soc2MacieSession', macie, { Status: 'ENABLED' }, { Status: 'PAUSED' }],
    ['Custom::Soc2SecurityHub', securityhub, { Standards: ['arn'] }, { Standards: [] }],
  ])('is on in the Region of the template, and in no other: %s', (type, rule, on, off) => {
    const [here, there] = [stack('PRODUCTION', ONE, 'eu-west-1', setting(type, on)), stack('PRODUCTION', ONE, 'eu-west-2', work)];
    expect(verdicts(rule, here, there)).toEqual(['pass', 'missing']);
    expect(verdicts(rule, stack('PRODUCTION', ONE, 'eu-west-1', setting(type, off)))).not.toContain('pass');
  });
});
