import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EnvironmentKind, EnvironmentStage, SecureBucket, Soc2 } from '../../src';
import type { Ledger } from '../../src/checks/ledger';

const region = 'eu-west-1';

function make(scope: Construct, kind: EnvironmentKind, account: string): void {
  const stage = new EnvironmentStage(scope, kind, { kind, account, region, owner: 'shop team', dataClassification: 'internal' });
  new SecureBucket(new Stack(stage, 'Shop'), 'Uploads');
}

/** What the rules about environments say of an app with three of them. */
function verdicts(change: (app: App) => void = () => {}): Record<string, string[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-soc2-stages-'));
  const app = new App({ outdir, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  Soc2.enable(app);
  make(app, EnvironmentKind.PRODUCTION, '111122223333');
  make(app, EnvironmentKind.STAGING, '444455556666');
  make(app, EnvironmentKind.DEVELOPMENT, '777788889999');
  change(app);
  app.synth();
  const ledger: Ledger = JSON.parse(readFileSync(join(outdir, 'soc2', 'ledger.json'), 'utf8'));
  const ours = ledger.evaluations.filter(({ rule }) => rule.startsWith('Environment.'));
  return Object.fromEntries(
    [...new Set(ours.map(({ slug }) => slug))].map((slug) => [
      slug,
      [...new Set(ours.filter((each) => each.slug === slug).map(({ verdict }) => verdict))],
    ]),
  );
}

test('the rules about environments pass in an app of such stages', () => {
  expect(verdicts()).toMatchObject({
    'data-classification-tag': ['pass'],
    'environment-declared': ['pass'],
    'environment-account-separation': ['pass'],
    'environment-no-cross-link': ['pass'],
  });
});
