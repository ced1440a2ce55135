import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  EnvironmentKind,
  FindingSeverity,
  PatchedSystem,
  PatchProgram,
  type PatchProgramProps,
  SecureAutoScalingGroup,
  SecureBucket,
  SecureInstance,
} from '../../src';
import { failuresBorne, MINUTES_PER_SERVER, percentAtOnce, roundsOf } from '../../src/hosts/patch-rate';
import { KINDS, only } from '../helpers/construct';
import { network } from '../helpers/network';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const make = (props?: PatchProgramProps) => (stack: Stack) => new PatchProgram(stack, 'Patching', props);
const topicIn = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
const withAlarms = (stack: Stack) => make({ alarmTopic: topicIn(stack) })(stack);

keepsItsPromises({ make: withAlarms });

test('its bucket is a part of a safeguard: the network diagram takes it for no data of the application', () => {
  const { Resources } = template(withAlarms).template;
  const buckets = Object.entries(Resources).filter(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Patching'));
  expect(buckets.map(([, { Metadata }]) => Metadata?.['cdk-soc2'])).toEqual([{ part: 'safeguard' }]);
});

const { PRODUCTION, STAGING, DEVELOPMENT } = EnvironmentKind;

describe('baselines', () => {
  const baselines = (props?: PatchProgramProps, kind = PRODUCTION) =>
    resources(template(make(props), kind), 'AWS::SSM::PatchBaseline').map(({ Properties }) => Properties);

  test('are made for each system, for servers with the tag of the environment', () => {
    expect(baselines().map(({ OperatingSystem, PatchGroups }) => [OperatingSystem, PatchGroups])).toEqual(
      Object.values(PatchedSystem).map((system) => [system, ['soc2-production']]),
    );
    expect(baselines({}, STAGING)[0].PatchGroups).toEqual(['soc2-staging']);
    expect(baselines({ patchGroup: 'web', systems: [PatchedSystem.WINDOWS] }).map(({ PatchGroups }) => PatchGroups)).toEqual([
      ['web'],
    ]);
  });

  test('have names that differ', () => {
    const names = baselines().map(({ Name }) => Name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[\w.-]{3,128}$/);
  });

  test.each([
    [PatchedSystem.AMAZON_LINUX_2023, 'Security', 'SEVERITY', ['Critical']],
    [PatchedSystem.AMAZON_LINUX_2, 'Security', 'SEVERITY', ['Critical']],
    [PatchedSystem.REDHAT_ENTERPRISE_LINUX, 'Security', 'SEVERITY', ['Critical']],
    [PatchedSystem.WINDOWS, 'SecurityUpdates', 'MSRC_SEVERITY', ['Critical']],
  ])('count what is critical for %s as critical', (system, classification, key, values) => {
    const [{ ApprovalRules }] = baselines({ systems: [system] });
    const [critical, ...others] = ApprovalRules.PatchRules;
    expect(critical.ComplianceLevel).toBe('CRITICAL');
    const filters = Object.fromEntries(
      critical.PatchFilterGroup.PatchFilters.map(({ Key, Values }: { Key: string; Values: string[] }) => [Key, Values]),
    );
    expect(filters).toMatchObject({ PRODUCT: ['*'], [key]: values });
    expect(filters.CLASSIFICATION).toContain(classification);
    expect(others.map(({ ComplianceLevel }: { ComplianceLevel: string }) => ComplianceLevel)).not.toContain('CRITICAL');
  });

  test('approve patches for production four days after the other environments had them, but those of Ubuntu at once', () => {
    const days = (kind: EnvironmentKind, props?: PatchProgramProps) =>
      Object.fromEntries(
        baselines(props, kind).map(({ OperatingSystem, ApprovalRules }) => [
          OperatingSystem,
          [...new Set(ApprovalRules.PatchRules.map((rule: { ApproveAfterDays: number }) => rule.ApproveAfterDays))],
        ]),
      );
    expect(days(PRODUCTION)).toMatchObject({ AMAZON_LINUX_2023: [4], WINDOWS: [4], UBUNTU: [0] });
    expect(days(STAGING)).toMatchObject({ AMAZON_LINUX_2023: [0], UBUNTU: [0] });
    expect(days(PRODUCTION, { approveAfterDays: 10 })).toMatchObject({ REDHAT_ENTERPRISE_LINUX: [10], UBUNTU: [0] });
  });
});

describe('scanning', () => {
  test('holds every server against its baseline, every day, and gives up on none', () => {
    expect(only(template(make()), 'AWS::SSM::Association').Properties).toMatchObject({
      Name: 'AWS-RunPatchBaseline',
      Parameters: { Operation: ['Scan'] },
      Targets: [{ Key: 'InstanceIds', Values: ['*'] }],
      ScheduleExpression: 'cron(0 6 * * ? *)',
      MaxErrors: '100%',
    });
  });
});

describe('installing', () => {
  const window = (props?: PatchProgramProps, kind = PRODUCTION) => {
    const built = template(make(props), kind);
    const of = (type: string) => only(built, `AWS::SSM::MaintenanceWindow${type}`).Properties;
    return { window: of(''), target: of('Target'), task: of('Task') };
  };

  test.each([
    [PRODUCTION, 'cron(0 2 ? * SUN *)'],
    [STAGING, 'cron(0 2 * * ? *)'],
    [DEVELOPMENT, 'cron(0 2 * * ? *)'],
  ])('in %s happens at %s', (kind, schedule) => {
    expect(window({}, kind).window).toMatchObject({ Schedule: schedule, ScheduleTimezone: 'UTC', Duration: 5, Cutoff: 1 });
  });

  test('is done on servers with the tag, in a window of its own', () => {
    const { target, task } = window();
    expect(target).toMatchObject({
      ResourceType: 'INSTANCE',
      Targets: [{ Key: 'tag:Soc2InstallPatches', Values: ['soc2-production'] }],
    });
    expect(task).toMatchObject({
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
      Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: expect.any(String) }] }],
      MaxConcurrency: '23%',
      MaxErrors: '10%',
    });
  });

  test('restarts servers where a patch needs it, unless an app says otherwise', () => {
    const parameters = (props?: PatchProgramProps) =>
      window(props).task.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters;
    expect(parameters()).toEqual({ Operation: ['Install'], RebootOption: ['RebootIfNeeded'] });
    expect(parameters({ rebootIfNeeded: false }).RebootOption).toEqual(['NoReboot']);
  });

  test('happens when an app says, and with as few servers at a time as the time allows', () => {
    const installSchedule = events.Schedule.cron({ minute: '30', hour: '3', weekDay: 'TUE' });
    const { window: made, task } = window({ installSchedule, installDuration: Duration.hours(9) });
    expect(made).toMatchObject({ Schedule: 'cron(30 3 ? * TUE *)', Duration: 9 });
    expect(task.MaxConcurrency).toBe('12%');
  });
});

