import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, NIST80053R5Checks } from 'cdk-nag';
import { EnvironmentKind, RuleCatalog, Soc2Checks, Soc2Environment } from '../../src';
import type { Ledger } from '../../src/checks/ledger';
import { temporaryFolder } from './temporary';

/** The kinds of environments, for `describe.each`. */
export const KINDS: readonly EnvironmentKind[] = Object.values(EnvironmentKind);

export const ENV = { account: '111122223333', region: 'eu-west-1' } as const;

/** What no construct that holds data provides by itself: what is there once in an account, plans that back it up, and who is told. */
const PROVIDED_ELSEWHERE = RuleCatalog.all()
  .filter(
    ({ environment, inheritable, control }) => environment || (inheritable && /^(data-backup|alert-routing)$/.test(control)),
  )
  .map(({ slug }) => ({ rule: slug, owner: 'platform team', pointer: 'stack Baseline' }));

/** What judges of all kinds say of a construct. */
interface Judged {
  readonly ledger: Ledger;
  /** What the packs of cdk-nag find: `AwsSolutions-S1 AWS::S3::Bucket Uploads`. */
  readonly nag: readonly string[];
  /** What the CDK's own validation finds, as errors and warnings. */
  readonly validation: readonly string[];
}

/** What a construct became. */
export interface Built extends Judged {
  /** The template of the stack, as CloudFormation gets it. */
  readonly template: CloudFormationTemplate;
  /** The file of the template. */
  readonly file: string;
}

export interface CloudFormationTemplate {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: any; readonly [key: string]: any }>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly [section: string]: any;
}

/**
 * Build one stack in an environment of a kind.
 *
 * It is built once more, to be judged, when somebody asks for what our pack, the packs of cdk-nag, or the CDK itself say of it:
 * that takes many times as long as to build it.
 */
export function build(
  make: (stack: Stack) => void,
  kind: EnvironmentKind = EnvironmentKind.PRODUCTION,
  context: Readonly<Record<string, unknown>> = {},
): Built {
  const { app, stack, folder } = declared(make, kind, context);
  app.synth();
  const file = join(folder, stack.templateFile);
  let judged: Judged | undefined;
  const said = () => {
    judged ??= judge(declared(make, kind, context));
    return judged;
  };
  return {
    template: read(file),
    file,
    get ledger() {
      return said().ledger;
    },
    get nag() {
      return said().nag;
    },
    get validation() {
      return said().validation;
    },
  };
}

interface Declared {
  readonly app: App;
  readonly stack: Stack;
  /** What it is synthesized to. */
  readonly folder: string;
}

function declared(make: (stack: Stack) => void, kind: EnvironmentKind, context: Readonly<Record<string, unknown>>): Declared {
  const folder = temporaryFolder('construct');
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
  return { app, stack, folder };
}

/** Have our pack, cdk-nag's packs and the CDK itself judge an app. */
function judge({ app, folder }: Declared): Judged {
  const packs: NagPack[] = [new AwsSolutionsChecks(), new NIST80053R5Checks()];
  const checks = new Soc2Checks(app, { inherited: PROVIDED_ELSEWHERE });
  Validations.of(app).addPlugins(checks, ...packs, globalThis.cloudFormationValidate);
  app.synth();
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
