import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { ShopStack as Before } from '../../examples/adopt-existing/before/shop-stack';
import { inherited } from '../../examples/adopt-existing/inherited';
import { ShopStack as After } from '../../examples/adopt-existing/shop-stack';
import { EnvironmentKind, Soc2, Soc2Checks } from '../../src';
import type { Ledger } from '../../src/checks/ledger';
import { type CloudFormationTemplate, ENV } from '../helpers/construct';
import { changes, replacing } from '../helpers/replacement';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'adopt-existing');
const { context } = JSON.parse(readFileSync(join(EXAMPLE, 'cdk.json'), 'utf8'));

/** What the code becomes, judged by the checks with the controls that the platform team provides. */
function shop(
  make: (app: App) => void,
  mayFail: boolean,
): { readonly template: CloudFormationTemplate; readonly ledger: Ledger } {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-soc2-adopt-'));
  const more = { '@aws-cdk/core:failSynthOnValidationErrors': !mayFail, 'aws:cdk:enable-path-metadata': true };
  const app = new App({ outdir: folder, context: { ...context, ...more } });
  make(app);
  app.synth();
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  return { template: read('Shop.template.json'), ledger: read('soc2', 'ledger.json') };
}

const before = (app: App) => {
  new Before(app, 'Shop', { env: ENV });
  Validations.of(app).addPlugins(new Soc2Checks(app, { inherited }));
};

const after = (app: App) => {
  const environment = { kind: EnvironmentKind.PRODUCTION, owner: 'shop team', dataClassification: 'confidential' };
  Soc2.enable(app, { environment, checks: { inherited } });
  new After(app, 'Shop', { env: ENV });
};

const blocking = ({ evaluations }: Ledger) =>
  evaluations.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error').map(({ slug }) => slug);

describe('an app that is deployed, without and with the library', () => {
  const old = shop(before, true);
  const next = shop(after, true);
  const all = changes(old.template, next.template);

  test('the checks stop what it was', () => {
    expect(() => shop(before, false)).toThrow('ERROR RDS.1 RDS instances are encrypted at rest');
    expect([...new Set(blocking(old.ledger))].sort()).toEqual(
      expect.arrayContaining([
        'alb-waf',
        'elb-access-logging',
        'elb-tls-policy-12',
        'lambda-no-public-access',
        'rds-instance-encrypted',
        's3-bucket-ssl-only',
        'vpc-flow-logs',
      ]),
    );
  });

  test('they let through what it is', () => {
    expect(blocking(next.ledger)).toEqual([]);
    expect(() => shop(after, false)).not.toThrow();
  });

  test('two exceptions remain, and each is needed', () => {
    const own = next.ledger.exceptions.filter(({ owner }) => owner === 'shop team');
    expect(own.map(({ slug, state }) => [slug, state]).sort()).toEqual([
      ['lambda-no-public-access', 'active'],
      ['rds-instance-encrypted', 'active'],
    ]);
    for (const { findings } of own) expect(findings).toBeGreaterThan(0);
  });

  test('everything that is deployed keeps its logical id', () => {
    expect(Object.keys(next.template.Resources)).toEqual(expect.arrayContaining(Object.keys(old.template.Resources)));
  });

  test('nothing that is deployed is replaced, though much of it is made better', () => {
    expect(replacing(all)).toEqual([]);
    expect(new Set(all.map(({ property }) => property.split(' ')[0])).size).toBeGreaterThan(6);
  });
});

test('the README shows the whole difference between the code before and after', () => {
  const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
  for (const file of ['app.ts', 'shop-stack.ts']) {
    const { stdout } = spawnSync('diff', ['-U2', join('before', file), file], { cwd: EXAMPLE, encoding: 'utf8' });
    const hunks = stdout.split('\n').slice(2).join('\n').trimEnd();
    expect(readme).toContain(hunks);
  }
});
