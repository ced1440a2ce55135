import { Assembly } from '../../src/model/assembly';
import { decide } from '../../src/model/conditions';
import type { Json } from '../../src/model/json';
import { explore, MOST_SCENARIOS } from '../../src/model/scenario';
import { Template } from '../../src/model/template';
import { everywhere, nested, ORIGIN, stack, templateOf } from '../helpers/model';

/** The conditions that hold, in every scenario. */
function worlds(names: readonly string[], body: object, origin: object = ORIGIN): string[] {
  return worldsIn(names, [templateOf(body, origin)]);
}

function worldsIn(
  names: readonly string[],
  templates: readonly Template[],
  template = templates[templates.length - 1],
): string[] {
  const exports = new Assembly(templates, true);
  const explored = explore((scenario) =>
    names.filter((name) => decide(name, { template, scenario, exports, depth: 0 })).join(' '),
  );
  expect(explored.complete).toBe(true);
  return explored.results.map(({ result }) => result).sort();
}

const equals = (left: Json, right: Json) => ({ 'Fn::Equals': [left, right] });
const env = { Ref: 'Env' };
const ENV = { Env: { Type: 'String' } };

describe('literals are decided outright', () => {
  test.each<[Json, boolean]>([
    [equals('a', 'a'), true],
    [equals('a', 'b'), false],
    [equals('true', true), true],
    [equals(1, '1'), true],
    [equals('', ''), true],
    [equals(['a', 'b'], ['a', 'b']), true],
    [equals(['a', 'b'], ['b', 'a']), false],
    [equals({ a: 1, b: 2 }, { b: 2, a: 1 }), true],
    [equals('["a"]', ['a']), false],
    [equals({ 'Fn::Join': ['', ['a', 'b']] }, 'ab'), true],
    [equals({ Ref: 'AWS::Region' }, 'eu-west-1'), true],
    [equals('us-east-1', { Ref: 'AWS::Region' }), false],
    [equals({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] }, 'y'), true],
    [equals([{ Ref: 'Free' }], [{ Ref: 'Free' }]), true],
    [{ 'Fn::Not': [equals('a', 'a')] }, false],
    [{ 'Fn::And': [equals('a', 'a'), equals('b', 'b')] }, true],
    [{ 'Fn::And': [equals('a', 'a'), equals('b', 'c')] }, false],
    [{ 'Fn::Or': [equals('a', 'b'), equals('b', 'b')] }, true],
    [{ 'Fn::Or': [equals('a', 'b'), equals('b', 'c')] }, false],
    [{ 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'Always' }, equals('a', 'b')] }] }, false],
    [{ Condition: 'Always' }, true],
    [equals({ Ref: 'Topic' }, ''), false],
    [equals('', { 'Fn::ImportValue': 'Elsewhere' }), false],
  ])('%j', (condition, holds) => {
    const body = {
      Parameters: { Free: { Type: 'String' } },
      Mappings: { M: { 'eu-west-1': { x: 'y' } } },
      Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      Conditions: { C: condition, Always: equals('x', 'x') },
    };
    expect(worlds(['C'], body)).toEqual([holds ? 'C' : '']);
  });
});

