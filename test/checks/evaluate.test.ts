import { evaluate } from '../../src/checks/evaluate';
import { Assembly } from '../../src/model/assembly';
import type { Json } from '../../src/model/json';
import { metBy, missing, type Observation } from '../../src/model/observation';
import type { Resource } from '../../src/model/resource';
import type { Template } from '../../src/model/template';
import type { EnvironmentRule, ResourceRule, Rule } from '../../src/rules/rule';
import { ORIGIN, templateOf } from '../helpers/model';

const DESCRIPTION = {
  id: 'Test.1',
  slug: 'test-rule',
  title: 'things are on',
  criteria: [],
  control: 'security-posture',
  severity: 'error',
  rationale: '',
  remediation: '',
  references: [],
  examples: { pass: {}, fail: {} },
} as const;

function rule(check: ResourceRule['check'], more: Partial<ResourceRule> = {}): ResourceRule {
  return { ...DESCRIPTION, resourceTypes: ['Thing'], check, ...more };
}

function environmentRule(check: EnvironmentRule['check']): EnvironmentRule {
  return { ...DESCRIPTION, scope: 'environment', resourceTypes: ['Thing'], check };
}

const mustBeOn = rule((thing) => thing.at('P').mustBe('on'));
const conditionOf = (literal: string, name = 'Env') => ({ 'Fn::Equals': [{ Ref: name }, literal] });

function thing(P: Json, more: object = {}) {
  return { Thing: { Type: 'Thing', Properties: { P }, ...more } };
}

function run(rules: Rule | readonly Rule[], body: object | readonly Template[], whole = true) {
  const templates = Array.isArray(body) ? (body as readonly Template[]) : [templateOf(body)];
  return [...evaluate(new Assembly(templates, whole), [rules].flat())].flat();
}

function outcomeOf(P: Json, body: object = {}, by: Rule = mustBeOn): string {
  const [evaluation] = run(by, { ...body, Resources: thing(P) });
  return evaluation.outcome;
}

describe('the verdict on a value', () => {
  const PARAMETERS = {
    Free: { Type: 'String' },
    On: { Type: 'String', Default: 'on' },
    Off: { Type: 'String', Default: 'off' },
    MayBeOff: { Type: 'String', Default: 'on', AllowedValues: ['on', 'off'] },
    MayBeOn: { Type: 'String', Default: 'off', AllowedValues: ['on', 'off'] },
    Either: { Type: 'String', AllowedValues: ['on', 'off'] },
    AlwaysOff: { Type: 'String', AllowedValues: ['off', 'never'] },
    AlwaysOn: { Type: 'String', AllowedValues: ['on'] },
    Env: { Type: 'String' },
    Stage: { Type: 'String', Default: 'on' },
  };
  const body = {
    Parameters: PARAMETERS,
    Conditions: { IsProd: conditionOf('prod'), IsOn: conditionOf('on', 'Stage'), Never: { 'Fn::Equals': ['a', 'b'] } },
  };
  const on = (name: string, yes: Json, no: Json) => ({ 'Fn::If': [name, yes, no] });
  test.each<[string, Json, string]>([
    ['right', 'on', 'pass'],
    ['wrong', 'off', 'fail'],
    ['not known', { Ref: 'Free' }, 'undetermined'],
    ['right by default', { Ref: 'On' }, 'pass'],
    ['wrong by default', { Ref: 'Off' }, 'fail'],
    ['right by default, and wrong if one chooses so', { Ref: 'MayBeOff' }, 'undetermined'],
    ['wrong by default, and right if one chooses so', { Ref: 'MayBeOn' }, 'fail'],
    ['a choice', { Ref: 'Either' }, 'undetermined'],
    ['wrong whatever is chosen', { Ref: 'AlwaysOff' }, 'fail'],
    ['the one right choice', { Ref: 'AlwaysOn' }, 'pass'],
    ['right in both branches', on('IsProd', 'on', 'on'), 'pass'],
    ['wrong in one branch', on('IsProd', 'on', 'off'), 'fail'],
    ['wrong in a branch that is never taken', on('Never', 'off', 'on'), 'pass'],
    ['not known in one branch', on('IsProd', 'on', { Ref: 'Free' }), 'undetermined'],
    ['not known in the other branch', on('IsProd', { Ref: 'Free' }, 'on'), 'undetermined'],
    ['not known in one branch, wrong in the other', on('IsProd', { Ref: 'Free' }, 'off'), 'fail'],
    ['a choice in one branch', on('IsProd', 'on', { Ref: 'Either' }), 'undetermined'],
    ['wrong whatever is chosen, in one branch', on('IsProd', 'on', { Ref: 'AlwaysOff' }), 'fail'],
    ['wrong by default in one branch', on('IsProd', 'on', { Ref: 'MayBeOn' }), 'fail'],
    ['the parameter that a condition is about', on('IsOn', { Ref: 'Stage' }, 'on'), 'pass'],
    ['the parameter that a condition is about, where it is not so', on('IsOn', 'on', { Ref: 'Stage' }), 'undetermined'],
    ['a parameter that another condition is about', { Ref: 'Stage' }, 'pass'],
    ['nothing', { Ref: 'AWS::NoValue' }, 'fail'],
  ])('that is %s', (_, value, expected) => expect(outcomeOf(value, body)).toBe(expected));

  test('a condition on a name does not make a wrong branch less wrong', () => {
    const named = rule((each) => [...(each.at('Name').text === '' ? [] : []), ...each.at('P').mustBe('on')]);
    const P = on('IsOn', 'off', 'on');
    const Resources = { Thing: { Type: 'Thing', Properties: { P, Name: { 'Fn::Sub': '${Stage}-x' } } } };
    expect(run(named, { ...body, Resources })[0].outcome).toBe('fail');
  });

  test('what is unknown beside a choice stays unknown', () => {
    const both = rule((each) => [...each.at('A').mustBeSet(), ...each.at('B').mustBe('on')]);
    const Properties = on('IsProd', { A: { Ref: 'Either' }, B: { Ref: 'Free' } }, { A: 'x', B: 'on' });
    expect(run(both, { ...body, Resources: { Thing: { Type: 'Thing', Properties: { P: Properties } } } })[0].outcome).toBe(
      'fail',
    );
    const inP = rule((each) => [...each.at('P.A').mustBeSet(), ...each.at('P.B').mustBe('on')]);
    expect(outcomeOf(Properties, body, inP)).toBe('undetermined');
  });
});

