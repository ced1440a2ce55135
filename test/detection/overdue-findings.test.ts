import {
  BatchGetAccountStatusCommand,
  Inspector2Client,
  ListCisScanResultsAggregatedByTargetResourceCommand,
  ListCisScansCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-inspector2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { makeHandler } from '../../src/detection/overdue-findings/handler';
import { listFindings } from '../../src/detection/overdue-findings/list-findings';
import { scriptedAnswers } from '../helpers/scripted-answers';

const NOW = new Date('2026-11-20T06:00:00Z');
const DEADLINES = { CRITICAL: 15, HIGH: 30, MEDIUM: 90, LOW: 180 };

const inspector = mockClient(new Inspector2Client({ region: 'eu-west-1' }));
const s3 = mockClient(new S3Client({ region: 'eu-west-1' }));
const ssmClient = new SSMClient({ region: 'eu-west-1' });
const ssm = mockClient(ssmClient);

let count = 0;
const finding = (severity: string, days: number, more: object = {}) => ({
  findingArn: `arn:aws:inspector2:eu-west-1:111122223333:finding/${count++}`,
  severity,
  title: 'CVE-2026-1 - openssl',
  firstObservedAt: new Date(NOW.getTime() - days * 86_400_000),
  resources: [{ id: 'i-1234', type: 'AWS_EC2_INSTANCE' }],
  fixAvailable: 'YES',
  ...more,
});

interface Run {
  readonly environment?: Record<string, string>;
  readonly remaining?: () => number;
}

/** Run the function once, and read back what it published. */
async function run({ environment = {}, remaining = () => 900_000 }: Run = {}) {
  const lines: string[] = [];
  const handler = makeHandler({
    inspector: inspector as unknown as Inspector2Client,
    s3: s3 as unknown as S3Client,
    ssm: ssmClient,
    environment: { DEADLINES: JSON.stringify(DEADLINES), SCANS: 'EC2,ECR', ...environment },
    now: () => NOW,
    write: (line) => lines.push(line),
  });
  const context = {
    getRemainingTimeInMillis: remaining,
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:overdue',
    awsRequestId: 'request-1',
  };
  const error = await handler({}, context).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const metrics: Record<string, number> = {};
  for (const line of lines) {
    expect(line).not.toContain('\n');
    const { _aws, ...values } = JSON.parse(line);
    expect(_aws.Timestamp).toBe(NOW.getTime());
    const [{ Namespace, Metrics }] = _aws.CloudWatchMetrics;
    expect(Namespace).toBe('Soc2/Vulnerabilities');
    for (const { Name } of Metrics) metrics[[Name, values.Severity].filter(Boolean).join(' ')] = values[Name];
  }
  const [put] = s3.commandCalls(PutObjectCommand);
  const input = put?.args[0].input;
  return { metrics, error, key: input?.Key, report: input && JSON.parse(String(input.Body)) };
}

const on = { status: 'ENABLED', errorCode: 'NONE', errorMessage: '' };

beforeEach(() => {
  inspector.reset();
  s3.reset();
  ssm.reset();
  s3.on(PutObjectCommand).resolves({});
  inspector
    .on(BatchGetAccountStatusCommand)
    .resolves({ accounts: [{ accountId: '111122223333', state: on, resourceState: { ec2: on, ecr: on } }] } as never);
});

const pages = (...all: object[][]) => {
  all.forEach((findings, index) => {
    inspector
      .on(ListFindingsCommand, { nextToken: index === 0 ? undefined : `page ${index}` })
      .resolves({ findings, nextToken: index + 1 < all.length ? `page ${index + 1}` : undefined } as never);
  });
};

test('open findings are counted by severity over every page, also those without a deadline and pages without findings', async () => {
  pages([finding('CRITICAL', 1), finding('HIGH', 10)], [], [finding('HIGH', 20), finding('UNTRIAGED', 3)]);
  const { metrics, error } = await run();
  expect(error).toBeUndefined();
  expect(metrics).toEqual({
    'OpenFindings CRITICAL': 1,
    'OverdueFindings CRITICAL': 0,
    'OldestFindingDays CRITICAL': 1,
    'OpenFindings HIGH': 2,
    'OverdueFindings HIGH': 0,
    'OldestFindingDays HIGH': 20,
    'OpenFindings MEDIUM': 0,
    'OverdueFindings MEDIUM': 0,
    'OldestFindingDays MEDIUM': 0,
    'OpenFindings LOW': 0,
    'OverdueFindings LOW': 0,
    'OldestFindingDays LOW': 0,
    ScansOff: 0,
  });
});

test.each([
  ['CRITICAL', 15],
  ['HIGH', 30],
  ['MEDIUM', 90],
  ['LOW', 180],
])('a finding that is %s is overdue after %i days, and not on the last of them', async (severity, days) => {
  pages([finding(severity, days), finding(severity, days + 0.01)]);
  const { metrics } = await run();
  expect(metrics[`OverdueFindings ${severity}`]).toBe(1);
});

test('a finding that is listed twice counts once', async () => {
  const twice = finding('HIGH', 40);
  pages([twice], [twice]);
  const { metrics } = await run();
  expect([metrics['OpenFindings HIGH'], metrics['OverdueFindings HIGH']]).toEqual([1, 1]);
});

test('a finding without a date is counted and named, and does not stop the others', async () => {
  pages([finding('HIGH', 0, { firstObservedAt: undefined }), finding('HIGH', 0, { firstObservedAt: new Date('never') })]);
  const { metrics, report } = await run({ environment: { REPORT_BUCKET: 'evidence' } });
  expect(metrics['OpenFindings HIGH']).toBe(2);
  expect(metrics['OverdueFindings HIGH']).toBe(2);
  expect(report.undated).toHaveLength(2);
});

test('a date in the future is no age', async () => {
  pages([finding('HIGH', -5)]);
  expect((await run()).metrics['OldestFindingDays HIGH']).toBe(0);
});

test('a scan that somebody turned off is noticed', async () => {
  pages([]);
  expect((await run({ environment: { SCANS: 'EC2,ECR,LAMBDA' } })).metrics.ScansOff).toBe(1);
});

test('what was found before a page fails is published, and the function fails', async () => {
  pages([finding('CRITICAL', 20)], []);
  inspector
    .on(ListFindingsCommand, { nextToken: 'page 1' })
    .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
  const { metrics, error, report } = await run({ environment: { REPORT_BUCKET: 'evidence' } });
  expect(metrics['OverdueFindings CRITICAL']).toBe(1);
  // Nobody knows that there is none: a zero would end an alarm.
  expect(metrics).not.toHaveProperty('OverdueFindings HIGH');
  expect(metrics.ScansOff).toBe(0);
  expect(error).toBe(
    'Not every open finding of Inspector was counted: page 2 of the list could not be read: ThrottlingException: slow down. 1 were.',
  );
  expect(report).toMatchObject({ complete: false, pages: 1, findings: 1 });
});

test('it ends before the function is stopped, and says that the rest is missing', async () => {
  pages([finding('CRITICAL', 20)], [finding('CRITICAL', 20)]);
  let left = 2;
  const { metrics, error } = await run({ remaining: () => (left-- > 1 ? 60_000 : 10_000) });
  expect(metrics['OverdueFindings CRITICAL']).toBe(1);
  expect(error).toContain('there was no time for the rest of the list. 1 were');
});

test('a list that goes in circles ends', async () => {
  inspector.on(ListFindingsCommand).resolves({ findings: [finding('LOW', 1)], nextToken: 'again' } as never);
  const { error } = await run();
  expect(error).toContain('Inspector gave the same page again');
  expect(inspector.commandCalls(ListFindingsCommand)).toHaveLength(2);
});

test('the report names what was asked, by whom, how much came back, and every overdue finding', async () => {
  const overdue = finding('HIGH', 40.5, { exploitAvailable: 'YES', title: '=HYPERLINK("https://example.com")\u0000<script>' });
  pages([overdue, finding('LOW', 1)]);
  const { key, report } = await run({ environment: { REPORT_BUCKET: 'evidence', REPORT_PREFIX: 'vulnerabilities/' } });
  expect(key).toBe('vulnerabilities/111122223333/eu-west-1/2026-11-20/vulnerabilities.json');
  expect(report).toMatchObject({
    schemaVersion: 1,
    account: '111122223333',
    region: 'eu-west-1',
    started: '2026-11-20T06:00:00.000Z',
    collector: { function: 'arn:aws:lambda:eu-west-1:111122223333:function:overdue', request: 'request-1' },
    query: { api: 'inspector2:ListFindings', parameters: { filterCriteria: { findingStatus: [{ value: 'ACTIVE' }] } } },
    pages: 1,
    findings: 2,
    complete: true,
    scans: { wanted: ['EC2', 'ECR'], off: [] },
    open: { HIGH: 1, LOW: 1 },
    overdue: [
      {
        arn: overdue.findingArn,
        severity: 'HIGH',
        title: overdue.title,
        resources: ['i-1234'],
        ageDays: 40,
        deadlineDays: 30,
        fixAvailable: 'YES',
        exploitAvailable: 'YES',
      },
    ],
  });
});

test('a report that cannot be written is a failure', async () => {
  pages([]);
  s3.on(PutObjectCommand).rejects(new Error('denied'));
  const { error, metrics } = await run({ environment: { REPORT_BUCKET: 'evidence' } });
  expect(error).toBe('denied');
  expect(metrics.ScansOff).toBe(0);
});

test('no report is written where there is no bucket for it', async () => {
  pages([]);
  expect((await run()).report).toBeUndefined();
});

describe('through the client of the function', () => {
  const page = { findings: [{ findingArn: 'arn', severity: 'HIGH', firstObservedAt: 1_700_000_000 }] };
  const list = async (client: Inspector2Client) => {
    const found: unknown[] = [];
    const reading = await listFindings(
      client,
      (each) => found.push(each.firstObservedAt),
      () => true,
    );
    return { found, reading };
  };

  test('throttling only slows it down', async () => {
    const { options, requests } = scriptedAnswers(['ThrottlingException', 'ThrottlingException', page]);
    const { found, reading } = await list(new Inspector2Client(options));
    expect(reading).toEqual({ pages: 1 });
    expect(found).toEqual([new Date('2023-11-14T22:13:20Z')]);
    expect(requests).toHaveLength(3);
  });

  test('what is not allowed is not tried again', async () => {
    const { options, requests } = scriptedAnswers(['AccessDeniedException']);
    const { reading } = await list(new Inspector2Client(options));
    expect(reading.problem).toContain('AccessDeniedException');
    expect(requests).toHaveLength(1);
  });
});

describe('exceptions', () => {
  const PATH = '/soc2/vulnerability-exceptions/x';
  const environment = { REPORT_BUCKET: 'evidence', EXCEPTIONS_PATH: PATH };
  const except = (...exceptions: object[]) =>
    ssm.on(GetParametersByPathCommand, { Path: PATH }).resolves({
      Parameters: exceptions.map((each) => ({
        Value: JSON.stringify({
          name: 'accepted',
          reason: 'r',
          owner: 'o',
          expires: '2026-11-20',
          types: ['CVE-2026-1'],
          ...each,
        }),
      })),
    });
  const cve = (days: number, more: object = {}) =>
    finding('CRITICAL', days, { packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-1' }, ...more });

  test('what is accepted is open, is listed, and is not overdue', async () => {
    except({});
    pages([cve(20), cve(1), finding('CRITICAL', 20)]);
    const { metrics, report, error } = await run({ environment });
    expect(error).toBeUndefined();
    expect([metrics['OpenFindings CRITICAL'], metrics['ExceptedFindings CRITICAL'], metrics['OverdueFindings CRITICAL']]).toEqual(
      [3, 2, 1],
    );
    expect(report.excepted.overdue).toEqual([expect.objectContaining({ ageDays: 20, exception: 'accepted' })]);
    expect(report.exceptions).toEqual([
      expect.objectContaining({ findings: 2, isOver: false, owner: 'o', expires: '2026-11-20' }),
    ]);
  });

  test('from the day after its last it counts again', async () => {
    except({ expires: '2026-11-19' });
    pages([cve(20)]);
    const { metrics, report } = await run({ environment });
    expect(metrics['OverdueFindings CRITICAL']).toBe(1);
    expect(report.exceptions).toEqual([expect.objectContaining({ findings: 0, isOver: true })]);
  });

  test('a finding without a date is accepted as well', async () => {
    except({});
    pages([cve(0, { firstObservedAt: undefined })]);
    const { metrics } = await run({ environment });
    expect(metrics['OverdueFindings CRITICAL']).toBe(0);
  });

  test.each([
    ['its id, in other letters', { types: ['cve-2026-1'] }, true],
    ['a pattern', { types: ['CVE-*-1'] }, true],
    ['a pattern that takes what follows', { types: ['CVE-2026*'] }, true],
    ['the beginning of its id', { types: ['CVE-2026'] }, false],
    ['more than its id', { types: ['CVE-2026-1*1'] }, false],
    ['its title, though it has an id', { types: ['CVE-2026-1 - openssl'] }, false],
    ['signs that mean something elsewhere', { types: ['CVE.2026.1'] }, false],
    ['its resource', { resources: ['i-1234'] }, true],
    ['a pattern for its resource', { resources: ['i-12*'] }, true],
    ['another resource', { resources: ['i-9999'] }, false],
    ['no resource', { resources: [] }, false],
    ['no vulnerability', { types: [] }, false],
  ])('an exception that names %s', async (_, exception, isCovered) => {
    except(exception);
    pages([cve(20)]);
    const { metrics } = await run({ environment });
    expect(metrics['OverdueFindings CRITICAL']).toBe(isCovered ? 0 : 1);
  });

  test('every resource of a finding must be named', async () => {
    except({ resources: ['i-1234'] });
    pages([cve(20, { resources: [{ id: 'i-1234' }, { id: 'i-5678' }] })]);
    expect((await run({ environment })).metrics['OverdueFindings CRITICAL']).toBe(1);
  });

  test('a finding without an id is named by its title', async () => {
    except({ types: ['Port 22 is reachable*'] });
    pages([finding('CRITICAL', 20, { title: 'Port 22 is reachable from an Internet Gateway' })]);
    expect((await run({ environment })).metrics['OverdueFindings CRITICAL']).toBe(0);
  });

  test('a pattern that is made to be slow is not', async () => {
    except({ types: [`${'*a'.repeat(200)}*b`] });
    pages([cve(20, { packageVulnerabilityDetails: { vulnerabilityId: 'a'.repeat(20_000) } })]);
    const started = Date.now();
    await run({ environment });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  test.each([
    ['no last day', { expires: undefined }],
    ['a last day that is none', { expires: 'some day' }],
    ['a last day far off', { expires: '+012026-01-01' }],
    ['nobody who answers for it', { owner: ' ' }],
    ['no reason', { reason: undefined }],
    ['every vulnerability', { types: ['**'] }],
    ['a vulnerability that is no text', { types: [{}] }],
    ['a resource that is no list', { resources: 'i-1234' }],
  ])('an exception that somebody wrote with %s covers nothing, and the function fails', async (_, exception) => {
    except(exception);
    pages([cve(20)]);
    const { metrics, error } = await run({ environment });
    expect(metrics['OverdueFindings CRITICAL']).toBe(1);
    expect(error).toContain('must be an exception with a reason, an owner and a last day');
  });

  test('when they cannot be read, every finding counts, and the function fails', async () => {
    ssm.on(GetParametersByPathCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
    pages([cve(20)]);
    const { metrics, error, report } = await run({ environment });
    expect(metrics['OverdueFindings CRITICAL']).toBe(1);
    expect(error).toBe('The report on vulnerabilities is not whole: exceptions could not be read: AccessDeniedException: no');
    expect(report.complete).toBe(false);
  });
});

describe('scans by the benchmarks of CIS', () => {
  const environment = { REPORT_BUCKET: 'evidence', CIS_SCANS: 'on' };
  const scan = (days: number, more: object = {}) => ({
    scanArn: `arn:scan/${days}`,
    scanConfigurationArn: 'arn:configuration',
    scanDate: new Date(NOW.getTime() - days * 86_400_000),
    status: 'COMPLETED' as const,
    failedChecks: 12,
    totalChecks: 200,
    ...more,
  });

  test('the newest that was completed is in the report, with what it found on each instance', async () => {
    pages([]);
    inspector
      .on(ListCisScansCommand)
      .resolves({ scans: [scan(1, { status: 'FAILED' }), scan(5), scan(12, { failedChecks: 99 })] });
    inspector
      .on(ListCisScanResultsAggregatedByTargetResourceCommand, { scanArn: 'arn:scan/5', nextToken: undefined })
      .resolves({
        targetResourceAggregations: [
          {
            scanArn: 'x',
            targetResourceId: 'i-1',
            platform: 'AMAZON_LINUX_2023',
            targetStatus: 'COMPLETED',
            statusCounts: { failed: 12, passed: 180, skipped: 8 },
          },
        ],
        nextToken: 'more',
      })
      .on(ListCisScanResultsAggregatedByTargetResourceCommand, { nextToken: 'more' })
      .resolves({
        targetResourceAggregations: [
          { scanArn: 'x', targetResourceId: 'i-2', targetStatus: 'TIMED_OUT', targetStatusReason: 'SSM_UNMANAGED' },
        ],
      });
    const { metrics, report } = await run({ environment });
    expect([metrics.CisScans, metrics.CisFailedChecks]).toEqual([1, 12]);
    expect(report.cis.newest).toMatchObject({
      failedChecks: 12,
      totalChecks: 200,
      instances: [
        { id: 'i-1', platform: 'AMAZON_LINUX_2023', status: 'COMPLETED', failed: 12, passed: 180, skipped: 8 },
        { id: 'i-2', status: 'TIMED_OUT', reason: 'SSM_UNMANAGED', failed: 0, passed: 0, skipped: 0 },
      ],
    });
  });

  /** Pages of so many instances, the last of which names no next one. */
  const pagesOfInstances = (count: number, last: object) => {
    inspector.on(ListCisScansCommand).resolves({ scans: [scan(5)] });
    for (let page = 0; page < count; page++) {
      const ids = Array.from({ length: 100 }, (_, index) => `i-${page * 100 + index}`);
      inspector
        .on(ListCisScanResultsAggregatedByTargetResourceCommand, { nextToken: page === 0 ? undefined : `page ${page}` })
        .resolves({
          targetResourceAggregations: ids.map((targetResourceId) => ({ scanArn: 'x', targetResourceId })),
          ...(page + 1 < count ? { nextToken: `page ${page + 1}` } : last),
        });
    }
  };

  test('every instance is listed, however many there are', async () => {
    pages([]);
    pagesOfInstances(12, {});
    const { report, error } = await run({ environment });
    expect(error).toBeUndefined();
    expect(report.complete).toBe(true);
    expect(report.cis.newest.instances).toHaveLength(1_200);
    expect(report.cis.newest.instances.at(-1).id).toBe('i-1199');
  });

  test('a list of instances that is cut off says so, with those that were read, and the function fails', async () => {
    pages([]);
    pagesOfInstances(2, { nextToken: 'page 2' });
    inspector
      .on(ListCisScanResultsAggregatedByTargetResourceCommand, { nextToken: 'page 2' })
      .rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const { report, error, metrics } = await run({ environment });
    expect(report.cis.newest.instances).toHaveLength(200);
    expect(report).toMatchObject({ complete: false, cis: { newest: { problem: 'ThrottlingException: slow down' } } });
    expect(error).toContain('the list of instances of the scan arn:scan/5 ends after 200: ThrottlingException: slow down');
    // The counts of the scan are its own, and not of the list.
    expect(metrics.CisFailedChecks).toBe(12);
  });

  test('without one for eight days there is none, and the old one is reported with its date', async () => {
    pages([]);
    inspector.on(ListCisScansCommand).resolves({ scans: [scan(9)] });
    inspector.on(ListCisScanResultsAggregatedByTargetResourceCommand).resolves({});
    const { metrics, report } = await run({ environment });
    expect(metrics.CisScans).toBe(0);
    expect(report.cis.newest.date).toBe('2026-11-11T06:00:00.000Z');
  });

  test('where none was ever completed, nothing is said of failed checks', async () => {
    pages([]);
    inspector.on(ListCisScansCommand).resolves({ scans: [scan(1, { status: 'FAILED' })] });
    const { metrics } = await run({ environment });
    expect(metrics.CisScans).toBe(0);
    expect(metrics).not.toHaveProperty('CisFailedChecks');
  });

  test('results that cannot be read do not keep findings from being counted', async () => {
    pages([finding('HIGH', 40)]);
    inspector.on(ListCisScansCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const { metrics, error } = await run({ environment });
    expect(metrics['OverdueFindings HIGH']).toBe(1);
    expect(metrics).not.toHaveProperty('CisScans');
    expect(error).toContain('results of scans by the benchmarks of CIS could not be read: ThrottlingException');
  });

  test('nobody asks for them where there are no such scans', async () => {
    pages([]);
    await run();
    expect(inspector.commandCalls(ListCisScansCommand)).toEqual([]);
  });
});
