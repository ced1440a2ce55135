import { Assembly } from '../../src/model/assembly';
import type { Json, JsonObject } from '../../src/model/json';
import { identityPolicies, matches, type Statement, statementsOf } from '../../src/model/policy';
import { Resource } from '../../src/model/resource';
import { Scenario } from '../../src/model/scenario';
import { Template } from '../../src/model/template';

/** A resource of a template that also has a bucket, a custom resource and a parameter that only deployment sets. */
function resource(type: string, properties: JsonObject): Resource {
  const body = {
    Parameters: { Open: { Type: 'String' } },
    Resources: {
      Subject: { Type: type, Properties: properties },
      Bucket: { Type: 'AWS::S3::Bucket' },
      Lookup: { Type: 'Custom::Lookup' },
    },
  };
  const template = new Template(body, { path: 'policy.template.json', sha256: '' });
  return new Resource(template.resources.get('Subject')!, new Assembly([template], true), new Scenario());
}

function statements(document: Json): Statement[] {
  return statementsOf(resource('AWS::IAM::Policy', { PolicyDocument: document }).at('PolicyDocument'));
}

function statement(body: Json): Statement {
  return statements({ Version: '2012-10-17', Statement: body })[0];
}

const allow = (action: Json, target: Json = '*', more: JsonObject = {}) =>
  statement({ Effect: 'Allow', Action: action, Resource: target, ...more });
const when = (condition: Json) => allow('*', '*', { Condition: condition });

test('a document has one statement or a list of them, and the order of keys does not matter', () => {
  expect(statements({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } })).toHaveLength(1);
  const [first, second] = statements({
    Statement: [
      { Resource: '*', Action: 's3:Get*', Effect: 'Allow' },
      { NotResource: '*', Effect: 'Deny', NotAction: 's3:*' },
    ],
  });
  expect([first.allows, first.denies, second.allows, second.denies]).toEqual([true, false, false, true]);
});

test('policies stand inside an identity or in a resource of their own', () => {
  const document = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
  const inRole = resource('AWS::IAM::Role', {
    Policies: [
      { PolicyName: 'a', PolicyDocument: document },
      { PolicyName: 'b', PolicyDocument: document },
    ],
  });
  expect(identityPolicies(inRole).map((each) => each.document.path)).toEqual([
    'Properties.Policies.0.PolicyDocument',
    'Properties.Policies.1.PolicyDocument',
  ]);
  expect(identityPolicies(resource('AWS::IAM::RolePolicy', { PolicyDocument: document }))).toHaveLength(1);
  expect(identityPolicies(resource('AWS::IAM::User', {}))).toEqual([]);
});

describe('actions', () => {
  test.each([
    ['s3:GetObject', 's3:GetObject', true],
    ['S3:getobject', 's3:GetObject', true],
    ['s3:Get*', 's3:GetObject', true],
    ['s3:GetObject?', 's3:GetObject', false],
    ['s3:?etObject', 's3:GetObject', true],
    ['*', 's3:GetObject', true],
    ['**', 's3:GetObject', true],
    ['*:*', 's3:GetObject', true],
    ['*:Get*', 's3:GetObject', true],
    ['s3', 's3:GetObject', false],
    ['s3:GetObject.', 's3:GetObject1', false],
    ['iam:*', 's3:GetObject', false],
  ])('%s covers %s: %s', (pattern, action, expected) => {
    expect(matches(pattern, action)).toBe(expected);
    expect(allow(pattern).covers(action)).toBe(expected);
    expect(allow(['ec2:RunInstances', pattern]).covers(action)).toBe(expected);
    expect(statement({ Effect: 'Allow', NotAction: pattern, Resource: '*' }).covers(action)).toBe(!expected);
  });

  test.each([['*'], ['**'], ['*:*']])('%s is every action', (pattern) => {
    expect(allow(['s3:GetObject', pattern]).coversAllActions).toBe(true);
  });

  test('all of a service is not every action, and neither is what is left over', () => {
    expect(allow('s3:*').coversAllActions).toBe(false);
    expect(statement({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }).coversAllActions).toBe(false);
  });

  test('an action that only deployment knows is covered possibly, not surely', () => {
    const open: Json[] = [{ Ref: 'Open' }, { 'Fn::Sub': 's3:${Open}' }, [{ Ref: 'Open' }]];
    for (const action of open) {
      expect(allow(action).covers('s3:GetObject')).toBe(false);
      expect(allow(action).covers('s3:GetObject', 'possibly')).toBe(true);
    }
    expect(allow({ 'Fn::Sub': 's3:${Open}' }).covers('sqs:SendMessage', 'possibly')).toBe(false);
  });

  test('what NotAction takes away is left over possibly where only deployment knows it', () => {
    const open = statement({ Effect: 'Allow', NotAction: ['s3:*', { Ref: 'Open' }], Resource: '*' });
    expect([open.covers('iam:PassRole'), open.covers('iam:PassRole', 'possibly')]).toEqual([false, true]);
    expect([open.covers('s3:GetObject'), open.covers('s3:GetObject', 'possibly')]).toEqual([false, false]);
  });
});

