import type { Stack } from 'aws-cdk-lib';
import { EnvironmentKind } from '../../src';
import { type CfnLintFinding, isAccepted } from '../examples/cfn-lint.accepted';
import { build, objections } from './construct';
import { unaccepted } from './nag.accepted';
import { describeWithTool } from './optional';
import { type Change, changes, replacing } from './replacement';

interface Promised {
  /** The construct with nothing but what it requires. */
  readonly make: (stack: Stack) => void;
  /** The CDK's own construct that it can take the place of, with what that requires. */
  readonly plain?: (stack: Stack) => void;
  /** The construct, told that it is deployed as the plain one. */
  readonly adopted?: (stack: Stack) => void;
}

/** Constructs tell production from the rest; that they do not tell staging from development is tested by itself. */
const KINDS = [EnvironmentKind.PRODUCTION, EnvironmentKind.DEVELOPMENT];

/** What every construct of the library promises, as tests. */
export function keepsItsPromises({ make, plain, adopted }: Promised): void {
  const all = KINDS.map((kind) => ({ kind, built: build(make, kind) }));
  describe.each(all)('in $kind, with nothing but what it requires', ({ built }) => {
    test('no rule of ours objects', () => expect(objections(built)).toEqual([]));
    test('cdk-nag finds nothing that is not accepted with a reason', () => expect(unaccepted(built.nag)).toEqual([]));
    test('the validation of the CDK finds nothing', () => expect(built.validation).toEqual([]));
  });
  // It takes seconds, and tells of no kind what the validation of the CDK, which reads the same schemas, does not.
  describeWithTool('cfn-lint', 'cfn-lint', () => {
    test('finds no error and no warning in production', async () => expect(await lint(all[0].built.file)).toEqual([]));
  });

  if (plain && adopted) {
    describe('in the place of what is deployed', () => {
      const deployed = build(plain);
      const next = build(adopted);
      const changed = changes(deployed.template, next.template);
      test('every resource keeps its logical id', () => {
        expect(Object.keys(next.template.Resources)).toEqual(expect.arrayContaining(Object.keys(deployed.template.Resources)));
      });
      test('something is made better', () => expect(next.template.Resources).not.toEqual(deployed.template.Resources));
      test('nothing is replaced', () => expect(replacing(changed)).toEqual([]));
    });
  }
}

/** What changes on deployed resources, for a test that lists it. */
export function changesOf({ plain, adopted }: Required<Pick<Promised, 'plain' | 'adopted'>>): readonly Change[] {
  return changes(build(plain).template, build(adopted).template);
}

async function lint(file: string): Promise<string[]> {
  const printed = await globalThis.cfnLint.print(['--format', 'json', '--regions', 'eu-west-1', '--', file]);
  const findings: CfnLintFinding[] = JSON.parse(printed);
  return findings
    .filter((finding) => !isAccepted(finding))
    .map(({ Filename, Rule, Message }) => `${Filename}: ${Rule.Id} ${Message}`);
}
