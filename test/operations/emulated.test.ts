import { CloudWatchClient, PutDashboardCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { makeHandler } from '../../src/operations/operations-report/handler';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';

const NOW = new Date();
const YESTERDAY = new Date(Math.floor(NOW.getTime() / 86_400_000) * 86_400_000 - 3_600_000);

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('a report has the values of what a dashboard shows, twice the same', async () => {
    const cloudWatch = new CloudWatchClient(emulator.options);
    const s3 = new S3Client(emulator.options);
    // The emulator draws no pictures.
    cloudWatch.middlewareStack.add(
      (next, { commandName }) =>
        async (args) =>
          commandName === 'GetMetricWidgetImageCommand'
            ? ({ output: { MetricWidgetImage: new Uint8Array([1, 2, 3]), $metadata: {} }, response: {} } as never)
            : next(args),
      { step: 'initialize' },
    );
    await s3.send(
      new CreateBucketCommand({ Bucket: 'evidence', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );
    const Dimensions = [{ Name: 'FunctionName', Value: 'orders' }];
    const MetricData = [1, 2, 6].map((Value) => ({ MetricName: 'Errors', Dimensions, Value, Timestamp: YESTERDAY }));
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'App', MetricData }));
    const properties = { title: 'Errors', metrics: [['App', 'Errors', 'FunctionName', 'orders', { stat: 'Sum' }]] };
    const DashboardBody = JSON.stringify({ widgets: [{ type: 'metric', properties }] });
    await cloudWatch.send(new PutDashboardCommand({ DashboardName: 'Operations', DashboardBody }));

    const handler = makeHandler({
      cloudWatch,
      s3,
      environment: { DASHBOARD: 'Operations', DAYS: '7', REPORT_BUCKET: 'evidence', REPORT_PREFIX: 'operations/' },
      now: () => NOW,
    });
    const context = {
      getRemainingTimeInMillis: () => 900_000,
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:report',
      awsRequestId: 'request-1',
    };
    const folder = `operations/111122223333/eu-west-1/${NOW.toISOString().slice(0, 10)}/`;
    const reports: string[] = [];
    for (const _ of [1, 2]) {
      await handler({}, context);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'evidence', Key: `${folder}operations.json` }));
      reports.push(await Body!.transformToString());
    }
    expect(reports[1]).toBe(reports[0]);
    const { entries, complete } = JSON.parse(reports[0]);
    expect(complete).toBe(true);
    expect(entries[0].series[0].values.map(([, value]: [string, number]) => value)).toContain(9);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'evidence' }));
    expect(Contents.map(({ Key }) => Key)).toEqual([`${folder}001-errors.png`, `${folder}operations.json`]);
  });
});
