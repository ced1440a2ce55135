import { Assembly } from '../../src/model/assembly';
import type { Json } from '../../src/model/json';
import { resolve } from '../../src/model/resolve';
import { explore } from '../../src/model/scenario';
import { everywhere, resolved, short, templateOf } from '../helpers/model';

const of = (declaration: object, value: Json = { Ref: 'P' }) =>
  everywhere(value, { Parameters: { P: { Type: 'String', ...declaration } } });

describe('a parameter is its default', () => {
  test.each<[string, object, unknown]>([
    ['text', { Default: 'a' }, 'a'],
    ['empty text', { Default: '' }, ''],
    ['text with commas', { Default: 'a,b' }, 'a,b'],
    ['number', { Type: 'Number', Default: 7 }, 7],
    ['number as text', { Type: 'Number', Default: '7' }, '7'],
    ['false', { Default: false }, false],
    ['list', { Type: 'CommaDelimitedList', Default: 'a, b ,c' }, ['a', 'b', 'c']],
    ['empty list', { Type: 'CommaDelimitedList', Default: '' }, []],
    ['list of one number', { Type: 'List<Number>', Default: 80 }, ['80']],
    ['list that is written as one', { Type: 'List<Number>', Default: [80, 443] }, [80, 443]],
    ['name in Parameter Store', { Type: 'AWS::SSM::Parameter::Name', Default: '/a' }, '/a'],
    ['no type', { Type: undefined, Default: 'a' }, 'a'],
  ])('%s', (_, declaration, expected) => expect(of(declaration)).toEqual([expected]));

  test.each<[string, object]>([
    ['a mapping', { Default: { Ref: 'AWS::Region' } }],
    ['a list for a text', { Default: ['a'] }],
    ['a list of functions', { Type: 'CommaDelimitedList', Default: [{ Ref: 'AWS::Region' }] }],
  ])('unless that is %s', (_, declaration) => expect(of(declaration)[0]).toMatch(/^unknown/));

  test('that is read item by item', () => {
    expect(of({ Type: 'CommaDelimitedList', Default: 'a,b' }, { 'Fn::Select': [1, { Ref: 'P' }] })).toEqual(['b']);
  });
});