describe('how many servers at a time', () => {
  const HOURS = [1, 2, 3, 4, 5, 8, 23];

  test.each([1, 10, 10_000])('leaves time for a fleet of %i in every window', (fleet) => {
    for (const hours of HOURS) {
      const percent = percentAtOnce(hours * 60)!;
      expect(roundsOf(fleet, percent) * MINUTES_PER_SERVER).toBeLessThanOrEqual(hours * 60);
    }
  });

  test('leaves time for a fleet of any size, and is as small as can be', () => {
    for (const hours of HOURS) {
      const percent = percentAtOnce(hours * 60)!;
      const worst = (each: number) => Math.max(...Array.from({ length: 1_000 }, (_, index) => roundsOf(index + 1, each)));
      expect(worst(percent) * MINUTES_PER_SERVER).toBeLessThanOrEqual(hours * 60);
      if (percent > 1) expect(worst(percent - 1) * MINUTES_PER_SERVER).toBeGreaterThan(hours * 60);
    }
  });

  test('is in the default window one of 1, two of 10, and 2,300 of 10,000', () => {
    const percent = percentAtOnce(4 * 60)!;
    expect(percent).toBe(23);
    expect([1, 10, 10_000].map((fleet) => Math.max(1, Math.floor((fleet * percent) / 100)))).toEqual([1, 2, 2_300]);
    expect([1, 10, 10_000].map((fleet) => roundsOf(fleet, percent))).toEqual([1, 5, 5]);
  });

  test('is none where there is no time for a single server', () => expect(percentAtOnce(MINUTES_PER_SERVER - 1)).toBeUndefined());

  test.each([
    [1, 0],
    [10, 1],
    [10_000, 1_000],
  ])('of a fleet of %i, %i may fail before the rest is left alone', (fleet, borne) => {
    expect(failuresBorne(fleet, 10)).toBe(borne);
  });
});

