import { createHash } from 'node:crypto';
import {
  CloudWatchClient,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricWidgetImageCommand,
} from '@aws-sdk/client-cloudwatch';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/operations/operations-report/handler';
import { fileName, queriesOf, widgetsOf } from '../../src/operations/operations-report/widgets';

const NOW = new Date('2026-12-01T06:00:05Z');
const PICTURE = new Uint8Array([137, 80, 78, 71]);

const cloudWatch = mockClient(new CloudWatchClient({ region: 'eu-west-1' }));
const s3 = mockClient(new S3Client({ region: 'eu-west-1' }));

const graph = (title: string, metrics: unknown[][]) => ({
  type: 'metric',
  width: 8,
  properties: { title, metrics, region: 'eu-west-1', yAxis: {} },
});
const dashboard = (...widgets: object[]) =>
  cloudWatch
    .on(GetDashboardCommand)
    .resolves({ DashboardBody: JSON.stringify({ widgets: [{ type: 'text', properties: {} }, ...widgets] }) });

async function run(remaining = () => 900_000) {
  const handler = makeHandler({
    cloudWatch: cloudWatch as unknown as CloudWatchClient,
    s3: s3 as unknown as S3Client,
    environment: { DASHBOARD: 'Operations', DAYS: '31', REPORT_BUCKET: 'evidence', REPORT_PREFIX: 'operations/' },
    now: () => NOW,
  });
  const context = {
    getRemainingTimeInMillis: remaining,
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:report',
    awsRequestId: 'request-1',
  };
  const error = await handler({}, context).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const objects = Object.fromEntries(
    s3.commandCalls(PutObjectCommand).map(({ args }) => [args[0].input.Key!, args[0].input.Body]),
  );
  const report = objects['operations/111122223333/eu-west-1/2026-12-01/operations.json'];
  return { error, objects, report: report && JSON.parse(String(report)) };
}

beforeEach(() => {
  cloudWatch.reset();
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  cloudWatch.on(GetMetricWidgetImageCommand).resolves({ MetricWidgetImage: PICTURE });
  cloudWatch.on(GetMetricDataCommand).resolves({
    MetricDataResults: [
      { Id: 'line0', Label: 'Errors', StatusCode: 'Complete', Timestamps: [new Date('2026-11-30T00:00:00Z')], Values: [3] },
    ],
  });
});

test('every graph is there as a picture, and as values by day', async () => {
  dashboard(graph('Orders: errors', [['AWS/Lambda', 'Errors', 'FunctionName', 'orders']]));
  const { error, objects, report } = await run();
  expect(error).toBeUndefined();
  const key = 'operations/111122223333/eu-west-1/2026-12-01/001-orders-errors.png';
  expect(objects[key]).toEqual(PICTURE);
  expect(report).toMatchObject({
    schemaVersion: 1,
    dashboard: 'Operations',
    account: '111122223333',
    region: 'eu-west-1',
    period: { from: '2026-10-31T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' },
    collector: { request: 'request-1' },
    graphs: 1,
    complete: true,
    problems: [],
    entries: [
      {
        title: 'Orders: errors',
        picture: { key, sha256: createHash('sha256').update(PICTURE).digest('hex') },
        series: [{ id: 'line0', label: 'Errors', status: 'Complete', values: [['2026-11-30T00:00:00.000Z', 3]] }],
      },
    ],
  });
});

test('pictures are of the days that the report is about, and of nothing that CloudWatch does not draw', async () => {
  dashboard(graph('Errors', [['AWS/Lambda', 'Errors']]));
  await run();
  const { MetricWidget, OutputFormat } = cloudWatch.commandCalls(GetMetricWidgetImageCommand)[0].args[0].input;
  expect(OutputFormat).toBe('png');
  expect(JSON.parse(MetricWidget!)).toEqual({
    title: 'Errors',
    metrics: [['AWS/Lambda', 'Errors']],
    yAxis: {},
    start: '2026-10-31T00:00:00.000Z',
    end: '2026-12-01T00:00:00.000Z',
    width: 900,
    height: 400,
  });
});

test('values come from every page', async () => {
  dashboard(graph('Errors', [['AWS/Lambda', 'Errors']]));
  const result = (day: string, StatusCode: 'PartialData' | 'Complete', value: number) => ({
    Id: 'line0',
    Label: 'Errors',
    StatusCode,
    Timestamps: [new Date(`${day}T00:00:00Z`)],
    Values: [value],
  });
  cloudWatch
    .on(GetMetricDataCommand)
    .resolvesOnce({ MetricDataResults: [result('2026-11-01', 'PartialData', 1)], NextToken: '2' })
    .resolvesOnce({ MetricDataResults: [], NextToken: '3' })
    .resolves({ MetricDataResults: [result('2026-11-02', 'Complete', 2)] });
  const { error, report } = await run();
  expect(error).toBeUndefined();
  expect(report.entries[0].series[0].values).toEqual([
    ['2026-11-01T00:00:00.000Z', 1],
    ['2026-11-02T00:00:00.000Z', 2],
  ]);
});

