import type { Json, JsonObject } from '../../src/model/json';
import type { Observation } from '../../src/model/observation';
import type { Value } from '../../src/model/value';
import { ORIGIN, resourceIn, templateOf } from '../helpers/model';

const BODY = {
  Parameters: {
    Open: { Type: 'String' },
    Full: { Type: 'String', MinLength: 1 },
    Ports: { Type: 'CommaDelimitedList', Default: '80,443' },
  },
};
const NOTHING = { Ref: 'AWS::NoValue' };
const OPEN = { Ref: 'Open' };
const FULL = { Ref: 'Full' };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };

function properties(Properties: object): Value {
  const Resources = { Thing: { Type: 'AWS::S3::Bucket', Properties }, Key: { Type: 'AWS::KMS::Key' } };
  return resourceIn(templateOf({ ...BODY, Resources }), 'Thing').properties;
}

const value = (raw: Json | undefined) => properties(raw === undefined ? {} : { P: raw }).at('P');
const kinds = (observations: Observation[]) => observations.map(({ kind }) => kind).join();

describe('at', () => {
  const tree = properties({
    A: { B: [{ C: 'x' }, { 'Fn::If': ['No', {}, { C: OPEN }] }], '': 'empty', 'x.y': 'dotted' },
    Gone: NOTHING,
    Open: OPEN,
    Text: 'abc',
    Ref: KEY,
    constructor: { prototype: 'own' },
  });
  test.each<[string, unknown]>([
    ['A.B.0.C', 'x'],
    ['A.B.2.C', 'absent'],
    ['A.B.-1', 'absent'],
    ['A.B.length', 'absent'],
    ['A.B.', 'absent'],
    ['A.B.1e0', 'absent'],
    ['A.', 'empty'],
    ['A.toString', 'absent'],
    ['__proto__', 'absent'],
    ['constructor.prototype', 'own'],
    ['Text.length', 'absent'],
    ['Text.0', 'absent'],
    ['Gone', 'absent'],
    ['Gone.Deeper', 'absent'],
    ['Nowhere.At.All', 'absent'],
    ['Open.Deeper.Still', 'unknown'],
    ['Ref.Deeper', 'unknown'],
  ])('%s', (path, expected) => {
    const found = tree.at(path);
    expect(found.isAbsent ? 'absent' : found.isUnknown ? 'unknown' : found.string).toBe(expected);
    expect(found.path).toBe(`Properties.${path}`);
    expect(tree.at(path)).toBe(found);
  });

  test('says why a part of something unknown is unknown', () => {
    expect(tree.at('Open.Deeper').undetermined('x').kind).toBe('undetermined');
    expect(tree.at('Ref.Deeper').mustBe('x')[0]).toMatchObject({
      problem: 'Ref.Deeper cannot be known before deployment: it is part of ${Key.Arn}',
    });
  });
});

describe('all', () => {
  test('follows every member of a list', () => {
    const tree = properties({ Rules: [{ To: ['a', 'b'] }, { To: 'c' }, NOTHING, {}, { To: OPEN }] });
    expect(tree.all('Rules.*.To').map(({ text }) => text)).toEqual(['["a","b"]', 'c', '', '${Open}']);
    expect(tree.all('Rules.*.To.*').map(({ text }) => text)).toEqual(['a', 'b', 'c', '${Open}']);
    expect(tree.all('Other.*.To')).toEqual([]);
    expect(tree.all('Rules.1.To').map(({ text }) => text)).toEqual(['c']);
  });
});

describe('items', () => {
  test.each<[string, Json | undefined, string[]]>([
    ['nothing', undefined, []],
    ['AWS::NoValue', NOTHING, []],
    ['a list', ['a', 1, null, NOTHING, 'b'], ['P.0 a', 'P.1 1', 'P.4 b']],
    ['an empty list', [], []],
    ['a text', 'a', ['P a']],
    ['a list parameter', { Ref: 'Ports' }, ['P.0 80', 'P.1 443']],
    ['something unknown', OPEN, ['P ${Open}']],
    ['a reference', KEY, ['P ${Key.Arn}']],
  ])('%s', (_, raw, expected) => {
    expect(
      value(raw)
        .items()
        .map(({ path, text }) => `${path.replace('Properties.', '')} ${text}`),
    ).toEqual(expected);
  });

  test('can be sorted by who asks without harm', () => {
    const list = value(['b', 'a']);
    list.items().reverse();
    expect(list.items().map(({ text }) => text)).toEqual(['b', 'a']);
  });
});