describe('patch', () => {
  const instanceType = ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE);
  const machineImage = ec2.MachineImage.latestAmazonLinux2023();
  const made = template((stack) => {
    const vpc = network(stack);
    const patching = make()(stack);
    patching.patch(
      new SecureInstance(stack, 'Server', { vpc, instanceType, machineImage }),
      new SecureAutoScalingGroup(stack, 'Servers', { vpc, instanceType }),
    );
  });
  const tags = (type: string): Record<string, string> =>
    Object.fromEntries(only(made, type).Properties.Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));

  test('has patches installed on a server', () => {
    expect(tags('AWS::EC2::Instance')).toMatchObject({ PatchGroup: 'soc2-production', Soc2InstallPatches: 'soc2-production' });
  });

  test('has servers of a group scanned, and leaves it to a newer image to patch them', () => {
    expect(tags('AWS::AutoScaling::AutoScalingGroup').PatchGroup).toBe('soc2-production');
    expect(tags('AWS::AutoScaling::AutoScalingGroup').Soc2InstallPatches).toBeUndefined();
  });

  test('refuses what has no servers', () => {
    const stack = new Stack();
    expect(() => make()(stack).patch(new SecureBucket(stack, 'Bucket'))).toThrow(
      "Bucket' of 'patch' must have a server or an Auto Scaling group, got none: leave it out",
    );
  });
});

