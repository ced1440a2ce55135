import type { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EvidenceCollector, type EvidenceCollectorProps, EvidenceStore, LogArchive } from '../../src';
import { CATALOGUE } from '../../src/evidence/operating/catalogue';
import { type Built, build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

type Options = Omit<EvidenceCollectorProps, 'store'>;

const make = (stack: Stack, props: Options = {}) =>
  new EvidenceCollector(stack, 'Collector', { store: new EvidenceStore(stack, 'Evidence'), ...props });

const built = (props?: (stack: Stack) => Options) => build((stack) => make(stack, props?.(stack)));

keepsItsPromises({ make: (stack) => make(stack) });

/** What the function may do. */
function rights({ template }: Built): { Action: string | string[]; Resource: unknown; Condition?: object }[] {
  const [policy] = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && /^CollectorCollectFunctionRole/.test(Properties.PolicyName),
  );
  return policy.Properties.PolicyDocument.Statement;
}

const actionsOf = (all: Built) => rights(all).flatMap(({ Action }) => Action);
const variables = ({ template }: Built) =>
  Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.Environment?.Variables.COLLECTORS,
  )!.Properties.Environment.Variables;

test('its queues are parts of a safeguard: the network diagram takes them for none of the application', () => {
  const queues = Object.values(built().template.Resources).filter(({ Type }) => Type === 'AWS::SQS::Queue');
  expect(queues.map(({ Metadata }) => Metadata?.['cdk-soc2'])).toEqual(queues.map(() => ({ part: 'safeguard' })));
  expect(queues.length).toBeGreaterThan(0);
});

test('the function may do what its collectors list, keep evidence, and nothing else', () => {
  const all = built();
  const listed = CATALOGUE.filter(({ reads }) => reads === 'api').flatMap(({ actions }) => Object.keys(actions));
  const own = [
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    's3:PutObject',
    's3:PutObject',
    's3:GetObject',
    's3:ListBucket',
    'kms:GenerateDataKey',
    'kms:Decrypt',
  ];
  expect([...new Set(actionsOf(all))].sort()).toEqual([...new Set([...listed, ...own])].sort());
  expect(actionsOf(all).filter((action) => action.includes('*'))).toEqual([]);
});

test('nothing that a collector calls changes anything', () => {
  const names = CATALOGUE.flatMap(({ actions }) => Object.keys(actions)).map((action) => action.split(':')[1]);
  // A credential report is made by AWS when it is asked for, and changes nothing else.
  const reading = /^(Get|List|Describe|Lookup|BatchGet|GenerateCredentialReport$)/;
  expect(names.filter((name) => !reading.test(name))).toEqual([]);
});

test('it writes and reads its own folders of the store only', () => {
  const of = (action: string) => rights(built(() => ({ prefix: 'soc2/' }))).filter(({ Action }) => Action === action);
  const keys = (resource: unknown) => JSON.stringify(resource).match(/\/soc2\/[a-z]+\/\*/g) ?? [];
  expect(of('s3:PutObject').flatMap(({ Resource }) => keys(Resource))).toEqual(['/soc2/collected/*', '/soc2/controls/*']);
  expect(of('s3:GetObject').flatMap(({ Resource }) => keys(Resource))).toEqual(['/soc2/collected/*']);
  expect(of('s3:ListBucket')[0].Condition).toEqual({ StringLike: { 's3:prefix': 'soc2/collected/*' } });
});

test('with fewer collectors, it may do less', () => {
  const few = actionsOf(built(() => ({ collectors: ['cloudtrail-events'] })));
  expect(few).toContain('cloudtrail:LookupEvents');
  expect(few).not.toContain('cloudtrail:DescribeTrails');
});

test('it collects from the Region of the stack, or from those that are named', () => {
  expect(variables(built()).REGIONS).toBe('eu-west-1');
  expect(variables(built(() => ({ regions: ['eu-west-1', 'us-east-1'] }))).REGIONS).toBe('eu-west-1,us-east-1');
});

test('with the archive of a trail, it reads that in the place of the event history', () => {
  const all = built((stack) => ({ archiveBucket: new LogArchive(stack, 'Archive').bucket, archivePrefix: 'audit/' }));
  expect(variables(all).COLLECTORS.split(',')).toEqual(expect.arrayContaining(['cloudtrail-settings', 'cloudtrail-archive']));
  expect(variables(all).COLLECTORS.split(',')).not.toContain('cloudtrail-events');
  expect(JSON.stringify(variables(all).ARCHIVE)).toContain('/audit/');
  expect(
    rights(all)
      .filter(({ Action }) => Action === 's3:ListBucket')
      .map(({ Condition }) => Condition),
  ).toContainEqual({
    StringLike: { 's3:prefix': 'audit/AWSLogs/*' },
  });
  expect(variables(built()).ARCHIVE).toBeUndefined();
});

