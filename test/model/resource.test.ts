import { Assembly } from '../../src/model/assembly';
import type { Json, JsonObject } from '../../src/model/json';
import { type Resource, viewOf } from '../../src/model/resource';
import { explore, Scenario } from '../../src/model/scenario';
import type { Template } from '../../src/model/template';
import { nested, ORIGIN, resourceIn, stack, templateOf } from '../helpers/model';

const BUCKET = { Type: 'AWS::S3::Bucket' };
const named = (BucketName: Json) => ({ ...BUCKET, Properties: { BucketName } });
const policy = (Bucket: Json, more: object = {}) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket }, ...more });
const ids = (resources: readonly Resource[]) => resources.map(({ logicalId }) => logicalId);
const policies = (templates: Template | Template[], bucket = 'Bucket') =>
  ids(resourceIn(templates, bucket).pointedAtBy('AWS::S3::BucketPolicy', 'Bucket'));

describe('a resource', () => {
  const template = templateOf({
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Resources: {
      Bucket: {
        ...BUCKET,
        DeletionPolicy: 'Retain',
        Metadata: { 'aws:cdk:path': 'Shop/Bucket/Resource' },
        Properties: { Tags: [{ Key: 'data', Value: { Ref: 'Stage' } }], BucketName: { 'Fn::Sub': 'x-${Stage}' } },
      },
      Map: { Type: 'AWS::SSM::Parameter', Properties: { Tags: { data: 'secret' } } },
      Bare: { Type: 'AWS::SNS::Topic', Properties: null },
      Odd: { Type: 'toString', Properties: { Tags: { Ref: 'Nowhere' } } },
    },
  });
  const bucket = resourceIn(template, 'Bucket');
  const of = (id: string) => bucket.view(template.resources.get(id)!);

  test('says what and where it is', () => {
    expect(bucket.type).toBe('AWS::S3::Bucket');
    expect(bucket.constructPath).toBe('Shop/Bucket/Resource');
    expect(of('Bare').constructPath).toBeUndefined();
    expect(bucket.environment).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });
  test('has attributes', () => {
    expect(bucket.attribute('DeletionPolicy').string).toBe('Retain');
    expect(bucket.attribute('UpdateReplacePolicy').isAbsent).toBe(true);
    expect(bucket.attribute('constructor').isAbsent).toBe(true);
  });
  test('has tags, in either notation', () => {
    expect(bucket.tag('data').string).toBe('dev');
    expect(bucket.tag('other').isAbsent).toBe(true);
    expect(of('Map').tag('data').string).toBe('secret');
    expect(of('Map').tag('toString').isAbsent).toBe(true);
    expect(of('Bare').tag('data').isAbsent).toBe(true);
    expect(of('Odd').tag('data').isUnknown).toBe(true);
  });
  test('has a name when the template gives it one', () => {
    expect(bucket.physicalName?.string).toBe('x-dev');
    expect(of('Bare').physicalName).toBeUndefined();
    expect(of('Odd').physicalName).toBeUndefined();
  });
  test('has properties, also where there are none', () => {
    expect(of('Bare').at('TopicName').isAbsent).toBe(true);
    expect(of('Bare').properties.isAbsent).toBe(false);
  });
  test('says by itself what refers to nothing, unless a function gives it its properties', () => {
    expect(of('Map').at('Tags').isSelfContained).toBe(true);
    expect(of('Map').at('Tags.data').isSelfContained).toBe(true);
    expect(bucket.at('Tags').isSelfContained).toBe(false);
    const Properties = { 'Fn::If': ['C', { Tags: [{ Ref: 'Map' }] }, {}] };
    const given = resourceIn(
      templateOf({ Conditions: { C: { 'Fn::Equals': [1, 1] } }, Resources: { Given: { ...BUCKET, Properties } } }),
      'Given',
    );
    expect(given.at('Tags').isSelfContained).toBe(false);
  });
  test('is the same object within a scenario', () => {
    expect(of('Map')).toBe(of('Map'));
    expect(bucket.view(bucket.entry)).toBe(bucket);
  });
});

