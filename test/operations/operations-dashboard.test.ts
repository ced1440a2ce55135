import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  DashboardSection,
  OperationsDashboard,
  type OperationsDashboardProps,
  SecureBucket,
  SecurityServiceMode,
  VulnerabilityScanning,
} from '../../src';
import { widgetsOf } from '../../src/operations/operations-report/widgets';
import { only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const make = (props?: OperationsDashboardProps) => (stack: Stack) => new OperationsDashboard(stack, 'Operations', props);
const withReport = (stack: Stack) => make({ reportBucket: new SecureBucket(stack, 'Reports') })(stack);

keepsItsPromises({ make: withReport });

/** What is there to watch, none of it made by the stack. */
function everything(stack: Stack): void {
  const dashboard = make()(stack);
  const age = new cloudwatch.Metric({ namespace: 'Soc2/Backup', metricName: 'Age' });
  const scanning = new VulnerabilityScanning(stack, 'Vulnerabilities', { mode: SecurityServiceMode.DELEGATED });
  const balancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Edge', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/edge/1',
    securityGroupId: 'sg-1',
  });
  const database = rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Database', {
    instanceIdentifier: 'orders',
    instanceEndpointAddress: 'orders.example.com',
    port: 5432,
    securityGroups: [],
  });
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders' });
  // In an order other than that of the dashboard.
  dashboard.addVulnerabilityScanning('Account', scanning);
  dashboard.addBackupAge('Orders', age);
  dashboard.addBackupVault('Vault', backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'vault'));
  dashboard.addQueue('Queue', sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:queue'));
  dashboard.addTable('Table', dynamodb.Table.fromTableName(stack, 'Table', 'table'));
  dashboard.addFunction('Function', lambda.Function.fromFunctionName(stack, 'Function', 'function'));
  dashboard.addDatabase('Database', database);
  dashboard.addDatabaseCluster('Cluster', cluster);
  dashboard.addLoadBalancer('Edge', balancer);
  dashboard.addMetrics(DashboardSection.SECURITY, 'Sign-ins', new cloudwatch.Metric({ namespace: 'App', metricName: 'SignIns' }));
}

/** What CloudWatch gets, with the names that only deployment knows filled in. */
function bodyOf(built: ReturnType<typeof template>): string {
  const { DashboardBody: body } = only(built, 'AWS::CloudWatch::Dashboard').Properties;
  if (typeof body === 'string') return body;
  return body['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'known-later')).join('');
}

describe('a dashboard', () => {
  const built = template(everything);
  const { widgets } = JSON.parse(bodyOf(built));

  test('has its sections in one order, whatever came first', () => {
    const headings = widgets.filter(({ type }: { type: string }) => type === 'text');
    expect(headings.map(({ properties }: { properties: { markdown: string } }) => properties.markdown)).toEqual([
      '## Availability',
      '## Latency',
      '## Errors',
      '## Capacity',
      '## Backup',
      '## Security',
    ]);
  });

  test('shows what matters of each construct', () => {
    expect(widgetsOf(bodyOf(built)).map(({ title }) => title)).toEqual([
      'Function: calls',
      'Edge: requests',
      'Queue: age of the oldest message in seconds',
      'Function: milliseconds',
      'Database: seconds to read and write',
      'Cluster: milliseconds that readers are behind',
      'Edge: seconds to answer',
      'Table: requests held back',
      'Function: calls that failed',
      'Edge: requests that failed',
      'Queue: messages that wait',
      'Table: capacity',
      'Database: processor',
      'Database: free storage',
      'Database: connections',
      'Cluster: processor',
      'Cluster: connections',
      'Orders: age of the newest backup',
      'Vault: backups',
      'Account: open findings',
      'Account: overdue findings',
      'Account: age of the oldest finding in days',
      'Sign-ins',
    ]);
  });

  test('can be read by the function that reports on it: each line is a query with a metric', () => {
    for (const { queries } of widgetsOf(bodyOf(built))) {
      expect(queries.length).toBeGreaterThan(0);
      for (const { MetricStat } of queries) expect(MetricStat?.Metric?.MetricName).toBeTruthy();
    }
    const findings = widgetsOf(bodyOf(built)).find(({ title }) => title === 'Account: open findings')!;
    expect(findings.queries.map(({ Label, MetricStat }) => [Label, MetricStat?.Metric?.Dimensions?.[0].Value])).toEqual([
      ['critical', 'CRITICAL'],
      ['high', 'HIGH'],
      ['medium', 'MEDIUM'],
      ['low', 'LOW'],
    ]);
  });

  test('has no graph over another', () => {
    const places = widgets.map(({ x, y }: { x: number; y: number }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  test('is the same each time', () => expect(bodyOf(template(everything))).toBe(bodyOf(built)));
});

test('a dashboard of nothing is made, and empty', () => {
  const built = template(make());
  expect(JSON.parse(bodyOf(built))).toEqual({ widgets: [] });
  expect(Object.keys(built.template.Resources)).toHaveLength(1);
});

describe('a report', () => {
  const built = template(withReport);

  test('is written on the first of each month, and failures wait in a queue', () => {
    expect(only(built, 'AWS::Events::Rule').Properties).toMatchObject({
      ScheduleExpression: 'cron(0 6 1 * ? *)',
      Targets: [{ DeadLetterConfig: { Arn: expect.anything() } }],
    });
    const [{ Properties }] = resources(built, 'AWS::Lambda::Function').filter((each) => each.Properties.Environment);
    expect(Properties.Environment.Variables).toMatchObject({
      DASHBOARD: { Ref: expect.stringContaining('Dashboard') },
      DAYS: '31',
      REPORT_PREFIX: 'operations/',
    });
  });

  test('is written when and of what the app says', () => {
    const other = template((stack) =>
      make({
        reportBucket: new SecureBucket(stack, 'Reports'),
        reportSchedule: events.Schedule.rate(Duration.days(7)),
        reportPeriod: Duration.days(7),
        reportPrefix: 'weekly/',
      })(stack),
    );
    expect(only(other, 'AWS::Events::Rule').Properties.ScheduleExpression).toBe('rate(7 days)');
    const puts = statements(other, /ReportFunctionRole/).filter(({ Action }) => Action === 's3:PutObject');
    expect(JSON.stringify(puts[0].Resource)).toContain('/weekly/*');
  });

  test('is written by a function that may do nothing else', () => {
    // The queue of what failed has a key as well.
    expect([...new Set(actions(built, /ReportFunctionRole/))]).toEqual([
      'cloudwatch:GetDashboard',
      'cloudwatch:GetMetricData',
      'cloudwatch:GetMetricWidgetImage',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      'sqs:SendMessage',
    ]);
    const [dashboard] = statements(built, /ReportFunctionRole/).filter(({ Action }) => Action === 'cloudwatch:GetDashboard');
    expect(JSON.stringify(dashboard.Resource)).toContain(':cloudwatch::111122223333:dashboard/');
  });
});

test.each([0.5, 0, 456])('a report of %d days is refused', (days) => {
  const reportPeriod = Duration.hours(days * 24);
  expect(() => template((stack) => make({ reportPeriod, reportBucket: new SecureBucket(stack, 'Reports') })(stack))).toThrow(
    `'reportPeriod' must be whole days from 1 to 455, got ${days}`,
  );
});

test('a name that CloudWatch does not take is refused', () => {
  expect(() => make({ dashboardName: 'my dashboard' })(new Stack())).toThrow(
    "'dashboardName' must be 1 to 255 letters, digits, '-' and '_'",
  );
});
