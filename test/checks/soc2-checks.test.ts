import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Fn, NestedStack, Stack, Stage, Tags, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Criterion, type IAdditionalRule, RuleSeverity, Soc2Checks, Soc2Exception } from '../../src';
import type { LedgerEvaluation } from '../../src/checks/ledger';
import { schemaErrors } from '../helpers/schema';
import { EVERYTHING_INHERITED, type Synthesized, synthesize } from '../helpers/synth';

const VERSIONING = 's3-bucket-versioning';

/** The verdicts on versioning, by construct path. */
function versioning({ ledger }: Synthesized): Record<string, string> {
  return Object.fromEntries(
    ledger.evaluations.filter(({ slug }) => slug === VERSIONING).map((each) => [each.constructPath ?? '', each.verdict]),
  );
}

function find({ ledger }: Synthesized, constructPath: string): LedgerEvaluation {
  return ledger.evaluations.find((each) => each.slug === VERSIONING && each.constructPath === constructPath)!;
}

const exception = {
  rule: VERSIONING,
  reason: 'Holds only what can be made again',
  owner: 'data team',
  ticket: 'SEC-1',
  expires: '2999-12-31',
};

describe('judges what CloudFormation gets', () => {
  const result = synthesize((app) => {
    const stack = new Stack(app, 'S');
    new s3.Bucket(stack, 'Good', { versioned: true });
    new s3.Bucket(stack, 'Bad');
    const fixed = new s3.Bucket(stack, 'FixedByOverride');
    (fixed.node.defaultChild as s3.CfnBucket).addPropertyOverride('VersioningConfiguration.Status', 'Enabled');
    const broken = new s3.Bucket(stack, 'BrokenByOverride', { versioned: true });
    (broken.node.defaultChild as s3.CfnBucket).addPropertyDeletionOverride('VersioningConfiguration');
    new CfnResource(stack, 'Raw', { type: 'AWS::S3::Bucket' });
    const nested = new NestedStack(stack, 'Nested');
    new s3.Bucket(nested, 'Bad');
    const stage = new Stage(app, 'Prod');
    new s3.Bucket(new Stack(stage, 'S'), 'Bad');
    new s3.Bucket(new Stack(new Stage(stage, 'Inner'), 'S'), 'Good', { versioned: true });
    const file = join(mkdtempSync(join(tmpdir(), 'cdk-soc2-')), 'included.json');
    writeFileSync(file, JSON.stringify({ Resources: { Included: { Type: 'AWS::S3::Bucket', Properties: {} } } }));
    new CfnInclude(new Stack(app, 'I'), 'Template', { templateFile: file });
  });

  test('overrides, raw resources, nested stacks, stages and included templates alike', () => {
    expect(versioning(result)).toEqual({
      'S/Good/Resource': 'pass',
      'S/Bad/Resource': 'fail',
      'S/FixedByOverride/Resource': 'pass',
      'S/BrokenByOverride/Resource': 'fail',
      'S/Raw': 'fail',
      'S/Nested/Bad/Resource': 'fail',
      'Prod/S/Bad/Resource': 'fail',
      'Prod/Inner/S/Good/Resource': 'pass',
      'I/Template/Included': 'fail',
    });
  });

  test('the ledger follows its schema', () => {
    expect(schemaErrors(result.ledger)).toEqual([]);
  });

  test('the ledger names the template of every stack, nested ones included', () => {
    expect(result.ledger.templates.map(({ path }) => path).sort()).toEqual([
      'I.template.json',
      'S.template.json',
      expect.stringMatching(/^SNested.*\.nested\.template\.json$/),
      expect.stringMatching(/^assembly-Prod\/ProdS.*\.template\.json$/),
      expect.stringMatching(/^assembly-Prod\/assembly-Prod-Inner\/ProdInnerS.*\.template\.json$/),
    ]);
  });

  test('the message names rule, resource, property, what stands there, what should, and the fix', () => {
    const violation = result.report!.violations.find(
      (each) => each.violatingConstructs[0].constructPath === 'S/BrokenByOverride/Resource' && each.ruleName === 'SOC2-S3.8',
    )!;
    expect(violation).toMatchObject({
      severity: 'error',
      description: expect.stringMatching(
        /S3\.8 S3 buckets keep previous versions of objects\n +BrokenByOverride\w+\.Properties\.VersioningConfiguration\.Status: .* is not set, expected 'Enabled'/,
      ),
      suggestedFix: 'Set `versioned: true` on the bucket.',
      ruleMetadata: { slug: VERSIONING, criteria: 'A1.2, CC7.5' },
    });
    expect(violation.violatingConstructs[0].stackTraces?.join()).toContain('soc2-checks.test.ts');
  });

  test('the ledger says where the code of a finding stands', () => {
    expect(find(result, 'S/Bad/Resource').source).toMatch(/^test\/checks\/soc2-checks\.test\.ts:\d+$/);
  });

  test('what blocks in a stage is also said without a construct path, so that no selection of stacks hides it', () => {
    const blocked = result.report!.violations.find(({ ruleName }) => ruleName === 'SOC2-Blocked')!;
    expect(blocked).toMatchObject({ severity: 'fatal', description: expect.stringContaining('Prod') });
    expect(blocked.violatingConstructs).toEqual([{ constructPath: '' }]);
  });
});