describe('findings', () => {
  const Parameters = { Env: { Type: 'String' }, Other: { Type: 'String' } };
  const Conditions = { IsProd: conditionOf('prod'), IsDev: conditionOf('dev'), Other: conditionOf('x', 'Other') };
  const problems = (P: Json, check: ResourceRule['check'] = mustBeOn.check) =>
    run(rule(check), { Parameters, Conditions, Resources: thing(P) })[0].findings.map(({ problem }) => problem);

  test('say when they hold', () => {
    expect(problems({ 'Fn::If': ['IsProd', 'on', 'off'] })).toEqual(["P is 'off', when parameter 'Env' is not 'prod'"]);
    expect(problems({ 'Fn::If': ['IsProd', { 'Fn::If': ['Other', 'off', 'on'] }, 'on'] })).toEqual([
      "P is 'off', when parameter 'Env' is 'prod' and parameter 'Other' is 'x'",
    ]);
  });

  test('do not when they hold always', () => {
    expect(problems('off', (each) => [...each.at('P').mustBe('on'), ...(each.at('Q').isAbsent ? [] : [])])).toEqual([
      "P is 'off'",
    ]);
    expect(problems({ 'Fn::If': ['IsProd', 'off', 'off'] })).toEqual(["P is 'off'"]);
  });

  test('do not mention what makes no difference', () => {
    expect(
      problems({ A: { 'Fn::If': ['Other', 'x', 'y'] }, B: { 'Fn::If': ['IsProd', 'on', 'off'] } }, (each) => [
        ...each.at('P.A').mustBeSet(),
        ...each.at('P.B').mustBe('on'),
      ]),
    ).toEqual(["P.B is 'off', when parameter 'Env' is not 'prod'"]);
  });

  test('are each made once', () => {
    expect(problems('off', (each) => [...each.at('P').mustBe('on'), ...each.at('P').mustBe('on')])).toHaveLength(1);
    expect(problems({ 'Fn::If': ['IsProd', 'off', { 'Fn::If': ['IsDev', 'off', 'never'] }] })).toHaveLength(2);
  });

  test('keep the notes, also of a rule that is met', () => {
    const [{ outcome, notes }] = run(
      rule((each) => [...each.at('Q').mustBe('on', { absent: 'it is so by itself' }), metBy(each, 'see here')]),
      {
        Parameters,
        Conditions,
        Resources: thing({ 'Fn::If': ['IsProd', 'on', 'off'] }),
      },
    );
    expect(outcome).toBe('pass');
    expect(notes.map(({ text }) => text)).toEqual(['it is so by itself', 'see here']);
  });

  test('are the same when the template is judged again', () => {
    const template = templateOf({ Parameters, Conditions, Resources: thing({ 'Fn::If': ['IsProd', 'on', 'off'] }) });
    const judged = () =>
      run(mustBeOn, [template]).map(({ outcome, findings }) => ({ outcome, findings: findings.map(({ problem }) => problem) }));
    expect(judged()).toEqual(judged());
  });
});

