import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conclusion } from '../../src/checks/conclude';
import { type Evaluation, evaluate } from '../../src/checks/evaluate';
import { Likenesses } from '../../src/checks/likenesses';
import { VerdictMemory } from '../../src/checks/verdict-memory';
import { Assembly } from '../../src/model/assembly';
import type { JsonObject } from '../../src/model/json';
import { loadFiles } from '../../src/model/load-files';
import { metBy } from '../../src/model/observation';
import { viewOf } from '../../src/model/resource';
import { Scenario } from '../../src/model/scenario';
import type { Template } from '../../src/model/template';
import type { Value } from '../../src/model/value';
import { RULES } from '../../src/rules';
import type { ResourceRule } from '../../src/rules/rule';
import { describeWithFixtures, FIXTURES } from '../helpers/fixtures';
import { templateOf as exampleTemplate } from '../helpers/judge';
import { templateOf } from '../helpers/model';

const resourceRules = RULES.filter((rule): rule is ResourceRule => rule.scope !== 'environment');

/** Every example; each is judged in accounts of its own. */
const bodies: JsonObject[] = RULES.flatMap(({ examples: { pass, fail, undetermined } }) =>
  [pass, fail, undetermined ?? {}].flatMap((each) => Object.values(each).map(exampleTemplate)),
);

/** Templates of an account. */
function inAccount(number: number, body: JsonObject, names: readonly string[]): Template[] {
  const account = String(100_000_000_000 + number);
  return names.map((name) =>
    templateOf(body, { path: `${account}-${name}.template.json`, account, region: 'eu-west-1', stage: '' }),
  );
}

function assemblyOf(template: Template): Assembly {
  return new Assembly([template], true);
}

function described({ rule, entry, outcome, findings, notes }: Evaluation) {
  const place = ({ resource, ...rest }: (typeof findings)[number] | (typeof notes)[number]) => ({
    ...rest,
    at: resource && `${resource.entry.template.path} ${resource.logicalId}`,
  });
  const at = `${entry?.template.path} ${entry?.logicalId}`;
  return { rule: rule.slug, at, outcome, findings: findings.map(place), notes: notes.map(place) };
}

function byPlace(evaluations: readonly Evaluation[]) {
  return new Map(evaluations.map(described).map((each) => [`${each.at} ${each.rule}`, each]));
}

test('a verdict that is remembered is the one that the rule gives', () => {
  // What is remembered of the first account may be said of the second, and of one resource there of the next.
  const before = bodies.flatMap((body, index) => inAccount(2 * index, body, ['a']));
  const accounts = bodies.map((body, index) => inAccount(2 * index + 1, body, ['a', 'b']));
  const together = [...evaluate(new Assembly([...before, ...accounts.flat()], true), resourceRules)].flat();
  const alone = accounts.flatMap((templates) => {
    const types = new Set([...templates[0].resources.values()].map(({ type }) => type));
    // What is remembered belongs to a rule: a copy of it remembers nothing, and is made for each template.
    const forgetful = () =>
      resourceRules.filter((rule) => rule.resourceTypes.some((type) => types.has(type))).map((rule) => ({ ...rule }));
    return templates.flatMap((template) =>
      [...evaluate(new Assembly(templates, true), forgetful())].flat().filter(({ entry }) => entry?.template === template),
    );
  });
  const judgedAlone = new Set(accounts.flat());
  expect(alone.length).toBeGreaterThan(1_000);
  expect(byPlace(together.filter(({ entry }) => judgedAlone.has(entry!.template)))).toEqual(byPlace(alone));
});

describeWithFixtures('templates that others wrote', () => {
  const cases: { template: JsonObject }[] = JSON.parse(readFileSync(join(FIXTURES, 'guard-registry.json'), 'utf8'));
  const labelled = cases
    .map(({ template }) => template)
    .filter(({ Resources: resources }) => resources !== undefined)
    .map((body, index) => new Assembly(inAccount(index, body, ['a', 'b']), true));
  const real = [...loadFiles([join(FIXTURES, 'real-templates')])].flatMap((loaded) =>
    loaded.kind === 'assembly' ? loaded.assembly : [],
  );

  test('get the verdicts that they get where nothing is remembered', () => {
    expect(real.length).toBeGreaterThan(10);
    for (const assembly of [...labelled, ...real]) {
      const remembering = [...evaluate(assembly, resourceRules)].flat();
      const alone = assembly.resources.flatMap((entry) => {
        const forgetful = resourceRules
          .filter(({ resourceTypes }) => resourceTypes.includes(entry.type))
          .map((rule) => ({ ...rule }));
        return [...evaluate(assembly, forgetful)].flat().filter((each) => each.entry === entry);
      });
      const ofType = remembering.filter(({ rule, entry }) => rule.resourceTypes.includes(entry!.type));
      expect(byPlace(ofType)).toEqual(byPlace(alone));
    }
  });
});