describe('evidence', () => {
  test('is copied to a bucket of its own, which Systems Manager may write to below a prefix and nobody else for it', () => {
    const built = template(make());
    expect(only(built, 'AWS::SSM::ResourceDataSync').Properties).toMatchObject({
      SyncType: 'SyncToDestination',
      S3Destination: {
        BucketPrefix: 'patches/inventory',
        SyncFormat: 'JsonSerDe',
        BucketRegion: 'eu-west-1',
        KMSKeyArn: expect.anything(),
      },
    });
    const policies = resources(built, 'AWS::S3::BucketPolicy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const ofSystemsManager = policies.filter(({ Principal }) => Principal.Service === 'ssm.amazonaws.com');
    expect(ofSystemsManager.map(({ Action }) => Action)).toEqual(['s3:GetBucketAcl', 's3:PutObject']);
    const [, write] = ofSystemsManager;
    expect(write).toMatchObject({
      Principal: { Service: 'ssm.amazonaws.com' },
      Action: 's3:PutObject',
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333', 's3:x-amz-acl': 'bucket-owner-full-control' } },
    });
    expect(JSON.stringify(write.Resource)).toContain('/patches/inventory/*/accountid=111122223333/*');
    const keys = resources(built, 'AWS::KMS::Key').flatMap(({ Properties }) => Properties.KeyPolicy.Statement);
    const origin = { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': expect.anything() } };
    expect(keys.filter(({ Principal }) => Principal.Service === 'ssm.amazonaws.com')).toMatchObject([
      { Action: 'kms:GenerateDataKey', Condition: origin },
    ]);
  });

  test('goes to the bucket of an app', () => {
    const built = template((stack) =>
      make({ evidenceBucket: new SecureBucket(stack, 'Own'), evidencePrefix: 'soc2/patches/' })(stack),
    );
    expect(only(built, 'AWS::SSM::ResourceDataSync').Properties.S3Destination.BucketPrefix).toBe('soc2/patches/inventory');
    expect(Object.keys(built.template.Resources).filter((id) => /^PatchingEvidence/.test(id))).toEqual([]);
  });

  test('goes to a bucket that is elsewhere, whose policy is not of this app', () => {
    const built = template((stack) => make({ evidenceBucket: s3.Bucket.fromBucketName(stack, 'Own', 'evidence') })(stack));
    expect(only(built, 'AWS::SSM::ResourceDataSync').Properties.S3Destination.BucketName).toBe('evidence');
  });

  test('the functions may read what is asked and write below the prefix, and no more', () => {
    const built = template(make());
    expect(actions(built, /PatchesWatchFunctionRole/).filter((action) => !/^(logs|kms|sqs):/.test(action))).toEqual([
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'ssm:DescribeInstanceInformation',
      'ssm:ListComplianceItems',
      'ssm:ListResourceComplianceSummaries',
    ]);
    expect(actions(built, /ImagesWatchFunctionRole/).filter((action) => !/^(logs|kms|sqs):/.test(action))).toEqual([
      'ecr:DescribeImages',
      'ecr:DescribeRepositories',
      's3:PutObject',
    ]);
    const [ecr] = statements(built, /ImagesWatchFunctionRole/).filter(({ Action }) => String(Action).includes('ecr:'));
    expect(ecr.Resource).toBe('arn:aws:ecr:eu-west-1:111122223333:repository/*');
  });
});

describe('alarms', () => {
  const ours = (built: ReturnType<typeof template>) =>
    resources(built, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'Soc2/Patches');

  test('tell of overdue patches, of servers that nobody scans, of stale images, and when nobody looked', () => {
    const seen = ours(template(withAlarms)).map(({ Properties: { MetricName, Dimensions = [], Statistic, TreatMissingData } }) =>
      [MetricName, Dimensions[0]?.Value, Statistic, TreatMissingData].filter(Boolean).join(' '),
    );
    expect(seen.sort()).toEqual([
      'OverduePatches CRITICAL Maximum ignore',
      'OverduePatches HIGH Maximum ignore',
      'OverduePatches LOW Maximum ignore',
      'OverduePatches MEDIUM Maximum ignore',
      'Repositories SampleCount breaching',
      'Servers SampleCount breaching',
      'StaleRepositories Maximum ignore',
      'UnscannedServers Maximum ignore',
    ]);
  });

  test('are not made where there is nobody to send them to', () => {
    expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  test('and functions know the same deadlines', () => {
    const built = template((stack) => make({ deadlines: { criticalDays: 7 }, imageDays: 14, alarmTopic: topicIn(stack) })(stack));
    const variables = resources(built, 'AWS::Lambda::Function').map(({ Properties }) => Properties.Environment?.Variables ?? {});
    expect(JSON.parse(variables.find(({ DEADLINES }) => DEADLINES).DEADLINES)).toEqual({
      CRITICAL: 7,
      HIGH: 30,
      MEDIUM: 90,
      LOW: 180,
    });
    expect(variables.find(({ IMAGE_DAYS }) => IMAGE_DAYS).IMAGE_DAYS).toBe('14');
    const descriptions = ours(built).map(({ Properties }) => JSON.stringify(Properties.AlarmDescription));
    expect(descriptions.filter((each) => each.includes('CRITICAL for more than 7 days'))).toHaveLength(1);
    expect(descriptions.filter((each) => each.includes('older than 14 days'))).toHaveLength(1);
  });
});

test('others can be told the window in which patches are installed', () => {
  const stack = new Stack();
  const { maintenanceWindowId } = make()(stack);
  expect(stack.resolve(maintenanceWindowId)).toEqual({ Ref: expect.stringMatching(/^PatchingWindow/) });
});

test('metrics are those that the function publishes', () => {
  const patching = make()(new Stack());
  expect(patching.metricOverduePatches(FindingSeverity.CRITICAL)).toMatchObject({
    namespace: 'Soc2/Patches',
    metricName: 'OverduePatches',
    dimensions: { Severity: 'CRITICAL' },
  });
  expect(patching.metricMissingPatches(FindingSeverity.LOW).metricName).toBe('MissingPatches');
});

test.each<[PatchProgramProps, string]>([
  [{ approveAfterDays: 361 }, "'approveAfterDays' must be whole days from 0 to 360, got 361"],
  [{ approveAfterDays: 1.5 }, 'got 1.5'],
  [{ imageDays: 0 }, "'imageDays' must be whole days from 1 to 3650, got 0"],
  [{ deadlines: { criticalDays: 0 } }, "'deadlines.criticalDays' must be whole days from 1 to 3650, got 0"],
  [{ patchGroup: 'web servers' }, "'patchGroup' must be 1 to 64 letters, digits, '.', '_' and '-', got 'web servers'"],
  [{ installDuration: Duration.hours(1) }, "'installDuration' must be whole hours from 2 to 24, got 1 hours"],
  [{ installDuration: Duration.minutes(150) }, 'got 2.5 hours'],
  [{ installSchedule: events.Schedule.expression('sundays') }, "'installSchedule' must be cron(…) or rate(…), got 'sundays'"],
  [
    { evidencePrefix: 'patches' },
    "'evidencePrefix' must be letters, digits and !-_.*'()/ with a slash at the end, got 'patches'",
  ],
])('what cannot be meant is refused: %j', (props, message) => {
  expect(() => make(props)(new Stack())).toThrow(message);
});

test('every kind of environment has a patch group of its own', () => {
  const groups = KINDS.map((kind) => only(template(make({ systems: [PatchedSystem.WINDOWS] }), kind), 'AWS::SSM::PatchBaseline'));
  expect(new Set(groups.map(({ Properties }) => Properties.PatchGroups[0])).size).toBe(KINDS.length);
});