test('the same input gives the same bytes', () => {
  const build = (app: App) => new s3.Bucket(new Stack(app, 'S'), 'B');
  process.env.SOURCE_DATE_EPOCH = '1700000000';
  try {
    expect(synthesize(build).ledger).toEqual(synthesize(build).ledger);
  } finally {
    delete process.env.SOURCE_DATE_EPOCH;
  }
});

test('resources have construct paths whether or not the template says them', () => {
  const build = (app: App) => new s3.Bucket(new Stack(app, 'S'), 'B');
  for (const on of [true, false]) {
    expect(versioning(synthesize(build, {}, { context: { 'aws:cdk:enable-path-metadata': on } }))).toEqual({
      'S/B/Resource': 'fail',
    });
  }
});

describe('an exception', () => {
  const build = (
    props: Partial<typeof exception>,
    at: (stack: Stack, bucket: s3.Bucket) => Stack | s3.Bucket = (_, bucket) => bucket,
  ) =>
    synthesize((app) => {
      const stack = new Stack(app, 'S');
      const bucket = new s3.Bucket(stack, 'B');
      new s3.Bucket(stack, 'Other');
      Soc2Exception.of(at(stack, bucket)).add({ ...exception, ...props });
    });

  test('covers its construct and nothing else', () => {
    expect(versioning(build({}))).toEqual({ 'S/B/Resource': 'exception', 'S/Other/Resource': 'fail' });
  });

  test('covers everything below its construct', () => {
    expect(versioning(build({}, (stack) => stack))).toEqual({ 'S/B/Resource': 'exception', 'S/Other/Resource': 'exception' });
  });

  test('stands in the register with owner, ticket and last day, and in the ledger follows the schema', () => {
    const { ledger } = build({});
    expect(schemaErrors(ledger)).toEqual([]);
    expect(ledger.exceptions).toContainEqual({
      ...exception,
      rule: 'S3.8',
      slug: VERSIONING,
      at: 'S/B',
      state: 'active',
      findings: 1,
    });
  });

  test('stands in the template, for a reader who has nothing else', () => {
    const { folder } = build({});
    const template = require(join(folder, 'S.template.json'));
    const recorded = Object.values(template.Resources as Record<string, { Metadata?: Record<string, unknown> }>).flatMap(
      ({ Metadata }) => Metadata?.['cdk-soc2'] ?? [],
    );
    expect(recorded).toEqual([{ exceptions: [{ ...exception, rule: 'S3.8', at: 'S/B' }] }]);
  });

  test('is kept in the report of the CDK', () => {
    expect(build({}).report!.suppressedViolations).toContainEqual(
      expect.objectContaining({ ruleName: 'SOC2-S3.8', acknowledgedAt: 'S/B' }),
    );
  });

  test('that has expired no longer counts: synthesis fails, and says since when', () => {
    const result = build({ expires: '2024-02-29' });
    expect(versioning(result)).toEqual({ 'S/B/Resource': 'fail', 'S/Other/Resource': 'fail' });
    expect(result.report).toMatchObject({ conclusion: 'failure' });
    expect(result.report!.violations).toContainEqual(
      expect.objectContaining({
        ruleName: 'SOC2-S3.8',
        severity: 'fatal',
        description: expect.stringContaining('has expired: it counted until 2024-02-29'),
      }),
    );
  });

  test('that covers nothing is said to', () => {
    const { ledger } = synthesize((app) => {
      const stack = new Stack(app, 'S');
      Soc2Exception.of(new s3.Bucket(stack, 'B', { versioned: true })).add(exception);
      Soc2Exception.of(new CfnResource(stack, 'P', { type: 'AWS::SSM::Parameter' })).add(exception);
    });
    expect(ledger.exceptions.filter(({ state }) => state === 'unused').map(({ at }) => at)).toEqual(['S/B', 'S/P']);
    expect(ledger.notes).toContainEqual(expect.stringContaining("S3.8 at 'S/B': the exception covers no finding"));
  });

  test('does not count for a rule that may not be waived', () => {
    const result = synthesize((app) => Soc2Exception.of(new s3.Bucket(new Stack(app, 'S'), 'B')).add(exception), {
      unwaivable: [VERSIONING],
    });
    expect(versioning(result)).toEqual({ 'S/B/Resource': 'fail' });
    expect(result.report!.violations).toContainEqual(expect.objectContaining({ ruleName: 'SOC2-S3.8', severity: 'fatal' }));
  });

  test('to a rule about the environment stands in the template', () => {
    const { ledger } = synthesize(
      (app) => {
        const stack = new Stack(app, 'S');
        new s3.Bucket(stack, 'B', { versioned: true });
        Soc2Exception.of(stack).add({ ...exception, rule: 'cloudtrail-exists' });
      },
      { inherited: EVERYTHING_INHERITED.filter(({ rule }) => rule !== 'cloudtrail-exists') },
    );
    expect(ledger.evaluations.find(({ slug }) => slug === 'cloudtrail-exists')).toMatchObject({ verdict: 'exception' });
  });

  test.each([
    [
      { rule: 's3-bucket-versionning' },
      /There is no rule 's3-bucket-versionning'\. Rules with a like name: .*S3\.8 \(s3-bucket-versioning\)/,
    ],
    [{ reason: ' ' }, /'reason' of an exception to S3\.8 must not be empty/],
    [{ owner: '' }, /'owner' of an exception to S3\.8 must not be empty/],
    [{ ticket: '' }, /'ticket' of an exception to S3\.8 must not be empty/],
    [{ expires: '2027-02-30' }, /'expires' of an exception to S3\.8 must be a day as YYYY-MM-DD, got '2027-02-30'/],
    [{ expires: 'never' }, /got 'never'/],
  ])('refuses %j', (props, message) => {
    expect(() => Soc2Exception.of(new Stack()).add({ ...exception, ...props })).toThrow(message);
  });
});