describe('which resources are alike', () => {
  const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
  const alike = (a: unknown, b: unknown, more: object = {}) => {
    const template = templateOf({
      ...more,
      Resources: {
        A: { Type: 'Thing', Properties: { P: a } },
        B: { Type: 'Thing', Properties: { P: b } },
        Key: { Type: 'AWS::KMS::Key' },
        OtherKey: { Type: 'AWS::KMS::Key' },
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    });
    const [first, second] = ['A', 'B'].map((id) => new Likenesses(template.resources.get(id)!, assemblyOf(template)).of('P'));
    return first !== undefined && first === second;
  };
  test.each<[string, unknown, unknown, boolean]>([
    ['equal texts', 'x', 'x', true],
    ['different texts', 'x', 'y', false],
    ['a text and a number', '1', 1, false],
    ['a text and a truth value', 'true', true, false],
    ['nothing and null', undefined, null, true],
    ['nothing and an empty text', undefined, '', false],
    ['equal lists', [{ A: 1 }, 'x'], [{ A: 1 }, 'x'], true],
    ['lists that are cut otherwise', [['a'], 'b'], [['a', 'b']], false],
    ['a key that looks like two', { 'A":1,"B': 1 }, { A: 1, B: 1 }, false],
    ['references to two resources of a type', { Ref: 'Key' }, { Ref: 'OtherKey' }, true],
    ['attributes of two resources of a type', [{ 'Fn::GetAtt': ['Key', 'Arn'] }], [{ 'Fn::GetAtt': ['OtherKey', 'Arn'] }], true],
    ['two attributes', { 'Fn::GetAtt': ['Key', 'Arn'] }, { 'Fn::GetAtt': ['Key', 'KeyId'] }, false],
    ['references to two types', { Ref: 'Key' }, { Ref: 'Topic' }, false],
    ['a reference and the text that stands for it', { Ref: 'Key' }, '<AWS::KMS::Key Ref>', false],
    ['references to what is not there', { Ref: 'Nothing' }, { Ref: 'Nothing' }, false],
    ['pseudo parameters', { Ref: 'AWS::Region' }, { Ref: 'AWS::Region' }, true],
    ['two pseudo parameters', { Ref: 'AWS::Region' }, { Ref: 'AWS::URLSuffix' }, false],
    ['a pseudo parameter that is a resource', { Ref: 'AWS::Region' }, { Ref: 'Key' }, false],
    ['equal texts that are joined', join('a', { Ref: 'AWS::Partition' }), join('a', { Ref: 'AWS::Partition' }), true],
    ['texts that are joined in another way', join('a', { Ref: 'Key' }), join({ Ref: 'Key' }, 'a'), false],
    ['joined names of two resources of a type', join('a', { Ref: 'Key' }), join('a', { Ref: 'OtherKey' }), true],
    ['a text that is joined of what is chosen', join({ 'Fn::If': ['C', 1, 2] }), join({ 'Fn::If': ['C', 1, 2] }), false],
    ['conditions', { 'Fn::If': ['C', 1, 2] }, { 'Fn::If': ['C', 1, 2] }, false],
    ['a text that is joined', [{ 'Fn::Sub': 'x' }], [{ 'Fn::Sub': 'x' }], false],
    ['outputs of nested stacks', { 'Fn::GetAtt': ['Key', 'Outputs.X'] }, { 'Fn::GetAtt': ['Key', 'Outputs.X'] }, false],
    ['very long texts', ['x'.repeat(3_000)], ['x'.repeat(3_000)], false],
  ])('%s', (_, a, b, expected) => expect(alike(a, b)).toBe(expected));

  test('a parameter with the name of a resource comes first', () => {
    expect(alike({ Ref: 'Key' }, { Ref: 'Key' }, { Parameters: { Key: { Type: 'String' } } })).toBe(false);
  });
});

describe('what is not remembered', () => {
  const asked: string[] = [];
  const evaluated = (check: ResourceRule['check'], resources: object, more: object = {}, type = 'Thing') => {
    asked.length = 0;
    const rule = {
      ...resourceRules[0],
      resourceTypes: [type],
      applies: undefined,
      check: (resource: Parameters<ResourceRule['check']>[0]) => {
        asked.push('check');
        return check(resource);
      },
    };
    const found = [...evaluate(new Assembly([templateOf({ ...more, Resources: resources })], true), [rule])].flat();
    return { outcomes: found.map(({ outcome }) => outcome), asked: asked.length };
  };
  const things = (...each: object[]) =>
    Object.fromEntries(each.map((Properties, index) => [`T${index}`, { Type: 'Thing', Properties }]));
  const on = { P: 'on' };

  test('what reads properties only is asked once for those that are alike', () => {
    expect(evaluated((thing) => thing.at('P').mustBe('on'), things(on, on, { P: 'off' }, on))).toEqual({
      outcomes: ['pass', 'pass', 'fail', 'pass'],
      asked: 2,
    });
  });
  test.each<[string, ResourceRule['check']]>([
    ['the logical id', (thing) => (thing.logicalId === 'T0' ? [] : [thing.fails('x', 'y')])],
    ['neighbours', (thing) => (thing.peers('Thing').length > 0 ? [] : [thing.fails('x', 'y')])],
    ['all properties', (thing) => (thing.properties.entries().length > 0 ? [] : [thing.fails('x', 'y')])],
    ['an attribute', (thing) => thing.attribute('DeletionPolicy').mustNotBeSet()],
  ])('what reads %s is asked each time', (_, check) => {
    expect(evaluated(check, things(on, on)).asked).toBe(2);
  });

  const pointing = { Other: { Type: 'Other', Properties: { X: { Ref: 'T1' } } } };
  const isAlone: ResourceRule['check'] = (thing) => (thing.pointedAtBy('Other', 'X').length === 0 ? [] : [thing.fails('x', 'y')]);
  test('what asks who points to it is asked once for all whom nobody of the type refers to', () => {
    expect(evaluated(isAlone, things(on, on))).toEqual({ outcomes: ['pass', 'pass'], asked: 1 });
    expect(evaluated(isAlone, { ...pointing, ...things(on, on, on) })).toEqual({ outcomes: ['pass', 'fail', 'pass'], asked: 2 });
    const byOthers = { Third: { Type: 'Third', Properties: { X: { Ref: 'T1' } } } };
    expect(evaluated(isAlone, { ...byOthers, ...things(on, on) }).asked).toBe(1);
  });
  describe('what reads neighbours', () => {
    const other = (X: unknown, more: object = {}) => ({ Type: 'Other', Properties: { X, ...more } });
    const of = (id: string) => ({ Ref: id });
    const outcomes = (check: ResourceRule['check'], resources: object, more: object = {}) => {
      const { outcomes: found, asked: times } = evaluated(check, resources, more);
      return `${found.join()} asked ${times}`;
    };
    /** Passes when the one that points to a thing is on. */
    const isKept: ResourceRule['check'] = (thing) =>
      thing.pointedAtBy('Other', 'X').flatMap((each) => each.at('On').mustBe(true));

    test('is asked once for those whose neighbours are alike', () => {
      const kept = { A: other(of('T0'), { On: true }), B: other(of('T1'), { On: true }), C: other(of('T2'), { On: false }) };
      expect(outcomes(isKept, { ...things({}, {}, {}), ...kept })).toBe('pass,pass,fail asked 2');
      const twice = { ...kept, D: other(of('T0'), { On: false }) };
      expect(outcomes(isKept, { ...things({}, {}, {}), ...twice })).toBe('fail,pass,fail asked 3');
    });
    test('tells the resource itself from others of its type', () => {
      const isNamed: ResourceRule['check'] = (thing) =>
        thing
          .pointedAtBy('Other', 'X')
          .flatMap((each) => (each.at('Y').pointsTo(thing) ? [] : [each.at('Y').fails('the same thing', 'it is another')]));
      const named = {
        A: other(of('T0'), { Y: of('T0') }),
        B: other(of('T1'), { Y: of('T0') }),
        C: other(of('T2'), { Y: of('T2') }),
      };
      expect(outcomes(isNamed, { ...things({}, {}, {}), ...named })).toBe('pass,fail,pass asked 3');
      const text = (id: string) => ({ 'Fn::Join': ['', [of(id), '/*']] });
      const joined = {
        A: other(of('T0'), { Y: text('T0') }),
        B: other(of('T1'), { Y: text('T0') }),
        C: other(of('T2'), { Y: text('T2') }),
      };
      expect(outcomes(isNamed, { ...things({}, {}, {}), ...joined })).toBe('pass,fail,pass asked 3');
    });
    test('is asked each time where only deployment knows whether a neighbour is there', () => {
      const Conditions = { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } };
      const kept = { A: other(of('T0'), { On: false }), B: { ...other(of('T1'), { On: false }), Condition: 'C' } };
      expect(outcomes(isKept, { ...things({}, {}), ...kept }, { Conditions })).toMatch(/^fail,\w+ asked [^1]/);
    });
    test('is asked once for those that refer to what is alike', () => {
      const isOn: ResourceRule['check'] = (thing) => thing.at('P.Q').target?.at('On').mustBe(true) ?? [];
      const to = (id: string) => ({ P: { Q: of(id) } });
      const targets = { A: other(1, { On: true }), B: other(2, { On: true }), C: other(1, { On: false }) };
      expect(outcomes(isOn, { ...things(to('A'), to('B'), to('C'), to('A')), ...targets })).toBe('pass,pass,fail,pass asked 2');
      const listed: ResourceRule['check'] = (thing) =>
        thing
          .at('P.Q')
          .items()
          .flatMap((each) => each.targets('Other').flatMap((target) => target.at('On').mustBe(true)));
      const list = (...ids: string[]) => ({ P: { Q: ids.map(of) } });
      expect(outcomes(listed, { ...things(list('A', 'B'), list('B', 'A'), list('A', 'C')), ...targets })).toBe(
        'pass,pass,fail asked 2',
      );
    });
    test('follows ways of more than one step', () => {
      const check: ResourceRule['check'] = (thing) =>
        thing
          .at('P')
          .targets('Other')
          .flatMap((target) => target.pointedAtBy('Third', 'X'))
          .flatMap((each) => each.at('On').mustBe(true));
      const third = (id: string, On: boolean) => ({ Type: 'Third', Properties: { X: of(id), On } });
      const rest = { A: other(0), B: other(0), C: other(0), X: third('A', true), Y: third('B', true), Z: third('C', false) };
      expect(outcomes(check, { ...things({ P: of('A') }, { P: of('B') }, { P: of('C') }), ...rest })).toBe(
        'pass,pass,fail asked 2',
      );
    });
    test('is asked each time where two ways lead to one neighbour, for it may be compared with itself', () => {
      const isOne: ResourceRule['check'] = (thing) =>
        thing.at('P').target === thing.at('Q').target ? [] : [thing.fails('two', 'one')];
      const rest = { A: other(0), B: other(0) };
      const both = (a: string, b: string) => ({ P: of(a), Q: of(b) });
      expect(outcomes(isOne, { ...things(both('A', 'B'), both('A', 'A'), both('B', 'B')), ...rest })).toBe(
        'fail,pass,pass asked 3',
      );
      expect(outcomes(isOne, { ...things(both('A', 'A'), both('A', 'B'), both('B', 'A')), ...rest })).toMatch(/^pass,fail,fail /);
    });
    test('is asked each time where a neighbour is told by its name', () => {
      const isA: ResourceRule['check'] = (thing) =>
        thing.at('P').target?.logicalId === 'A' ? [] : [thing.fails('another', 'A')];
      expect(outcomes(isA, { ...things({ P: of('A') }, { P: of('B') }), A: other(0), B: other(0) })).toBe('pass,fail asked 2');
    });
    test('says of each neighbour what is true of it', () => {
      const check: ResourceRule['check'] = (thing) => [
        ...isKept(thing),
        ...thing.pointedAtBy('Other', 'X').map((each) => metBy(each, 'looks after it')),
      ];
      const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined, check };
      const kept = { A: other(of('T0'), { On: false }), B: other(of('T1'), { On: false }) };
      const template = templateOf({ Resources: { ...things({}, {}), ...kept } });
      const found = [...evaluate(new Assembly([template], true), [rule])].flat();
      const places = found.map(({ findings, notes }) => [...findings, ...notes].map(({ resource }) => resource?.logicalId));
      expect(places).toEqual([
        ['A', 'A'],
        ['B', 'B'],
      ]);
    });
    test('is asked once for those whom the same types refer to', () => {
      const check: ResourceRule['check'] = (thing) => (thing.referrers.length > 0 ? [] : [thing.fails('none', 'some')]);
      const rest = { A: other(of('T0')), B: other(of('T2')), C: { Type: 'Third', Properties: { X: of('T3') } } };
      expect(outcomes(check, { ...things({}, {}, {}, {}, {}), ...rest })).toBe('pass,fail,pass,pass,fail asked 3');
      const isTwo: ResourceRule['check'] = (thing) => (thing.referrers.length === 2 ? [] : [thing.fails('one', 'two')]);
      const odd = {
        A: { ...other(of('T0')), Type: 'A,B' },
        B: { ...other(of('T1')), Type: 'A' },
        C: { ...other(of('T1')), Type: 'B' },
      };
      expect(outcomes(isTwo, { ...things({}, {}), ...odd })).toBe('fail,pass asked 2');
    });
    test('uses what somebody else worked out of neighbours', () => {
      const work = (value: Value) => isKept(value.resource).length === 0;
      const check: ResourceRule['check'] = (thing) => (thing.at('P').once(work) ? [] : [thing.fails('off', 'on')]);
      const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined };
      const kept = { A: other(of('T0'), { On: true }), B: other(of('T1'), { On: false }), C: other(of('T2'), { On: true }) };
      const template = templateOf({ Resources: { ...things({}, {}, {}), ...kept } });
      const rules = [
        { ...rule, check },
        { ...rule, check },
      ];
      const found = [...evaluate(new Assembly([template], true), rules)].flat();
      expect(found.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'fail', 'fail', 'pass', 'pass']);
    });
  });
  test('what has a name that others may use is asked each time', () => {
    const buckets = {
      A: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'same' } },
      B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'same' } },
    };
    expect(evaluated(isAlone, buckets, {}, 'AWS::S3::Bucket').asked).toBe(2);
  });
  test('what asks who may point to it is asked each time where somebody may', () => {
    const mayBe: ResourceRule['check'] = (thing) => (thing.mayBePointedAtBy('Other', 'X') ? [thing.fails('x', 'y')] : []);
    expect(evaluated(mayBe, things(on, on))).toEqual({ outcomes: ['pass', 'pass'], asked: 1 });
    const somebody = { Other: { Type: 'Other', Properties: { X: { 'Fn::ImportValue': 'anything' } } } };
    expect(evaluated(mayBe, { ...somebody, ...things(on, on) })).toEqual({ outcomes: ['fail', 'fail'], asked: 2 });
  });
  test('a property that is read by way of all of them is read like any other', () => {
    const check: ResourceRule['check'] = (thing) => thing.properties.at('P').mustBe('on');
    expect(evaluated(check, things(on, on, { P: 'off' }))).toEqual({ outcomes: ['pass', 'pass', 'fail'], asked: 2 });
  });

  test('what says all properties in words says those of the resource', () => {
    const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined };
    const check: ResourceRule['check'] = (thing) => [thing.properties.fails('less', 'too much')];
    const template = templateOf({ Resources: things(on, { P: 'off' }, on) });
    const found = [...evaluate(new Assembly([template], true), [{ ...rule, check }])].flat();
    expect(found.map(({ findings: [finding] }) => finding.found)).toEqual(['{"P":"on"}', '{"P":"off"}', '{"P":"on"}']);
  });
  test('what has a name that stands for something else is asked each time', () => {
    const check: ResourceRule['check'] = (thing) => thing.at('<Other').mustBe('on');
    expect(evaluated(check, things({ '<Other': 'on' }, { '<Other': 'off' }))).toEqual({ outcomes: ['pass', 'fail'], asked: 2 });
  });

  describe('what several rules say', () => {
    const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined };
    const asked: string[] = [];
    const asking = (name: string, check: ResourceRule['check']): ResourceRule => ({
      ...rule,
      slug: name,
      check: (thing) => {
        asked.push(name);
        return check(thing);
      },
    });
    const about = (property: string) => asking(property, (thing) => thing.at(property).mustBe('on'));
    const alone = asking('alone', (thing) => (thing.logicalId === 'T1' ? [thing.fails('T1', 'another')] : []));
    const judged = (rules: readonly ResourceRule[], ...properties: object[]) => {
      asked.length = 0;
      const template = templateOf({ Resources: things(...properties) });
      // What comes first is about the environment.
      const [, ...found] = evaluate(new Assembly([template], true), rules);
      return found.map((each) => each.map(({ rule: { slug }, outcome }) => `${slug} ${outcome}`).join());
    };
    const off = { P: 'off', Q: 'on' };
    const both = { P: 'on', Q: 'on' };

    test('is found together, in their order, and who has to be asked is asked', () => {
      const found = judged([about('P'), alone, about('Q')], both, both, both, off, both, off, off);
      const said = (p: string, other: string) => `P ${p},alone ${other},Q pass`;
      expect(found).toEqual([
        said('pass', 'pass'),
        said('pass', 'fail'),
        said('pass', 'pass'),
        said('fail', 'pass'),
        said('pass', 'pass'),
        said('fail', 'pass'),
        said('fail', 'pass'),
      ]);
      expect(asked.filter((name) => name === 'alone')).toHaveLength(7);
      expect(asked.filter((name) => name === 'P')).toHaveLength(2);
      expect(asked.filter((name) => name === 'Q')).toHaveLength(1);
    });
    test('leaves out those that are not about a resource, and only then', () => {
      const sometimes = { ...about('P'), applies: (thing: Parameters<ResourceRule['check']>[0]) => !thing.at('P').isAbsent };
      const one = { Q: 'on' };
      expect(judged([sometimes, about('Q')], one, one, one, both, both, both, one)).toEqual([
        ...Array(3).fill('Q pass'),
        ...Array(3).fill('P pass,Q pass'),
        'Q pass',
      ]);
    });
    test('is found although one of them comes to a verdict of its own for each', () => {
      const numbered = Array.from({ length: 10 }, (_, N) => ({ ...both, N }));
      const different = asking('N', (thing) => (thing.at('N').number === 9 ? [thing.fails('9', 'less')] : []));
      const found = judged([about('P'), different, about('Q')], ...numbered);
      expect(found[9]).toBe('P pass,N fail,Q pass');
      expect(found.slice(0, 9)).toEqual(Array(9).fill('P pass,N pass,Q pass'));
      expect(asked.filter((name) => name === 'N')).toHaveLength(10);
    });
  });

  describe('what is of some resource', () => {
    const resources = (...values: unknown[]) => ({
      ...things(...values.map((P) => ({ P }))),
      A: { Type: 'Other' },
      B: { Type: 'Other' },
      C: { Type: 'Third' },
    });
    const ref = (id: string) => ({ Ref: id });
    const joined = (id: string) => ({ 'Fn::Join': ['', ['x:', ref(id), ':${aws:username}:', { 'Fn::GetAtt': [id, 'Arn'] }]] });
    const found = (read: (value: Value) => string, ...values: unknown[]) => {
      const seen: string[] = [];
      const check: ResourceRule['check'] = (thing) => {
        seen.push(read(thing.at('P')));
        return [];
      };
      evaluated(check, resources(...values));
      return seen;
    };
    const filled = (value: Value) => value.textWith(({ type, text }) => (type === undefined ? text : `<${type}>`));

    test('is alike where only its type is read', () => {
      expect(found(filled, ref('A'), ref('B'), ref('C'))).toEqual(['<Other>', '<Third>']);
      expect(found(({ mentionedTypes }) => mentionedTypes.join(), ref('A'), ref('B'))).toEqual(['Other']);
      expect(found(({ origin }) => `${origin?.type}.${origin?.attribute}`, ref('A'), ref('B'))).toEqual(['Other.Ref']);
    });
    test('is not where it is named', () => {
      expect(found(({ text }) => text, ref('A'), ref('B'))).toEqual(['${A}', '${B}']);
    });
    test('nor within a text that may look like a reference', () => {
      expect(found(filled, joined('A'), joined('B'))).toEqual(Array(2).fill('x:<Other>:${aws:username}:<Other>'));
      const mimicking = (literal: string, id: string) => ({ 'Fn::Join': ['', [`\${${literal}}`, ref(id)]] });
      expect(found(filled, mimicking('A', 'A'), mimicking('A', 'B'))).toEqual(['<Other><Other>', '${A}<Other>']);
    });
    test('is told of nothing that a dynamic reference names', () => {
      const secret = (id: string) => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', ref(id), ':SecretString}}']] });
      expect(found(filled, secret('A'), secret('B'))).toEqual(['${resolve …}']);
    });
  });

  test('what reads the environment is asked once in each', () => {
    const template = (name: string, account: string) =>
      templateOf({ Resources: things(on, on) }, { path: name, account, region: 'eu-west-1', stage: '' });
    const accounts: (string | undefined)[] = [];
    const check: ResourceRule['check'] = (thing) => {
      accounts.push(thing.environment.account);
      return [];
    };
    const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined, check };
    const templates = [template('a', '111122223333'), template('b', '444455556666'), template('c', '111122223333')];
    const found = [...evaluate(new Assembly(templates, true), [rule])].flat();
    expect(found).toHaveLength(6);
    expect(accounts).toEqual(['111122223333', '444455556666']);
  });
  test.each<[string, (value: Value) => boolean]>([
    ['a property', ({ resource }) => resource.at('Q').string === 'on'],
    ['the logical id', ({ resource }) => resource.logicalId === 'T0'],
  ])('nor what uses what somebody else made of %s', (_, isRight) => {
    const check: ResourceRule['check'] = (thing) => (thing.at('P').once(isRight) ? [] : [thing.fails('x', 'y')]);
    const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined };
    const template = templateOf({ Resources: things({ P: [1], Q: 'on' }, { P: [1], Q: 'off' }) });
    const rules = [
      { ...rule, check },
      { ...rule, check },
    ];
    const found = [...evaluate(new Assembly([template], true), rules)].flat();
    expect(found.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'fail', 'fail']);
  });
  test('nor what reads the text of a reference', () => {
    const resources = { ...things({ P: { Ref: 'A' } }, { P: { Ref: 'B' } }), A: { Type: 'Other' }, B: { Type: 'Other' } };
    expect(evaluated((thing) => (thing.at('P').text === '${A}' ? [] : [thing.fails('x', 'y')]), resources).outcomes).toEqual([
      'pass',
      'fail',
    ]);
  });
  test('nor a resource that is created under a condition', () => {
    const Conditions = { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } };
    const resources = { T0: { Type: 'Thing', Properties: on }, T1: { Type: 'Thing', Condition: 'C', Properties: on } };
    expect(evaluated((thing) => thing.at('P').mustBe('on'), resources, { Conditions }).outcomes).toEqual(['pass']);
  });
  test('findings are about the resource that was judged', () => {
    const rule = { ...resourceRules[0], resourceTypes: ['Thing'], applies: undefined };
    const check: ResourceRule['check'] = (thing) => thing.at('P').mustBe('on');
    const template = templateOf({ Resources: things({ P: 'off' }, { P: 'off' }) });
    const found = [...evaluate(new Assembly([template], true), [{ ...rule, check }])].flat();
    expect(found.map(({ findings: [finding] }) => finding.resource?.logicalId)).toEqual(['T0', 'T1']);
  });
  test('a rule that reads something else first is not trusted', () => {
    const template = templateOf({ Resources: things({ P: 1, Q: 1 }) });
    const entry = template.resources.get('T0')!;
    const memory = new VerdictMemory(resourceRules[0]);
    const pass: Conclusion = { outcome: 'pass', findings: [], notes: [] };
    const assembly = assemblyOf(template);
    const thing = viewOf(entry, assembly, new Scenario());
    const reading = (...properties: string[]) => thing.watching(() => properties.map((each) => thing.at(each))).watch;
    memory.learn(reading('P'), new Likenesses(entry, assembly), pass);
    memory.learn(reading('Q', 'P'), new Likenesses(entry, assembly), { ...pass, outcome: 'fail' });
    expect(memory.recall(new Likenesses(entry, assembly))?.verdict).toEqual(pass);
  });
});
