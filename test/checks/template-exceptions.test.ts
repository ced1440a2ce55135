import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { RuleCatalog, Soc2Exception } from '../../src';
import { type Synthesized, synthesize } from '../helpers/synth';
import { temporaryFolder } from '../helpers/temporary';

const VERSIONING = 's3-bucket-versioning';
const exception = {
  rule: 'S3.8',
  reason: 'Holds only what can be made again',
  owner: 'data team',
  ticket: 'SEC-1',
  expires: '2999-12-31',
};

/** Rules other than the one that these tests are about. */
const exclude = RuleCatalog.all()
  .filter(({ slug }) => slug !== VERSIONING)
  .map(({ id }) => ({ rule: id, reason: 'not what this test is about' }));

/** An app that includes a template whose bucket declares an exception in its own metadata. */
function including(declaration: object): Synthesized {
  return synthesize(
    (app) => {
      const stack = new Stack(app, 'S');
      Soc2Exception.of(new s3.Bucket(stack, 'Accepted')).add(exception);
      const templateFile = join(temporaryFolder(), 'template.json');
      const Metadata = { 'cdk-soc2': { exceptions: [declaration] } };
      writeFileSync(templateFile, JSON.stringify({ Resources: { Included: { Type: 'AWS::S3::Bucket', Metadata } } }));
      new CfnInclude(stack, 'Template', { templateFile });
    },
    { exclude, inherited: [] },
  );
}

const verdictOf = ({ ledger }: Synthesized, logicalId: string) =>
  ledger.evaluations.find((each) => each.logicalId === logicalId)?.verdict;

test('an exception that only the template records counts, and is reported for information', () => {
  const result = including({ ...exception, at: 'Elsewhere/Bucket' });
  expect(verdictOf(result, 'Included')).toBe('exception');
  expect(result.report).toMatchObject({ conclusion: 'success', violations: [{ ruleName: 'SOC2-S3.8', severity: 'info' }] });
  expect(result.report!.suppressedViolations).toMatchObject([
    { ruleName: 'SOC2-S3.8', severity: 'error', acknowledgedAt: 'S/Accepted' },
  ]);
});

test.each(['rule', 'reason', 'owner', 'ticket', 'expires', 'at'])(
  'an exception in a template that lacks %s is none',
  (member) => {
    expect(verdictOf(including({ ...exception, at: '', [member]: undefined }), 'Included')).toBe('fail');
    if (member !== 'at') expect(verdictOf(including({ ...exception, at: '', [member]: ' ' }), 'Included')).toBe('fail');
  },
);

test('an exception in a template whose last day is no day has expired', () => {
  const result = including({ ...exception, at: '', expires: 'never' });
  expect(verdictOf(result, 'Included')).toBe('fail');
  expect(result.ledger.exceptions.map(({ state }) => state).sort()).toEqual(['active', 'expired']);
});

test('an exception stands in what a transform turns into the type that the rule is about', () => {
  const rule = RuleCatalog.all().find(({ resourceTypes }) => resourceTypes.includes('AWS::DynamoDB::Table'))!;
  const { ledger } = synthesize((app) => {
    const stack = new Stack(app, 'S');
    stack.addTransform('AWS::Serverless-2016-10-31');
    Soc2Exception.of(new CfnResource(stack, 'Table', { type: 'AWS::Serverless::SimpleTable' })).add({
      ...exception,
      rule: rule.id,
    });
  });
  expect(ledger.evaluations.find((each) => each.rule === rule.id)).toMatchObject({ logicalId: 'Table', verdict: 'exception' });
});