test('it runs every day, or when it is told, and a start that fails waits in a queue', () => {
  const rule = (all: Built) => only(all, 'AWS::Events::Rule').Properties;
  expect(rule(built())).toMatchObject({
    ScheduleExpression: 'cron(40 3 * * ? *)',
    Targets: [{ Input: '{}', DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumRetryAttempts: 5 } }],
  });
  const weekly = events.Schedule.cron({ weekDay: 'MON', hour: '5', minute: '0' });
  expect(rule(built(() => ({ schedule: weekly }))).ScheduleExpression).toBe('cron(0 5 ? * MON *)');
});

test('the workflow may invoke the one function, and nothing else', () => {
  const { template } = built();
  const [policy] = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && /^CollectorWorkflowRole/.test(Properties.PolicyName),
  );
  const statements: { Action: string | string[]; Resource: unknown }[] = policy.Properties.PolicyDocument.Statement;
  const invoking = statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('lambda:')));
  expect(invoking).toEqual([
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^CollectorCollectFunction/), 'Arn'] },
    },
  ]);
});

test('with a topic, failure, delay and absence raise an alarm; without one there is none', () => {
  const alarms = (all: Built) =>
    Object.entries(all.template.Resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');
  expect(alarms(built())).toEqual([]);
  const found = alarms(built((stack) => ({ alarmTopic: new sns.Topic(stack, 'Topic') })));
  const metrics = found.map(([, { Properties }]) => Properties.MetricName);
  expect(metrics).toEqual(expect.arrayContaining(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsSucceeded']));
  const [, absence] = found.find(([, { Properties }]) => Properties.MetricName === 'ExecutionsSucceeded')!;
  expect(absence.Properties).toMatchObject({
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 86_400,
    EvaluationPeriods: 2,
    TreatMissingData: 'breaching',
  });
});

test.each<[string, (stack: Stack) => Options, string]>([
  ['an unknown collector', () => ({ collectors: ['cloud-trail'] }), "'collectors' must name some of cloudtrail-settings, "],
  ['no collector', () => ({ collectors: [] }), 'got none'],
  [
    'a collector without its archive',
    () => ({ collectors: ['cloudtrail-archive'] }),
    "'archiveBucket' must be given for the collector 'cloudtrail-archive'",
  ],
  ['no Region', () => ({ regions: [] }), "'regions' must name one Region at least"],
  ['a prefix without a slash', () => ({ prefix: 'soc2' }), "'prefix' must end with a slash and not begin with one, got 'soc2'"],
  [
    'a prefix of the archive without a slash',
    (stack) => ({ archiveBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'), archivePrefix: '/audit/' }),
    "'archivePrefix' must end with a slash and not begin with one, got '/audit/'",
  ],
])('%s is refused', (_, props, message) => {
  expect(() => built(props)).toThrow(message);
});

test('the store may be a bucket of another account, with its key', () => {
  const all = build((stack) => {
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:444455556666:key/evidence');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Elsewhere', { bucketName: 'evidence-of-all', encryptionKey });
    new EvidenceCollector(stack, 'Collector', { store: EvidenceStore.fromBucket(stack, 'Store', bucket) });
  });
  expect(variables(all).EVIDENCE_BUCKET).toBe('evidence-of-all');
  const encrypting = rights(all).filter(({ Action }) => [Action].flat().includes('kms:GenerateDataKey'));
  expect(encrypting.map(({ Resource }) => Resource)).toEqual(['arn:aws:kms:eu-west-1:444455556666:key/evidence']);
});

test('the rights for every Region of AWS fit into what IAM takes', () => {
  const regions = Array.from({ length: 34 }, (_, index) => `ap-southeast-${index + 1}`);
  const { Resources: resources } = built(() => ({ regions })).template;
  const policies = Object.values(resources).filter(({ Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type));
  const sizes = policies.map(({ Type, Properties }) => [Type, JSON.stringify(Properties.PolicyDocument).length]);
  for (const [type, size] of sizes) expect(size).toBeLessThan(type === 'AWS::IAM::Policy' ? 10_240 : 6_144);
  const attached = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles ?? '').includes('CollectFunctionRole'));
  expect(attached.length).toBeLessThanOrEqual(10);
});