describe('exists', () => {
  const equals = (name: string) => ({ 'Fn::Equals': [{ Ref: name }, 'yes'] });
  const seen = (templates: Template[], logicalId: string) => {
    const assembly = new Assembly(templates, true);
    const entry = assembly.resources.find((each) => each.logicalId === logicalId)!;
    return explore((scenario) => viewOf(entry, assembly, scenario).exists).results.map(({ result }) => result);
  };
  const conditional = (Condition: Json) => ({ ...BUCKET, Condition });

  test('follows its condition', () => {
    const template = templateOf({
      Parameters: { P: { Type: 'String' } },
      Conditions: { Open: equals('P'), Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Always: BUCKET, Open: conditional('Open'), Never: conditional('Never'), Odd: conditional(['Never']) },
    });
    expect(seen([template], 'Always')).toEqual([true]);
    expect(seen([template], 'Open')).toEqual([false, true]);
    expect(seen([template], 'Never')).toEqual([false]);
    expect(seen([template], 'Odd')).toEqual([true]);
  });

  test('follows the conditions of the stacks around it', () => {
    const templates = nested(
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Middle: { ...stack(), Condition: 'Never' } } },
      { Middle: { Resources: { Inner: stack() } }, Inner: { Resources: { Bucket: BUCKET } } },
    );
    expect(seen(templates, 'Bucket')).toEqual([false]);
  });
});

