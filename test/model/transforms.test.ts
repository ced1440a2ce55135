import { evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import type { Json, JsonObject } from '../../src/model/json';
import { buildTemplate } from '../../src/model/read-template';
import { expandTransforms, transformedType } from '../../src/model/transforms';
import { RULES } from '../../src/rules';
import type { Rule } from '../../src/rules/rule';
import { refusal } from '../helpers/files';

const bucket = (properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::S3::Bucket', Properties: properties });
const expand = (body: JsonObject) => {
  const { body: expanded, unexpanded, unexpandedResources } = expandTransforms(body, 'a.yaml');
  return { ids: Object.keys(expanded.Resources as JsonObject), unexpanded, resources: Object.fromEntries(unexpandedResources) };
};
const MACRO = "the macro 'Custom' is run at deployment";

describe('the Transform section', () => {
  test.each<[Json]>([
    ['AWS::Serverless-2016-10-31'],
    ['AWS::LanguageExtensions'],
    ['AWS::SecretsManager-2020-07-23'],
    ['AWS::SecretsManager-2024-09-16'],
    ['AWS::CodeDeployBlueGreen'],
    [['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31']],
    [[]],
    [null],
  ])('%j leaves ordinary resources as they are', (transform) => {
    expect(expand({ Transform: transform, Resources: { A: bucket() } })).toEqual({
      ids: ['A'],
      unexpanded: undefined,
      resources: {},
    });
  });

  test.each<[Json, string]>([
    ['Custom', MACRO],
    [['AWS::LanguageExtensions', 'Custom'], MACRO],
    [{ Name: 'Custom', Parameters: {} }, MACRO],
    [{ Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } }, "the macro 'AWS::Include' is run at deployment"],
    [[{ Name: 'AWS::Include' }], "the macro 'AWS::Include' is run at deployment"],
    [{ Ref: 'x' }, "the macro '?' is run at deployment"],
  ])('%j may change every resource', (transform, reason) => {
    expect(expand({ Transform: transform, Resources: { A: bucket() } })).toEqual({
      ids: ['A'],
      unexpanded: reason,
      resources: {},
    });
  });
});

describe('Fn::Transform', () => {
  const macro = { Name: 'Custom' };

  test('within a resource is about that resource', () => {
    const inner = bucket({ Tags: [{ 'Fn::Transform': macro }] });
    expect(expand({ Resources: { A: inner, B: bucket(), C: { ...bucket(), 'Fn::Transform': macro } } })).toEqual({
      ids: ['A', 'B', 'C'],
      unexpanded: undefined,
      resources: { A: MACRO, C: MACRO },
    });
  });

  test('that says what a resource is, or adds resources, is about all of them', () => {
    expect(expand({ Resources: { A: { 'Fn::Transform': macro }, B: bucket() } })).toEqual({
      ids: ['B'],
      unexpanded: MACRO,
      resources: { A: MACRO },
    });
    expect(expand({ Resources: { 'Fn::Transform': macro, B: bucket() } })).toMatchObject({ ids: ['B'], unexpanded: MACRO });
  });

  test('beside the resources is about all of them', () => {
    const places: JsonObject[] = [
      { 'Fn::Transform': macro },
      { Mappings: { 'Fn::Transform': macro } },
      { Conditions: { C: { 'Fn::Transform': macro } } },
    ];
    for (const more of places)
      expect(expand({ ...more, Resources: { A: bucket() } })).toMatchObject({ ids: ['A'], unexpanded: MACRO });
  });
});

describe('Fn::ForEach', () => {
  const loops: JsonObject = {
    A: bucket(),
    'Fn::ForEach::Known': ['X', ['1', '2'], { 'K${X}': bucket() }],
    'Fn::ForEach::Open': ['X', { Ref: 'List' }, { 'O${X}': bucket() }],
    P: bucket({ 'Fn::ForEach::Inner': ['X', { Ref: 'List' }, { '${X}': 1 }] }),
  };

  test('is run where it can be, and otherwise is about what it makes', () => {
    const reason = (name: string) => `the loop 'Fn::ForEach::${name}' runs over the parameter 'List', which has no default`;
    expect(expand({ Transform: 'AWS::LanguageExtensions', Resources: loops })).toEqual({
      ids: ['A', 'K1', 'K2', 'O${X}', 'P'],
      unexpanded: undefined,
      resources: { 'O${X}': reason('Open'), P: reason('Inner') },
    });
  });

  test('without its transform is refused', () => {
    expect(refusal(() => expand({ Resources: loops }))).toBe(
      "a.yaml: the loop 'Fn::ForEach::Known' needs 'Transform: AWS::LanguageExtensions'; add it to the template",
    );
  });

  test('has lines', () => {
    const template = buildTemplate(
      { Transform: 'AWS::LanguageExtensions', Resources: loops },
      { path: 'a.yaml', sha256: '', lineOf: (path) => (path.join('.') === 'Resources.Fn::ForEach::Known.2.K${X}.Type' ? 7 : 1) },
    );
    expect(template.origin.lineOf?.(['Resources', 'K2', 'Type'])).toBe(7);
    expect(template.origin.lineOf?.(['Resources', 'A', 'Type'])).toBe(1);
  });
});

describe('the verdict', () => {
  const rule = RULES.find((each): each is Rule => each.slug === 's3-bucket-versioning')!;
  const judge = (body: JsonObject) => {
    const assembly = new Assembly([buildTemplate(body, { path: 'a.yaml', sha256: '' })], true);
    return Object.fromEntries([...evaluate(assembly, [rule])].flat().map(({ entry, outcome }) => [entry?.logicalId, outcome]));
  };

  test('is undetermined for what only deployment can expand, and only for that', () => {
    const open: JsonObject = { 'Fn::ForEach::L': ['X', { Ref: 'List' }, { 'O${X}': bucket() }] };
    const macro = { M: bucket({ 'Fn::Transform': { Name: 'Custom' } }) };
    const outcomes = judge({ Transform: 'AWS::LanguageExtensions', Resources: { A: bucket(), ...open, ...macro } });
    expect(outcomes).toMatchObject({ 'O${X}': 'undetermined', M: 'undetermined' });
    expect(outcomes.A).not.toBe('undetermined');
    expect(judge({ Transform: 'Custom', Resources: { A: bucket() } })).toEqual({ A: 'undetermined' });
  });
});

test('types of the SAM transform stand for what it makes of them', () => {
  expect(transformedType('AWS::Serverless::Function')).toBe('AWS::Lambda::Function');
  expect(transformedType('AWS::Lambda::Function')).toBeUndefined();
});
