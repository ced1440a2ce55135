import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, NIST80053R5Checks } from 'cdk-nag';
import { EnvironmentKind, RuleCatalog, Soc2Checks, Soc2Environment } from '../../src';
import type { Ledger } from '../../src/checks/ledger';

/** The kinds of environments, for `describe.each`. */
export const KINDS: readonly EnvironmentKind[] = Object.values(EnvironmentKind);

export const ENV = { account: '111122223333', region: 'eu-west-1' } as const;

/** What no construct that holds data provides by itself: what is there once in an account, plans that back it up, and who is told. */
const PROVIDED_ELSEWHERE = RuleCatalog.all()
  .filter(
    ({ environment, inheritable, control }) => environment || (inheritable && /^(data-backup|alert-routing)$/.test(control)),
  )
  .map(({ slug }) => ({ rule: slug, owner: 'platform team', pointer: 'stack Baseline' }));

/** What a construct became. */
export interface Built {
  /** The template of the stack, as CloudFormation gets it. */
  readonly template: CloudFormationTemplate;
  /** The file of the template. */
  readonly file: string;
  readonly ledger: Ledger;
  /** What the packs of cdk-nag find: `AwsSolutions-S1 AWS::S3::Bucket Uploads`. */
  readonly nag: readonly string[];
  /** What the CDK's own validation finds, as errors and warnings. */
  readonly validation: readonly string[];
}

export interface CloudFormationTemplate {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: any; readonly [key: string]: any }>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly [section: string]: any;
}

/** Build one stack in an environment of a kind, and judge it by our pack, cdk-nag's packs and the CDK itself. */
export function build(
  make: (stack: Stack) => void,
  kind: EnvironmentKind = EnvironmentKind.PRODUCTION,
  context: Readonly<Record<string, unknown>> = {},
): Built {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-construct-'));
  const app = new App({
    outdir: folder,
    context: {
      ...require('aws-cdk-lib/recommended-feature-flags.json'),
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      'aws:cdk:enable-path-metadata': true,
      ...context,
    },
  });
  Soc2Environment.declare(app, { kind, owner: 'platform team', dataClassification: 'confidential' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  const packs: NagPack[] = [new AwsSolutionsChecks(), new NIST80053R5Checks()];
  Validations.of(app).addPlugins(new Soc2Checks(app, { inherited: PROVIDED_ELSEWHERE }), ...packs);
  const env = { ...process.env };
  process.env.CDK_VALIDATION = 'true';
  try {
    app.synth();
  } finally {
    process.env = env;
  }
  const file = join(folder, stack.templateFile);
  const { pluginReports } = read(join(folder, 'validation-report.json')) as { pluginReports: readonly PluginReport[] };
  const foundBy = (isPlugin: (name: string) => boolean) =>
    pluginReports
      .filter(({ pluginName }) => isPlugin(pluginName))
      .flatMap(({ violations }) => violations)
      .flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      );
  const names = packs.map(({ name }) => name);
  return {
    template: read(file),
    file,
    ledger: read(join(folder, 'soc2', 'ledger.json')),
    nag: foundBy((name) => names.includes(name)),
    validation: foundBy((name) => name !== 'SOC2' && !names.includes(name)),
  };
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations: readonly {
    readonly ruleName: string;
    readonly violatingConstructs: readonly { readonly constructPath?: string }[];
  }[];
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What our pack says against a template, matters of design (`info`) aside: `s3-bucket-versioning at Stack/Bucket/Resource`. */
export function objections({ ledger }: Built): string[] {
  return ledger.evaluations
    .filter(({ verdict, severity }) => (verdict === 'fail' || verdict === 'undetermined') && severity !== 'info')
    .map(({ slug, constructPath, findings: [finding] }) => `${slug} at ${constructPath}: ${finding.path} ${finding.problem}`);
}

/** The only resource of a type in a template. */
export function only({ template }: Pick<Built, 'template'>, type: string) {
  const found = Object.values(template.Resources).filter((resource) => resource.Type === type);
  if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return found[0];
}