describe('what only deployment knows is true in one branch and false in another', () => {
  test.each<Json>([
    equals(env, 'prod'),
    equals('prod', env),
    equals(env, { Ref: 'Other' }),
    equals({ 'Fn::Sub': '${Env}-x' }, 'prod-x'),
    equals({ 'Fn::FindInMap': ['M', env, 'x'] }, 'y'),
    equals([env], ['prod']),
    equals([env], 'prod'),
    equals({ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'orders'),
    equals({ 'Fn::ImportValue': 'Elsewhere' }, 'x'),
    equals({ Ref: 'AWS::NoValue' }, ''),
    equals({ 'Fn::Base64': 'a' }, 'a'),
    { 'Fn::Not': [equals(env, 'prod')] },
    { 'Fn::Or': [equals(env, 'prod'), equals('a', 'b')] },
  ])('%j', (condition) => {
    const Parameters = { ...ENV, Other: { Type: 'String', Default: 'o' } };
    const Mappings = { M: { dev: { x: 'y' } } };
    const Resources = { Topic: { Type: 'AWS::SNS::Topic' } };
    expect(worlds(['C'], { Parameters, Mappings, Resources, Conditions: { C: condition } })).toEqual(['', 'C']);
    const withDefault = { ...Parameters, Env: { Type: 'String', Default: 'dev' } };
    expect(worlds(['C'], { Parameters: withDefault, Mappings, Resources, Conditions: { C: condition } })).toEqual(['', 'C']);
  });

  test.each<[string, Json | undefined]>([
    ['not there', undefined],
    ['null', null],
    ['a text', 'Yes'],
    ['true', true],
    ['an empty mapping', {}],
    ['two functions', { ...equals('a', 'a'), 'Fn::Not': [equals('a', 'a')] }],
    ['Fn::Equals of one', { 'Fn::Equals': ['a'] }],
    ['Fn::Equals of a text', { 'Fn::Equals': 'a' }],
    ['Fn::And of nothing', { 'Fn::And': [] }],
    ['Fn::Or of nothing', { 'Fn::Or': [] }],
    ['Fn::Not of nothing', { 'Fn::Not': [] }],
    ['Fn::Not of two', { 'Fn::Not': [equals('a', 'a'), equals('a', 'a')] }],
    ['a function that is no condition', { 'Fn::Sub': 'true' }],
    ['a name that is no text', { Condition: ['Always'] }],
  ])('also a condition that is malformed: %s', (_, condition) => {
    expect(worlds(['C'], { Conditions: condition === undefined ? {} : { C: condition } })).toEqual(['', 'C']);
  });
});

describe('conditions agree with each other', () => {
  const IsProd = equals(env, 'prod');
  test.each<[string, Record<string, Json>, string[]]>([
    ['the same twice', { A: IsProd, B: IsProd }, ['', 'A B']],
    ['the other way round', { A: IsProd, B: equals('prod', env) }, ['', 'A B']],
    ['and its contrary', { A: IsProd, B: { 'Fn::Not': [IsProd] } }, ['A', 'B']],
    ['and its contrary by name', { A: IsProd, B: { 'Fn::Not': [{ Condition: 'A' }] } }, ['A', 'B']],
    ['two values', { A: IsProd, B: equals(env, 'dev') }, ['', 'A', 'B']],
    ['three values', { A: IsProd, B: equals(env, 'dev'), C: equals(env, 'qa') }, ['', 'A', 'B', 'C']],
    ['either value', { A: { 'Fn::Or': [IsProd, equals(env, 'dev')] }, B: equals(env, 'dev') }, ['', 'A', 'A B']],
    ['both values', { A: { 'Fn::And': [IsProd, equals(env, 'dev')] } }, ['', '']],
    ['two parameters', { A: IsProd, B: equals({ Ref: 'Other' }, 'prod') }, ['', 'A', 'A B', 'B']],
    ['two parameters that are equal', { A: equals(env, { Ref: 'Other' }), B: equals({ Ref: 'Other' }, env) }, ['', 'A B']],
    [
      'the same text',
      { A: equals({ 'Fn::Sub': '${Env}!' }, 'prod!'), B: { 'Fn::Not': [equals('prod!', { 'Fn::Sub': '${Env}!' })] } },
      ['A', 'B'],
    ],
    ['a text that a value settles', { A: IsProd, B: equals({ 'Fn::Sub': '${Env}!' }, 'prod!') }, ['', 'A B', 'B']],
    ['the same number', { A: equals(env, 1), B: equals(env, '1') }, ['', 'A B']],
  ])('%s', (_, conditions, expected) => {
    const body = { Parameters: { ...ENV, Other: { Type: 'String' } }, Conditions: conditions };
    expect(worlds(Object.keys(conditions), body)).toEqual(expected);
    // The order in which conditions are asked for makes no difference.
    const reversed = worlds(Object.keys(conditions).reverse(), body).map((world) => world.split(' ').sort().join(' '));
    expect([...new Set(reversed)].sort()).toEqual([...new Set(expected)]);
  });

  test('an unknown Region is one Region', () => {
    const region = { Ref: 'AWS::Region' };
    const Conditions = { A: equals(region, 'eu-west-1'), B: equals(region, 'us-east-1') };
    expect(worlds(['A', 'B'], { Conditions }, {})).toEqual(['', 'A', 'B']);
    expect(worlds(['A', 'B'], { Conditions })).toEqual(['A']);
  });

  test('a value is what its condition says', () => {
    const body = { Parameters: ENV, Conditions: { IsProd, IsDev: equals(env, 'dev') } };
    expect(everywhere({ 'Fn::If': ['IsProd', env, { 'Fn::If': ['IsDev', env, env] }] }, body)).toEqual([
      'unknown: ${Env}',
      'dev',
      'prod',
    ]);
    expect(everywhere({ 'Fn::If': ['IsProd', { Ref: 'AWS::Region' }, 'x'] }, body, {})).toEqual(['x', 'unknown: ${AWS::Region}']);
  });

  test('a parameter that is not empty is not empty', () => {
    const body = {
      Parameters: { Key: { Type: 'String', Default: '' } },
      Conditions: { HasKey: { 'Fn::Not': [equals({ Ref: 'Key' }, '')] } },
    };
    expect(everywhere({ 'Fn::If': ['HasKey', { Ref: 'Key' }, { Ref: 'AWS::NoValue' }] }, body)).toEqual([
      'absent',
      'unknown: ${Key}',
    ]);
  });
});

describe('allowed values', () => {
  const body = (AllowedValues: Json[], Conditions: object, more: object = {}) => ({
    Parameters: { Env: { Type: 'String', AllowedValues, ...more } },
    Conditions,
  });
  test.each<[string, Json[], Record<string, Json>, string[]]>([
    ['a value that is not allowed', ['dev', 'qa'], { A: equals(env, 'prod') }, ['']],
    ['a value that is allowed', ['dev', 'prod'], { A: equals(env, 'prod') }, ['', 'A']],
    ['the only value', ['prod'], { A: equals(env, 'prod'), B: equals(env, 'dev') }, ['A']],
    ['all values', ['dev', 'prod'], { A: equals(env, 'prod'), B: equals(env, 'dev') }, ['A', 'B']],
    ['some of the values', ['dev', 'qa', 'prod'], { A: equals(env, 'prod'), B: equals(env, 'dev') }, ['', 'A', 'B']],
    ['a number', [1, 2], { A: equals(env, '1'), B: equals(env, 3) }, ['', 'A']],
    ['a text', ['dev', 'prod'], { A: equals({ 'Fn::Sub': '${Env}!' }, 'prod!'), B: equals(env, 'prod') }, ['', 'A B']],
    ['a mapping', ['dev', 'prod'], { A: equals({ 'Fn::FindInMap': ['M', env, 'x'] }, 1) }, ['', 'A']],
  ])('%s', (_, allowed, conditions, expected) => {
    const Mappings = { M: { dev: { x: 0 }, prod: { x: 1 } } };
    expect(worlds(Object.keys(conditions), { ...body(allowed, conditions), Mappings })).toEqual(expected);
    expect(worlds(Object.keys(conditions), { ...body(allowed, conditions, { Default: allowed[0] }), Mappings })).toEqual(
      expected,
    );
  });

  test('that are none, or no texts, allow anything', () => {
    for (const allowed of [[], [{ Ref: 'X' }], [null]])
      expect(worlds(['A'], body(allowed, { A: equals(env, 'x') }))).toEqual(['', 'A']);
  });

  test('many of them are not tried one by one when a condition asks for one', () => {
    const many = Array.from({ length: 300 }, (_, index) => `m${index}`);
    expect(worlds(['A'], body(many, { A: equals(env, 'm7') }))).toEqual(['', 'A']);
  });
});

describe('in nested stacks', () => {
  const child = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { IsProd: equals({ Ref: 'Stage' }, 'prod') },
    Resources: {},
  };
  const parent = (Stage: Json | undefined, more: object = {}) => ({
    Parameters: { Env: { Type: 'String', Default: 'dev' }, Other: { Type: 'String' } },
    Conditions: { IsDev: equals(env, 'dev') },
    Resources: { Child: stack(Stage === undefined ? {} : { Stage }), ...more },
  });

  test.each<[string, Json | undefined, string[]]>([
    ['a literal', 'prod', ['IsProd']],
    ['another literal', 'qa', ['']],
    ['nothing', undefined, ['']],
    ['a parameter', env, ['', 'IsProd']],
    ['a text with a parameter', { 'Fn::Sub': '${Env}x' }, ['', 'IsProd']],
    ['a condition', { 'Fn::If': ['IsDev', 'dev', 'prod'] }, ['', 'IsProd']],
    ['an attribute', { 'Fn::GetAtt': ['Child', 'Outputs.X'] }, ['', 'IsProd']],
  ])('that are passed %s', (_, passed, expected) => {
    expect(worldsIn(['IsProd'], nested(parent(passed), { Child: child }))).toEqual(expected);
  });

  test('conditions agree with those of the parent', () => {
    const [root, inner] = nested(parent(env), { Child: child });
    const exports = new Assembly([root, inner], true);
    const { results } = explore((scenario) => {
      const context = { scenario, exports, depth: 0 };
      return [decide('IsProd', { ...context, template: inner }), decide('IsDev', { ...context, template: root })];
    });
    expect(results.map(({ result }) => result)).toEqual(
      expect.arrayContaining([
        [false, true],
        [true, false],
        [false, false],
      ]),
    );
    expect(results).toHaveLength(3);
  });

  test('a value in Parameter Store is not its name', () => {
    const declared = { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: ['dev', 'qa'] };
    const [root, inner] = nested(parent(env), { Child: { ...child, Parameters: { Stage: declared } } });
    expect(worldsIn(['IsProd'], [root, inner])).toEqual(['', 'IsProd']);
    const both = { ...parent(env), Conditions: { IsProd: equals(env, 'prod') } };
    const templates = nested(both, { Child: { ...child, Parameters: { Stage: declared } } });
    const exports = new Assembly(templates, true);
    const { results } = explore((scenario) =>
      templates.map((template) => decide('IsProd', { template, scenario, exports, depth: 0 })),
    );
    expect(results).toHaveLength(4);
  });

  test('two stacks of one file are decided one by one', () => {
    const both = parent({ Ref: 'Other' }, { Twin: stack({ Stage: env }) });
    const templates = nested(both, { Child: child, Twin: child });
    const twins = templates.slice(1).map((template) => new Template(template.body, { ...template.origin, path: 'same.json' }));
    templates[0].nest('Child', twins[0]);
    templates[0].nest('Twin', twins[1]);
    const exports = new Assembly([templates[0], ...twins], true);
    const { results } = explore((scenario) =>
      twins.map((template) => decide('IsProd', { template, scenario, exports, depth: 0 })),
    );
    expect(results.map(({ result }) => result.join())).toEqual(['false,false', 'false,true', 'true,false', 'true,true']);
  });
});

