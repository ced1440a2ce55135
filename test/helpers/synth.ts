import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { RuleCatalog, Soc2Checks, type Soc2ChecksProps } from '../../src';
import type { Ledger } from '../../src/checks/ledger';

/** What a synthesis under the pack left behind. */
export interface Synthesized {
  readonly folder: string;
  readonly ledger: Ledger;
  /** The pack's part of the report of the CDK; undefined when it had nothing to say. */
  readonly report: PackReport | undefined;
}

interface PackReport {
  readonly conclusion: 'success' | 'failure';
  readonly violations: readonly ReportedViolation[];
  readonly suppressedViolations?: readonly ReportedViolation[];
}

interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly suggestedFix?: string;
  readonly ruleMetadata?: Readonly<Record<string, string>>;
  readonly violatingConstructs: readonly { readonly constructPath?: string; readonly stackTraces?: readonly string[] }[];
}

/** Inherited controls for everything that is about an environment, for tests that are about resources. */
export const EVERYTHING_INHERITED = RuleCatalog.all()
  .filter(({ environment }) => environment)
  .map(({ slug }) => ({ rule: slug, owner: 'security team', pointer: 'stack Baseline' }));

/** Synthesize an app under the pack, and read what it wrote. Findings do not throw here. */
export function synthesize(build: (app: App) => void, props: Soc2ChecksProps = {}, appProps: AppProps = {}): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-'));
  const app = new App({
    ...appProps,
    outdir: folder,
    context: { '@aws-cdk/core:failSynthOnValidationErrors': false, ...appProps.context },
  });
  build(app);
  Validations.of(app).addPlugins(new Soc2Checks(app, { inherited: EVERYTHING_INHERITED, ...props }));
  app.synth();
  const reports = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')).pluginReports as (PackReport & {
    pluginName: string;
  })[];
  return {
    folder,
    ledger: JSON.parse(readFileSync(join(folder, 'soc2', 'ledger.json'), 'utf8')),
    report: reports.find(({ pluginName }) => pluginName === 'SOC2'),
  };
}
