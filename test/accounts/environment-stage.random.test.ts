import { App, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { EnvironmentKind, EnvironmentStage, Soc2Environment } from '../../src';

const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const region = 'eu-west-1';

/** What an app is made of. */
interface Part {
  readonly kind: EnvironmentKind;
  readonly account: string;
  /** How it is made: our stage, a plain stage, a plain stack, a stack with an account of its own, or a stage in a stage. */
  readonly form: 'environment' | 'stage' | 'stack' | 'stray' | 'nested';
  /** The account of a stray stack or of a nested stage. */
  readonly inner: string;
}

const account = fc.constantFrom(...ACCOUNTS);
const PART: fc.Arbitrary<Part> = fc.record({
  kind: fc.constantFrom(...Object.values(EnvironmentKind)),
  account,
  form: fc.constantFrom('environment', 'stage', 'stack', 'stray', 'nested'),
  inner: account,
});

/** Makes a part, and answers with the accounts that it takes, by the name that a message gives. */
function make(app: App, id: string, { kind, account, form, inner }: Part): readonly Claim[] {
  const said = { kind, owner: 'shop team' };
  const env = { account, region };
  const environment = () => new EnvironmentStage(app, id, { ...said, account, region, dataClassification: 'internal' });
  const stack = (scope: Construct, at = account) =>
    new Stack(scope, scope === app ? id : 'Shop', { env: { account: at, region } });
  const own = { name: id, kind, account };
  switch (form) {
    case 'environment':
      stack(environment());
      return [own];
    case 'stage': {
      const stage = new Stage(app, id, { env });
      Soc2Environment.declare(stage, said);
      stack(stage);
      return [own];
    }
    case 'stack':
      Soc2Environment.declare(stack(app), said);
      return [own];
    case 'stray':
      stack(environment(), inner);
      return [own, { ...own, account: inner }];
    case 'nested':
      stack(new Stage(environment(), 'Inner', { env: { account: inner, region } }), inner);
      return [own, { name: `${id}/Inner`, kind, account: inner }];
  }
}

interface Claim {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly account: string;
}

/** The pairs that may not be: production and something else in one account. */
function conflicts(claims: readonly Claim[]): (readonly [Claim, Claim])[] {
  const production = claims.filter(({ kind }) => kind === EnvironmentKind.PRODUCTION);
  const others = claims.filter(({ kind }) => kind !== EnvironmentKind.PRODUCTION);
  return production.flatMap((one) =>
    others.filter((other) => other.account === one.account).map((other) => [one, other] as const),
  );
}

test('no accepted app has production and anything else in one account, and what is refused is named, in whatever order it is made', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(PART, { maxLength: 6 }), (parts) => {
      for (const ordered of [parts, [...parts].reverse()]) {
        const app = new App({ treeMetadata: false, analyticsReporting: false });
        // One stage of ours makes it an app with environments; it is in an account of its own.
        new EnvironmentStage(app, 'Base', {
          kind: EnvironmentKind.PRODUCTION,
          account: '222233334444',
          region,
          owner: 'platform team',
          dataClassification: 'internal',
        });
        const bad = conflicts(ordered.flatMap((part, index) => make(app, `Part${index}`, part)));
        const message = stopping(app);
        expect(message === '').toBe(bad.length === 0);
        accepted += message === '' ? 1 : 0;
        for (const [one, other] of bad) {
          const line = message.split('\n').find((each) => each.includes(`Account ${one.account} must be for production alone`));
          for (const { name, kind } of [one, other]) expect(line).toContain(`'${name}' (${kind})`);
        }
      }
    }),
    { numRuns: 60 },
  );
  // Otherwise nothing was shown of accepted apps.
  expect(accepted).toBeGreaterThan(10);
}, 300_000);

function stopping(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
