import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ecrAssets from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AccountBaseline,
  BaselinePart,
  EnvironmentKind,
  EnvironmentStage,
  LogArchive,
  OrganizationBaseline,
  type OrganizationBaselineProps,
  SecurityServiceMode,
  Soc2Environment,
} from '../../src';
import { ENV } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';

const PROPS: OrganizationBaselineProps = {
  organizationId: 'o-a1b2c3d4e5',
  targetIds: ['ou-ab12-11111111', 'ou-ab12-22222222'],
  regions: ['eu-west-1', 'us-east-1'],
};

interface Template {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: any; readonly DependsOn?: any }>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly [section: string]: any;
}

/** Synthesize an app with a stack set, whose stack gets something in it. */
function synthesize(fill: (stack: Stack) => void, props: Partial<OrganizationBaselineProps> = {}, env: object | undefined = ENV) {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-soc2-stack-set-'));
  const app = new App({ outdir, analyticsReporting: false });
  Soc2Environment.declare(app, { kind: EnvironmentKind.PRODUCTION, owner: 'platform team' });
  const stack = new Stack(app, 'Organization', { env });
  const baseline = new OrganizationBaseline(stack, 'Baseline', { ...PROPS, ...props });
  fill(baseline.stack);
  const assembly = app.synth();
  const read = (name: string): Template => JSON.parse(readFileSync(join(outdir, name), 'utf8'));
  return {
    outdir,
    assembly,
    template: read('Organization.template.json'),
    inner: read(baseline.stack.templateFile),
    assets: (region: string) => read(`Organization-assets-${region}.template.json`),
    manifest: read('Organization.assets.json') as unknown as {
      readonly files: Readonly<Record<string, { source: { path: string } }>>;
    },
  };
}

const topic = (stack: Stack) => {
  new sns.Topic(stack, 'Topic');
};
const whole = (stack: Stack) => {
  new AccountBaseline(stack, 'Account', {
    archive: LogArchive.fromAttributes(stack, 'Archive', {
      bucketName: 'acme-logs',
      configurationBucketName: 'acme-configurations',
      encryptionKeyArn: 'arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      organizationId: PROPS.organizationId,
    }),
    configurationRecorder: { homeRegion: 'eu-west-1' },
    securityServices: SecurityServiceMode.CREATE,
    without: [BaselinePart.AUDIT_TRAIL, BaselinePart.SECURITY_METRIC_ALARMS],
  });
};
keepsItsPromises({ make: (stack) => whole(new OrganizationBaseline(stack, 'Baseline', PROPS).stack) });

const stackSetOf = ({ template }: { template: Template }) =>
  Object.values(template.Resources).find(({ Type }) => Type === 'AWS::CloudFormation::StackSet')!.Properties;

describe('the stack set', () => {
  const app = synthesize(topic);
  test('reaches every account of the units, and those that come later', () => {
    expect(stackSetOf(app)).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'SELF',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      ManagedExecution: { Active: true },
      StackInstancesGroup: [
        { DeploymentTargets: { OrganizationalUnitIds: PROPS.targetIds }, Regions: ['eu-west-1', 'us-east-1'] },
      ],
    });
  });
  test('changes many accounts at a time, and stops when too many fail', () =>
    expect(stackSetOf(app).OperationPreferences).toEqual({
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      FailureTolerancePercentage: 10,
      MaxConcurrentPercentage: 25,
      RegionConcurrencyType: 'PARALLEL',
    }));
  test('takes its template from a file of its stack, which is the template of the stack in it', () => {
    const [, hash] = /\/(\w{64})\.json$/.exec(
      JSON.stringify(stackSetOf(app).TemplateURL['Fn::Sub'] ?? stackSetOf(app).TemplateURL).replace(/"/g, ''),
    )!;
    const { path } = app.manifest.files[hash].source;
    expect(JSON.parse(readFileSync(join(app.outdir, path), 'utf8'))).toEqual(app.inner);
  });
  test('has a template that is deployed by nothing else, and needs no bootstrapped account', () => {
    expect(app.assembly.stacks.map(({ stackName }) => stackName)).toEqual(['Organization']);
    expect(app.inner.Parameters).toBeUndefined();
    expect(app.inner.Rules).toBeUndefined();
  });
  test('makes no buckets where there is nothing to put there', () =>
    expect(readdirSync(app.outdir).filter((name) => /assets-eu-west-1/.test(name))).toEqual([]));
  test('takes options', () => {
    const { OperationPreferences, StackInstancesGroup, CallAs, AutoDeployment, StackSetName } = stackSetOf(
      synthesize(topic, {
        asDelegatedAdministrator: true,
        excludedAccounts: ['444455556666'],
        maxConcurrentPercentage: 100,
        failureTolerancePercentage: 0,
        regionsInParallel: false,
        retainStacks: false,
        stackSetName: 'Baseline',
      }),
    );
    expect(OperationPreferences).toMatchObject({
      MaxConcurrentPercentage: 100,
      FailureTolerancePercentage: 0,
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: ['eu-west-1', 'us-east-1'],
    });
    expect(StackInstancesGroup[0].DeploymentTargets).toMatchObject({
      AccountFilterType: 'DIFFERENCE',
      Accounts: ['444455556666'],
    });
    expect([CallAs, AutoDeployment.RetainStacksOnAccountRemoval, StackSetName]).toEqual(['DELEGATED_ADMIN', false, 'Baseline']);
  });
});