describe('an acknowledgement in the plain way of the CDK', () => {
  test.each(['SOC2-S3.8', 'SOC2::SOC2-S3.8'])('%s is itself a finding that blocks', (id) => {
    const { report, ledger } = synthesize((app) => {
      const bucket = new s3.Bucket(new Stack(app, 'S'), 'B');
      Validations.of(bucket).acknowledge({ id, reason: 'because' });
    });
    expect(report!.conclusion).toBe('failure');
    expect(report!.violations).toContainEqual(
      expect.objectContaining({ ruleName: 'SOC2-BareAcknowledgement', severity: 'fatal' }),
    );
    expect(ledger.alarms).toEqual([expect.stringContaining(`${id} is acknowledged at 'S/B' without an owner`)]);
  });
});

describe('an inherited control', () => {
  const without = EVERYTHING_INHERITED.filter(({ rule }) => rule !== 'cloudtrail-exists');
  const build = (app: App) => new s3.Bucket(new Stack(app, 'S'), 'B', { versioned: true });

  test('is recorded as inherited, never as passed, with its owner and pointer', () => {
    const { ledger } = synthesize(build);
    expect(ledger.evaluations.find(({ slug }) => slug === 'cloudtrail-exists')).toMatchObject({
      verdict: 'inherited',
      inherited: { owner: 'security team', pointer: 'stack Baseline' },
    });
  });

  test('that is not declared blocks, and the message says what to declare', () => {
    const { report } = synthesize(build, { inherited: without });
    expect(report!.violations).toContainEqual(
      expect.objectContaining({
        ruleName: 'SOC2-CloudTrail.1',
        severity: 'error',
        suggestedFix: expect.stringMatching(
          /The declaration: `inherited: \[\{ rule: 'cloudtrail-exists', owner: '…', pointer: '…' \}\]`\.$/,
        ),
      }),
    );
  });

  test('must be about what can be missing, and have an owner and a pointer', () => {
    expect(() => new Soc2Checks(new App(), { inherited: [{ rule: VERSIONING, owner: 'a', pointer: 'b' }] })).toThrow(
      /S3\.8: it is about how a resource is set up/,
    );
    expect(() => new Soc2Checks(new App(), { inherited: [{ rule: 'cloudtrail-exists', owner: '', pointer: 'b' }] })).toThrow(
      /must have an 'owner' and a 'pointer'/,
    );
  });
});