describe('entries', () => {
  test.each<[string, Json | undefined, string[]]>([
    ['nothing', undefined, []],
    ['a mapping', { b: 1, 'a.c': 'x', gone: NOTHING }, ['b 1', 'a.c x']],
    ['a list', ['a'], []],
    ['something unknown', OPEN, []],
  ])('%s', (_, raw, expected) => {
    expect(
      value(raw)
        .entries()
        .map(([key, member]) => `${key} ${member.text}`),
    ).toEqual(expected);
  });
});

describe('pick', () => {
  const picked = (list: Json | undefined, key: string | number = 'idle') => {
    const found = value(list).pick('Key', key);
    return found.isAbsent ? 'absent' : found.isUnknown ? 'unknown' : found.at('Value').text;
  };
  const idle = { Key: 'idle', Value: '60' };
  test.each<[string, Json | undefined, string]>([
    ['nothing', undefined, 'absent'],
    ['an empty list', [], 'absent'],
    ['another key', [{ Key: 'other', Value: 1 }], 'absent'],
    ['the key', [{ Key: 'other' }, idle], '60'],
    ['the key behind one that is not known', [{ Key: OPEN }, idle], '60'],
    ['a key that is not known', [{ Key: 'other' }, { Key: OPEN }], 'unknown'],
    ['a member that is not known', [{ Key: 'other' }, OPEN], 'unknown'],
    ['a list that is not known', OPEN, 'unknown'],
    ['a member that is nothing', [NOTHING], 'absent'],
    ['a mapping', idle, '60'],
  ])('from %s', (_, list, expected) => expect(picked(list)).toBe(expected));
  test('compares as CloudFormation does', () => expect(picked([{ Key: '7', Value: 'x' }], 7)).toBe('x'));
});

describe('reading', () => {
  const read = (raw: Json | undefined) => {
    const { boolean, number, string, scalar, text, isAbsent, isKnown, isUnknown } = value(raw);
    return {
      boolean,
      number,
      string,
      scalar,
      text,
      is: [isAbsent && 'absent', isKnown && 'known', isUnknown && 'unknown'].find(Boolean),
    };
  };
  const none = { boolean: undefined, number: undefined, string: undefined, scalar: undefined };
  test.each<[Json | undefined, object]>([
    [undefined, { ...none, text: '', is: 'absent' }],
    [null, { ...none, text: '', is: 'absent' }],
    [NOTHING, { ...none, text: '', is: 'absent' }],
    ['', { ...none, string: '', scalar: '', text: '', is: 'known' }],
    [true, { ...none, boolean: true, string: 'true', scalar: true, text: 'true', is: 'known' }],
    ['False', { ...none, boolean: false, string: 'False', scalar: 'False', text: 'False', is: 'known' }],
    [0, { ...none, number: 0, string: '0', scalar: 0, text: '0', is: 'known' }],
    ['7', { ...none, number: 7, string: '7', scalar: '7', text: '7', is: 'known' }],
    [' -1.5e2 ', { ...none, number: -150, string: ' -1.5e2 ', scalar: ' -1.5e2 ', text: ' -1.5e2 ', is: 'known' }],
    [['a'], { ...none, text: '["a"]', is: 'known' }],
    [{ a: 1 }, { ...none, text: '{"a":1}', is: 'known' }],
    [OPEN, { ...none, text: '${Open}', is: 'unknown' }],
    [KEY, { ...none, text: '${Key.Arn}', is: 'unknown' }],
  ])('%j', (raw, expected) => expect(read(raw)).toEqual(expected));

  test.each(['', ' ', 'x', '0x10', 'Infinity', 'NaN', '1_000', '.', 'e5', '1,5'])("'%s' is no number", (text) => {
    expect(value(text).number).toBeUndefined();
  });
});