describe('a rule applies', () => {
  const Parameters = { Env: { Type: 'String' }, Kind: { Type: 'String', Default: 'a', AllowedValues: ['a', 'b'] } };
  const Conditions = { IsProd: conditionOf('prod'), Never: { 'Fn::Equals': ['a', 'b'] } };
  const body = (P: Json, more: object = {}) => ({ Parameters, Conditions, Resources: thing(P, more) });

  test('to its types, each resource once', () => {
    const Resources = { ...thing('off'), Other: { Type: 'Other' }, Sam: { Type: 'constructor' } };
    const twice = rule(mustBeOn.check, { resourceTypes: ['Thing', 'Thing', 'Other'] });
    expect(run(twice, { Resources }).map(({ entry }) => entry?.logicalId)).toEqual(['Other', 'Thing']);
  });
  test('not to resources that are never created', () => {
    expect(run(mustBeOn, body('off', { Condition: 'Never' }))).toEqual([]);
  });
  test('to resources that are created sometimes, where they are', () => {
    expect(run(mustBeOn, body('off', { Condition: 'IsProd' }))[0]).toMatchObject({
      outcome: 'fail',
      findings: [{ problem: "P is 'off', when parameter 'Env' is 'prod'" }],
    });
    expect(run(mustBeOn, body({ 'Fn::If': ['IsProd', 'on', 'off'] }, { Condition: 'IsProd' }))[0].outcome).toBe('pass');
  });
  test('where it says so', () => {
    const toB = rule(() => [], { applies: (each) => each.at('P').string === 'b' });
    expect(run(toB, body('a'))).toEqual([]);
    expect(run(toB, body('b'))[0].outcome).toBe('pass');
  });
  test('only possibly, where only another choice than the default makes it apply', () => {
    const toB = rule((each) => [each.fails('is b', 'a')], { applies: (each) => each.at('P').string === 'b' });
    expect(run(toB, body({ Ref: 'Kind' }))[0].outcome).toBe('undetermined');
  });
});

describe('too many combinations', () => {
  const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
  const Parameters = Object.fromEntries(names.map((name) => [name, { Type: 'String' }]));
  const Conditions = Object.fromEntries(names.map((name) => [name, conditionOf('x', name)]));
  const all = names.map((name) => ({ 'Fn::If': [name, 'on', 'on'] }));

  test('never pass', () => {
    const every = rule((each) =>
      each
        .at('P')
        .items()
        .flatMap((item) => item.mustBe('on')),
    );
    const [{ outcome, findings }] = run(every, { Parameters, Conditions, Resources: thing(all) });
    expect(outcome).toBe('undetermined');
    expect(findings).toMatchObject([{ problem: 'more than 256 combinations of conditions and parameters' }]);
  });
  test('still fail where one of those that were tried is wrong', () => {
    const every = rule((each) => [
      ...each
        .at('P')
        .items()
        .flatMap((item) => item.mustBe('on')),
      each.fails('it is wrong', 'right'),
    ]);
    expect(run(every, { Parameters, Conditions, Resources: thing(all) })[0].outcome).toBe('fail');
  });
  test('do not hide a rule that applies in none of those that were tried', () => {
    const never = rule(() => [], {
      applies: (each) =>
        each
          .at('P')
          .items()
          .every(({ string }) => string === 'never') && false,
    });
    expect(run(never, { Parameters, Conditions, Resources: thing(all) })[0]).toMatchObject({ outcome: 'undetermined' });
  });
});