describe('a parameter is unknown', () => {
  test.each<[string, object, boolean]>([
    ['without default', {}, false],
    ['with a default that is null', { Default: null }, false],
    ['with a length', { MinLength: 1 }, true],
    ['with a length that is a text', { MinLength: '3' }, true],
    ['with the length 0', { MinLength: 0 }, false],
    ['that is a number', { Type: 'Number' }, true],
    ['that names something', { Type: 'AWS::EC2::VPC::Id' }, true],
    ['that names several things', { Type: 'List<AWS::EC2::Subnet::Id>' }, false],
    ['that is a list', { Type: 'CommaDelimitedList', MinLength: 1 }, false],
    ['that is a secret', { NoEcho: true, Default: 'x' }, false],
    ['that is a secret with a length', { NoEcho: 'true', MinLength: 8 }, true],
    ['that is read from Parameter Store', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, true],
    ['that is an image', { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/a', AllowedValues: ['/a'] }, true],
  ])('%s', (_, declaration, nonEmpty) => {
    const body = { Parameters: { P: { Type: 'String', ...declaration } } };
    expect(resolved({ Ref: 'P' }, body)).toMatchObject({ kind: 'unknown', nonEmpty, text: '${P}' });
    expect(everywhere({ Ref: 'P' }, body)).toEqual(['unknown: ${P}']);
  });

  test('when its declaration is no mapping', () => {
    expect(everywhere({ Ref: 'P' }, { Parameters: { P: 'String' } })).toEqual(["unknown: the template does not define 'P'"]);
  });
});

describe('allowed values are tried in turn, the default first', () => {
  test.each<[string, object, unknown[]]>([
    ['with a default', { AllowedValues: ['a', 'b', 'c'], Default: 'b' }, ['b', 'a', 'c']],
    ['without one', { AllowedValues: ['a', 'b'] }, ['a', 'b']],
    ['numbers', { Type: 'Number', AllowedValues: [1, 2], Default: '2' }, [2, 1]],
    ['the same twice', { AllowedValues: ['a', 'a'] }, ['a']],
    ['lists', { Type: 'CommaDelimitedList', AllowedValues: ['a,b', 'c'] }, [['a', 'b'], ['c']]],
    ['with others that are no texts', { AllowedValues: ['a', null, { Ref: 'X' }] }, ['a']],
    ['none', { AllowedValues: [], Default: 'x' }, ['x']],
  ])('%s', (_, declaration, expected) => expect(of(declaration)).toEqual(expected));

  test('and a parameter has one value throughout', () => {
    const text = { 'Fn::Sub': '${P}${P}' };
    expect(of({ AllowedValues: ['a', 'b'] }, { 'Fn::Join': ['-', [text, { Ref: 'P' }]] })).toEqual(['aa-a', 'bb-b']);
  });
});

describe('what scenarios are worth', () => {
  const equals = (literal: string) => ({ 'Fn::Equals': [{ Ref: 'P' }, literal] });
  /** Every scenario as value, and whether it is as real as the template, a departure from it, or moot. */
  function worth(declaration: object, value: Json): [unknown, string][] {
    const body = { Parameters: { P: { Type: 'String', ...declaration } }, Conditions: { IsA: equals('a'), IsB: equals('b') } };
    const template = templateOf(body);
    const exports = new Assembly([template], true);
    return explore((scenario) => short(resolve(value, { template, scenario, exports, depth: 0 }))).results.map(
      ({ scenario, result }) => [result, scenario.isMoot ? 'moot' : scenario.departed ? 'departed' : 'own'],
    );
  }
  const P = { Ref: 'P' };
  const before = { 'Fn::Join': [' ', [P, { 'Fn::If': ['IsA', 'yes', 'no'] }]] };
  const behind = { 'Fn::Join': [' ', [{ 'Fn::If': ['IsA', 'yes', 'no'] }, P]] };

  test.each<[string, object, Json, [unknown, string][]]>([
    ['default', { Default: 'a' }, P, [['a', 'own']]],
    ['unknown', {}, P, [['unknown: ${P}', 'own']]],
    [
      'allowed, with default',
      { Default: 'a', AllowedValues: ['a', 'c'] },
      P,
      [
        ['a', 'own'],
        ['c', 'departed'],
      ],
    ],
    [
      'allowed, without default',
      { AllowedValues: ['a', 'c'] },
      P,
      [
        ['a', 'departed'],
        ['c', 'departed'],
      ],
    ],
    ['the only value', { AllowedValues: ['a'] }, P, [['a', 'own']]],
    [
      'a condition, and the default',
      { Default: 'a' },
      behind,
      [
        ['yes a', 'own'],
        ['unknown: no ${P}', 'own'],
      ],
    ],
    [
      'the default, and a condition',
      { Default: 'a' },
      before,
      [
        ['a yes', 'own'],
        ['unknown: ${P} no', 'own'],
      ],
    ],
    [
      'a condition, and another default',
      { Default: 'c' },
      behind,
      [
        ['no c', 'own'],
        ['yes a', 'own'],
      ],
    ],
    [
      'a condition, and no default',
      {},
      before,
      [
        ['unknown: ${P} no', 'own'],
        ['a yes', 'own'],
      ],
    ],
    [
      'a condition among allowed values',
      { Default: 'a', AllowedValues: ['a', 'c'] },
      behind,
      [
        ['yes a', 'own'],
        ['no c', 'own'],
      ],
    ],
    [
      'a condition that leaves several allowed values',
      { Default: 'c', AllowedValues: ['a', 'c', 'd'] },
      behind,
      [
        ['no c', 'own'],
        ['no d', 'departed'],
        ['yes a', 'own'],
      ],
    ],
    [
      'a condition behind an allowed value',
      { Default: 'c', AllowedValues: ['a', 'c'] },
      before,
      [
        ['c no', 'own'],
        ['a yes', 'own'],
      ],
    ],
    [
      'a condition in one branch only',
      { Default: 'c' },
      { 'Fn::Join': [' ', [P, { 'Fn::If': ['Open', { 'Fn::If': ['IsA', 'yes', 'no'] }, '-'] }]] },
      [
        ['c no', 'own'],
        ['c -', 'own'],
        ['a yes', 'own'],
        ['a -', 'moot'],
      ],
    ],
  ])('%s', (_, declaration, value, expected) => expect(worth(declaration, value)).toEqual(expected));
});

test('parameters of the CDK do no harm', () => {
  const Parameters = {
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
    SsmParameterValueAmi: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/aws/service/ami' },
  };
  const Rules = {
    CheckBootstrapVersion: {
      Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] } }],
    },
  };
  expect(everywhere({ Ref: 'SsmParameterValueAmi' }, { Parameters, Rules })).toEqual(['unknown: ${SsmParameterValueAmi}']);
  expect(everywhere({ 'Fn::Sub': 'v${BootstrapVersion}' }, { Parameters, Rules })).toEqual(['unknown: v${BootstrapVersion}']);
});