describe('found', () => {
  test.each<[Json | undefined, string]>([
    [undefined, 'nothing'],
    ['a', "'a'"],
    [7, '7'],
    [{ a: 1 }, '{"a":1}'],
    [KEY, '${Key.Arn}'],
    [OPEN, '${Open}'],
    [{ 'Fn::GetAZs': '' }, 'availability zones are known only at deployment'],
    ['x'.repeat(500), `'${'x'.repeat(116)}…`],
    [{ 'Fn::Join': ['', ['x'.repeat(500), OPEN]] }, `${'x'.repeat(117)}…`],
  ])('%j', (raw, expected) => expect(value(raw).found).toBe(expected));
});

describe('expectations', () => {
  type Row = [what: string, raw: Json | undefined, mustBe: string, mustBeSet: string, mustNotBeSet: string];
  test.each<Row>([
    ['nothing', undefined, 'fail', 'fail', ''],
    ['null', null, 'fail', 'fail', ''],
    ['AWS::NoValue', NOTHING, 'fail', 'fail', ''],
    ['what is expected', 'on', '', '', 'fail'],
    ['something else', 'off', 'fail', '', 'fail'],
    ['an empty text', '', 'fail', 'fail', ''],
    ['an empty list', [], 'fail', 'fail', ''],
    ['an empty mapping', {}, 'fail', 'fail', ''],
    ['a list of nothing', [NOTHING, null], 'fail', 'fail', ''],
    ['a mapping of nothing', { a: NOTHING }, 'fail', 'fail', ''],
    ['a list', ['on'], 'fail', '', 'fail'],
    ['a list of something unknown', [OPEN], 'fail', '', 'fail'],
    ['a mapping', { on: 'on' }, 'fail', '', 'fail'],
    ['false', false, 'fail', '', 'fail'],
    ['zero', 0, 'fail', '', 'fail'],
    ['a parameter', OPEN, 'undetermined', 'undetermined', 'undetermined'],
    ['a parameter that is not empty', FULL, 'undetermined', '', 'fail'],
    ['an attribute', KEY, 'undetermined', '', 'fail'],
    ['a text with a parameter', { 'Fn::Sub': 'o${Open}' }, 'undetermined', '', 'fail'],
    ['a text of a parameter', { 'Fn::Sub': '${Open}' }, 'undetermined', 'undetermined', 'undetermined'],
    ['a dynamic reference', '{{resolve:ssm:x}}', 'undetermined', '', 'fail'],
    ['an import', { 'Fn::ImportValue': 'x' }, 'undetermined', '', 'fail'],
    ['a malformed function', { 'Fn::Join': 'x' }, 'undetermined', 'undetermined', 'undetermined'],
  ])('of %s', (_, raw, mustBe, mustBeSet, mustNotBeSet) => {
    expect(kinds(value(raw).mustBe('on'))).toBe(mustBe);
    expect(kinds(value(raw).mustBeSet())).toBe(mustBeSet);
    expect(kinds(value(raw).mustNotBeSet())).toBe(mustNotBeSet);
    expect(kinds(value(raw).must('anything', () => true))).toBe(
      raw === undefined || raw === null || raw === NOTHING ? 'fail' : value(raw).isUnknown ? 'undetermined' : '',
    );
    expect(kinds(value(raw).must('nothing', () => false))).toBe(value(raw).isUnknown ? 'undetermined' : 'fail');
  });

  test.each<[Json | undefined, Parameters<Value['mustBe']>[0], string]>([
    [true, true, ''],
    ['true', true, ''],
    ['TRUE', true, ''],
    [1, true, 'fail'],
    [false, true, 'fail'],
    [true, 'true', ''],
    [7, '7', ''],
    ['7', 7, ''],
    ['7.0', 7, ''],
    ['7 days', 7, 'fail'],
    ['b', ['a', 'b'], ''],
    ['c', ['a', 'b'], 'fail'],
    ['a', [], 'fail'],
    ['constructor', 'a', 'fail'],
  ])('%j must be %j', (raw, expected, kind) => expect(kinds(value(raw).mustBe(expected))).toBe(kind));

  test.each<[Json | undefined, string]>([
    [7, ''],
    [8, ''],
    ['7', ''],
    [6.9, 'fail'],
    ['x', 'fail'],
    ['Infinity', 'fail'],
    ['', 'fail'],
    [true, 'fail'],
    [[7], 'fail'],
    [undefined, 'fail'],
    [OPEN, 'undetermined'],
  ])('%j must be at least 7', (raw, kind) => expect(kinds(value(raw).mustBeAtLeast(7))).toBe(kind));

  test('say what is wrong, where, and what was expected', () => {
    expect(value('off').mustBe(['on', true])).toMatchObject([
      { kind: 'fail', path: 'Properties.P', problem: "P is 'off'", found: "'off'", expected: "'on' or true" },
    ]);
    expect(value(undefined).mustBe('on')).toMatchObject([{ problem: 'P is not set', found: 'nothing' }]);
    expect(value('off').mustBe('on', { problem: 'it is off' })).toMatchObject([{ problem: 'it is off' }]);
    expect(value(KEY).mustBe('on')).toMatchObject([
      { kind: 'undetermined', problem: 'P cannot be known before deployment: it is taken from ${Key.Arn}', found: '${Key.Arn}' },
    ]);
    expect(value(OPEN).mustBe('on')).toMatchObject([
      { problem: "P cannot be known before deployment: parameter 'Open' is set at deployment" },
    ]);
  });

  test('accept nothing when there is a reason', () => {
    expect(value(undefined).mustBe('on', { absent: 'S3 does so by itself' })).toMatchObject([
      { kind: 'note', path: 'Properties.P', text: 'S3 does so by itself' },
    ]);
    expect(value(NOTHING).mustBe('on', { absent: '' })).toEqual([]);
    expect(kinds(value('off').mustBe('on', { absent: 'S3 does so by itself' }))).toBe('fail');
    expect(kinds(value(OPEN).mustBe('on', { absent: 'S3 does so by itself' }))).toBe('undetermined');
  });
});