describe('a rule that breaks', () => {
  const broken: [string, ResourceRule['check']][] = [
    [
      'throws',
      () => {
        throw new Error('no such thing');
      },
    ],
    [
      'throws a text',
      () => {
        throw 'no such thing';
      },
    ],
    ['answers with nothing', () => undefined as unknown as Observation[]],
    ['answers with null', () => null as unknown as Observation[]],
    ['answers with a promise', () => Promise.resolve([]) as unknown as Observation[]],
    ['answers with no findings', () => [null, 'x'] as unknown as Observation[]],
    ['answers with findings of no kind', () => [{ problem: 'x' }] as unknown as Observation[]],
    ['answers with the word of another', () => ['not applicable'] as unknown as Observation[]],
    [
      'never ends',
      function forever(each): Observation[] {
        return forever(each);
      },
    ],
    [
      'breaks in one branch',
      (each) =>
        each.at('Q').string === 'on'
          ? []
          : (() => {
              throw new Error('only here');
            })(),
    ],
    [
      'keeps count',
      (() => {
        let runs = 0;
        return (each: Resource) => (each.at(runs++ % 2 ? 'Q' : 'R').isAbsent ? [] : []);
      })(),
    ],
  ];
  const Parameters = { Env: { Type: 'String' }, Other: { Type: 'String' } };
  const Conditions = { IsProd: conditionOf('prod'), Other: conditionOf('x', 'Other') };
  const Properties = { P: 'on', Q: { 'Fn::If': ['IsProd', 'on', 'off'] }, R: { 'Fn::If': ['Other', 'on', 'off'] } };
  const Resources = { Thing: { Type: 'Thing', Properties }, Second: { Type: 'Thing', Properties } };

  test.each(broken)('and %s is undetermined, and stops no other', (_, check) => {
    const evaluations = run([rule(check), mustBeOn], { Parameters, Conditions, Resources });
    expect(evaluations).toHaveLength(4);
    for (const evaluation of evaluations) {
      if (evaluation.rule === mustBeOn) expect(evaluation).toMatchObject({ outcome: 'pass' });
      else
        expect(evaluation).toMatchObject({
          outcome: 'undetermined',
          crash: expect.any(String),
          findings: [{ found: 'an error' }],
        });
    }
  });

  test('in saying what it applies to', () => {
    const applies = () => {
      throw new Error('no idea');
    };
    expect(
      run(
        rule(() => [], { applies }),
        { Resources },
      )[0],
    ).toMatchObject({ outcome: 'undetermined', crash: 'no idea' });
  });
  test('about an environment', () => {
    const check = () => {
      throw new Error('no idea');
    };
    expect(run(environmentRule(check), { Resources })).toMatchObject([{ outcome: 'undetermined', crash: 'no idea' }]);
    expect(run(environmentRule(check), { Resources }, false)).toMatchObject([{ outcome: 'undetermined', crash: 'no idea' }]);
  });
});

describe('rules about an environment', () => {
  const exists = environmentRule((environment) => {
    const [first] = environment.resources('Thing').filter((each) => each.at('P').string === 'on');
    return first ? [metBy(first, 'this one')] : [missing('there is none', 'one')];
  });
  const ofAccount = environmentRule((environment) =>
    environment.accountResources('Thing').length > 0 ? [] : [missing('there is none', 'one')],
  );

  test('are judged once for each', () => {
    const templates = [
      templateOf({ Resources: thing('on') }, { ...ORIGIN, path: 'a' }),
      templateOf({ Resources: { Other: { Type: 'Other' } } }, { ...ORIGIN, path: 'b' }),
      templateOf({ Resources: { Other: { Type: 'Other' } } }, { ...ORIGIN, region: 'us-east-1', path: 'c' }),
      templateOf({ Resources: {} }, { ...ORIGIN, account: '444455556666', path: 'd' }),
    ];
    const outcomes = (by: Rule) => run(by, templates).map(({ environment, outcome }) => `${environment.id.slice(6)} ${outcome}`);
    expect(outcomes(exists)).toEqual(['111122223333/eu-west-1 pass', '111122223333/us-east-1 missing']);
    expect(outcomes(ofAccount)).toEqual(['111122223333/eu-west-1 pass', '111122223333/us-east-1 pass']);
  });

  const Other = { Other: { Type: 'Other' } };
  test('cannot say what is missing where not all is seen', () => {
    expect(run(exists, { Resources: Other })[0].outcome).toBe('missing');
    expect(run(exists, { Resources: Other }, false)[0]).toMatchObject({
      outcome: 'undetermined',
      findings: [{ problem: 'there is none; other templates of the environment are not among these' }],
    });
    expect(run(exists, { Resources: thing('on') }, false)[0].outcome).toBe('pass');
  });

  test('miss what exists in some branches only', () => {
    const body = { Parameters: { Env: { Type: 'String' } }, Conditions: { IsProd: conditionOf('prod') } };
    expect(run(exists, { ...body, Resources: thing('on', { Condition: 'IsProd' }) })[0]).toMatchObject({
      outcome: 'missing',
      findings: [{ problem: "there is none, when parameter 'Env' is not 'prod'" }],
    });
  });

  test('miss what no choice of a parameter brings', () => {
    const body = (AllowedValues: string[]) => ({
      Parameters: { P: { Type: 'String', AllowedValues } },
      Resources: thing({ Ref: 'P' }),
    });
    expect(run(exists, body(['off', 'never']))[0].outcome).toBe('missing');
    expect(run(exists, body(['off', 'on']))[0].outcome).toBe('undetermined');
  });
});

