import { type App, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { Soc2Exception } from '../../src';
import { RULES } from '../../src/rules';
import { schemaErrors } from '../helpers/schema';
import { type Synthesized, synthesize } from '../helpers/synth';

const VERSIONING = 's3-bucket-versioning';
const ID = 'NIST.800.53.R5-S3BucketVersioningEnabled';
const REASON = 'Holds only what can be made again';
const exception = { rule: VERSIONING, reason: 'r', owner: 'data team', ticket: 'SEC-1', expires: '2999-12-31' };

const acknowledge = (scope: IConstruct, id = ID, reason = REASON) => Validations.of(scope).acknowledge({ id, reason });

const HONOR = { honorNagAcknowledgements: true };

/** An app with a bucket, and another beside it. */
function withBucket(change: (bucket: s3.Bucket, stack: Stack, app: App) => void, props = {}): Synthesized {
  return synthesize(
    (app) => {
      const stack = new Stack(app, 'S');
      const bucket = new s3.Bucket(stack, 'B');
      new s3.Bucket(stack, 'Other');
      change(bucket, stack, app);
    },
    { ...HONOR, ...props },
  );
}

function verdicts({ ledger }: Synthesized, slug = VERSIONING): Record<string, string> {
  return Object.fromEntries(
    ledger.evaluations.filter((each) => each.slug === slug).map((each) => [each.constructPath!, each.verdict]),
  );
}

const find = ({ ledger }: Synthesized, path = 'S/B/Resource', slug = VERSIONING) =>
  ledger.evaluations.find((each) => each.slug === slug && each.constructPath === path)!;

describe('an acknowledgement of the rule of cdk-nag that asks for the same', () => {
  test('is nothing to this pack unless it is told to honor it', () => {
    const result = withBucket((bucket) => acknowledge(bucket), { honorNagAcknowledgements: false });
    expect(verdicts(result)).toEqual({ 'S/B/Resource': 'fail', 'S/Other/Resource': 'fail' });
    expect(result.ledger.settings.honorNagAcknowledgements).toBe(false);
    expect(result.ledger.alarms).toEqual([]);
  });

  describe('that is honored', () => {
    const result = withBucket((bucket) => acknowledge(bucket));

    test('is an exception for its construct, and for no other', () => {
      expect(verdicts(result)).toEqual({ 'S/B/Resource': 'exception', 'S/Other/Resource': 'fail' });
    });

    test('is recorded as what it is: with its id, its reason and its place, without an owner and an end', () => {
      const recorded = { reason: REASON, owner: '', ticket: '', expires: '', acknowledged: [ID] };
      expect(find(result)).toMatchObject({ exception: { state: 'acknowledged', ...recorded, at: 'S/B' } });
      expect(find(result).findings).toHaveLength(1);
      expect(result.ledger.exceptions).toContainEqual({
        rule: 'S3.8',
        slug: VERSIONING,
        state: 'acknowledged',
        findings: 1,
        at: 'S/B',
        ...recorded,
      });
      expect(result.ledger.settings.honorNagAcknowledgements).toBe(true);
      expect(schemaErrors(result.ledger)).toEqual([]);
    });

    test('is in the report of the CDK, and does not block', () => {
      const told = result.report!.violations.find(
        ({ ruleName, violatingConstructs }) =>
          ruleName === 'SOC2-S3.8' && violatingConstructs[0].constructPath === 'S/B/Resource',
      );
      expect(told).toMatchObject({
        severity: 'info',
        description: expect.stringContaining(`(accepted, as ${ID} is acknowledged at 'S/B': ${REASON})`),
      });
    });

    test('lets synthesis pass when nothing else is open', () => {
      const exclude = RULES.filter(({ slug }) => slug !== VERSIONING).map(({ id }) => ({ rule: id, reason: 'another test' }));
      const build = (app: App) => acknowledge(new s3.Bucket(new Stack(app, 'S'), 'B'));
      const { report } = synthesize(build, { ...HONOR, exclude, inherited: [] });
      expect(report).toMatchObject({ conclusion: 'success', violations: [{ ruleName: 'SOC2-S3.8', severity: 'info' }] });
      expect(synthesize(build, { exclude, inherited: [] }).report!.conclusion).toBe('failure');
    });
  });

  test.each([ID, `NIST.800.53.R5::${ID}`])('may be written as %s', (id) => {
    expect(find(withBucket((bucket) => acknowledge(bucket, id)))).toMatchObject({
      verdict: 'exception',
      exception: { acknowledged: [ID] },
    });
  });

  test.each<[string, (bucket: s3.Bucket, stack: Stack, app: App) => IConstruct, string]>([
    ['resource', (bucket) => bucket.node.defaultChild!, 'S/B/Resource'],
    ['stack', (_, stack) => stack, 'S'],
    ['app', (_, __, app) => app, ''],
  ])('covers what is below the %s', (_, at, path) => {
    expect(find(withBucket((...all) => acknowledge(at(...all))))).toMatchObject({ exception: { at: path } });
  });

  test('counts nearest to the resource', () => {
    const result = withBucket((bucket, stack) => {
      acknowledge(stack, ID, 'for all');
      acknowledge(bucket, ID, 'for this one');
    });
    expect(find(result).exception).toMatchObject({ at: 'S/B', reason: 'for this one' });
    expect(find(result, 'S/Other/Resource').exception).toMatchObject({ at: 'S', reason: 'for all' });
  });

  test('counts in a stage, also when the app acknowledges it', () => {
    const result = synthesize((app) => {
      new s3.Bucket(new Stack(new Stage(app, 'Prod'), 'S'), 'B');
      acknowledge(app);
    }, HONOR);
    expect(verdicts(result)).toEqual({ 'Prod/S/B/Resource': 'exception' });
  });

  test('covers what a property override breaks as well: it is the whole rule that was accepted', () => {
    const result = withBucket((bucket) => {
      (bucket.node.defaultChild as s3.CfnBucket).addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
      acknowledge(bucket);
    });
    expect(find(result).verdict).toBe('exception');
  });

  test.each([
    ['of another rule', 'NIST.800.53.R5-S3BucketReplicationEnabled', REASON],
    ['of another pack', 'HIPAA.Security-S3BucketVersioningEnabled', REASON],
    ['without a reason', ID, ' '],
  ])('does not count when it is one %s', (_, id, reason) => {
    expect(find(withBucket((bucket) => acknowledge(bucket, id, reason))).verdict).toBe('fail');
  });

  test('of AwsSolutions counts for the rule that asks for the same', () => {
    const result = withBucket((bucket) => acknowledge(bucket, 'AwsSolutions-S1'));
    expect(find(result, 'S/B/Resource', 's3-bucket-access-logging')).toMatchObject({
      verdict: 'exception',
      exception: { acknowledged: ['AwsSolutions-S1'] },
    });
    expect(find(result).verdict).toBe('fail');
  });

  test('does not count for a rule that may not be waived, and the report says so', () => {
    const result = withBucket((bucket) => acknowledge(bucket), { unwaivable: [VERSIONING] });
    expect(find(result)).toMatchObject({ verdict: 'fail', exception: { state: 'not allowed', acknowledged: [ID], at: 'S/B' } });
    expect(schemaErrors(result.ledger)).toEqual([]);
    expect(result.report!.violations).toContainEqual(
      expect.objectContaining({
        ruleName: 'SOC2-S3.8',
        severity: 'fatal',
        description: expect.stringContaining(`that ${ID} is acknowledged at 'S/B' does not count`),
      }),
    );
  });

  test('does not renew an exception that has expired, and does not replace one that counts', () => {
    const both = (expires: string) =>
      withBucket((bucket) => {
        acknowledge(bucket);
        Soc2Exception.of(bucket).add({ ...exception, expires });
      });
    expect(find(both('2024-02-29'))).toMatchObject({ verdict: 'fail', exception: { state: 'expired', owner: 'data team' } });
    expect(find(both('2999-12-31'))).toMatchObject({ verdict: 'exception', exception: { state: 'active', owner: 'data team' } });
  });

  test('of a rule of this pack is a finding as ever', () => {
    const { report, ledger } = withBucket((bucket) => acknowledge(bucket, 'SOC2-S3.8'));
    expect(report!.conclusion).toBe('failure');
    expect(ledger.alarms).toEqual([expect.stringContaining("SOC2-S3.8 is acknowledged at 'S/B' without an owner")]);
  });
});

describe('acknowledgements of single findings', () => {
  const SLUG = 'iam-least-privilege-inline-policies';
  const ACTION = 'AwsSolutions-IAM5[Action::dynamodb:*]';
  const RESOURCE = 'AwsSolutions-IAM5[Resource::*]';

  /** The verdict on a policy that allows everything on every table. */
  function policy(change: (policy: iam.Policy) => void): ReturnType<typeof find> {
    return find(
      synthesize((app) => {
        const stack = new Stack(app, 'S');
        const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
        role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));
        change(role.node.findChild('DefaultPolicy') as iam.Policy);
      }, HONOR),
      'S/Role/DefaultPolicy/Resource',
      SLUG,
    );
  }

  test('count when they cover all that cdk-nag finds on the resource', () => {
    const found = policy((each) => {
      acknowledge(each, ACTION, 'An administration tool');
      acknowledge(each.node.scope!, RESOURCE, 'Tables have generated names');
    });
    expect(found).toMatchObject({
      verdict: 'exception',
      exception: {
        state: 'acknowledged',
        acknowledged: [ACTION, RESOURCE],
        at: 'S/Role/DefaultPolicy',
        reason: 'An administration tool; Tables have generated names',
      },
    });
  });

  test('do not count when something is left', () => {
    expect(policy((each) => acknowledge(each, RESOURCE)).verdict).toBe('fail');
  });

  test('do not count where properties are overridden, which cdk-nag does not see', () => {
    const found = policy((each) => {
      acknowledge(each, ACTION);
      acknowledge(each, RESOURCE);
      (each.node.defaultChild as iam.CfnPolicy).addPropertyOverride('PolicyDocument.Statement.0.Action', ['dynamodb:*', 's3:*']);
    });
    expect(found.verdict).toBe('fail');
  });

  test('are not needed where the whole rule is acknowledged', () => {
    expect(policy((each) => acknowledge(each, 'AwsSolutions-IAM5')).exception?.acknowledged).toEqual(['AwsSolutions-IAM5']);
  });
});