describe('the order of keys makes no difference', () => {
  const property = { A: { 'Fn::If': ['C', 'x', 'y'] }, B: { Ref: 'Env' }, D: [{ K: 'k', V: { 'Fn::Sub': '${Env}!' } }] };
  const reversed = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(reversed);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .reverse()
        .map(([key, member]) => [key, reversed(member)]),
    ) as JsonObject;
  };
  test.each(['A', 'B', 'D.0.V', 'D.0.K'])('%s', (path) => {
    const body = (P: Json) =>
      templateOf({
        Parameters: { Env: { Type: 'String', Default: 'dev' } },
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'Env' }, 'dev'] } },
        Resources: { Thing: { Type: 'T', Properties: { P } } },
      });
    const [one, other] = [body(property), body(reversed(property))].map((template) => resourceIn(template, 'Thing').at('P'));
    expect(one.at(path).text).toBe(other.at(path).text);
  });
});

describe('pointsTo', () => {
  const points = (raw: Json, BucketName?: Json, type = 'AWS::S3::Bucket', name = 'BucketName') => {
    const Resources = {
      Target: { Type: type, Properties: BucketName === undefined ? {} : { [name]: BucketName } },
      Other: { Type: type, Properties: { [name]: 'other' } },
      Thing: { Type: 'T', Properties: { P: raw } },
    };
    const template = templateOf({ ...BODY, Resources }, ORIGIN);
    const thing = resourceIn(template, 'Thing');
    return thing.at('P').pointsTo(thing.view(template.resources.get('Target')!));
  };
  test.each<[string, Json, Json | undefined, boolean]>([
    ['a reference', { Ref: 'Target' }, undefined, true],
    ['an attribute', { 'Fn::GetAtt': ['Target', 'Arn'] }, undefined, true],
    ['a text with an attribute', { 'Fn::Sub': '${Target.Arn}/*' }, undefined, true],
    ['an attribute of another', { 'Fn::GetAtt': ['Other', 'Arn'] }, 'logs', false],
    ['a name where there is none', 'logs', undefined, false],
    ['the name', 'logs', 'logs', true],
    ['another name', 'logs2', 'logs', false],
    ['the end of a name', 'my-logs', 'logs', false],
    ['the ARN', 'arn:aws:s3:::logs', 'logs', true],
    ['the ARN of another partition', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::logs' }, 'logs', true],
    ['the ARN of an object with the name', 'arn:aws:s3:::other/logs', 'logs', false],
    ['a path that ends with the name', 'other/logs', 'logs', false],
    ['the ARN of another service', 'arn:aws:sqs:eu-west-1:111122223333:logs', 'logs', false],
    ['the same parameter', { Ref: 'Full' }, { Ref: 'Full' }, true],
    ['the same text with a parameter', { 'Fn::Join': ['-', ['a', OPEN]] }, { 'Fn::Sub': 'a-${Open}' }, true],
    ['another text with a parameter', { 'Fn::Join': ['-', ['b', OPEN]] }, { 'Fn::Sub': 'a-${Open}' }, false],
    ['another parameter', { Ref: 'Full' }, OPEN, false],
    ['something unknown, and the name as well', { 'Fn::GetAZs': '' }, { 'Fn::GetAZs': '' }, false],
    ['an empty name', '', '', false],
    ['nothing', NOTHING, 'logs', false],
    ['a list', ['logs'], 'logs', false],
    ['an empty list', [], '[]', false],
  ])('%s', (_, raw, name, expected) => expect(points(raw, name)).toBe(expected));

  const queue = (raw: Json) => points(raw, 'jobs', 'AWS::SQS::Queue', 'QueueName');
  test.each<[Json, boolean]>([
    ['jobs', true],
    ['arn:aws:sqs:eu-west-1:111122223333:jobs', true],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:jobs' }, true],
    [{ 'Fn::Sub': 'arn:aws:sqs:${Open}:111122223333:jobs' }, false],
    ['arn:aws:sqs:us-east-1:111122223333:jobs', false],
    ['arn:aws:sqs:eu-west-1:444455556666:jobs', false],
    ['arn:aws:sns:eu-west-1:111122223333:jobs', false],
    ['https://sqs.eu-west-1.amazonaws.com/111122223333/jobs', true],
    ['more-jobs', false],
  ])('%j to a queue', (raw, expected) => expect(queue(raw)).toBe(expected));

  test('the ARN of a log group ends with a wildcard', () => {
    const arn = 'arn:aws:logs:eu-west-1:111122223333:log-group:/app/web:*';
    expect(points(arn, '/app/web', 'AWS::Logs::LogGroup', 'LogGroupName')).toBe(true);
    expect(points(arn, 'web', 'AWS::Logs::LogGroup', 'LogGroupName')).toBe(false);
  });

  test.each<[string, string, string, string, boolean]>([
    ['AWS::IAM::Role', 'RoleName', 'App', 'arn:aws:iam::111122223333:role/team/App', true],
    ['AWS::IAM::Role', 'RoleName', 'App', 'arn:aws:iam::444455556666:role/App', false],
    ['AWS::DynamoDB::Table', 'TableName', 'orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', true],
    ['AWS::DynamoDB::Table', 'TableName', 'orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/a/index/orders', false],
    ['AWS::Lambda::Function', 'FunctionName', 'web', '111122223333:function:web', true],
    ['AWS::Lambda::Function', 'FunctionName', 'web', 'arn:aws:lambda:eu-west-1:111122223333:function:web', true],
    ['AWS::StepFunctions::StateMachine', 'StateMachineName', 'm', 'arn:aws:states:eu-west-1:111122223333:stateMachine:m', true],
    ['AWS::S3::Bucket', 'BucketName', 'logs', 's3://logs', true],
    ['AWS::S3::Bucket', 'BucketName', 'logs', 's3://other/logs', false],
    ['constructor', 'Name', 'x', 'x', false],
  ])('%s by %s %s: %s', (type, property, name, text, expected) => expect(points(text, name, type, property)).toBe(expected));
});

test('a value that is read anew is read in the same scenario', () => {
  const text = value({ 'Fn::Sub': '{"a":"${Open}"}' });
  expect(text.reread({ a: { 'Fn::Sub': '${Open}' } }).at('a').text).toBe('${Open}');
  expect(text.reread({ a: 'b' }).at('a').path).toBe('Properties.P.a');
});
