import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2Environment, Soc2Exception } from '../../src';

const PRODUCTION = { kind: EnvironmentKind.PRODUCTION, owner: 'platform team' };
const DEVELOPMENT = { kind: EnvironmentKind.DEVELOPMENT, owner: 'platform team' };

function environmentIn(app: App, stack: Stack) {
  const stage = Stage.of(stack)!;
  const assembly = stage === app ? app.synth() : app.synth().getNestedAssembly(stage.artifactId);
  return assembly.getStackByName(stack.stackName).template.Metadata?.['cdk-soc2']?.environment;
}

test('nothing tells staging from development: what holds for one of them in tests holds for the other', () => {
  const source = join(__dirname, '..', '..', 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const telling = files.filter((file) => {
    const code = readFileSync(join(source, file), 'utf8').replace(/^\s*\*.*$/gm, '');
    return /EnvironmentKind\.(STAGING|DEVELOPMENT)/.test(code);
  });
  expect(files.length).toBeGreaterThan(500);
  expect(telling).toEqual([]);
});

test('what an app declares is in every template, also of its stages', () => {
  const app = new App();
  const stage = new Stage(app, 'Live');
  const [own, staged] = [new Stack(app, 'Own'), new Stack(stage, 'Staged')];
  Soc2Environment.declare(app, { ...PRODUCTION, dataClassification: 'confidential' });
  const said = { ...PRODUCTION, dataClassification: 'confidential' };
  expect(environmentIn(app, own)).toEqual(said);
  expect(environmentIn(app, staged)).toEqual(said);
});

test('the nearest declaration counts, and only its own templates have it', () => {
  const app = new App();
  const [live, trial] = ['Live', 'Trial'].map((id) => new Stage(app, id));
  Soc2Environment.declare(live, PRODUCTION);
  Soc2Environment.declare(trial, DEVELOPMENT);
  const stacks = [live, trial].map((stage) => new Stack(stage, 'Stack'));
  expect(stacks.map((stack) => Soc2Environment.of(stack).kind)).toEqual(['PRODUCTION', 'DEVELOPMENT']);
  expect(stacks.map((stack) => environmentIn(app, stack).kind)).toEqual(['PRODUCTION', 'DEVELOPMENT']);
});

test('where nothing is declared, it is taken for production, and no template says so', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  expect(Soc2Environment.of(stack)).toMatchObject({ kind: 'PRODUCTION', owner: undefined, isProduction: true });
  expect(environmentIn(app, stack)).toBeUndefined();
});

test.each<[string, (app: App, stage: Stage) => void]>([
  ['above', (app, stage) => [Soc2Environment.declare(app, PRODUCTION), Soc2Environment.declare(stage, DEVELOPMENT)]],
  ['below', (app, stage) => [Soc2Environment.declare(stage, DEVELOPMENT), Soc2Environment.declare(app, PRODUCTION)]],
])('two kinds, one within the other, are refused: the other is %s', (_, declare) => {
  const app = new App();
  expect(() => declare(app, new Stage(app, 'Trial'))).toThrow(/must be (PRODUCTION|DEVELOPMENT), got/);
});

test('an environment has an owner', () => {
  expect(() => Soc2Environment.declare(new App(), { ...PRODUCTION, owner: ' ' })).toThrow(
    "'owner' of an environment must not be empty",
  );
});

test('what a stack says does not hold for stages in it, whichever is declared first', () => {
  for (const isFirst of [true, false]) {
    const app = new App();
    const delivery = new Stack(app, 'Delivery');
    const [trial, silent] = ['Trial', 'Silent'].map((id) => new Stage(delivery, id));
    if (isFirst) Soc2Environment.declare(delivery, PRODUCTION);
    Soc2Environment.declare(trial, DEVELOPMENT);
    if (!isFirst) Soc2Environment.declare(delivery, PRODUCTION);
    expect([delivery, trial].map((each) => Soc2Environment.of(each).kind)).toEqual(['PRODUCTION', 'DEVELOPMENT']);
    expect(Soc2Environment.of(silent).owner).toBeUndefined();
  }
});

test('what an app says holds for stages in its stacks', () => {
  const app = new App();
  Soc2Environment.declare(app, PRODUCTION);
  const stage = new Stage(new Stack(app, 'Delivery'), 'Live');
  expect(Soc2Environment.of(stage).owner).toBe('platform team');
  expect(() => Soc2Environment.declare(stage, DEVELOPMENT)).toThrow('must be PRODUCTION, got DEVELOPMENT');
});

test('what serves every environment says so in its templates, and is production', () => {
  const app = new App();
  const stack = new Stack(app, 'Delivery');
  Soc2Environment.declare(stack, { ...PRODUCTION, servesEveryEnvironment: true });
  expect(environmentIn(app, stack)).toEqual({ ...PRODUCTION, servesEveryEnvironment: true });
  expect(() => Soc2Environment.declare(new App(), { ...DEVELOPMENT, servesEveryEnvironment: true })).toThrow(
    "must be PRODUCTION, got DEVELOPMENT: it serves every environment, and who changes it changes production. Change 'kind'",
  );
});

test('an exception of an app reaches into its stages', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Live'), 'Stack');
  const { CfnBucket } = require('aws-cdk-lib/aws-s3') as typeof import('aws-cdk-lib/aws-s3');
  new CfnBucket(stack, 'Bucket');
  Soc2Exception.of(app).add({ rule: 'S3.8', reason: 'r', owner: 'o', ticket: 't', expires: '2999-12-31' });
  const { Resources } = app.synth().getNestedAssembly('assembly-Live').getStackByName('Live-Stack').template;
  expect(Resources.Bucket.Metadata['cdk-soc2'].exceptions).toHaveLength(1);
});