describe('resources', () => {
  const partition = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' };
  test.each<[string, Json, boolean]>([
    ['everything', '*', true],
    ['everything, in a list', ['arn:aws:iam::111122223333:role/app', '*'], true],
    ['every ARN', 'arn:aws:*:*:*:*', true],
    ['every ARN of the service', 'arn:aws:iam::*:*', true],
    ['every ARN of the service, cut short', 'arn:aws:iam::*', true],
    ['every role', 'arn:aws:iam::111122223333:role/*', true],
    ['every role of any partition', 'arn:*:iam::111122223333:role/*', true],
    ['every role, whatever the partition and the account are', partition, true],
    ['one role', 'arn:aws:iam::111122223333:role/app', false],
    ['roles of a path', 'arn:aws:iam::111122223333:role/service/*', false],
    ['every user', 'arn:aws:iam::111122223333:user/*', false],
    ['another service', 'arn:aws:s3:::*', false],
    ['an attribute of a resource', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, false],
  ])('%s', (_, target, expected) => {
    expect(allow('iam:PassRole', target).coversEvery('iam:role/any')).toBe(expected);
    expect(allow('iam:PassRole', target).coversEvery('iam:role/any', 'possibly')).toBe(expected);
    expect(statement({ Effect: 'Allow', Action: '*', NotResource: target }).coversEvery('iam:role/any')).toBe(!expected);
  });

  test('a name may have colons', () => {
    expect(allow('*', 'arn:aws:lambda:eu-west-1:111122223333:function:*').coversEvery('lambda:function:any')).toBe(true);
    expect(allow('*', 'arn:aws:lambda:eu-west-1:111122223333:function:app').coversEvery('lambda:function:any')).toBe(false);
  });

  test.each<[string, Json]>([
    ['a parameter', { Ref: 'Open' }],
    [
      'a name that is a parameter',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/', { Ref: 'Open' }]] },
    ],
    ['an import from elsewhere', { 'Fn::ImportValue': 'elsewhere' }],
    ['an attribute of a custom resource', { 'Fn::GetAtt': ['Lookup', 'Arn'] }],
  ])('%s may be everything', (_, target) => {
    const open = allow('iam:PassRole', target);
    expect([open.coversEvery('iam:role/any'), open.coversEvery('iam:role/any', 'possibly')]).toEqual([false, true]);
    expect(open.openPart?.path).toBe('Properties.PolicyDocument.Statement.Resource');
  });

  test('objects of a bucket of the template are not everything', () => {
    const target = { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] };
    expect(allow('s3:*', target).coversEvery('s3:any', 'possibly')).toBe(false);
    expect(allow('s3:*', target).openPart).toBeUndefined();
  });

  test('a policy variable is no wildcard', () => {
    for (const target of [
      'arn:aws:iam::*:user/${aws:username}',
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/${!aws:username}' },
    ])
      expect(allow('iam:CreateAccessKey', target).coversEvery('iam:user/any', 'possibly')).toBe(false);
  });

  test('a statement about no resource is not a narrow one', () => {
    expect(statement({ Effect: 'Allow', Action: 's3:*' }).coversEvery('s3:any')).toBe(true);
  });
});

