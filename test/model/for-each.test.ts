import { unrollLoops } from '../../src/model/for-each';
import type { Json, JsonObject } from '../../src/model/json';
import { refusal } from '../helpers/files';

const unroll = (body: JsonObject) => unrollLoops(body, 'a.yaml');
const loop = (identifier: Json, collection: Json, fragment: Json) => [identifier, collection, fragment];
const resources = (section: JsonObject, more: JsonObject = {}) => unroll({ ...more, Resources: section }).body.Resources;
const topic = (name: Json): JsonObject => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: name } });

describe('a loop', () => {
  test('makes its body once for each item', () => {
    const made = resources({
      Before: topic('x'),
      'Fn::ForEach::Topics': loop('Name', ['A', 'B'], { 'Topic${Name}': topic({ 'Fn::Sub': '${Name}-${AWS::Region}' }) }),
      After: topic('y'),
    });
    expect(made).toEqual({
      Before: topic('x'),
      TopicA: topic({ 'Fn::Sub': 'A-${AWS::Region}' }),
      TopicB: topic({ 'Fn::Sub': 'B-${AWS::Region}' }),
      After: topic('y'),
    });
    expect(Object.keys(made as JsonObject)).toEqual(['Before', 'TopicA', 'TopicB', 'After']);
  });

  test('puts the item wherever its identifier stands', () => {
    const fragment = {
      '${Name}': topic({ Ref: 'Name' }),
      'Other${Name}': topic({ 'Fn::Join': ['', ['${Name}', '${Names}', '${!Name}', 'Name', { Ref: 'Names' }]] }),
      'Sub${Name}': topic({ 'Fn::GetAtt': [{ 'Fn::Sub': 'Topic${Name}' }, 'TopicName'] }),
      'Ref${Name}': topic({ Ref: { 'Fn::Sub': 'Topic${Name}' } }),
    };
    expect(resources({ 'Fn::ForEach::Topics': loop('Name', ['A'], fragment) })).toEqual({
      A: topic('A'),
      OtherA: topic({ 'Fn::Join': ['', ['A', '${Names}', '${!Name}', 'Name', { Ref: 'Names' }]] }),
      SubA: topic({ 'Fn::GetAtt': ['TopicA', 'TopicName'] }),
      RefA: topic({ Ref: 'TopicA' }),
    });
  });

  test('puts letters and digits only where the identifier has an ampersand', () => {
    const fragment = { 'Topic&{Address}': topic('${Address} &{Address}') };
    expect(resources({ 'Fn::ForEach::Topics': loop('Address', ['10.0.0.1', 'a@b.c'], fragment) })).toEqual({
      Topic10001: topic('10.0.0.1 10001'),
      Topicabc: topic('a@b.c abc'),
    });
  });

  test('may stand within another, and in its collection', () => {
    const inner = loop(
      'Size',
      { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'All'] },
      { 'Topic${Stage}${Size}': topic('${Size}') },
    );
    const mappings = { Sizes: { dev: { All: ['s'] }, prod: { All: ['m', 'l'] } } };
    expect(
      resources(
        { 'Fn::ForEach::Stages': loop('Stage', ['dev', 'prod'], { 'Fn::ForEach::Sizes': inner }) },
        { Mappings: mappings },
      ),
    ).toEqual({ Topicdevs: topic('s'), Topicprodm: topic('m'), Topicprodl: topic('l') });
  });

  test('may stand in properties, conditions and outputs', () => {
    const { body } = unroll({
      Conditions: { 'Fn::ForEach::C': loop('X', ['a', 'b'], { 'Is${X}': { 'Fn::Equals': [{ Ref: 'Stage' }, { Ref: 'X' }] } }) },
      Resources: { T: { Type: 'T', Properties: { Inner: [{ 'Fn::ForEach::P': loop('X', ['a', 'b'], { '${X}': 1 }) }] } } },
      Outputs: { 'Fn::ForEach::O': loop('X', ['a'], { 'Out${X}': { Value: { Ref: 'X' } } }) },
    });
    expect(body).toEqual({
      Conditions: { Isa: { 'Fn::Equals': [{ Ref: 'Stage' }, 'a'] }, Isb: { 'Fn::Equals': [{ Ref: 'Stage' }, 'b'] } },
      Resources: { T: { Type: 'T', Properties: { Inner: [{ a: 1, b: 1 }] } } },
      Outputs: { Outa: { Value: 'a' } },
    });
  });

  test.each<[string, Json, string[]]>([
    ['a list', ['A', 1, true], ['A', '1', 'true']],
    ['an item twice', ['A', 'A'], ['A']],
    ['nothing', [], []],
    ['a parameter with a list of defaults', { Ref: 'List' }, ['A', 'B']],
    ['a parameter with an empty default', { Ref: 'Empty' }, []],
    ['items that are parameters', [{ Ref: 'One' }, 'B'], ['A', 'B']],
    ['a mapping', { 'Fn::FindInMap': ['M', { Ref: 'One' }, 'x'] }, ['p', 'q']],
    ['a default of a mapping', { 'Fn::FindInMap': ['M', 'none', 'x', { DefaultValue: ['d'] }] }, ['d']],
  ])('runs over %s', (_, collection, items) => {
    const more = {
      Parameters: {
        List: { Type: 'CommaDelimitedList', Default: 'A, B' },
        Empty: { Type: 'CommaDelimitedList', Default: '' },
        One: { Type: 'String', Default: 'A' },
      },
      Mappings: { M: { A: { x: ['p', 'q'] } } },
    };
    expect(
      Object.keys(resources({ 'Fn::ForEach::L': loop('X', collection, { 'T${X}': topic('x') }) }, more) as JsonObject),
    ).toEqual(items.map((item) => `T${item}`));
  });

  test('knows where what it makes is written', () => {
    const inner = loop('Y', ['b'], { '${X}${Y}': topic('y') });
    const { written } = unroll({
      Resources: { Plain: topic('p'), 'Fn::ForEach::L': loop('X', ['a'], { 'T${X}': topic('x'), 'Fn::ForEach::I${X}': inner }) },
    });
    expect(Object.fromEntries(written)).toEqual({
      Ta: ['Resources', 'Fn::ForEach::L', 2, 'T${X}'],
      ab: ['Resources', 'Fn::ForEach::L', 2, 'Fn::ForEach::I${X}', 2, '${X}${Y}'],
    });
  });

  test('takes keys that objects have by themselves for plain keys', () => {
    const fragment: JsonObject = JSON.parse('{"T${X}": {"Type": "T", "__proto__": {"a": 1}, "constructor": {"Ref": "X"}}}');
    const made = resources({ 'Fn::ForEach::L': loop('X', ['__proto__'], fragment) }) as JsonObject;
    expect(Object.keys(made.T__proto__ as JsonObject)).toEqual(['Type', '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(made.T__proto__)).toBe(Object.prototype);
  });
});

describe('a loop that only deployment can run', () => {
  test.each<[string, Json, string]>([
    ['a parameter without default', { Ref: 'List' }, "the parameter 'List', which has no default"],
    ['a parameter of Parameter Store', { Ref: 'Stored' }, "the parameter 'Stored', which has no default"],
    ['no parameter', { Ref: 'AWS::NotificationARNs' }, "the parameter 'AWS::NotificationARNs', which has no default"],
    ['a function', { 'Fn::GetAZs': '' }, 'a collection that only deployment knows'],
    ['a mapping by Region', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] }, 'a collection that only deployment knows'],
    ['an item', ['A', { Ref: 'AWS::Region' }], 'a collection with an item that only deployment knows'],
    ['a text', 'A,B', 'something that is no collection'],
  ])('over %s leaves its body once', (_, collection, reason) => {
    const { body, open } = unroll({
      Parameters: {
        List: { Type: 'CommaDelimitedList' },
        Stored: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/list' },
      },
      Resources: { 'Fn::ForEach::L': loop('X', collection, { 'Topic${X}': topic({ Ref: 'X' }) }) },
    });
    expect(body.Resources).toEqual({ 'Topic${X}': topic({ Ref: 'X' }) });
    expect(open).toEqual([
      { within: ['Resources'], keys: ['Topic${X}'], reason: `the loop 'Fn::ForEach::L' runs over ${reason}` },
    ]);
  });
});