describe('conditions that go in circles end', () => {
  test.each<Record<string, Json>>([
    { A: { Condition: 'A' } },
    { A: { Condition: 'B' }, B: { Condition: 'A' } },
    { A: { 'Fn::Not': [{ Condition: 'A' }] } },
    { A: { 'Fn::And': [{ Condition: 'B' }, { Condition: 'B' }] }, B: { 'Fn::Or': [{ Condition: 'A' }, { Condition: 'A' }] } },
  ])('%j', (conditions) => expect(worlds(['A'], { Conditions: conditions })).toEqual(['', 'A']));

  test('and so do chains that double with every link', () => {
    const conditions: Record<string, Json> = { C0: equals(env, 'prod') };
    for (let level = 1; level <= 60; level++) {
      const before = { Condition: `C${level - 1}` };
      conditions[`C${level}`] = level % 2 ? { 'Fn::And': [before, before] } : { 'Fn::Or': [before, before] };
    }
    expect(worlds(['C60', 'C59'], { Parameters: ENV, Conditions: conditions })).toEqual(['', 'C60 C59']);
  });
});

test('the rules of a template are no conditions', () => {
  const Rules = { R: { RuleCondition: equals(env, 'x'), Assertions: [{ Assert: equals(env, 'prod') }] } };
  expect(worlds(['C'], { Parameters: ENV, Rules, Conditions: { C: equals(env, 'prod') } })).toEqual(['', 'C']);
});