describe('a whole baseline', () => {
  const app = synthesize(whole);
  test('finds the code of its functions in the Region where it is deployed', () => {
    const functions = Object.values(app.inner.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(3);
    for (const { Properties } of functions) {
      expect(Properties.Code.S3Bucket).toEqual({ 'Fn::Join': ['-', ['baseline-assets-111122223333', { Ref: 'AWS::Region' }]] });
    }
  });
  test.each(PROPS.regions)(
    'has every file of its functions copied to a bucket in %s that the organization alone can read',
    (region) => {
      const { Resources } = app.assets(region);
      const of = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
      const bucket = of('AWS::S3::Bucket').find(
        ({ Properties }) => Properties.BucketName === `baseline-assets-111122223333-${region}`,
      );
      expect(bucket?.Properties.PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: true });
      const policies = of('AWS::S3::BucketPolicy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
      expect(policies).toContainEqual(
        expect.objectContaining({
          Sid: 'OrganizationReads',
          Action: 's3:GetObject',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        }),
      );
      const [key] = of('AWS::KMS::Key').filter(({ Properties }) => JSON.stringify(Properties).includes('OrganizationReads'));
      expect(key.Properties.KeyPolicy.Statement).toContainEqual(
        expect.objectContaining({ Action: 'kms:Decrypt', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      );
      const copied = of('Custom::CDKBucketDeployment').flatMap(({ Properties }) => Properties.SourceObjectKeys);
      const needed = Object.values(app.inner.Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties }) => Properties.Code.S3Key);
      expect(copied.sort()).toEqual([...new Set(needed)].sort());
    },
  );
  test('is deployed after the code is there', () => {
    const { dependencies } = app.assembly.getStackByName('Organization');
    expect(dependencies.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['Organization-assets-eu-west-1', 'Organization-assets-us-east-1']),
    );
  });
  test('records what is the same in all Regions in one of them', () => {
    const recorder = Object.values(app.inner.Resources).find(({ Type }) => Type === 'AWS::Config::ConfigurationRecorder')!;
    const condition = recorder.Properties.RecordingGroup.IncludeGlobalResourceTypes['Fn::If'];
    expect(condition.slice(1)).toEqual([true, false]);
    expect(app.inner.Conditions[condition[0]]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] });
  });
  test('fits, and names actions that there are', async () => {
    expect(Buffer.byteLength(JSON.stringify(app.inner))).toBeLessThan(1_000_000);
    expect(await misspelt(app.inner)).toEqual([]);
  });
  test('says what it is for, in its template', () =>
    expect(JSON.stringify(app.inner.Metadata)).toContain('"kind":"PRODUCTION","owner":"platform team"'));
});