describe('refused with one clear line', () => {
  test.each<[string, Json]>([
    ['no list', 'x'],
    ['too short', ['X', ['A']]],
    ['no identifier', [1, ['A'], {}]],
    ['no body', ['X', ['A'], 'x']],
  ])('a loop without its form: %s', (_, value) => {
    expect(refusal(() => resources({ 'Fn::ForEach::L': value }))).toBe(
      'a.yaml: the loop \'Fn::ForEach::L\' must have the form ["Identifier", ["A", "B"], { "Key${Identifier}": … }]',
    );
  });

  test('what is made twice', () => {
    const twice = "a.yaml: a loop makes 'T' twice in Resources; put the identifier into the key";
    expect(refusal(() => resources({ 'Fn::ForEach::L': loop('X', ['A', 'B'], { T: topic('x') }) }))).toBe(twice);
    expect(refusal(() => resources({ T: topic('x'), 'Fn::ForEach::L': loop('X', ['T'], { '${X}': topic('x') }) }))).toBe(twice);
    expect(refusal(() => resources({ 'Fn::ForEach::L': loop('X', ['T'], { '${X}': topic('x'), T: topic('x') }) }))).toBe(twice);
  });

  test('more resources than a template can have', () => {
    const items = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const inner = loop('Y', items('y', 101), { 'T${X}${Y}': { Type: 'T' } });
    expect(refusal(() => resources({ 'Fn::ForEach::L': loop('X', items('x', 100), { 'Fn::ForEach::I': inner }) }))).toBe(
      'a.yaml: its loops make more than 10000 resources; CloudFormation takes 500',
    );
  });

  test('loops that multiply each other, at once', () => {
    const items = Array.from({ length: 1_000 }, (_, index) => `x${index}`);
    let fragment: JsonObject = { 'T${A}${B}${C}${D}': { Type: 'T' } };
    for (const identifier of ['A', 'B', 'C', 'D'])
      fragment = { [`Fn::ForEach::${identifier}`]: loop(identifier, items, fragment) };
    const start = Date.now();
    expect(refusal(() => resources(fragment))).toContain('its loops make more than 10000 resources');
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  test('values that multiply each other', () => {
    const items = Array.from({ length: 1_000 }, (_, index) => `x${index}`);
    const inner = { 'Fn::ForEach::B': loop('B', items, { '${A}${B}': 1 }) };
    expect(refusal(() => resources({ T: { Type: 'T', Properties: { 'Fn::ForEach::A': loop('A', items, inner) } } }))).toContain(
      'its loops make more than 500000 values',
    );
  });

  test('texts that multiply each other, at once', () => {
    const item = 'x'.repeat(1_000_000);
    const fragment = { T: topic('${X}'.repeat(1_000_000)) };
    expect(refusal(() => resources({ 'Fn::ForEach::L': loop('X', [item], fragment) }))).toContain('its loops make more than');
    expect(refusal(() => resources({ 'Fn::ForEach::L': loop('X', [item], { T: topic('&{X}'.repeat(1_000_000)) }) }))).toContain(
      'its loops make more than',
    );
  });
});