test('the condition of the CDK about Regions is asked Region by Region, and only of what depends on it', () => {
  const regions = Array.from({ length: 34 }, (_, index) => `region-${index}`);
  const groups = [0, 10, 20, 30].map((start) => ({
    'Fn::Or': regions.slice(start, start + 10).map((region) => equals({ Ref: 'AWS::Region' }, region)),
  }));
  const Conditions = { CDKMetadataAvailable: { 'Fn::Or': groups }, InOne: equals({ Ref: 'AWS::Region' }, 'region-1') };
  expect(worlds(['InOne'], { Conditions }, {})).toEqual(['', 'InOne']);
  expect(worlds(['CDKMetadataAvailable'], { Conditions }, {})).toHaveLength(35);
  expect(worlds(['CDKMetadataAvailable'], { Conditions })).toEqual(['']);
  expect(everywhere({ 'Fn::Sub': 'a-${AWS::Region}' }, { Conditions }, {})).toEqual(['unknown: a-${AWS::Region}']);
});

test('nine independent conditions are more than are tried', () => {
  const conditions = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`C${index}`, equals({ Ref: `P${index}` }, 'x')]),
  );
  const Parameters = Object.fromEntries(Object.keys(conditions).map((_, index) => [`P${index}`, { Type: 'String' }]));
  const template = templateOf({ Parameters, Conditions: conditions });
  const exports = new Assembly([template], true);
  const explored = explore((scenario) =>
    Object.keys(conditions).map((name) => decide(name, { template, scenario, exports, depth: 0 })),
  );
  expect(explored.complete).toBe(false);
  expect(explored.results).toHaveLength(MOST_SCENARIOS);
});
