import { Assembly } from '../../src/model/assembly';
import type { Json } from '../../src/model/json';
import { findCircle } from '../../src/model/references';
import { ORIGIN, templateOf } from '../helpers/model';

const TOPIC = { Type: 'AWS::SNS::Topic' };
const place = (path: string, origin: object, Resources: object = { Topic: TOPIC }) =>
  templateOf({ Resources }, { path, ...origin });

describe('environments', () => {
  const idsOf = (...origins: object[]) =>
    new Assembly(
      origins.map((origin, index) => place(`${index}`, origin)),
      true,
    ).environments.map(({ id, templates }) => `${id} ${templates.map(({ path }) => path).join('')}`);

  test.each<[string, object[], string[]]>([
    ['one place', [ORIGIN, ORIGIN], ['aws://111122223333/eu-west-1 01']],
    [
      'two Regions',
      [ORIGIN, { ...ORIGIN, region: 'us-east-1' }],
      ['aws://111122223333/eu-west-1 0', 'aws://111122223333/us-east-1 1'],
    ],
    [
      'stages in one place',
      [
        { ...ORIGIN, stage: 'Dev' },
        { ...ORIGIN, stage: 'Prod' },
      ],
      ['aws://111122223333/eu-west-1 01'],
    ],
    ['files', [{}, {}], ['aws://unknown-account/unknown-region 01']],
    [
      'stages in places that are not known',
      [{ stage: 'Dev' }, { stage: 'Prod' }, { stage: 'Dev' }],
      ['aws://unknown-account/unknown-region#Dev 02', 'aws://unknown-account/unknown-region#Prod 1'],
    ],
    [
      'stages in a Region of an account that is not known',
      [
        { region: 'eu-west-1', stage: 'Dev' },
        { region: 'eu-west-1', stage: 'Prod' },
      ],
      ['aws://unknown-account/eu-west-1#Dev 0', 'aws://unknown-account/eu-west-1#Prod 1'],
    ],
  ])('%s', (_, origins, expected) => expect(idsOf(...origins)).toEqual(expected));

  test('know their resources by type', () => {
    const templates = [place('a', ORIGIN), place('b', { ...ORIGIN, region: 'us-east-1' }), place('c', {})];
    const assembly = new Assembly(templates, true);
    const [here, there, nowhere] = templates.map((template) => assembly.environmentOf(template));
    const paths = (entries: readonly { template: { path: string } }[]) => entries.map(({ template }) => template.path).join('');
    expect(paths(assembly.ofType('AWS::SNS::Topic'))).toBe('abc');
    expect(paths(assembly.ofTypeIn([here], 'AWS::SNS::Topic'))).toBe('a');
    expect(paths(assembly.ofTypeIn(assembly.account(there), 'AWS::SNS::Topic'))).toBe('ba');
    expect(paths(assembly.ofTypeIn(assembly.account(nowhere), 'AWS::SNS::Topic'))).toBe('c');
    expect(assembly.ofType('toString')).toEqual([]);
    expect(assembly.types).toEqual(['AWS::SNS::Topic']);
  });

  test('an empty assembly has none', () => {
    const assembly = new Assembly([], true);
    expect([assembly.environments, assembly.resources, assembly.types]).toEqual([[], [], []]);
  });
});

