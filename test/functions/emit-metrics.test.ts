import { metricLines } from '../../src/functions/emit-metrics';

const TIME = Date.parse('2026-11-20T06:00:00Z');

test('a line holds values, and says which of them are metrics, of which dimensions', () => {
  const [line] = metricLines(
    'Soc2/Test',
    { Severity: 'HIGH' },
    [
      { name: 'Open', value: 3 },
      { name: 'Days', value: 9, unit: 'None' },
    ],
    TIME,
  );
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: TIME,
      CloudWatchMetrics: [
        {
          Namespace: 'Soc2/Test',
          Dimensions: [['Severity']],
          Metrics: [
            { Name: 'Open', Unit: 'Count' },
            { Name: 'Days', Unit: 'None' },
          ],
        },
      ],
    },
    Severity: 'HIGH',
    Open: 3,
    Days: 9,
  });
});

test('a line has no more values than CloudWatch reads', () => {
  const values = Array.from({ length: 250 }, (_, index) => ({ name: `Metric${index}`, value: index }));
  const lines = metricLines('Soc2/Test', {}, values, TIME).map((line) => JSON.parse(line)._aws.CloudWatchMetrics[0]);
  expect(lines.map(({ Metrics }) => Metrics.length)).toEqual([100, 100, 50]);
  expect(lines[0].Dimensions).toEqual([[]]);
});

test('what a value says stays on its line', () => {
  const [line] = metricLines('Soc2/Test', { Name: 'a\n{"_aws":{}}' }, [{ name: 'Open', value: 1 }], TIME);
  expect(line.split('\n')).toHaveLength(1);
});

test('nothing to say is no line', () => {
  expect(metricLines('Soc2/Test', {}, [], TIME)).toEqual([]);
});
