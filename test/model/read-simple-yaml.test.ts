import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { InputError } from '../../src/model/errors';
import type { Json } from '../../src/model/json';
import { readSimpleYaml } from '../../src/model/read-simple-yaml';
import { readYaml } from '../../src/model/read-yaml';
import type { MemberLines } from '../../src/model/yaml-values';
import { describeWithFixtures, FIXTURES } from '../helpers/fixtures';

/** Either reading of a text, or the word that it was refused. */
function thorough(text: string): Json | 'refused' {
  try {
    return readYaml(text, 'a.yaml');
  } catch (error) {
    if (error instanceof InputError) return 'refused';
    throw error;
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

describe('reading line by line never differs from reading all of YAML', () => {
  test('property: pieces of YAML in any order', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const simple = readSimpleYaml(text);
        if (simple === undefined) return;
        read++;
        expect({ text, value: simple }).toEqual({ text, value: thorough(text) });
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test('property: templates with an accident', () => {
    const lines = TEMPLATE.split('\n');
    let read = 0;
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(12),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', ...PIECES)), { maxLength: 3 }),
        (from, count, accidents) => {
          let text = `${lines.slice(from, from + count + 1).join('\n')}\n`;
          for (const [place, removed, piece] of accidents) {
            const at = place % text.length;
            text = text.slice(0, at) + piece + text.slice(at + removed);
          }
          const simple = readSimpleYaml(text);
          if (simple === undefined) return;
          read++;
          expect({ text, value: simple }).toEqual({ text, value: thorough(text) });
        },
      ),
      { numRuns: 5_000 },
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

describeWithFixtures('templates of others', () => {
  const folder = join(FIXTURES, 'real-templates');
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

  test.each(names)('%s is read line by line, with the same values and lines', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const simpleLines: MemberLines = new Map();
    const lines: MemberLines = new Map();
    const simple = readSimpleYaml(text, simpleLines);
    const value = readYaml(text, name, lines);
    expect(simple).toEqual(value);
    expect(linesOfKeys(simple!, simpleLines)).toEqual(linesOfKeys(value, lines));
  });
});

function linesOfKeys(node: Json, lines: MemberLines): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return Object.entries(node).map(([key, value]) => [
    key,
    Array.isArray(node) ? undefined : lines.get(node)?.get(key),
    linesOfKeys(value, lines),
  ]);
}
