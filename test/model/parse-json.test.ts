import fc from 'fast-check';
import type { Json } from '../../src/model/json';
import { parseJson } from '../../src/model/parse-json';
import { refusal } from '../helpers/files';

const refused = (text: string) => refusal(() => parseJson(text, 'a.json'));

describe('strict JSON', () => {
  test.each([
    ['{"a": 1,}', 'a.json:1:9: not valid JSON: a key in double quotes is needed here; remove a trailing comma before it'],
    ['[1,,2]', 'a.json:1:4: not valid JSON: a value is needed here; remove a trailing comma before it'],
    ['{\n  "a": /* b */ 1}', 'a.json:2:8: not valid JSON: JSON has no comments; remove it'],
    ['{a: 1}', 'a.json:1:2: not valid JSON: this is no JSON value; put text in double quotes'],
    ['[1 2]', "a.json:1:4: not valid JSON: a ',' is needed here"],
    ['{"a" 1}', "a.json:1:6: not valid JSON: a ':' is needed here, between a key and its value"],
    ['{"a": 1', "a.json:1:8: not valid JSON: a '}' is needed here; the file may be cut off"],
    ['{"a": [1', "a.json:1:9: not valid JSON: a ']' is needed here; the file may be cut off"],
    ['["a', 'a.json:1:2: not valid JSON: a text is not closed; add the missing double quote'],
    ['["\\x"]', "a.json:1:2: not valid JSON: this is no escape that JSON knows; write '\\\\' for a backslash"],
    ['["\\u12"]', "a.json:1:2: not valid JSON: '\\u' needs four hexadecimal digits"],
    ['["\t"]', 'a.json:1:2: not valid JSON: a control character must be escaped'],
    ['{}}', 'a.json:1:3: not valid JSON: the file goes on behind its end; remove what follows'],
    ['[NaN]', 'a.json:1:2: not valid JSON: this is no JSON value; put text in double quotes'],
  ])('%j is refused', (text, message) => {
    expect(refused(text)).toBe(message);
  });

  test('a key that is given twice is refused, however it is written', () => {
    expect(refused('{"a": 1,\n "a": 2}')).toBe("a.json:2:2: the key 'a' is given twice; keep one of them");
    expect(refused('{"x": [{"a": 1, "\\u0061": 2}]}')).toBe("a.json:1:17: the key 'a' is given twice; keep one of them");
    expect(refused('{"__proto__": 1, "__proto__": 2}')).toContain("'__proto__' is given twice");
  });

  test('the same key in different mappings, and a text equal to a key, are no repetition', () => {
    const text = '{"a": {"a": "a", "b": ["a", {"a": 1}, {"a": 2}]}, "b": "a"}';
    expect(parseJson(text, 'a.json').value).toEqual(JSON.parse(text));
  });

  test('100 levels are read, more are refused at once', () => {
    expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`, 'a.json').value).toHaveLength(1);
    expect(refused(`${'['.repeat(101)}${']'.repeat(101)}`)).toBe(
      'a.json:1:101: nested more than 100 levels deep; no template needs that, so make it flatter',
    );
    expect(refused('['.repeat(100_000))).toContain('nested more than 100 levels deep');
    expect(refused('{"a":'.repeat(100_000))).toContain('nested more than 100 levels deep');
  });

  test('brackets within texts are no nesting', () => {
    const text = JSON.stringify({ a: '['.repeat(1_000), b: '\\"{'.repeat(1_000) });
    expect(parseJson(text, 'a.json').value).toEqual(JSON.parse(text));
  });

  test('the first of many errors ends the reading', () => {
    const start = Date.now();
    expect(refused(`{${'tru'.repeat(1_000_000)}`)).toContain('a.json:1:2');
    expect(Date.now() - start).toBeLessThan(3_000);
  });

  test('keys that objects have by themselves are plain keys', () => {
    const { value } = parseJson('{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}', 'a.json');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test('property: whatever JSON.parse reads is read the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseJson(text, 'a.json').value).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('lines', () => {
  const text = [
    '{', // 1
    '  "Resources": {', // 2
    '    "Bucket\\u0041": { "Type": "AWS::S3::Bucket",', // 3
    '      "Properties":', // 4
    '        { "Tags": [ {"Key": "a"},', // 5
    '          {"Key": "}]\\"",', // 6
    '           "Value": 1 } ] }', // 7
    '    }', // 8
    '  }', // 9
    '}', // 10
  ].join('\n');
  const { lineOf } = parseJson(text, 'a.json');

  test.each<[line: number, path: (string | number)[]]>([
    [1, []],
    [2, ['Resources']],
    [3, ['Resources', 'BucketA']],
    [3, ['Resources', 'BucketA', 'Type']],
    [4, ['Resources', 'BucketA', 'Properties']],
    [5, ['Resources', 'BucketA', 'Properties', 'Tags', 0, 'Key']],
    [6, ['Resources', 'BucketA', 'Properties', 'Tags', 1]],
    [7, ['Resources', 'BucketA', 'Properties', 'Tags', 1, 'Value']],
  ])('line %d', (line, path) => {
    expect(lineOf(path)).toBe(line);
  });

  test('what is not there has the line of what is around it', () => {
    expect(lineOf(['Resources', 'BucketA', 'Properties', 'Missing', 'Deeper'])).toBe(4);
    expect(lineOf(['Resources', 'BucketA', 'Type', 'x'])).toBe(3);
    expect(lineOf(['Nothing'])).toBe(1);
  });

  test('property: the line of every member is found, in whatever form the text is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const pretty = JSON.stringify(value, undefined, 1);
        const found = parseJson(pretty, 'a.json').lineOf;
        const lines = pretty.split('\n');
        const visit = (node: Json, path: (string | number)[]): void => {
          if (typeof node !== 'object' || node === null) return;
          for (const key of Object.keys(node)) {
            const line = lines[found([...path, key])! - 1];
            if (!Array.isArray(node)) expect(line.trimStart().startsWith(`${JSON.stringify(key)}: `)).toBe(true);
            visit((node as Record<string, Json>)[key], [...path, key]);
          }
        };
        visit(JSON.parse(pretty), []);
      }),
    );
  });
});
