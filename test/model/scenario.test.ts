import { explore, MOST_SCENARIOS, Scenario } from '../../src/model/scenario';

const YES_NO = ['yes', 'no'];

test('a function that asks nothing runs once', () => {
  const { results, complete } = explore(() => 'x');
  expect(complete).toBe(true);
  expect(results.map(({ result }) => result)).toEqual(['x']);
  expect(results[0].scenario.isOnly).toBe(true);
  expect(results[0].scenario.words).toEqual([]);
});

test('every answer to every question is tried', () => {
  const { results } = explore((scenario) => [scenario.choose('a', YES_NO), scenario.choose('b', ['x', 'y', 'z'])].join(''));
  expect(results.map(({ result }) => result)).toEqual(['00', '01', '02', '10', '11', '12']);
  expect(results[5].scenario.words).toEqual(['no', 'z']);
});

test('a question has one answer', () => {
  const { results } = explore((scenario) => [scenario.choose('a', YES_NO), scenario.choose('a', YES_NO)]);
  expect(results.map(({ result }) => result)).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('a question that is asked in one branch only is answered there', () => {
  const { results } = explore((scenario) => (scenario.choose('a', YES_NO) === 0 ? scenario.choose('b', YES_NO) : 'none'));
  expect(results.map(({ result }) => result)).toEqual([0, 1, 'none']);
});

test('with one option, or none, there is nothing to ask', () => {
  const { results } = explore((scenario) => [scenario.choose('a', ['x']), scenario.choose('b', [])]);
  expect(results.map(({ result }) => result)).toEqual([[0, 0]]);
});

test('256 combinations are all tried, and 257 are not', () => {
  const ask = (questions: number) => (scenario: Scenario) => {
    for (let question = 0; question < questions; question++) scenario.choose(String(question), YES_NO);
  };
  expect(explore(ask(8))).toMatchObject({ complete: true, results: { length: MOST_SCENARIOS } });
  expect(explore(ask(9))).toMatchObject({ complete: false, results: { length: MOST_SCENARIOS } });
  expect(explore((scenario) => scenario.choose('one', Array(MOST_SCENARIOS).fill('x'))).complete).toBe(true);
  expect(explore((scenario) => scenario.choose('one', Array(MOST_SCENARIOS + 1).fill('x'))).complete).toBe(false);
});

test('a function that asks otherwise when it is asked again is found out', () => {
  let runs = 0;
  expect(() =>
    explore((scenario) => {
      scenario.choose(`question ${runs++}`, YES_NO);
    }),
  ).toThrow(/must keep no state/);
});

test('branches are told apart by what conditions depend on', () => {
  const { results } = explore((scenario) => {
    scenario.choose('condition', YES_NO);
    scenario.branch('condition');
    scenario.choose('value', YES_NO);
  });
  expect(results.map(({ scenario }) => scenario.branchKey)).toEqual(['condition=0', 'condition=0', 'condition=1', 'condition=1']);
});

test('a departure counts unless a condition asked for it', () => {
  const { results } = explore((scenario) => {
    if (scenario.choose('a', YES_NO) === 1) scenario.depart('a');
    if (scenario.choose('b', YES_NO) === 1) scenario.branch('a');
    scenario.depart('never asked');
  });
  expect(results.map(({ scenario }) => scenario.departed)).toEqual([false, false, true, false]);
});

test('a question that comes too late is asked early the next time', () => {
  const seen: string[] = [];
  const { results } = explore((scenario) => {
    const early = scenario.earlyLiterals('P').map((literal) => scenario.choose(`is ${literal}`, YES_NO));
    seen.push(early.join());
    if (early.length === 0) scenario.askTooLate('P', 'x');
    return early;
  });
  expect(seen).toEqual(['', '0', '1']);
  expect(results.map(({ result }) => result)).toEqual([[0], [1]]);
});

describe('once', () => {
  test('keeps what was worked out, false included', () => {
    const scenario = new Scenario();
    const work = jest.fn(() => false);
    expect([scenario.once('a', work), scenario.once('a', work)]).toEqual([false, false]);
    expect(work).toHaveBeenCalledTimes(1);
  });
  test('ends circles', () => {
    const scenario = new Scenario();
    const work = (): string => `<${scenario.once('a', work, () => 'circle')}>`;
    expect(scenario.once('a', work, () => 'circle')).toBe('<circle>');
    expect(scenario.once('a', work, () => 'circle')).toBe('<circle>');
  });
});
