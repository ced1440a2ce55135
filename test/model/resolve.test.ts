import type { Json } from '../../src/model/json';
import { mentions, textOf } from '../../src/model/resolve';
import { templateOf as assembled, everywhere, everywhereIn, nested, ORIGIN, resolved, short, stack } from '../helpers/model';

const BODY = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Open: { Type: 'String' },
    Ports: { Type: 'CommaDelimitedList', Default: '80, 443' },
    Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>' },
    One: { Type: 'Number', Default: 1 },
  },
  Mappings: {
    Size: { dev: { Disk: 20, Zones: ['a', 'b'] }, prod: { Disk: '100' } },
    Broken: { a: { b: { Ref: 'Stage' } } },
  },
  Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Equals': ['a', 'b'] } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Key: { Type: 'AWS::KMS::Key' }, Zone: { Type: 'AWS::Route53::HostedZone' } },
};

const one = (value: Json | undefined, origin: Parameters<typeof resolved>[2] = ORIGIN) => short(resolved(value, BODY, origin));

describe('plain values', () => {
  test.each<[string, Json | undefined, unknown]>([
    ['text', 'a', 'a'],
    ['empty text', '', ''],
    ['number', 7, 7],
    ['false', false, false],
    ['null', null, 'absent'],
    ['nothing', undefined, 'absent'],
    ['list', [1, { Ref: 'Stage' }], [1, { Ref: 'Stage' }]],
    ['mapping', { a: 1 }, { a: 1 }],
    ['mapping with a key like a function among others', { Ref: 'Stage', Other: 1 }, { Ref: 'Stage', Other: 1 }],
  ])('%s', (_, value, expected) => expect(one(value)).toEqual(expected));
});

