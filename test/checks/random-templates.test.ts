import fc from 'fast-check';
import { evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import { isObject, isScalar, type Json, type JsonObject } from '../../src/model/json';
import { resolve, textOf } from '../../src/model/resolve';
import { explore } from '../../src/model/scenario';
import { RULES } from '../../src/rules';
import rdsInstanceEncrypted from '../../src/rules/rds/rds-instance-encrypted';
import type { Rule } from '../../src/rules/rule';
import s3BucketVersioning from '../../src/rules/s3/s3-bucket-versioning';
import { templateOf as exampleTemplate } from '../helpers/judge';
import { ORIGIN, templateOf } from '../helpers/model';

const NAMES = [
  'Bucket',
  'Key',
  'Env',
  'Size',
  'List',
  'IsProd',
  'AWS::Region',
  'AWS::NoValue',
  'constructor',
  '__proto__',
  'toString',
  'Nowhere',
];
const name = fc.constantFrom(...NAMES);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    '',
    'a',
    'a,b',
    'Enabled',
    'true',
    '*',
    'arn:aws:s3:::x',
    '{{resolve:ssm:x}}',
    '{"a":1}',
    '${Env}',
    'prod',
    null,
    true,
    false,
    0,
    1,
    443,
  ),
  fc.string({ maxLength: 5 }),
);

/** JSON with functions sprinkled over it, most of them well formed. */
const { json } = fc.letrec<{ json: Json; intrinsic: Json; condition: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(name, fc.constantFrom('Status', 'Statement', 'Key', 'Value', 'Fn::If', 'Ref')), tie('json'), {
      maxKeys: 3,
    }) as fc.Arbitrary<Json>,
    tie('intrinsic'),
    tie('intrinsic'),
  ),
  intrinsic: fc.oneof(
    name.map((Ref) => ({ Ref })),
    fc.tuple(name, fc.constantFrom('Arn', 'Outputs.X')).map((argument) => ({ 'Fn::GetAtt': argument })),
    fc
      .constantFrom('${Env}-${Bucket}', '${Bucket.Arn}/*', '${!Env}', '${constructor}', '${AWS::AccountId}')
      .map((text) => ({ 'Fn::Sub': text })),
    fc
      .tuple(fc.constantFrom('', ',', ':'), fc.array(tie('json'), { maxLength: 3 }))
      .map((argument) => ({ 'Fn::Join': argument })),
    fc.tuple(fc.constantFrom(',', ':', ''), tie('json')).map((argument) => ({ 'Fn::Split': argument })),
    fc.tuple(fc.constantFrom<Json>(0, '1', -1, 'x'), tie('json')).map((argument) => ({ 'Fn::Select': argument })),
    fc.tuple(name, tie('json'), tie('json')).map((argument) => ({ 'Fn::If': argument })),
    fc
      .tuple(fc.constant('Map'), tie('json'), fc.constantFrom('k', 'constructor'))
      .map((argument) => ({ 'Fn::FindInMap': argument })),
    fc
      .tuple(
        fc.constantFrom(
          'Ref',
          'Fn::Sub',
          'Fn::Join',
          'Fn::Base64',
          'Fn::ImportValue',
          'Fn::ToJsonString',
          'Fn::Length',
          'Fn::Cidr',
          'Fn::Odd',
          'Fn::GetAtt',
        ),
        tie('json'),
      )
      .map(([key, argument]) => ({ [key]: argument })),
  ),
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(tie('json'), tie('json')).map((argument) => ({ 'Fn::Equals': argument })),
    name.map((Condition) => ({ Condition })),
    fc.array(tie('condition'), { maxLength: 3 }).map((argument) => ({ 'Fn::And': argument })),
    fc.array(tie('condition'), { maxLength: 3 }).map((argument) => ({ 'Fn::Or': argument })),
    tie('condition').map((argument) => ({ 'Fn::Not': [argument] })),
    tie('json'),
  ),
}));

const parameter = fc.record<JsonObject>(
  {
    Type: fc.constantFrom<Json>(
      'String',
      'Number',
      'CommaDelimitedList',
      'List<Number>',
      'AWS::SSM::Parameter::Value<String>',
      1,
    ),
    Default: json,
    AllowedValues: json,
    NoEcho: fc.boolean(),
    MinLength: scalar,
  },
  { requiredKeys: [] },
);

const sections = fc.record<JsonObject>({
  Parameters: fc.dictionary(name, fc.oneof(parameter, json), { maxKeys: 4 }) as fc.Arbitrary<Json>,
  Conditions: fc.dictionary(name, json, { maxKeys: 4 }) as fc.Arbitrary<Json>,
  Mappings: fc.constantFrom<Json>({ Map: { a: { k: 1 }, prod: { k: ['x'] } } }, null, 'x'),
  Outputs: fc.constantFrom<Json>({ O: { Value: { Ref: 'Bucket' }, Export: { Name: 'a' } } }, { O: 1 }, null),
});