test('a rule that is left out is in the ledger with its reason, and judges nothing', () => {
  const { ledger } = synthesize((app) => new s3.Bucket(new Stack(app, 'S'), 'B'), {
    exclude: [{ rule: 'S3.8', reason: 'objects are never changed' }],
  });
  expect(ledger.excluded).toEqual([{ rule: 'S3.8', reason: 'objects are never changed' }]);
  expect(ledger.evaluations.filter(({ slug }) => slug === VERSIONING)).toEqual([]);
  expect(() => new Soc2Checks(new App(), { exclude: [{ rule: 'S3.8', reason: '' }] })).toThrow(
    /'reason' for leaving out S3\.8 must not be empty/,
  );
});

describe('a rule of the user', () => {
  const rule = (check: IAdditionalRule['check']): IAdditionalRule => ({
    id: 'ACME.1',
    slug: 'acme-cost-center',
    title: 'Buckets have a cost center',
    criteria: [Criterion.CC6_1],
    severity: RuleSeverity.ERROR,
    resourceTypes: ['AWS::S3::Bucket'],
    remediation: 'Tag the bucket with CostCenter.',
    check,
  });
  const build = (app: App) => {
    const stack = new Stack(app, 'S');
    new s3.Bucket(stack, 'Untagged', { versioned: true });
    Tags.of(new s3.Bucket(stack, 'Tagged', { versioned: true })).add('CostCenter', Fn.ref('AWS::Region'));
  };

  test('is judged, reported and recorded as ours are', () => {
    const { report, ledger } = synthesize(build, {
      additionalRules: [
        rule((bucket) => {
          const { value, unknown } = bucket.property('Tags');
          return value || unknown
            ? []
            : [{ path: 'Tags', problem: 'there is no CostCenter', found: 'nothing', expected: 'a tag' }];
        }),
      ],
    });
    expect(
      ledger.evaluations
        .filter(({ slug }) => slug === 'acme-cost-center')
        .map(({ constructPath, verdict }) => [constructPath, verdict]),
    ).toEqual([
      ['S/Tagged/Resource', 'pass'],
      ['S/Untagged/Resource', 'fail'],
    ]);
    expect(report!.violations).toContainEqual(
      expect.objectContaining({ ruleName: 'SOC2-ACME.1', suggestedFix: 'Tag the bucket with CostCenter.' }),
    );
    expect(schemaErrors(ledger)).toEqual([]);
  });

  test('that throws blocks, and stops no other rule', () => {
    const { report, ledger } = synthesize(build, {
      additionalRules: [
        rule(() => {
          throw new Error('no such thing');
        }),
      ],
    });
    expect(report!.conclusion).toBe('failure');
    expect(report!.violations).toContainEqual(
      expect.objectContaining({
        ruleName: 'SOC2-Blocked',
        severity: 'fatal',
        description: expect.stringContaining('no such thing'),
      }),
    );
    expect(versioning({ ledger, folder: '', report })).toEqual({ 'S/Tagged/Resource': 'pass', 'S/Untagged/Resource': 'pass' });
  });

  test('must have an id and a slug of its own', () => {
    const pack = (more: Partial<IAdditionalRule>) => () =>
      new Soc2Checks(new App(), { additionalRules: [{ ...rule(() => []), ...more }] });
    expect(pack({ id: 'S3.8' })).toThrow(/S3\.8 \(s3-bucket-versioning\) exists/);
    expect(pack({ id: 'acme' })).toThrow(/a prefix and a number such as ACME\.1, got 'acme'/);
    expect(pack({ slug: 'Acme' })).toThrow(/in kebab case/);
    expect(pack({ criteria: [] })).toThrow(/at least one criterion/);
    expect(pack({ resourceTypes: [] })).toThrow(/at least one CloudFormation type/);
  });
});