describe('Ref', () => {
  test.each<[string, string, unknown]>([
    ['a parameter with a default', 'Stage', 'dev'],
    ['a parameter without one', 'Open', 'unknown: ${Open}'],
    ['a list', 'Ports', ['80', '443']],
    ['a number', 'One', 1],
    ['a resource', 'Bucket', '${Bucket}'],
    ['nothing', 'AWS::NoValue', 'absent'],
    ['what the template does not define', 'Other', "unknown: the template does not define 'Other'"],
    ['the account', 'AWS::AccountId', '111122223333'],
    ['the Region', 'AWS::Region', 'eu-west-1'],
    ['the partition', 'AWS::Partition', 'aws'],
    ['the suffix of addresses', 'AWS::URLSuffix', 'amazonaws.com'],
    ['the stack', 'AWS::StackName', 'Shop'],
    ['the id of the stack', 'AWS::StackId', 'unknown: ${AWS::StackId}'],
    ['a pseudo parameter that there is not', 'AWS::Tomorrow', 'unknown: ${AWS::Tomorrow}'],
  ])('%s', (_, name, expected) => expect(one({ Ref: name })).toEqual(expected));

  test.each(['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix', 'AWS::StackName'])(
    '%s is unknown and not empty when the place is not known',
    (name) => expect(resolved({ Ref: name }, BODY, {})).toMatchObject({ kind: 'unknown', nonEmpty: true, text: `\${${name}}` }),
  );

  test('a stack may have no topics for notifications', () => {
    expect(resolved({ Ref: 'AWS::NotificationARNs' })).toMatchObject({ kind: 'unknown', nonEmpty: false });
  });

  test.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['us-east-1', 'aws', 'amazonaws.com'],
  ])('%s is in the partition %s', (region, partition, suffix) => {
    expect(one({ 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' }, { region })).toBe(`${partition} ${suffix}`);
  });

  test.each<Json>([null, 1, ['Stage'], { Ref: 'Stage' }])('is unknown when it names nothing: %j', (argument) => {
    expect(one({ Ref: argument })).toBe("unknown: 'Ref' without a name");
  });
});

describe('Fn::GetAtt', () => {
  test.each<[string, Json, unknown]>([
    ['a list', ['Bucket', 'Arn'], '${Bucket.Arn}'],
    ['a text', 'Bucket.Arn', '${Bucket.Arn}'],
    ['an attribute with dots', ['Bucket', 'Outputs.Arn'], '${Bucket.Outputs.Arn}'],
    ['an attribute in parts', ['Bucket', 'Outputs', 'Arn'], '${Bucket.Outputs.Arn}'],
    ['an attribute from a parameter', ['Bucket', { Ref: 'Stage' }], '${Bucket.dev}'],
    ['no attribute', ['Bucket'], "unknown: 'Fn::GetAtt' without a resource and an attribute"],
    ['a text without attribute', 'Bucket', "unknown: 'Fn::GetAtt' without a resource and an attribute"],
    ['no such resource', ['Other', 'Arn'], "unknown: the template does not define 'Other'"],
    ['a mapping', { a: 1 }, "unknown: 'Fn::GetAtt' without a resource and an attribute"],
    ['a resource that is no text', [{ Ref: 'Stage' }, 'Arn'], "unknown: 'Fn::GetAtt' without a resource and an attribute"],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::GetAtt': argument })).toEqual(expected));

  test('an attribute that is not known still mentions the resource', () => {
    const value = resolved({ 'Fn::GetAtt': ['Bucket', { Ref: 'Open' }] }, BODY);
    expect(value.kind).toBe('unknown');
    expect(mentions(value).map(({ logicalId }) => logicalId)).toEqual(['Bucket']);
  });
});

describe('Fn::Sub', () => {
  test.each<[string, Json, unknown]>([
    ['nothing to substitute', 'plain', 'plain'],
    ['a parameter', 'a-${Stage}-b', 'a-dev-b'],
    ['a number', '${One}', '1'],
    ['a pseudo parameter', 'arn:${AWS::Partition}:s3:::x', 'arn:aws:s3:::x'],
    ['blanks', '${ Stage }', 'dev'],
    ['a resource', '${Bucket}/*', 'unknown: ${Bucket}/*'],
    ['an attribute', '${Bucket.Arn}/*', 'unknown: ${Bucket.Arn}/*'],
    ['a parameter that is not known', 'x-${Open}', 'unknown: x-${Open}'],
    ['an escape', '${!aws:username}-${Stage}', '${aws:username}-dev'],
    ['a variable', ['${A}${A}', { A: { 'Fn::Join': ['', ['x', { Ref: 'Stage' }]] } }], 'xdevxdev'],
    ['a variable with the name of a parameter', ['${Stage}', { Stage: 'mine' }], 'mine'],
    ['a variable with a dot', ['${A.B}', { 'A.B': 'x' }], 'x'],
    ['a list of one', ['${Stage}'], 'dev'],
    ['a name that the template does not define', '${Other}', 'unknown: ${Other}'],
    ['a list in a text', 'x${Ports}', 'unknown: x${?}'],
    ['nothing in a text', 'x${AWS::NoValue}', 'unknown: x${?}'],
    ['a variable that is a mapping', ['${A}', { A: { a: 1 } }], 'unknown: ${?}'],
    ['an unclosed placeholder', 'x-${Stage', 'x-${Stage'],
    ['a dynamic reference', '{{resolve:ssm:/${Stage}/password}}', 'unknown: ${resolve ssm:/dev/password}'],
    [
      'a dynamic reference to a resource',
      '{{resolve:secretsmanager:${Key}:SecretString:pw}}',
      'unknown: ${resolve secretsmanager:Key:SecretString:pw}',
    ],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::Sub': argument })).toEqual(expected));

  test.each<Json>([null, 1, {}, [], [1], ['x', 'y'], ['x', {}, {}], ['x', []]])('is unknown when malformed: %j', (argument) => {
    expect(one({ 'Fn::Sub': argument })).toBe("unknown: 'Fn::Sub' without a text, or with variables that are no mapping");
  });

  test('mentions each resource once', () => {
    const value = resolved({ 'Fn::Sub': '${Bucket} ${Bucket.Arn} ${Key}' }, BODY);
    expect(mentions(value).map(({ logicalId }) => logicalId)).toEqual(['Bucket', 'Key']);
  });
});

describe('Fn::Join', () => {
  test.each<[string, Json, unknown]>([
    ['texts', ['-', ['a', { Ref: 'Stage' }, 1, true]], 'a-dev-1-true'],
    ['a list parameter', ['-', { Ref: 'Ports' }], '80-443'],
    ['nothing', ['-', []], ''],
    ['members that are nothing', ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']], 'a-b'],
    ['a part that is not known', [':', ['a', { Ref: 'Open' }]], 'unknown: a:${Open}'],
    ['an attribute that is a list', [',', { 'Fn::GetAtt': ['Zone', 'NameServers'] }], 'unknown: ${Zone.NameServers}'],
    ['a list in a list', [',', [{ Ref: 'Ports' }]], 'unknown: ${?}'],
    ['a dynamic reference in parts', ['', ['{{resolve:', 'ssm:x}}']], 'unknown: ${resolve ssm:x}'],
    ['no list', [',', 'text'], 'unknown: a list is needed here'],
    ['a list that is not known', [',', { Ref: 'Zones' }], 'unknown: ${Zones}'],
    ['a cut', ['/', { 'Fn::Split': [':', 'a:b'] }], 'a/b'],
    ['a cut of what is partly known', ['/', { 'Fn::Split': [':', 'a:${Open}'] }], 'a/${Open}'],
    ['a cut that holds a hole', ['/', { 'Fn::Split': [':', { 'Fn::Sub': 'a:${Open}:b' }] }], 'unknown: a/${Open}/${?}'],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::Join': argument })).toEqual(expected));

  test.each<Json>([null, 'a', [], ['-'], [{ Ref: 'Stage' }, ['a']], [1, ['a']], ['-', ['a'], 'b']])(
    'is unknown when malformed: %j',
    (argument) => expect(one({ 'Fn::Join': argument })).toBe("unknown: 'Fn::Join' without a delimiter and a list"),
  );

  test('mentions the resource whose list it joins', () => {
    const value = resolved({ 'Fn::Join': [',', { 'Fn::GetAtt': ['Zone', 'NameServers'] }] }, BODY);
    expect(mentions(value).map(({ logicalId }) => logicalId)).toEqual(['Zone']);
  });

  test.each<[Json, boolean | undefined]>([
    [['', [{ Ref: 'Open' }, '']], false],
    [['', [{ Ref: 'Open' }, 'x']], true],
    [['-', [{ Ref: 'Open' }, '']], true],
    [['', [{ Ref: 'Open' }, { Ref: 'AWS::StackId' }]], true],
    [['', [{ Ref: 'Open' }, { Ref: 'Bucket' }]], true],
  ])('knows whether %j may be empty', (argument, nonEmpty) => {
    expect(resolved({ 'Fn::Join': argument }, BODY)).toMatchObject({ kind: 'unknown', nonEmpty });
  });
});

describe('Fn::Select', () => {
  const text = { 'Fn::Sub': 'arn:aws:s3:::${Open}:tail' };
  test.each<[string, Json, unknown]>([
    ['a number', [1, ['a', 'b']], 'b'],
    ['a number as text', ['0', ['a', 'b']], 'a'],
    ['a parameter', [{ Ref: 'One' }, ['a', 'b']], 'b'],
    ['a list parameter', [1, { Ref: 'Ports' }], '443'],
    ['a mapping', [0, { 'Fn::FindInMap': ['Size', 'dev', 'Zones'] }], 'a'],
    ['what is behind something unknown', [1, [{ Ref: 'Open' }, 'b']], 'b'],
    ['past the end', [2, ['a', 'b']], "unknown: 'Fn::Select' points past the end of its list"],
    ['below zero', [-1, ['a']], "unknown: the index of 'Fn::Select' is no number"],
    ['an empty index', ['', ['a']], "unknown: the index of 'Fn::Select' is no number"],
    ['a fraction', [0.5, ['a']], "unknown: the index of 'Fn::Select' is no number"],
    ['the name of a property', ['length', ['a']], "unknown: the index of 'Fn::Select' is no number"],
    ['an index that is not known', [{ Ref: 'Open' }, ['a']], "unknown: the index of 'Fn::Select' is known only at deployment"],
    ['an index that is a list', [[0], ['a']], "unknown: the index of 'Fn::Select' is known only at deployment"],
    ['a list that is not known', [0, { Ref: 'Zones' }], "unknown: parameter 'Zones' is set at deployment"],
    ['behind nothing', [1, [{ Ref: 'AWS::NoValue' }, 'b']], "unknown: 'Fn::Select' from a list with 'AWS::NoValue' in it"],
    ['before nothing', [0, ['a', { Ref: 'AWS::NoValue' }]], 'a'],
    ['a cut', [1, { 'Fn::Split': ['|', 'a|b'] }], 'b'],
    ['the known part of a cut', [2, { 'Fn::Split': [':', text] }], 's3'],
    ['the unknown part of a cut', [5, { 'Fn::Split': [':', text] }], 'unknown: ${Open}'],
    [
      'what is behind the unknown part',
      [6, { 'Fn::Split': [':', text] }],
      'unknown: it is cut from a value known only at deployment',
    ],
    [
      'a part of an attribute',
      [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Key', 'Arn'] }] }],
      'unknown: it is cut from a value known only at deployment',
    ],
    [
      'a cut where the delimiter is in the name of a pseudo parameter',
      [3, { 'Fn::Split': [':', { 'Fn::Sub': 'arn:${AWS::StackId}:x' }] }],
      'unknown: it is cut from a value known only at deployment',
    ],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::Select': argument })).toEqual(expected));

  test.each<Json>([null, 1, [], [0], [0, ['a'], 1]])('is unknown when malformed: %j', (argument) => {
    expect(one({ 'Fn::Select': argument })).toBe("unknown: 'Fn::Select' without an index and a list");
  });

  test('an availability zone is not empty', () => {
    expect(resolved({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] })).toMatchObject({ kind: 'unknown', nonEmpty: true });
  });
});

describe('Fn::Split', () => {
  test.each<[string, Json, unknown]>([
    ['a text', [',', 'a,b,,c'], ['a', 'b', '', 'c']],
    ['a number', ['.', 1.5], ['1', '5']],
    ['a parameter', ['e', { Ref: 'Stage' }], ['d', 'v']],
    ['what is not known', [',', { Ref: 'Open' }], "unknown: 'Fn::Split' of a value known only at deployment"],
    ['nothing', [',', { Ref: 'AWS::NoValue' }], "unknown: 'Fn::Split' of something that is no text"],
    ['a list', [',', ['a']], "unknown: 'Fn::Split' of something that is no text"],
    ['without delimiter', ['', 'a'], "unknown: 'Fn::Split' without a delimiter and a text"],
    ['a delimiter that is no text', [{ Ref: 'Stage' }, 'a'], "unknown: 'Fn::Split' without a delimiter and a text"],
    ['a text alone', 'a,b', "unknown: 'Fn::Split' without a delimiter and a text"],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::Split': argument })).toEqual(expected));
});

describe('Fn::Base64', () => {
  const script = { 'Fn::Base64': { 'Fn::Sub': 'echo ${Stage}' } };
  test('is read as what is encoded', () => expect(one(script)).toBe('echo dev'));
  test('is read with holes', () => {
    expect(one({ 'Fn::Base64': { 'Fn::Sub': 'echo ${Open} ${Bucket}' } })).toBe('unknown: echo ${Open} ${Bucket}');
  });
  test('is no part of another text', () => {
    expect(one({ 'Fn::Join': ['', ['Basic ', script]] })).toBe('unknown: Basic ${?}');
    expect(one({ 'Fn::Sub': ['Basic ${A}', { A: { 'Fn::Base64': { Ref: 'Open' } } }] })).toBe('unknown: Basic ${?}');
    expect(one({ 'Fn::Split': [' ', script] })).toBe("unknown: 'Fn::Split' of something that is no text");
    expect(one({ 'Fn::ToJsonString': { a: script } })).toBe('unknown: {"a":"${?}"}');
  });
  test('of no text is unknown', () =>
    expect(one({ 'Fn::Base64': ['a'] })).toBe("unknown: 'Fn::Base64' of something that is no text"));
});

describe('Fn::FindInMap', () => {
  const none = "unknown: the template maps nothing to 'Size.dev.Other'";
  test.each<[string, Json, unknown]>([
    ['texts', ['Size', 'prod', 'Disk'], '100'],
    ['a parameter', ['Size', { Ref: 'Stage' }, 'Disk'], 20],
    ['functions', [{ 'Fn::Sub': 'Size' }, { 'Fn::Sub': '${Stage}' }, { 'Fn::Join': ['', ['Di', 'sk']] }], 20],
    ['a list', ['Size', 'dev', 'Zones'], ['a', 'b']],
    ['no such key', ['Size', 'dev', 'Other'], none],
    ['no such key, and a default', ['Size', 'dev', 'Other', { DefaultValue: { Ref: 'Stage' } }], 'dev'],
    ['a key, and a default', ['Size', 'dev', 'Disk', { DefaultValue: 1 }], 20],
    ['no such key, and something that is no default', ['Size', 'dev', 'Other', { Default: 1 }], none],
    [
      'a key that is not known',
      ['Size', { Ref: 'Open' }, 'Disk'],
      "unknown: a key of 'Fn::FindInMap' is known only at deployment",
    ],
    ['a key that is a list', ['Size', ['dev'], 'Disk'], "unknown: a key of 'Fn::FindInMap' is known only at deployment"],
    ['a mapping that holds a function', ['Broken', 'a', 'b'], 'unknown: a mapping takes texts and lists of texts'],
    ['too few keys', ['Size', 'dev'], "unknown: 'Fn::FindInMap' without a map and two keys"],
    ['a text', 'Size', "unknown: 'Fn::FindInMap' without a map and two keys"],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::FindInMap': argument })).toEqual(expected));
});

describe('Fn::If', () => {
  test.each<[string, Json, unknown[]]>([
    ['a condition that holds', ['Yes', 'a', 'b'], ['a']],
    ['one that does not', ['No', 'a', 'b'], ['b']],
    ['one within another', ['No', 'a', { 'Fn::If': ['Yes', 'b', 'c'] }], ['b']],
    ['nothing in a branch', ['Yes', { Ref: 'AWS::NoValue' }, 'b'], ['absent']],
    ['a condition that the template lacks', ['Other', 'a', 'b'], ['a', 'b']],
    ['one branch only', ['Yes', 'a'], ["unknown: 'Fn::If' without a condition and two values"]],
    ['no name', [{ Condition: 'Yes' }, 'a', 'b'], ["unknown: 'Fn::If' without a condition and two values"]],
    ['a mapping', { a: 1 }, ["unknown: 'Fn::If' without a condition and two values"]],
  ])('%s', (_, argument, expected) => expect(everywhere({ 'Fn::If': argument }, BODY)).toEqual(expected));
});

describe('Fn::ToJsonString', () => {
  test.each<[string, Json, unknown]>([
    ['a mapping', { a: [1, { Ref: 'Stage' }], b: { Ref: 'AWS::NoValue' } }, '{"a":[1,"dev"]}'],
    ['a list', ['a', { Ref: 'AWS::NoValue' }], '["a"]'],
    [
      'a part that is not known',
      { a: { Ref: 'Open' }, b: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
      'unknown: {"a":"${Open}","b":"${Bucket.Arn}"}',
    ],
    ['a text', 'a', "unknown: 'Fn::ToJsonString' of something that is no mapping or list"],
    ['nothing', { Ref: 'AWS::NoValue' }, "unknown: 'Fn::ToJsonString' of nothing"],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::ToJsonString': argument })).toEqual(expected));

  test('mentions resources', () => {
    const value = resolved({ 'Fn::ToJsonString': { a: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } }, BODY);
    expect(mentions(value).map(({ logicalId }) => logicalId)).toEqual(['Bucket']);
  });
});

describe('Fn::Length', () => {
  test.each<[string, Json, unknown]>([
    ['a list', ['a', { Ref: 'Open' }], 2],
    ['a list parameter', { Ref: 'Ports' }, 2],
    ['a cut', { 'Fn::Split': [',', 'a,b,c'] }, 3],
    [
      'a cut of what is not known',
      { 'Fn::Split': [',', { Ref: 'Open' }] },
      'unknown: the length of the list is known only at deployment',
    ],
    [
      'a cut of what is partly known',
      { 'Fn::Split': [',', { 'Fn::Sub': 'a,${Open}' }] },
      'unknown: the length of the list is known only at deployment',
    ],
    ['a list with nothing in it', ['a', { Ref: 'AWS::NoValue' }], 'unknown: the length of the list is known only at deployment'],
    ['a list that is not known', { Ref: 'Zones' }, "unknown: parameter 'Zones' is set at deployment"],
    ['a text', 'abc', 'unknown: a list is needed here'],
  ])('%s', (_, argument, expected) => expect(one({ 'Fn::Length': argument })).toEqual(expected));
});

describe('what only deployment computes', () => {
  test.each(['Fn::GetAZs', 'Fn::Cidr', 'Fn::Transform', 'Fn::Tomorrow', 'Fn::ForEach::Loop', 'Fn::constructor', 'Fn::And'])(
    '%s',
    (name) => {
      expect(resolved({ [name]: ['a', 1, 2] }).kind).toBe('unknown');
    },
  );
  test('a function beside other keys', () => {
    expect(one({ 'Fn::Transform': { Name: 'AWS::Include' }, Status: 'Enabled' })).toBe(
      "unknown: 'Fn::Transform' stands beside other keys",
    );
    expect(one({ Status: 'Enabled', 'Fn::If': ['Yes', {}, {}] })).toBe("unknown: 'Fn::If' stands beside other keys");
  });
});

describe('dynamic references', () => {
  test.each([
    ['{{resolve:ssm:/app/x:3}}', '${resolve ssm:/app/x:3}'],
    [
      'a{{resolve:secretsmanager:x:SecretString:pw}}b{{resolve:ssm:y}}',
      'a${resolve secretsmanager:x:SecretString:pw}b${resolve ssm:y}',
    ],
    ['{{resolve:ssm:{odd}}}', '${?}'],
  ])('%s', (text, expected) => {
    const value = resolved(text);
    expect(value).toMatchObject({ kind: 'unknown', nonEmpty: true });
    expect(textOf(value)).toBe(expected);
  });

  test('that do not end are texts', () => expect(one('{{resolve:ssm:x')).toBe('{{resolve:ssm:x'));

  test('in the default of a parameter and in a mapping', () => {
    const body = {
      Parameters: { P: { Type: 'String', Default: '{{resolve:ssm:x}}' } },
      Mappings: { M: { a: { b: '{{resolve:ssm:x}}' } } },
    };
    expect(short(resolved({ Ref: 'P' }, body))).toBe('unknown: ${resolve ssm:x}');
    expect(short(resolved({ 'Fn::FindInMap': ['M', 'a', 'b'] }, body))).toBe('unknown: ${resolve ssm:x}');
  });
});

describe('Fn::ImportValue', () => {
  const network = (more: object = {}, origin: object = {}) =>
    assembled(
      {
        Parameters: { Prefix: { Type: 'String', Default: 'net' } },
        Resources: { Vpc: { Type: 'AWS::EC2::VPC' } },
        Outputs: {
          Vpc: { Value: { Ref: 'Vpc' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-Vpc' } } },
          Cidr: { Value: '10.0.0.0/16', Export: { Name: { 'Fn::Sub': '${Prefix}:Cidr' } } },
          Private: { Value: 'x' },
          ...more,
        },
      },
      { ...ORIGIN, path: 'network.json', stack: 'Network', ...origin },
    );
  const imported = (name: Json, exporters = [network()], origin: object = {}) => {
    const importer = assembled(BODY, { ...ORIGIN, ...origin });
    return everywhereIn({ 'Fn::ImportValue': name }, [...exporters, importer], importer);
  };

  test.each<[string, Json, unknown]>([
    ['a name', 'Network-Vpc', '${Vpc}'],
    ['a name that is put together', { 'Fn::Sub': ['${N}-Vpc', { N: 'Network' }] }, '${Vpc}'],
    ['an export with a parameter in its name', 'net:Cidr', '10.0.0.0/16'],
    ['an output that is not exported', 'Private', 'unknown: ${ImportValue Private}'],
    ['a name that is not known', { 'Fn::Sub': '${Open}-Vpc' }, 'unknown: the name of the import is known only at deployment'],
    ['a name that is a list', ['Network-Vpc'], 'unknown: the name of the import is known only at deployment'],
    ['a name with braces', 'a${b}', 'unknown: ${ImportValue ab}'],
    ['__proto__', '__proto__', 'unknown: ${ImportValue __proto__}'],
  ])('%s', (_, name, expected) => expect(imported(name)).toEqual([expected]));

  test('from another Region or account is not found', () => {
    expect(imported('Network-Vpc', [network({}, { region: 'us-east-1' })])).toEqual(['unknown: ${ImportValue Network-Vpc}']);
    expect(imported('Network-Vpc', [network({}, { account: '444455556666' })])).toEqual(['unknown: ${ImportValue Network-Vpc}']);
  });

  test('from another stage of a place that is not known is not found', () => {
    const unplaced = { account: undefined, region: undefined, stage: 'Dev' };
    expect(imported('Network-Vpc', [network({}, unplaced)], { ...unplaced, stage: 'Prod' })[0]).toMatch(/^unknown/);
    expect(imported('Network-Vpc', [network({}, unplaced)], unplaced)).toEqual(['${Vpc}']);
  });

  test('of a name that two stacks export is unknown', () => {
    const twice = network({ Again: { Value: 'y', Export: { Name: 'net:Cidr' } } });
    expect(imported('net:Cidr', [twice])).toEqual(['unknown: ${ImportValue net:Cidr}']);
  });

  test('of what is itself imported', () => {
    const relay = assembled(
      { Outputs: { Vpc: { Value: { 'Fn::ImportValue': 'Network-Vpc' }, Export: { Name: 'Relay' } } } },
      { ...ORIGIN, path: 'relay.json' },
    );
    expect(imported('Relay', [network(), relay])).toEqual(['${Vpc}']);
  });

  test('whose name is itself imported ends', () => {
    const odd = network({ Odd: { Value: 'x', Export: { Name: { 'Fn::ImportValue': 'net:Cidr' } } } });
    expect(imported('net:Cidr', [odd])).toEqual(['10.0.0.0/16']);
    expect(imported('10.0.0.0/16', [odd])[0]).toMatch(/^unknown/);
  });

  test('of no text is unknown', () => {
    expect(imported('List', [network({ L: { Value: ['a'], Export: { Name: 'List' } } })])).toEqual([
      'unknown: an output that is no text',
    ]);
  });

  test('in a circle ends', () => {
    const ring = (name: string, other: string) =>
      assembled(
        {
          Outputs: {
            O: { Value: { 'Fn::Sub': ['${X}${X}', { X: { 'Fn::ImportValue': other } }] }, Export: { Name: name } },
          },
        },
        { ...ORIGIN, path: `${name}.json` },
      );
    expect(imported('A', [ring('A', 'B'), ring('B', 'A')])[0]).toMatch(/^unknown/);
  });

  test('of a text that doubles with every export ends', () => {
    const outputs = Array.from({ length: 60 }, (_, level): [string, object] => {
      const before = { 'Fn::ImportValue': `E${level - 1}` };
      const Value = level === 0 ? 'xxxxxxxxxx' : { 'Fn::Join': ['', [before, before]] };
      return [`O${level}`, { Value, Export: { Name: `E${level}` } }];
    });
    const bomb = assembled({ Outputs: Object.fromEntries(outputs) }, { ...ORIGIN, path: 'bomb.json' });
    expect(imported('E3', [bomb])).toEqual(['x'.repeat(80)]);
    expect(String(imported('E59', [bomb])[0]).length).toBeLessThan(1_000_100);
  });
});

describe('nested stacks', () => {
  const inner = {
    Parameters: {
      Key: { Type: 'String' },
      Stage: { Type: 'String', Default: 'dev' },
      Ports: { Type: 'CommaDelimitedList', Default: '' },
      Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
    },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
    Outputs: {
      Table: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } },
      Key: { Value: { Ref: 'Key' } },
      Stage: { Value: { 'Fn::Sub': '${Stage}!' } },
      List: { Value: ['a'] },
    },
  };
  const outer = (Parameters: object) => ({
    Parameters: { Open: { Type: 'String' } },
    Resources: { Key: { Type: 'AWS::KMS::Key' }, Inner: stack(Parameters) },
  });
  const inside = (value: Json, Parameters: object) => {
    const templates = nested(outer(Parameters), { Inner: inner });
    return everywhereIn(value, templates, templates[1]);
  };
  const outside = (value: Json, Parameters: object = {}) => {
    const templates = nested(outer(Parameters), { Inner: inner });
    return everywhereIn(value, templates, templates[0]);
  };

  test('a parameter is what the parent passes', () => {
    expect(inside({ Ref: 'Key' }, { Key: { 'Fn::GetAtt': ['Key', 'Arn'] } })).toEqual(['${Key.Arn}']);
    expect(inside({ Ref: 'Stage' }, { Stage: 'prod' })).toEqual(['prod']);
    expect(inside({ Ref: 'Stage' }, { Stage: { Ref: 'Open' } })).toEqual(['unknown: ${Open}']);
  });

  test('a parameter that the parent does not pass is its default, for nobody can choose another', () => {
    expect(inside({ 'Fn::If': ['IsProd', 'a', { Ref: 'Stage' }] }, {})).toEqual(['dev']);
    expect(inside({ Ref: 'Stage' }, { Stage: { Ref: 'AWS::NoValue' } })).toEqual(['dev']);
    expect(inside({ Ref: 'Key' }, {})).toEqual(['unknown: ${Key}']);
  });

  test('what is passed is known to be passed only when the parent says so', () => {
    const intrinsic = { 'Fn::Transform': { Name: 'Parameters' } };
    expect(inside({ Ref: 'Stage' }, intrinsic)).toEqual(['unknown: ${Stage}']);
    expect(inside({ 'Fn::If': ['IsProd', 'a', 'b'] }, intrinsic)).toEqual(['a', 'b']);
  });

  test('a list is passed as one text', () => {
    expect(inside({ 'Fn::Select': [1, { Ref: 'Ports' }] }, { Ports: '80, 443' })).toEqual(['443']);
    expect(inside({ Ref: 'Ports' }, { Ports: { 'Fn::Join': [',', ['1', '2']] } })).toEqual([['1', '2']]);
    expect(inside({ Ref: 'Stage' }, { Stage: ['a'] })[0]).toMatch(/^unknown/);
  });

  test('the name of a Parameter Store parameter is not its value', () => {
    expect(inside({ Ref: 'Image' }, { Image: '/other' })).toEqual(['unknown: ${Image}']);
  });

  test('an output is what the nested stack says', () => {
    expect(outside({ 'Fn::GetAtt': ['Inner', 'Outputs.Table'] })).toEqual(['${Table.Arn}']);
    expect(outside({ 'Fn::Sub': '${Inner.Outputs.Stage}' }, { Stage: 'prod' })).toEqual(['prod!']);
    expect(outside({ 'Fn::GetAtt': 'Inner.Outputs.Other' })).toEqual(['${Inner.Outputs.Other}']);
    expect(outside({ 'Fn::GetAtt': 'Inner.Outputs.constructor' })).toEqual(['${Inner.Outputs.constructor}']);
    expect(outside({ 'Fn::GetAtt': 'Inner.Outputs.List' })).toEqual(['unknown: an output that is no text']);
  });

  test('there and back', () => {
    expect(outside({ 'Fn::GetAtt': ['Inner', 'Outputs.Key'] }, { Key: { 'Fn::GetAtt': ['Key', 'Arn'] } })).toEqual([
      '${Key.Arn}',
    ]);
  });

  test('parameters named like methods of objects', () => {
    expect(inside({ Ref: 'constructor' }, {})).toEqual(["unknown: the template does not define 'constructor'"]);
    const [root, child] = nested(outer({}), { Inner: { Parameters: { constructor: { Type: 'String', Default: 'own' } } } });
    expect(everywhereIn({ Ref: 'constructor' }, [root, child], child)).toEqual(['own']);
  });

  const middle = {
    Parameters: { Key: { Type: 'String' } },
    Resources: { Inner: stack({ Key: { Ref: 'Key' }, Stage: 'prod' }) },
    Outputs: { Table: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Table'] } } },
  };
  const top = { Resources: { Key: { Type: 'AWS::KMS::Key' }, Middle: stack({ Key: { 'Fn::GetAtt': ['Key', 'Arn'] } }) } };

  test('through two levels', () => {
    const templates = nested(top, { Middle: middle, Inner: inner });
    expect(templates).toHaveLength(3);
    expect(everywhereIn({ Ref: 'Key' }, templates, templates[2])).toEqual(['${Key.Arn}']);
    expect(everywhereIn({ 'Fn::If': ['IsProd', 'a', 'b'] }, templates, templates[2])).toEqual(['a']);
    expect(everywhereIn({ 'Fn::GetAtt': ['Middle', 'Outputs.Table'] }, templates, templates[0])).toEqual(['${Table.Arn}']);
  });

  test('through levels that each double the text ends', () => {
    const children: Record<string, object> = {};
    for (let level = 1; level <= 40; level++) {
      const double = { 'Fn::Join': ['', [{ Ref: 'P' }, { Ref: 'P' }]] };
      children[`S${level}`] = { Parameters: { P: { Type: 'String' } }, Resources: { [`S${level + 1}`]: stack({ P: double }) } };
    }
    const templates = nested({ Resources: { S1: stack({ P: 'xxxxxxxxxx' }) } }, children);
    expect(everywhereIn({ Ref: 'P' }, templates, templates[1])).toEqual(['xxxxxxxxxx']);
    expect(everywhereIn({ Ref: 'P' }, templates, templates[40])[0]).toMatch(/^unknown/);
  });

  test('that feed their own output back end', () => {
    const loop = { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: { Ref: 'P' } } } };
    const templates = nested({ Resources: { Inner: stack({ P: { 'Fn::GetAtt': ['Inner', 'Outputs.O'] } }) } }, { Inner: loop });
    expect(everywhereIn({ Ref: 'P' }, templates, templates[1])[0]).toMatch(/^unknown/);
  });
});

describe('names that objects have by themselves', () => {
  const odd = JSON.parse(`{
    "Parameters": { "__proto__": { "Type": "String", "Default": "p" }, "hasOwnProperty": { "Type": "String", "Default": "h" } },
    "Mappings": { "__proto__": { "constructor": { "toString": "m" } } },
    "Conditions": { "__proto__": { "Fn::Equals": [1, 2] } },
    "Resources": { "toString": { "Type": "AWS::S3::Bucket" }, "valueOf": { "Type": "constructor" } }
  }`) as object;
  test.each<[string, Json, unknown[]]>([
    ['a parameter', { Ref: '__proto__' }, ['p']],
    ['another parameter', { 'Fn::Sub': '${hasOwnProperty}' }, ['h']],
    ['a parameter that is not there', { Ref: 'constructor' }, ["unknown: the template does not define 'constructor'"]],
    ['a resource', { 'Fn::GetAtt': ['toString', 'constructor'] }, ['${toString.constructor}']],
    ['a mapping', { 'Fn::FindInMap': ['__proto__', 'constructor', 'toString'] }, ['m']],
    [
      'a mapping that is not there',
      { 'Fn::FindInMap': ['constructor', 'prototype', 'x'] },
      ["unknown: the template maps nothing to 'constructor.prototype.x'"],
    ],
    ['a condition', { 'Fn::If': ['__proto__', 'a', 'b'] }, ['b']],
    ['a condition that is not there', { 'Fn::If': ['constructor', 'a', 'b'] }, ['a', 'b']],
    ['a variable', { 'Fn::Sub': ['${constructor}', {}] }, ['unknown: ${constructor}']],
    ['a key', { 'Fn::ToJsonString': JSON.parse('{"__proto__":{"a":1}}') as Json }, ['{"__proto__":{"a":1}}']],
  ])('%s', (_, value, expected) => expect(everywhere(value, odd)).toEqual(expected));
});

test('a chain of functions that is longer than any template ends', () => {
  let value: Json = 'x';
  for (let level = 0; level < 5_000; level++) value = { 'Fn::Join': ['', [value]] };
  expect(resolved(value)).toMatchObject({ kind: 'unknown', reason: 'its references go in a circle' });
});