describe('incoming', () => {
  const incoming = (Properties: object) => {
    const template = templateOf({ Resources: { Topic: TOPIC, User: { Type: 'T', Properties } } });
    return new Assembly([template], true)
      .incoming(template.resources.get('Topic')!, template.resources.get('User')!.type)
      .map(({ logicalId }) => logicalId);
  };
  test.each<[string, object, boolean]>([
    ['a reference', { P: { Ref: 'Topic' } }, true],
    ['an attribute', { P: { 'Fn::GetAtt': 'Topic.TopicArn' } }, true],
    ['deep down', { P: [{ Q: { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Topic', 'X'] }]] } }] }, true],
    ['in the other branch', { P: { 'Fn::If': ['C', 'x', { Ref: 'Topic' }] } }, true],
    ['in a text', { P: { 'Fn::Sub': 'x-${Topic}' } }, true],
    ['in a text with an attribute', { P: { 'Fn::Sub': '${Topic.TopicArn}' } }, true],
    ['in a variable', { P: { 'Fn::Sub': ['${A}', { A: { Ref: 'Topic' } }] } }, true],
    ['the name of a variable', { P: { 'Fn::Sub': ['${Topic}', { Topic: 'x' }] } }, false],
    ['an escape', { P: { 'Fn::Sub': '${!Topic}' } }, false],
    ['a text', { P: 'Topic' }, false],
    ['a mapping like a function', { P: { Ref: 'Topic', More: 1 } }, false],
    [
      'malformed functions',
      {
        P: [
          { Ref: 1 },
          { 'Fn::GetAtt': 1 },
          { 'Fn::GetAtt': [] },
          { 'Fn::GetAtt': ['Nowhere', { toString: '' }] },
          { 'Fn::Sub': [] },
          { 'Fn::ImportValue': {} },
        ],
      },
      false,
    ],
  ])('%s', (_, properties, expected) => expect(incoming(properties)).toEqual(expected ? ['User'] : []));

  test('not from itself', () => {
    const template = templateOf({ Resources: { Topic: { ...TOPIC, Properties: { X: { Ref: 'Topic' } } } } });
    expect(new Assembly([template], true).incoming(template.resources.get('Topic')!, 'AWS::SNS::Topic')).toEqual([]);
  });
});

describe('findCircle', () => {
  const circle = (resources: Record<string, { P?: Json; DependsOn?: Json }>) =>
    findCircle(
      templateOf({
        Resources: Object.fromEntries(
          Object.entries(resources).map(([id, { P = null, DependsOn = null }]) => [
            id,
            { Type: 'T', Properties: { P }, DependsOn },
          ]),
        ),
      }),
    );
  const ref = (name: string) => ({ P: { Ref: name } });

  test.each<[string, Parameters<typeof circle>[0], string[] | undefined]>([
    ['none', { A: ref('B'), B: ref('C'), C: {} }, undefined],
    ['a diamond', { A: { P: [ref('B'), ref('C')].map(({ P }) => P) }, B: ref('D'), C: ref('D'), D: {} }, undefined],
    ['itself', { A: ref('A') }, ['A', 'A']],
    ['two', { A: ref('B'), B: ref('A') }, ['A', 'B', 'A']],
    ['behind others', { A: ref('B'), B: ref('C'), C: ref('D'), D: ref('B') }, ['B', 'C', 'D', 'B']],
    ['an attribute', { A: { P: { 'Fn::GetAtt': ['B', 'Arn'] } }, B: { P: { 'Fn::GetAtt': 'A.Arn' } } }, ['A', 'B', 'A']],
    ['a text', { A: { P: { 'Fn::Sub': '${B.Arn}' } }, B: { P: { 'Fn::Sub': ['${A}', {}] } } }, ['A', 'B', 'A']],
    ['DependsOn', { A: { DependsOn: 'B' }, B: { DependsOn: ['A'] } }, ['A', 'B', 'A']],
    ['what is no resource', { A: { DependsOn: ['Other', 1], P: { Ref: 'Parameter' } } }, undefined],
    ['a variable with the name of the resource', { A: { P: { 'Fn::Sub': ['${A}', { A: 'x' }] } } }, undefined],
    ['an escape', { A: { P: { 'Fn::Sub': '${!A}' } } }, undefined],
    ['a mapping like a function', { A: { P: { Ref: 'A', More: 1 } } }, undefined],
    // Only one branch of a condition counts, and it is not known which.
    ['branches', { A: { P: { 'Fn::If': ['C', { Ref: 'B' }, ''] } }, B: { P: { 'Fn::If': ['C', '', { Ref: 'A' }] } } }, undefined],
  ])('%s', (_, resources, expected) => expect(circle(resources)).toEqual(expected));

  test('a chain of 20,000 resources', () => {
    const chain = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`R${index}`, ref(`R${index + 1}`)]));
    expect(circle(chain)).toBeUndefined();
    expect(circle({ ...chain, R20000: ref('R19999') })).toEqual(['R19999', 'R20000', 'R19999']);
  });
});

test('an index takes time in proportion to what it lists', () => {
  const resources: Record<string, object> = {};
  for (let index = 0; index < 3_000; index++) {
    resources[`B${index}`] = { Type: 'AWS::S3::Bucket', Properties: { BucketName: `bucket-${index}` } };
    resources[`P${index}`] = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: `bucket-${index}` } };
  }
  const template = templateOf({ Resources: resources });
  const assembly = new Assembly([template], true);
  const naming = (name: string) => assembly.naming('AWS::S3::BucketPolicy', 'Bucket', name, template);
  for (let index = 0; index < 3_000; index++) expect(naming(`bucket-${index}`)).toHaveLength(1);
  expect(naming('bucket-x')).toEqual([]);
});