const examples = RULES.flatMap(({ examples: { pass, fail, undetermined = {} } }) =>
  [pass, fail, undetermined].flatMap((each) => Object.values(each)),
).map((example) => exampleTemplate(example));

/** Every place in a value, as the keys that lead to it. */
function placesIn(node: Json, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof node === 'object' && node !== null ? Object.entries(node) : [];
  return [path, ...inner.flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

function replaced(node: Json, [key, ...path]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.map((item, index) => (String(index) === key ? replaced(item, path, value) : item));
  const entries = Object.entries(node as JsonObject);
  return Object.fromEntries(entries.map(([each, member]) => [each, each === key ? replaced(member, path, value) : member]));
}

/** A template with some places replaced, none of them so that the template cannot be read. */
function mutated(template: JsonObject, changes: readonly (readonly [number, Json])[]): JsonObject {
  let result: Json = template;
  for (const [seed, value] of changes) {
    const places = placesIn(result).filter(
      ([section, , attribute, ...rest]) =>
        section !== 'Resources' || (attribute === 'Properties' && rest.length > 0) || attribute === 'Condition',
    );
    const place = places[seed % places.length];
    if (place && place.length > 1) result = replaced(result, place, value);
  }
  return result as JsonObject;
}

/** As a file has it: objects with a prototype, and own keys only. */
const parsed = (value: Json): Json => JSON.parse(JSON.stringify(value));

const change = fc.tuple(fc.nat(), json.map(parsed));

test('no random value breaks its resolution', () => {
  fc.assert(
    fc.property(sections, json.map(parsed), (body, value) => {
      const template = templateOf({
        ...body,
        Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Key: { Type: 'AWS::KMS::Key' } },
      });
      const exports = new Assembly([template], true);
      const { results } = explore((scenario) => resolve(value, { template, scenario, exports, depth: 0 }));
      for (const { result } of results) expect(typeof textOf(result)).toBe('string');
    }),
    { numRuns: 1_000 },
  );
});

test('no random template breaks a rule', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      sections,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (example, more, changes) => {
        const template = templateOf(mutated({ ...more, ...example }, changes), ORIGIN);
        const broken = [...evaluate(new Assembly([template], true), RULES)].flat().filter(({ crash }) => crash !== undefined);
        expect(broken.map(({ rule, crash }) => `${rule.slug}: ${crash}`)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

describe.each<[string, Rule, JsonObject]>([
  ['s3-bucket-versioning', s3BucketVersioning, { VersioningConfiguration: { Status: 'Enabled' } }],
  ['rds-instance-encrypted', rdsInstanceEncrypted, { StorageEncrypted: true, Engine: 'postgres' }],
])('%s', (_, rule, Properties) => {
  const [Type] = rule.resourceTypes;
  const outcomes = (body: JsonObject) =>
    [...evaluate(new Assembly([templateOf(body)], true), [rule])].flat().map(({ outcome }) => outcome);

  /** Texts that are names of parameters, conditions and so on are no values. */
  const isValue = (node: Json, path: readonly string[]) => {
    const [outer, last] = path.slice(-2);
    return (
      isScalar(node) &&
      last !== 'Ref' &&
      !(last === '0' && (outer === 'Fn::If' || outer === 'Fn::GetAtt')) &&
      outer !== 'Fn::GetAtt'
    );
  };
  const at = (node: Json, path: readonly string[]): Json =>
    path.reduce<Json>((each, key) => (Array.isArray(each) ? each[Number(key)] : isObject(each) ? each[key] : null), node);

  test('never passes because less is known', () => {
    fc.assert(
      fc.property(sections, fc.array(change, { maxLength: 3 }), fc.nat(), (more, changes, seed) => {
        const body = mutated({ ...more, Resources: { Thing: { Type, Properties } } }, changes);
        const inside = at(body, ['Resources', 'Thing', 'Properties']);
        const values = placesIn(inside).filter((path) => isValue(at(inside, path), path));
        if (values.length === 0) return;
        const open: Json = {
          Parameters: { ...(isObject(body.Parameters) ? body.Parameters : {}), FreeOfAnything: { Type: 'String' } },
        };
        const less = replaced({ ...body, ...open }, ['Resources', 'Thing', 'Properties', ...values[seed % values.length]], {
          Ref: 'FreeOfAnything',
        });
        const [before, after] = [outcomes({ ...body, ...open }), outcomes(less as JsonObject)];
        if (!before.includes('pass')) expect(after).not.toContain('pass');
      }),
      { numRuns: 1_000 },
    );
  });
});
