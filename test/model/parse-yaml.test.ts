import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { InputError } from '../../src/model/errors';
import { isObject, type Json } from '../../src/model/json';
import { parseYaml } from '../../src/model/parse-yaml';
import { refusal } from '../helpers/files';

const parsed = (text: string) => parseYaml(text, 'a.yaml').value;
const refused = (text: string) => refusal(() => parseYaml(text, 'a.yaml'));
/** The value of `a: …`. */
const valueOfA = (text: string): Json | undefined => {
  const value = parsed(`a: ${text}\n`);
  return isObject(value) ? value.a : undefined;
};

describe('short forms of functions', () => {
  test.each<[string, Json]>([
    ['!Ref Bucket', { Ref: 'Bucket' }],
    ['!Ref AWS::Region', { Ref: 'AWS::Region' }],
    ['!Condition IsProd', { Condition: 'IsProd' }],
    ['!GetAtt Bucket.Arn', { 'Fn::GetAtt': ['Bucket', 'Arn'] }],
    ['!GetAtt Stack.Outputs.Key', { 'Fn::GetAtt': ['Stack', 'Outputs.Key'] }],
    ['!GetAtt [Bucket, Arn]', { 'Fn::GetAtt': ['Bucket', 'Arn'] }],
    ["!Sub '${AWS::Region}-a'", { 'Fn::Sub': '${AWS::Region}-a' }],
    ['!Sub ["${x}", {x: !Ref y}]', { 'Fn::Sub': ['${x}', { x: { Ref: 'y' } }] }],
    ['!Sub |\n  line ${a}\n  line b', { 'Fn::Sub': 'line ${a}\nline b\n' }],
    ["!Join [',', [a, !Ref b]]", { 'Fn::Join': [',', ['a', { Ref: 'b' }]] }],
    ['!If [IsProd, 1, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }],
    ['!Equals [!Ref a, b]', { 'Fn::Equals': [{ Ref: 'a' }, 'b'] }],
    ['!And [!Condition a, !Not [!Condition b]]', { 'Fn::And': [{ Condition: 'a' }, { 'Fn::Not': [{ Condition: 'b' }] }] }],
    ['!Or\n  - !Condition a\n  - !Condition b', { 'Fn::Or': [{ Condition: 'a' }, { Condition: 'b' }] }],
    ['!FindInMap [M, !Ref AWS::Region, k]', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }],
    ["!Select [0, !GetAZs '']", { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['!GetAZs', { 'Fn::GetAZs': '' }],
    ["!Split [',', 'a,b']", { 'Fn::Split': [',', 'a,b'] }],
    ['!ImportValue x', { 'Fn::ImportValue': 'x' }],
    ['!ImportValue\n  Fn::Sub: "${x}-y"', { 'Fn::ImportValue': { 'Fn::Sub': '${x}-y' } }],
    ['!Base64 true', { 'Fn::Base64': 'true' }],
    ['!Cidr [!GetAtt V.CidrBlock, 6, 5]', { 'Fn::Cidr': [{ 'Fn::GetAtt': ['V', 'CidrBlock'] }, 6, 5] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['!ToJsonString {b: !Ref c}', { 'Fn::ToJsonString': { b: { Ref: 'c' } } }],
    ['!Length [1, 2]', { 'Fn::Length': [1, 2] }],
  ])('%s', (text, value) => {
    expect(valueOfA(text)).toEqual(value);
  });

  test('a tag that CloudFormation does not have is refused', () => {
    const problem = "CloudFormation has no tag '!Reff'; use one of its functions, such as !Ref or !Sub";
    expect(refused('a:\n  b: !Reff c')).toBe(`a.yaml:2:6: ${problem}`);
    expect(refused('a: [!Reff c]')).toContain(problem);
    expect(refused('a: !!binary aGk=')).toContain("no tag '!!binary'");
    expect(refused('a: !!python/object:os.system x')).toContain("no tag '!!python/object:os.system'");
  });

  test('the tags of YAML itself are read', () => {
    expect(parsed('a: !!str 1\nb: !!int "1"\nc: !!map {d: e}\nf: ! 1\n')).toEqual({ a: '1', b: 1, c: { d: 'e' }, f: '1' });
  });
});

describe('text without quotes', () => {
  test.each<[string, Json]>([
    ['2012-10-17', '2012-10-17'],
    ['2010-09-09T12:00:00Z', '2010-09-09T12:00:00Z'],
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['no', false],
    ['off', false],
    ['y', 'y'],
    ["'yes'", 'yes'],
    ['"off"', 'off'],
    ['~', null],
    ['null', null],
    ['', null],
    ['0', 0],
    ['-12', -12],
    ['1_000', 1000],
    ['0644', 420],
    ['0x1F', 31],
    ['0b101', 5],
    ['1:30', 90],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['123456789012', 123456789012],
    ['012345678901', '012345678901'],
    ['1.2.3', '1.2.3'],
    ['10.0.0.0/16', '10.0.0.0/16'],
    ['::/0', '::/0'],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/*'],
    ['*', '*'],
    ['.nan', '.nan'],
    ['nullable', 'nullable'],
    ['a # comment', 'a'],
    ['a#b', 'a#b'],
  ])('%s', (text, value) => {
    if (text === '*') expect(refused('a: *')).toContain('put text that begins with * or & in quotes');
    else expect(valueOfA(text)).toEqual(value);
  });

  test('keys stay as they are written', () => {
    expect(parsed('yes: 1\n0x1: 2\n2012-10-17: 3\n')).toEqual({ yes: 1, '0x1': 2, '2012-10-17': 3 });
  });
});

describe('aliases and merges, which tools that package templates resolve', () => {
  test('are followed', () => {
    const text = 'base: &base {a: 1, b: 2}\nc:\n  <<: *base\n  b: 3\nd: *base\ne: {<<: [*base, {f: 4}]}\n';
    expect(parsed(text)).toEqual({
      base: { a: 1, b: 2 },
      c: { a: 1, b: 3 },
      d: { a: 1, b: 2 },
      e: { a: 1, b: 2, f: 4 },
    });
  });

  test('an anchor that is set again counts from there on', () => {
    expect(parsed('- &a 1\n- *a\n- &a 2\n- *a\n')).toEqual([1, 1, 2, 2]);
  });

  test('that stand for too much are refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [inner, outer] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'])
      bomb.push(`${outer}: &${outer} [${`*${inner}, `.repeat(9)}*${inner}]`);
    expect(refused(bomb.join('\n'))).toContain('aliases stand for more than 100000 values; write out what they repeat');
  });

  test('that make no sense are refused', () => {
    expect(refused('a: &a [*a]')).toBe("a.yaml:1:8: the alias '*a' stands within its own value; write it out");
    expect(refused('a: *b')).toBe("a.yaml:1:4: no anchor '&b' stands before this alias; add one or write out the value");
    expect(refused('a: {<<: b}')).toContain("'<<' merges mappings only");
  });
});

describe('refused with one clear line', () => {
  test.each([
    ['a: 1\na: 2\n', "a.yaml:2:1: the key 'a' is given twice; keep one of them"],
    ['a: {b: 1, "b": 2}\n', "a.yaml:1:11: the key 'b' is given twice; keep one of them"],
    [
      'a: [1\n',
      'a.yaml:2:1: not valid YAML: deficient indentation; indent this line like its neighbours, and close what was opened',
    ],
    ['a: b: c\n', 'a.yaml:1:5: not valid YAML: bad indentation of a mapping entry;'],
    ['a: 1\n b: 2\n', 'a.yaml:2:3: not valid YAML'],
    ['a:\n\tb: 1\n', 'a.yaml:2:1: not valid YAML: tab characters must not be used in indentation; indent with spaces'],
    ['a: "b\n', 'a.yaml:2:1: not valid YAML: deficient indentation'],
    ['}', 'a.yaml:1:1: not valid YAML'],
    ['a: 1\n---\nb: 2\n', 'a.yaml:3:1: a second document begins here; a template is one document, so split the file'],
    ['? [a]\n: b\n', 'a.yaml:1:3: a key must be a text; put it in quotes'],
    [': b\n', "a.yaml:1:1: a key is missing before ':'; add one"],
  ])('%j', (text, message) => {
    expect(refused(text)).toContain(message);
  });

  test('deep nesting, in every form', () => {
    const deep = 'nested more than 100 levels deep; no template needs that, so make it flatter';
    expect(refused('['.repeat(100_000))).toContain(deep);
    expect(refused(`a: ${'{a: '.repeat(100_000)}`)).toContain(deep);
    expect(refused('- '.repeat(100_000))).toContain(deep);
    expect(refused('? '.repeat(100_000))).toContain(deep);
    expect(refused(Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'))).toContain(deep);
    expect(refused(`a: ${'!Base64 ['.repeat(1_000)}`)).toContain(deep);
  });

  test('100 levels are read', () => {
    const nested = (levels: number) => `a: ${'['.repeat(levels)}${']'.repeat(levels)}\n`;
    expect(parsed(nested(99))).toBeDefined();
    expect(refused(nested(100))).toContain('nested more than 100 levels deep');
    expect(refused(`x: &x y\n${nested(100)}`)).toContain('nested more than 100 levels deep');
  });

  test('the first of many errors ends the reading', () => {
    const start = Date.now();
    for (const text of ['}', 'a: !x\n', ': b\n', 'a:\na\n', '{,']) expect(refused(text.repeat(20_000))).toContain('a.yaml:');
    expect(Date.now() - start).toBeLessThan(10_000);
  });
});

describe('lines', () => {
  const text = [
    'Resources:', // 1
    '  A:', // 2
    '    Type: AWS::S3::Bucket', // 3
    '    Properties:', // 4
    '      Name: !Sub', // 5
    "        - '${x}'", // 6
    '        - x: !If [a, {b: 1}, c]', // 7
    '      Tags:', // 8
    '      - Key: a', // 9
    '        Value: |', // 10
    '          text', // 11
    '      - Key: b', // 12
  ].join('\n');

  test('of members', () => {
    const { lineOf } = parseYaml(`${text}\n`, 'a.yaml');
    expect(lineOf([])).toBe(1);
    expect(lineOf(['Resources', 'A'])).toBe(2);
    expect(lineOf(['Resources', 'A', 'Properties', 'Name'])).toBe(5);
    expect(lineOf(['Resources', 'A', 'Properties', 'Name', 'Fn::Sub', 0])).toBe(6);
    expect(lineOf(['Resources', 'A', 'Properties', 'Name', 'Fn::Sub', 1, 'x', 'Fn::If', 1, 'b'])).toBe(7);
    expect(lineOf(['Resources', 'A', 'Properties', 'Tags', 0, 'Value'])).toBe(10);
    expect(lineOf(['Resources', 'A', 'Properties', 'Tags', 1])).toBe(12);
    expect(lineOf(['Resources', 'A', 'Properties', 'Missing', 'Deeper'])).toBe(4);
    expect(lineOf(['Resources', 'A', 'constructor'])).toBe(2);
  });
});

test('keys that objects have by themselves are plain keys', () => {
  for (const text of [
    '__proto__:\n  a: 1\nconstructor: 2\n',
    '{__proto__: {a: 1}, constructor: 2}',
    '<<: {__proto__: 1, constructor: 2}',
  ]) {
    const value = parsed(text);
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  }
});

test('a mark of the byte order and line ends of Windows change nothing', () => {
  expect(parsed('a:\r\n  - |\r\n    b\r\n    c\r\n')).toEqual({ a: ['b\nc\n'] });
  expect(parsed('a: &x\r\n  - |\r\n    b\r\n    c\r\n')).toEqual({ a: ['b\nc\n'] });
});

test('property: a value reads the same as JSON and in every form of YAML', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }),
      fc.constantFrom('BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'),
      fc.constantFrom('block', 'flow', 'any'),
      fc.boolean(),
      (value, defaultStringType, collectionStyle, isFolded) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        const text = stringify(json, {
          version: '1.1',
          defaultStringType: defaultStringType as 'PLAIN',
          collectionStyle: collectionStyle as 'any',
          defaultKeyType: 'QUOTE_DOUBLE',
          lineWidth: isFolded ? 80 : 0,
        });
        fc.pre(canBeReadAgain(text, json));
        expect(parsed(text)).toEqual(json);
        expect(parsed(JSON.stringify(json))).toEqual(json);
      },
    ),
    { numRuns: 500 },
  );
});

/** The package that writes the YAML here does not write every blank text and every `<<` so that it can be read again. */
function canBeReadAgain(text: string, value: Json): boolean {
  try {
    return isDeepStrictEqual(parse(text, { version: '1.1' }), value);
  } catch {
    return false;
  }
}

const PIECES = [
  ...['a: ', 'b: ', '- ', 'k: v\n', 'x:\n', '- y\n', '\n', '\n  ', '\n    ', ' ', '  ', '\n\n', '\n# c\n', ' # c', '\r\n', '\t'],
  ...[
    ':',
    '-',
    '#',
    '|\n',
    '>\n',
    '|-\n  t\n',
    '>-\n  f\n  g\n',
    '|+',
    '|2',
    '? ',
    '---\n',
    '...',
    '%',
    '@',
    '`',
    '=',
    '~',
    ',',
    ', ',
  ],
  ...['!Sub ', '!Ref r', '!GetAtt a.b', '!If [c, d, e]', '!Base64\n', '!x ', '! ', '!!str ', '&n ', '*n', '<<: '],
  ...['"', "'", "''", '"q": ', "'s': 1\n", '\\', '\\n', '[', ']', '{', '}', '[]', '{}', '[f, g: h]', '{i: j, k: [l]}', '{m}'],
  ...[
    'yes',
    'null',
    '012',
    '1_0',
    '0x1f',
    '1e3',
    '.5',
    '1:30',
    '2012-10-17',
    '::/0',
    '-1',
    '*',
    'é',
    '\u2028',
    '\u00a0',
    '\uFEFF',
  ],
  ...['__proto__: 1\n', 'Fn::Sub: ', 'AWS::Region', 'http://h/p', 'a b', 'a:b', "it's", 'a#b', '${x}'],
];

describe('whatever the text, it is read or refused in one line', () => {
  const readOrRefused = (text: string) => {
    try {
      parseYaml(text, 'a.yaml').lineOf(['Resources', 'Role']);
      return true;
    } catch (error) {
      expect({ text, error }).toEqual({ text, error: expect.any(InputError) });
      expect((error as InputError).message).toMatch(/^a\.yaml:\d+:\d+: [^\n]+$/);
      return false;
    }
  };

  test('property: pieces of YAML in any order', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }), (pieces) => {
        read += Number(readOrRefused(pieces.join('')));
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test('property: a template with accidents', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', ...PIECES)), { maxLength: 3 }), (accidents) => {
        let text = TEMPLATE;
        for (const [place, removed, piece] of accidents) {
          const at = place % text.length;
          text = text.slice(0, at) + piece + text.slice(at + removed);
        }
        read += Number(readOrRefused(text));
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});

const TEMPLATE = `# A template in the usual styles.
AWSTemplateFormatVersion: 2010-09-09
Description: >-
  Two lines
  of text
Conditions: {IsProd: !Equals [!Ref Stage, 'prod']}
Mappings:
  Sizes: {small: {Memory: 1024}, 'large': {Memory: "2048"}}
Resources:
  Role:
    Type: 'AWS::IAM::Role'
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
        - Effect: Allow
          Action: ["sts:AssumeRole", sts:TagSession]
          Principal: {Service: !Sub 'ec2.\${AWS::URLSuffix}'} # of the partition
        -
          Effect: Deny
          Action: '*'
          Resource:
            - !Join ['', ['arn:', !Ref AWS::Partition, ':s3:::a']]
            - Fn::Sub:
                - 'it''s \${x}'
                - x: !GetAtt Bucket.Arn
  Instance:
    Type: AWS::EC2::Instance
    Condition: IsProd
    Properties:
      UserData: !Base64
        Fn::Sub: |
          #!/bin/bash -xe
            echo "\${AWS::Region}: on"

          exit 0
      Cidr: ::/0
      Empty:
      Nested:
      - - a
        - - b
      - {}
      - []
`;
