import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../src/checks/ledger';
import { misspelt } from '../helpers/iam-actions';
import { describeWithTool } from '../helpers/optional';
import { schemaErrors } from '../helpers/schema';
import { type CfnLintFinding, isAccepted } from './cfn-lint.accepted';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

const stories = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(EXAMPLES, entry.name, 'app.ts')))
  .map(({ name }) => name);

test('there are examples', () => {
  expect(stories).toContain('saas-platform');
});

describe.each(stories)('examples/%s', (story) => {
  // The CDK's own validation takes part, and its errors are errors.
  const folder = synthesize(story);
  const ledger: Ledger = JSON.parse(readFileSync(join(folder, 'soc2', 'ledger.json'), 'utf8'));

  test('synthesizes without a finding that blocks, and without an error of the validation of the CDK', () => {
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
      pluginReports: { pluginName: string; conclusion: string; violations: { severity: string; description: string }[] }[];
    };
    const errors = pluginReports.flatMap(({ pluginName, violations }) =>
      violations
        .filter(({ severity }) => severity === 'error' || severity === 'fatal')
        .map(({ description }) => `${pluginName}: ${description}`),
    );
    expect(errors).toEqual([]);
    expect(ledger.alarms).toEqual([]);
    expect(ledger.evaluations.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error')).toEqual([]);
  });

  test('leaves a ledger that follows its schema, with a verdict for every rule about an environment', () => {
    expect(schemaErrors(ledger)).toEqual([]);
    expect(ledger.evaluations.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(50);
  });

  test('has policies whose actions and condition keys there are: IAM takes a misspelt one, and lets it stand for nothing', async () => {
    const templates = ledger.templates.map(({ path }) => JSON.parse(readFileSync(join(folder, path), 'utf8')));
    expect(await misspelt(templates)).toEqual([]);
  });

  describeWithTool('cfn-lint', 'has templates that cfn-lint', () => {
    test('finds no error and no warning in that is not accepted with a reason', async () => {
      const templates = ledger.templates.map(({ path }) => join(folder, path));
      const printed = await globalThis.cfnLint.print(['--format', 'json', '--regions', 'eu-west-1', '--', ...templates]);
      const findings: CfnLintFinding[] = JSON.parse(printed);
      expect(
        findings
          .filter((finding) => !isAccepted(finding))
          .map(({ Rule, Message, Filename }) => `${Rule.Id} ${Message} ${Filename}`),
      ).toEqual([]);
    }, 300_000);
  });
});

/** Run an example as its user would, in this process; answers with its output folder. */
function synthesize(story: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-example-'));
  const env = { ...process.env };
  Object.assign(process.env, {
    CDK_OUTDIR: folder,
    CDK_VALIDATION: 'true',
    CDK_CONTEXT_JSON: JSON.stringify({
      ...JSON.parse(readFileSync(join(EXAMPLES, story, 'cdk.json'), 'utf8')).context,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      'aws:cdk:enable-path-metadata': true,
    }),
  });
  try {
    jest.isolateModules(() => require(join(EXAMPLES, story, 'app.ts')));
  } finally {
    process.env = env;
  }
  return folder;
}
