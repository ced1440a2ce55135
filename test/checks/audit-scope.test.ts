import { type App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Criterion, type IAdditionalRule, RuleSeverity, Soc2Checks, Soc2Exception, TrustServicesCategory } from '../../src';
import { auditScope, FULL_SCOPE, isInScope, outOfScope, unionOf } from '../../src/checks/audit-scope';
import { criterionById } from '../../src/criteria/trust-services-criteria';
import { RULES } from '../../src/rules';
import { schemaErrors } from '../helpers/schema';
import { synthesize } from '../helpers/synth';

const { SECURITY, AVAILABILITY, CONFIDENTIALITY, PROCESSING_INTEGRITY, PRIVACY } = TrustServicesCategory;

/** A rule that supports only availability. */
const LOCAL = RULES.find(({ criteria }) => criteria.every((id) => criterionById(id).category === AVAILABILITY))!;

describe('a scope', () => {
  test('is everything when nothing is said', () => {
    expect(auditScope(undefined, 'x')).toEqual(['security', 'availability', 'confidentiality', 'processingIntegrity', 'privacy']);
    expect(outOfScope(RULES, FULL_SCOPE)).toEqual([]);
  });

  test('has security in it whether it is named or not, and an order of its own', () => {
    expect(auditScope([], 'x')).toEqual([SECURITY]);
    expect(auditScope([PRIVACY, AVAILABILITY, PRIVACY], 'x')).toEqual([SECURITY, AVAILABILITY, PRIVACY]);
  });

  test.each(['Security', '', 'processing-integrity', 'toString', 'CC6'])('refuses %j, and says what there is', (name) => {
    expect(() => auditScope([SECURITY, name], '--scope')).toThrow(
      `--scope must name categories (security, availability, confidentiality, processingIntegrity, privacy), got '${name}'`,
    );
  });

  test('of several audits is all that one of them covers', () => {
    expect(unionOf([[SECURITY], [SECURITY, PRIVACY]])).toEqual([SECURITY, PRIVACY]);
    expect(unionOf([])).toEqual(FULL_SCOPE);
  });
});

describe('a rule is in scope', () => {
  test('when one of its criteria is', () => {
    const rule = { criteria: [Criterion.A1_2, Criterion.CC7_5] };
    expect(isInScope(rule, [SECURITY])).toBe(true);
    expect(isInScope({ criteria: [Criterion.A1_2] }, [SECURITY])).toBe(false);
    expect(isInScope({ criteria: [Criterion.A1_2] }, [SECURITY, AVAILABILITY])).toBe(true);
    expect(isInScope({ criteria: [Criterion.PI1_4] }, [SECURITY, CONFIDENTIALITY, PRIVACY])).toBe(false);
    expect(isInScope({ criteria: [Criterion.PI1_4] }, [SECURITY, PROCESSING_INTEGRITY])).toBe(true);
  });

  test('when its criterion is none that is known: nothing is left out by mistake', () => {
    expect(isInScope({ criteria: ['ACME1.1' as Criterion] }, [SECURITY])).toBe(true);
  });
});

describe('the pack', () => {
  const own = (criterion: Criterion): IAdditionalRule => ({
    id: 'ACME.1',
    slug: 'acme-bucket-names',
    title: 'Buckets have no name of their own',
    criteria: [criterion],
    severity: RuleSeverity.ERROR,
    resourceTypes: ['AWS::S3::Bucket'],
    remediation: 'Leave out `bucketName`.',
    check: () => [],
  });
  const build = (app: App) => new s3.Bucket(new Stack(app, 'S'), 'B');

  test('judges by every rule when nothing is said', () => {
    const { ledger } = synthesize(build);
    expect(ledger.settings.scope).toEqual(FULL_SCOPE);
    expect(ledger.notes).toEqual([]);
  });

  test('judges by the rules in scope, and records the scope and the rules out of it', () => {
    const { ledger } = synthesize(build, { scope: [CONFIDENTIALITY], additionalRules: [own(Criterion.A1_2)] });
    expect(schemaErrors(ledger)).toEqual([]);
    expect(ledger.settings.scope).toEqual([SECURITY, CONFIDENTIALITY]);

    const outside = ledger.rules.filter(
      ({ criteria }) => !criteria.some((id) => ledger.settings.scope.includes(criterionById(id as Criterion).category)),
    );
    expect(outside.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['ACME.1', LOCAL.id]));
    expect(ledger.rules).toHaveLength(RULES.length + 1);
    expect(ledger.notes).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Audited: security, confidentiality\\. ${outside.length} of ${ledger.rules.length} rules .* judged nothing: .*ACME\\.1 acme-bucket-names`,
        ),
      ),
    ]);
    for (const { rule } of outside) expect(ledger.notes[0]).toMatch(new RegExp(`[ ]${rule.replace('.', '\\.')} `));

    const judged = new Set(ledger.evaluations.map(({ rule }) => rule));
    expect(outside.filter(({ rule }) => judged.has(rule))).toEqual([]);
    expect(judged.has('S3.8')).toBe(true);
  });

  test('counts only the rules in scope for what knows a type', () => {
    const known = (scope?: TrustServicesCategory[]) =>
      synthesize(build, { scope }).ledger.population.find(({ type }) => type === 'AWS::S3::Bucket')!.rules;
    const buckets = RULES.filter(({ resourceTypes }) => resourceTypes.includes('AWS::S3::Bucket'));
    expect(known()).toBe(buckets.length);
    expect(known([])).toBe(buckets.length - outOfScope(buckets, [SECURITY]).length);
  });

  test('does not ask to remove an exception to a rule that is out of scope', () => {
    const exception = { reason: 'r', owner: 'o', ticket: 't', expires: '2999-12-31' };
    const { ledger } = synthesize(
      (app) => {
        build(app);
        Soc2Exception.of(app).add({ ...exception, rule: LOCAL.id });
        Soc2Exception.of(app).add({ ...exception, rule: 'sns-encrypted' });
      },
      { scope: [SECURITY] },
    );
    expect(ledger.exceptions.map(({ rule, state }) => [rule, state])).toContainEqual([LOCAL.id, 'unused']);
    expect(ledger.notes.filter((note) => note.includes('remove it'))).toHaveLength(1);
  });

  test('refuses a category that does not exist', () => {
    expect(() => new Soc2Checks(undefined, { scope: ['safety' as TrustServicesCategory] })).toThrow(
      "'scope' must name categories (security, availability, confidentiality, processingIntegrity, privacy), got 'safety'",
    );
  });
});