describe('templates that only deployment expands', () => {
  const template = (Resources: object, more: Partial<Template> = {}, path = 'a') =>
    Object.assign(templateOf({ Resources }, { ...ORIGIN, path }), more);
  const macro = { unexpanded: "the macro 'M' is run at deployment" };
  const one = { unexpandedResources: new Map([['Thing', "the macro 'M' is run at deployment"]]) };
  const exists = environmentRule((environment) => {
    const [first] = environment.resources('Thing');
    return first ? [metBy(first, 'this one')] : [missing('there is none', 'one')];
  });

  test.each<[string, Partial<Template>]>([
    ['a template', macro],
    ['a resource', one],
  ])('%s is undetermined, right or wrong', (_, more) => {
    for (const value of ['on', 'off'])
      expect(run(mustBeOn, [template(thing(value), more)])[0]).toMatchObject({
        outcome: 'undetermined',
        findings: [{ problem: "the macro 'M' is run at deployment", path: 'Type', expected: 'an expanded template' }],
      });
    const broken = rule(() => {
      throw new Error('x');
    });
    expect(run(broken, [template(thing('on'), more)])[0].crash).toBeUndefined();
  });

  test('other resources are judged', () => {
    const Resources = { ...thing('on'), Second: { Type: 'Thing', Properties: { P: 'on' } } };
    expect(run(mustBeOn, [template(Resources, one)]).map(({ outcome }) => outcome)).toEqual(['pass', 'undetermined']);
  });

  test('an environment is not known to lack what a macro may add', () => {
    const Other = { Other: { Type: 'Other' } };
    expect(run(exists, [template(Other, macro)])[0]).toMatchObject({
      outcome: 'undetermined',
      findings: [{ problem: "there is none; the macro 'M' is run at deployment" }],
    });
  });

  test('an environment is not known to have what a macro may change', () => {
    expect(run(exists, [template(thing('on'), macro)])[0].outcome).toBe('undetermined');
    expect(run(exists, [template(thing('on'), one)])[0].outcome).toBe('undetermined');
    expect(run(exists, [template(thing('on')), template(thing('on'), macro, 'b')])[0].outcome).toBe('pass');
  });

  test('a type of the Serverless Application Model is judged by the rules of what becomes of it', () => {
    const ofTables = rule(() => [], { resourceTypes: ['AWS::DynamoDB::Table'] });
    const Resources = { Table: { Type: 'AWS::Serverless::SimpleTable' } };
    expect(run(ofTables, { Resources })[0]).toMatchObject({
      outcome: 'undetermined',
      findings: [{ problem: "'AWS::Serverless::SimpleTable' is expanded at deployment" }],
    });
  });

  test('a type of that model is judged once, and not where it is never created', () => {
    const ofBoth = rule(() => [], { resourceTypes: ['AWS::DynamoDB::Table', 'AWS::Serverless::SimpleTable'] });
    const Table = { Type: 'AWS::Serverless::SimpleTable' };
    expect(run(ofBoth, { Resources: { Table } }).map(({ outcome }) => outcome)).toEqual(['pass']);
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const ofTables = rule(() => [], { resourceTypes: ['AWS::DynamoDB::Table'] });
    expect(run(ofTables, { Conditions, Resources: { Table: { ...Table, Condition: 'Never' } } })).toEqual([]);
  });
});

test('nothing is judged where there is nothing', () => {
  expect(run([mustBeOn, environmentRule(() => [])], { Resources: {} })).toEqual([]);
  expect(run([], { Resources: thing('off') })).toEqual([]);
});