describe('never passes in silence', () => {
  test('an app without resources', () => {
    const { report, ledger } = synthesize((app) => new Stack(app, 'S'), {}, { analyticsReporting: false });
    expect(report).toMatchObject({
      conclusion: 'failure',
      violations: [expect.objectContaining({ ruleName: 'SOC2-NothingJudged', severity: 'fatal' })],
    });
    expect(schemaErrors(ledger)).toEqual([]);
  });

  test('an error on the way to a verdict', () => {
    const report = new Soc2Checks().validate({
      get appConstruct(): never {
        throw new Error('no app');
      },
    } as never);
    expect(report).toMatchObject({
      success: false,
      violations: [{ ruleName: 'SOC2-Internal', severity: 'fatal', description: expect.stringContaining('no app') }],
    });
  });

  test('what only deployment knows, when strict is asked for', () => {
    const build = (app: App) => {
      const stack = new Stack(app, 'S');
      new CfnResource(stack, 'B', {
        type: 'AWS::S3::Bucket',
        properties: { VersioningConfiguration: { Status: Fn.importValue('elsewhere') } },
      });
    };
    const loose = synthesize(build, { exclude: [] });
    expect(versioning(loose)).toEqual({ 'S/B': 'undetermined' });
    const severity = (result: Synthesized) =>
      result.report!.violations.find(({ ruleName }) => ruleName === 'SOC2-S3.8')?.severity;
    expect([severity(loose), severity(synthesize(build, { strict: true }))]).toEqual(['warning', 'error']);
  });
});

test('a test can judge a construct tree without synthesizing it', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  new s3.Bucket(stack, 'B');
  const report = new Soc2Checks(app, { inherited: EVERYTHING_INHERITED }).validateScope(stack);
  expect(report.success).toBe(false);
  expect(report.violations.map(({ ruleName }) => ruleName)).toContain('SOC2-S3.8');
});

test('a nested stack whose template is elsewhere is said not to be judged', () => {
  const { ledger } = synthesize((app) => {
    new CfnResource(new Stack(app, 'S'), 'Remote', {
      type: 'AWS::CloudFormation::Stack',
      properties: { TemplateURL: 'https://example.com/template.json' },
    });
  });
  expect(ledger.notes).toEqual([
    "S.template.json: the nested stack 'Remote' has its template elsewhere; nothing in it was judged",
  ]);
});

test('a backup plan of another team can be declared for what it covers', () => {
  const build = (app: App) => {
    new CfnResource(new Stack(app, 'S'), 'Files', { type: 'AWS::EFS::FileSystem', properties: { Encrypted: true } });
  };
  const verdict = ({ ledger }: Synthesized) => ledger.evaluations.find(({ slug }) => slug === 'efs-backup')?.verdict;
  const declared = { rule: 'efs-backup', owner: 'platform team', pointer: 'backup policy of the organization' };
  expect(verdict(synthesize(build))).toBe('fail');
  expect(verdict(synthesize(build, { inherited: [...EVERYTHING_INHERITED, declared] }))).toBe('inherited');
});