describe('pointedAtBy', () => {
  test('a reference in the same template', () => {
    const Resources = { Bucket: BUCKET, Other: BUCKET, Policy: policy({ Ref: 'Bucket' }), Topic: { Type: 'AWS::SNS::Topic' } };
    expect(policies(templateOf({ Resources }))).toEqual(['Policy']);
    expect(policies(templateOf({ Resources }), 'Other')).toEqual([]);
  });

  test('a reference with another property', () => {
    const Policy = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: 'x', PolicyDocument: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
    };
    expect(policies(templateOf({ Resources: { Bucket: BUCKET, Policy } }))).toEqual([]);
  });

  test.each<[string, Json, Json, boolean]>([
    ['a name', 'logs', 'logs', true],
    ['another name', 'logs', 'log', false],
    ['a name that is put together', { 'Fn::Sub': 'logs-${AWS::AccountId}' }, 'logs-111122223333', true],
    ['the same parameter', { Ref: 'Name' }, { Ref: 'Name' }, true],
    ['the same parameter with a default', { Ref: 'Known' }, { 'Fn::Sub': '${Known}' }, true],
    ['the default of a parameter', { Ref: 'Known' }, 'known', true],
    ['another parameter', { Ref: 'Name' }, { Ref: 'Other' }, false],
    ['one of the allowed values', { Ref: 'Chosen' }, { Ref: 'Chosen' }, true],
    ['a branch of a condition', { 'Fn::If': ['No', 'logs', 'other'] }, { 'Fn::If': ['No', 'logs', 'other'] }, true],
    ['the other branch', { 'Fn::If': ['No', 'logs', 'other'] }, 'logs', false],
    ['no name', '', '', false],
  ])('%s', (_, name, pointer, expected) => {
    const body = {
      Parameters: {
        Name: { Type: 'String' },
        Other: { Type: 'String' },
        Known: { Type: 'String', Default: 'known' },
        Chosen: { Type: 'String', AllowedValues: ['a', 'b'] },
      },
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Bucket: named(name), Policy: policy(pointer), Elsewhere: policy({ Ref: 'Bucket2' }), Bucket2: BUCKET },
    };
    expect(policies(templateOf(body))).toEqual(expected ? ['Policy'] : []);
  });

  test('a name that a condition settles behind the reading of it', () => {
    const Env = { Ref: 'Env' };
    const body = {
      Parameters: { Env: { Type: 'String', Default: 'dev' } },
      Conditions: { IsProd: { 'Fn::Equals': [Env, 'prod'] } },
      Resources: {
        Bucket: named({ 'Fn::Sub': '${Env}-logs' }),
        Policy: policy({ 'Fn::Join': ['-', [Env, 'logs']] }, { Condition: 'IsProd' }),
      },
    };
    const template = templateOf(body);
    const assembly = new Assembly([template], true);
    const { results } = explore((scenario) => {
      const bucket = viewOf(template.resources.get('Bucket')!, assembly, scenario);
      return [bucket.physicalName?.text, ...ids(bucket.pointedAtBy('AWS::S3::BucketPolicy', 'Bucket'))];
    });
    expect(results.map(({ result }) => result)).toEqual([['dev-logs'], ['prod-logs', 'Policy']]);
  });

  test('only what exists', () => {
    const Conditions = { No: { 'Fn::Equals': ['a', 'b'] } };
    const Resources = { Bucket: BUCKET, Policy: policy({ Ref: 'Bucket' }, { Condition: 'No' }) };
    expect(policies(templateOf({ Conditions, Resources }))).toEqual([]);
  });

  test('lists, and members of lists of mappings', () => {
    const template = templateOf({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'app' } },
        One: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Other' }, { Ref: 'Role' }] } },
        // One member refers to another role, one is the name of this one.
        Two: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Other' }, 'app'] } },
        Three: { Type: 'AWS::IAM::Policy', Properties: { Roles: { 'Fn::If': ['No', ['x'], ['app']] } } },
        Four: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['other'] } },
        Other: { Type: 'AWS::IAM::Role' },
        Alarms: {
          Type: 'AWS::CodeDeploy::DeploymentGroup',
          Properties: { Alarms: [{ Name: 'x' }, { Name: 'app' }, { Name: { Ref: 'Role' } }] },
        },
      },
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] } },
    });
    const role = resourceIn(template, 'Role');
    expect(ids(role.pointedAtBy('AWS::IAM::Policy', 'Roles')).sort()).toEqual(['One', 'Three', 'Two']);
    expect(ids(role.pointedAtBy('AWS::CodeDeploy::DeploymentGroup', 'Alarms.*.Name'))).toEqual(['Alarms']);
    expect(ids(role.pointedAtBy('AWS::CodeDeploy::DeploymentGroup', 'Alarms'))).toEqual([]);
  });

  const EXPORTED = {
    Resources: { Bucket: BUCKET },
    Outputs: { B: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Export: { Name: 'Data:Bucket' } } },
  };
  const importing = (origin: object = {}) =>
    templateOf(
      { Resources: { Policy: policy({ 'Fn::ImportValue': 'Data:Bucket' }) } },
      { ...ORIGIN, path: 'app.json', ...origin },
    );

  test('an import from the stack that exports', () => {
    expect(policies([templateOf(EXPORTED), importing()])).toEqual(['Policy']);
    expect(policies([importing(), templateOf(EXPORTED)])).toEqual(['Policy']);
    expect(policies([templateOf(EXPORTED), importing({ region: 'us-east-1' })])).toEqual([]);
  });

  test('an import in a branch of a condition', () => {
    const Bucket = { 'Fn::ImportValue': { 'Fn::If': ['Open', 'Nowhere', 'Data:Bucket'] } };
    const app = templateOf({ Resources: { Policy: policy(Bucket) } }, { ...ORIGIN, path: 'app.json' });
    const assembly = new Assembly([templateOf(EXPORTED), app], true);
    const bucket = assembly.resources[0];
    const { results } = explore((scenario) =>
      ids(viewOf(bucket, assembly, scenario).pointedAtBy('AWS::S3::BucketPolicy', 'Bucket')),
    );
    expect(results.map(({ result }) => result)).toEqual([[], ['Policy']]);
  });

  test('a name in another stack of the same place', () => {
    const data = (origin: object = {}) =>
      templateOf({ Resources: { Bucket: named('logs') } }, { ...ORIGIN, path: 'data.json', ...origin });
    const app = (pointer: Json, origin: object = {}) =>
      templateOf({ Parameters: { Name: { Type: 'String' } }, Resources: { Policy: policy(pointer) } }, { ...ORIGIN, ...origin });
    expect(policies([data(), app('logs')])).toEqual(['Policy']);
    expect(policies([data(), app('logs', { region: 'us-east-1' })])).toEqual(['Policy']);
    expect(policies([data(), app('logs', { account: '444455556666' })])).toEqual([]);
    const unplaced = { account: undefined, region: undefined };
    expect(policies([data({ ...unplaced, stage: 'Dev' }), app('logs', { ...unplaced, stage: 'Prod' })])).toEqual([]);
    expect(policies([data({ ...unplaced, stage: 'Dev' }), app('logs', { ...unplaced, stage: 'Dev' })])).toEqual(['Policy']);
  });

  test('a parameter of another stack is another parameter', () => {
    const Parameters = { Name: { Type: 'String' } };
    const data = templateOf({ Parameters, Resources: { Bucket: named({ Ref: 'Name' }) } }, { ...ORIGIN, path: 'data.json' });
    expect(policies([data, templateOf({ Parameters, Resources: { Policy: policy({ Ref: 'Name' }) } })])).toEqual([]);
  });

  test('the name of a queue means one of its own Region', () => {
    const queue = (origin: object) =>
      templateOf(
        { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } } },
        { ...ORIGIN, ...origin },
      );
    const user = templateOf(
      {
        Resources: {
          Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['https://sqs.eu-west-1.amazonaws.com/1/jobs'] } },
        },
      },
      { ...ORIGIN, path: 'user.json' },
    );
    const found = (template: Template) =>
      ids(resourceIn([template, user], 'Queue').pointedAtBy('AWS::SQS::QueuePolicy', 'Queues'));
    expect(found(queue({}))).toEqual(['Policy']);
    expect(found(queue({ region: 'us-east-1' }))).toEqual([]);
  });

  describe('nested stacks', () => {
    const child = { Parameters: { B: { Type: 'String' } }, Resources: { Policy: policy({ Ref: 'B' }) } };
    const data = { Resources: { Bucket: BUCKET }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } } };

    test('a parameter', () => {
      const templates = nested({ Resources: { Bucket: BUCKET, Child: stack({ B: { Ref: 'Bucket' } }) } }, { Child: child });
      expect(policies(templates)).toEqual(['Policy']);
    });
    test('a parameter of which a condition decides', () => {
      const B = { 'Fn::If': ['No', 'x', { Ref: 'Bucket' }] };
      const Conditions = { No: { 'Fn::Equals': ['a', 'b'] } };
      const templates = nested({ Conditions, Resources: { Bucket: BUCKET, Child: stack({ B }) } }, { Child: child });
      expect(policies(templates)).toEqual(['Policy']);
    });
    test('all parameters of which a condition decides', () => {
      const Conditions = { No: { 'Fn::Equals': ['a', 'b'] } };
      const Child = stack({ 'Fn::If': ['No', {}, { B: { Ref: 'Bucket' } }] });
      expect(policies(nested({ Conditions, Resources: { Bucket: BUCKET, Child } }, { Child: child }))).toEqual(['Policy']);
    });
    test('an output', () => {
      const Resources = { Data: stack(), Policy: policy({ 'Fn::GetAtt': ['Data', 'Outputs.Arn'] }) };
      expect(policies(nested({ Resources }, { Data: data }))).toEqual(['Policy']);
    });
    test('an output in a text', () => {
      const Resources = { Data: stack(), Policy: policy({ 'Fn::Sub': '${Data.Outputs.Arn}' }) };
      expect(policies(nested({ Resources }, { Data: data }))).toEqual(['Policy']);
    });
    test('from sibling to sibling', () => {
      const Resources = { Data: stack(), Child: stack({ B: { 'Fn::GetAtt': ['Data', 'Outputs.Arn'] } }) };
      expect(policies(nested({ Resources }, { Data: data, Child: child }))).toEqual(['Policy']);
    });
    test('through two levels', () => {
      const middle = { Parameters: { B: { Type: 'String' } }, Resources: { Child: stack({ B: { Ref: 'B' } }) } };
      const templates = nested(
        { Resources: { Bucket: BUCKET, Middle: stack({ B: { Ref: 'Bucket' } }) } },
        { Middle: middle, Child: child },
      );
      expect(policies(templates)).toEqual(['Policy']);
    });
    test('a name that is passed', () => {
      const Resources = { Bucket: named('logs'), Child: stack({ B: 'logs' }) };
      expect(policies(nested({ Resources }, { Child: child }))).toEqual(['Policy']);
    });
  });

  test('references that go in a circle end', () => {
    const ring = (name: string, other: string) =>
      templateOf(
        {
          Resources: { [name]: policy({ 'Fn::ImportValue': other }) },
          Outputs: { O: { Value: { 'Fn::ImportValue': other }, Export: { Name: name } } },
        },
        { ...ORIGIN, path: `${name}.json` },
      );
    expect(policies([templateOf({ Resources: { Bucket: BUCKET } }), ring('A', 'B'), ring('B', 'A')])).toEqual([]);
  });
});