describe('conditions on what may be acted on', () => {
  test.each<[string, Json]>([
    ['a tag of the resource', { StringEquals: { 'aws:ResourceTag/team': 'orders' } }],
    ['the service that a role is passed to', { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }],
    ['any of the tags of a role', { 'ForAnyValue:StringEquals': { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy'] } }],
    ['the policy that is attached', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/app-*' } }],
  ])('%s limits it', (_, condition) => expect(when(condition).limitsWhat()).toBe(true));

  test.each<[string, Json]>([
    ['a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['a Region', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } }],
    ['a tag, where there is one', { StringEqualsIfExists: { 'aws:ResourceTag/team': 'orders' } }],
    ['a service, where there is one', { StringEqualsIfExists: { 'iam:PassedToService': ['ec2.amazonaws.com'] } }],
    ['what something is not', { StringNotEquals: { 'aws:ResourceTag/team': 'orders' } }],
    ['all of nothing', { 'ForAllValues:StringEquals': { 'iam:ResourceTag/team': 'orders' } }],
    ['a wildcard', { StringLike: { 'iam:PassedToService': '*' } }],
  ])('%s does not limit it', (_, condition) => expect(when(condition).limitsWhat()).toBe(false));

  test('a wildcard that deployment may fill in limits it possibly', () => {
    const open = when({ StringLike: { 'iam:PassedToService': { Ref: 'Open' } } });
    expect([open.limitsWhat('surely'), open.limitsWhat('possibly')]).toEqual([false, true]);
    expect(when({ StringEquals: { 'iam:PassedToService': { Ref: 'Open' } } }).limitsWhat('surely')).toBe(true);
  });

  test('a condition that only deployment knows limits it possibly', () => {
    const open: Json[] = [{ Ref: 'Open' }, { StringEquals: { Ref: 'Open' } }];
    for (const condition of open)
      expect([when(condition).limitsWhat('surely'), when(condition).limitsWhat('possibly')]).toEqual([false, true]);
  });

  test('a condition may be disregarded', () => {
    const passed = when({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } });
    expect(passed.limitsWhat('surely', ({ key }) => key === 'iam:passedtoservice')).toBe(false);
  });
});

describe('conditions on who asks', () => {
  test.each<[string, Json]>([
    ['an account', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
    ['an organization', { StringEquals: { 'AWS:PrincipalOrgID': 'o-example' } }],
    ['a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::orders' } }],
    ['anything of an account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } }],
    ['a network', { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c' } }],
  ])('%s narrows it', (_, condition) => expect(when(condition).isNarrowed).toBe(true));

  test.each<[string, Json]>([
    ['any account', { StringLike: { 'aws:PrincipalAccount': '*' } }],
    ['a role of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } }],
    ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
    ['any ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*' } }],
    ['any endpoint', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }],
    ['half of the internet', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }],
    ['an organization, where there is one', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example' } }],
    ['all of nothing', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-example' } }],
    ['another organization', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-example' } }],
  ])('%s does not narrow it', (_, condition) => expect(when(condition).isNarrowed).toBe(false));
});

describe('what only deployment knows', () => {
  test('a whole document, a statement or an effect allows possibly everything', () => {
    const open = [
      ...statements({ Ref: 'Open' }),
      ...statements({ Statement: [{ 'Fn::Transform': { Name: 'Include' } }] }),
      statement({ Effect: { Ref: 'Open' }, Action: '*', Resource: '*' }),
    ];
    expect(open).toHaveLength(3);
    for (const each of open) {
      expect(each.allowsOnEvery('iam:role/any', 'iam:PassRole')).toBe(false);
      expect(each.allowsOnEvery('iam:role/any', 'iam:PassRole', 'possibly')).toBe(true);
      expect(each.openPart).toBeDefined();
    }
  });

  test('a denial allows nothing', () => {
    const denial = statement({ Effect: 'Deny', Action: '*', Resource: { Ref: 'Open' } });
    expect(denial.allowsOnEvery('iam:role/any', 'iam:PassRole', 'possibly')).toBe(false);
  });
});

test('everyone is a star, in any shape, or all but some', () => {
  const principal = (value: Json) => statement({ Effect: 'Allow', Principal: value, Action: 's3:*', Resource: '*' });
  expect(principal('*').isForEveryone).toBe(true);
  expect(principal({ AWS: ['111122223333', '*'] }).isForEveryone).toBe(true);
  expect(principal({ Service: 'sns.amazonaws.com' }).isForEveryone).toBe(false);
  expect(principal({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }).isForEveryone).toBe(false);
  expect(statement({ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: '*', Resource: '*' }).isForEveryone).toBe(
    true,
  );
});