test('it can be in a stage of an app with environments', () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-soc2-stack-set-')) });
  const stage = new EnvironmentStage(app, 'Organization', {
    ...ENV,
    kind: EnvironmentKind.PRODUCTION,
    owner: 'platform team',
    dataClassification: 'internal',
    servesEveryEnvironment: true,
  });
  whole(new OrganizationBaseline(new Stack(stage, 'Stacks'), 'Baseline', PROPS).stack);
  const { stacks } = app.synth().getNestedAssembly('assembly-Organization');
  expect(stacks.map(({ displayName }) => displayName).sort()).toEqual([
    'Organization/Stacks (Organization-Stacks)',
    'Organization/Stacks-assets-eu-west-1 (Organization-Stacks-assets-eu-west-1)',
    'Organization/Stacks-assets-us-east-1 (Organization-Stacks-assets-us-east-1)',
  ]);
});

test('alarms are sent to no topic of another account', () => {
  const app = new App();
  Soc2Environment.declare(app, { kind: EnvironmentKind.PRODUCTION, owner: 'platform team' });
  const stack = new Stack(app, 'Organization', { env: ENV });
  Soc2Environment.of(app).sendAlarmsTo(new sns.Topic(stack, 'Alerts'));
  expect(Soc2Environment.of(new OrganizationBaseline(stack, 'Baseline', PROPS).stack).alarmTopic).toBeUndefined();
});

describe('synthesis stops', () => {
  test('at a stack with nothing in it', () =>
    expect(() => synthesize(() => undefined)).toThrow(
      /The stack 'Organization\/Baseline\/Stack' must have something in it, got nothing/,
    ));
  test('at a reference to another stack', () =>
    expect(() =>
      synthesize(
        (stack) => {
          const other = new sns.Topic(Stack.of(stack.node.scope!), 'Other');
          new sns.Topic(stack, 'Topic', { displayName: other.topicName });
        },
        {},
        {},
      ),
    ).toThrow(/must not refer to another stack, got one to 'Organization'/));
  test('at a template that is too large', () =>
    expect(() =>
      synthesize((stack) => {
        topic(stack);
        stack.templateOptions.metadata = { Long: 'x'.repeat(1_000_000) };
      }),
    ).toThrow(/must have at most 1000000 bytes, got \d+: make two stack sets of it/));
  test('at a container image', () =>
    expect(() =>
      synthesize((stack) => {
        const directory = mkdtempSync(join(tmpdir(), 'cdk-soc2-image-'));
        writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch');
        new ecrAssets.DockerImageAsset(stack, 'Image', { directory });
      }),
    ).toThrow(/must have no container images, got one/));
  test('at functions where the account is not known', () =>
    expect(() =>
      synthesize(
        (stack) => {
          new Asset(stack, 'Asset', { path: __filename });
        },
        {},
        {},
      ),
    ).toThrow(/'env.account' of the stack 'Organization' must be 12 digits, got none/));
  test.each<[string, Partial<OrganizationBaselineProps>, RegExp]>([
    ['an id of no organization', { organizationId: 'acme' }, /'organizationId' must be the id of an organization.*got 'acme'/],
    ['no target', { targetIds: [] }, /'targetIds' must be ids of a root or units.*got none/],
    ['an account as a target', { targetIds: ['444455556666'] }, /'targetIds' must be .*got '444455556666'/],
    ['no Region', { regions: [] }, /'regions' must be Regions.*got none/],
    ['a Region twice', { regions: ['eu-west-1', 'eu-west-1'] }, /'regions' must name each Region once, got eu-west-1 twice/],
    ['an account that is none', { excludedAccounts: ['me'] }, /'excludedAccounts' must be account ids of 12 digits, got 'me'/],
    [
      'no account at a time',
      { maxConcurrentPercentage: 0 },
      /'maxConcurrentPercentage' must be a whole number from 1 to 100, got 0/,
    ],
    ['too much tolerance', { failureTolerancePercentage: 101 }, /'failureTolerancePercentage' must be .* 0 to 100, got 101/],
    ['a name that is none', { stackSetName: '1st' }, /'stackSetName' must be .*got '1st'/],
    ['a prefix that is none', { assetBucketPrefix: 'Assets' }, /'assetBucketPrefix' must be .*got 'Assets'/],
  ])('at %s', (_, props, message) => expect(() => synthesize(topic, props)).toThrow(message));
  test('at a Region that only deployment knows', () => {
    const stack = new Stack();
    const regions = [new CfnParameter(stack, 'Region').valueAsString];
    expect(() => new OrganizationBaseline(stack, 'Baseline', { ...PROPS, regions })).toThrow(
      /'regions' must be known at synthesis/,
    );
  });
});