describe('mayBePointedAtBy', () => {
  const found = (pointer: Json, more: object = {}, origin: object = ORIGIN) => {
    const app = templateOf(
      { Parameters: { Name: { Type: 'String' } }, Resources: { Policy: policy(pointer, more) } },
      { path: 'app.json', ...origin },
    );
    const data = templateOf({ Resources: { Bucket: BUCKET }, Conditions: {} });
    return resourceIn([data, app], 'Bucket').mayBePointedAtBy('AWS::S3::BucketPolicy', 'Bucket')?.text;
  };
  test('a value that may be anything', () => {
    expect(found({ Ref: 'Name' })).toBe('${Name}');
    expect(found('{{resolve:ssm:x}}')).toBe('${resolve ssm:x}');
    expect(found('logs')).toBeUndefined();
    expect(found({ Ref: 'Policy' })).toBeUndefined();
    expect(found({ Ref: 'Name' }, { Condition: 'Never' })).toBe('${Name}');
  });
  test('not in another environment', () => {
    expect(found({ Ref: 'Name' }, {}, { ...ORIGIN, region: 'us-east-1' })).toBeUndefined();
  });
});

describe('targets', () => {
  test('what a value points to, by reference or by name', () => {
    const template = templateOf({
      Resources: {
        Bucket: BUCKET,
        Named: named('logs'),
        One: policy({ Ref: 'Bucket' }),
        Two: policy('logs'),
        Three: policy('elsewhere'),
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    });
    const of = (id: string, type = 'AWS::S3::Bucket') => ids(resourceIn(template, id).at('Bucket').targets(type));
    expect(of('One')).toEqual(['Bucket']);
    expect(of('Two')).toEqual(['Named']);
    expect(of('Three')).toEqual([]);
    expect(of('One', 'AWS::SNS::Topic')).toEqual([]);
    expect(of('Two', 'constructor')).toEqual([]);
  });
});

describe('peers', () => {
  const place = (path: string, origin: object) => templateOf({ Resources: { [path]: BUCKET } }, { ...ORIGIN, ...origin, path });
  const templates = [
    place('Here', {}),
    place('Same', {}),
    place('Region', { region: 'us-east-1' }),
    place('Account', { account: '444455556666' }),
    place('Unknown', { account: undefined }),
  ];
  test('are in the same account and Region', () => {
    expect(ids(resourceIn(templates, 'Here').peers('AWS::S3::Bucket'))).toEqual(['Here', 'Same']);
    expect(ids(resourceIn(templates, 'Unknown').peers('AWS::S3::Bucket'))).toEqual(['Unknown']);
    expect(resourceIn(templates, 'Here').peers('toString')).toEqual([]);
  });
  test('of the account are in any Region', () => {
    expect(ids(resourceIn(templates, 'Here').accountPeers('AWS::S3::Bucket'))).toEqual(['Here', 'Same', 'Region']);
    expect(ids(resourceIn(templates, 'Unknown').accountPeers('AWS::S3::Bucket'))).toEqual(['Unknown']);
  });
});

test('resources with odd names and types', () => {
  const body = JSON.parse(`{
    "Resources": {
      "__proto__": { "Type": "constructor", "Properties": { "__proto__": { "Ref": "toString" } } },
      "toString": { "Type": "__proto__" }
    }
  }`) as JsonObject;
  const template = templateOf(body);
  const assembly = new Assembly([template], true);
  expect(assembly.resources.map(({ logicalId }) => logicalId)).toEqual(['__proto__', 'toString']);
  const target = viewOf(template.resources.get('toString')!, assembly, new Scenario());
  expect(ids(target.pointedAtBy('constructor', '__proto__'))).toEqual(['__proto__']);
});