test('one graph that fails does not take the others along, and the function fails in the end', async () => {
  dashboard(graph('One', [['A', 'B']]), graph('Two', [['A', 'B']]));
  cloudWatch
    .on(GetMetricWidgetImageCommand)
    .rejectsOnce(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }))
    .resolves({ MetricWidgetImage: PICTURE });
  const { error, objects, report } = await run();
  expect(error).toBe("The report on operations is not complete: 'One': the picture is missing: ThrottlingException: slow down");
  expect(Object.keys(objects)).toContain('operations/111122223333/eu-west-1/2026-12-01/002-two.png');
  expect(report).toMatchObject({
    complete: false,
    graphs: 2,
    entries: [{ series: [{ id: 'line0' }] }, { picture: expect.anything() }],
  });
});

test.each([
  ['InternalError', "values of 'Errors' are missing: InternalError"],
  ['Forbidden', "values of 'Errors' are missing: Forbidden"],
])('values that CloudWatch does not give are missed: %s', async (StatusCode, problem) => {
  dashboard(graph('Errors', [['AWS/Lambda', 'Errors']]));
  cloudWatch
    .on(GetMetricDataCommand)
    .resolves({ MetricDataResults: [{ Id: 'line0', Label: 'Errors', StatusCode: StatusCode as 'Forbidden' }] });
  expect((await run()).error).toContain(problem);
});

test('an empty picture is missed', async () => {
  dashboard(graph('Errors', [['A', 'B']]));
  cloudWatch.on(GetMetricWidgetImageCommand).resolves({});
  expect((await run()).error).toContain('CloudWatch sent an empty picture');
});

test('it ends before the function is stopped, and says what is missing', async () => {
  dashboard(graph('One', [['A', 'B']]), graph('Two', [['A', 'B']]));
  let left = 1;
  const { error, report } = await run(() => (left-- > 0 ? 60_000 : 1_000));
  expect(error).toContain('there was no time for 1 of the graphs');
  expect(report.entries).toHaveLength(1);
});

test('a dashboard that is not there is told', async () => {
  cloudWatch.on(GetDashboardCommand).rejects(Object.assign(new Error('no such dashboard'), { name: 'ResourceNotFound' }));
  expect((await run()).error).toBe('no such dashboard');
});

test('a dashboard that was broken by hand is told', async () => {
  cloudWatch.on(GetDashboardCommand).resolves({ DashboardBody: '{"widgets":7}' });
  expect((await run()).error).toBe("The dashboard has no list of 'widgets'");
});

test('titles are text: no path, and nothing that a browser runs', () => {
  expect(fileName('../../etc/passwd', 1)).toBe('001-etc-passwd.png');
  expect(fileName('<script>alert(1)</script>', 12)).toBe('012-script-alert-1-script.png');
  expect(fileName('\u0000', 3)).toBe('003-graph.png');
  expect(fileName('x'.repeat(300), 4)).toHaveLength(4 + 60 + 4);
});

describe('lines of a graph', () => {
  const common = { ReturnData: true };

  test('with options, and a statistic for all', () => {
    expect(
      queriesOf({
        stat: 'Sum',
        metrics: [
          ['AWS/SQS', 'Age', 'QueueName', 'orders', { stat: 'Maximum', label: 'age', accountId: '1' }],
          ['A', 'B'],
        ],
      }),
    ).toEqual([
      {
        ...common,
        Id: 'line0',
        Label: 'age',
        AccountId: '1',
        MetricStat: {
          Metric: { Namespace: 'AWS/SQS', MetricName: 'Age', Dimensions: [{ Name: 'QueueName', Value: 'orders' }] },
          Period: 86_400,
          Stat: 'Maximum',
        },
      },
      {
        ...common,
        Id: 'line1',
        MetricStat: { Metric: { Namespace: 'A', MetricName: 'B', Dimensions: [] }, Period: 86_400, Stat: 'Sum' },
      },
    ]);
  });

  test('that are calculated from others, which are not shown', () => {
    const [rate, errors] = queriesOf({
      metrics: [[{ expression: '100 * errors', id: 'rate' }], ['A', 'Errors', { id: 'errors', visible: false }]],
    });
    expect(rate).toEqual({ ...common, Id: 'rate', Expression: '100 * errors', Period: 86_400 });
    expect(errors).toMatchObject({ Id: 'errors', ReturnData: false });
  });

  test('that are shortened with dots', () => {
    const metrics = [
      ['AWS/EC2', 'CPU', 'InstanceId', 'i-1'],
      ['.', 'Net', '.', 'i-2'],
      ['...', 'i-3'],
    ];
    expect(
      queriesOf({ metrics }).map(({ MetricStat }) => [MetricStat?.Metric?.MetricName, MetricStat?.Metric?.Dimensions?.[0].Value]),
    ).toEqual([
      ['CPU', 'i-1'],
      ['Net', 'i-2'],
      ['Net', 'i-3'],
    ]);
  });

  test('are none where a graph has none', () => {
    expect(
      widgetsOf(JSON.stringify({ widgets: [{ type: 'metric' }, { type: 'metric', properties: { metrics: 'x' } }] })),
    ).toMatchObject([
      { title: '', queries: [] },
      { title: '', queries: [] },
    ]);
  });
});
