import { App, Stack } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as pipelines from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import {
  EnvironmentKind,
  EnvironmentStage,
  type EnvironmentStageProps,
  Soc2Environment,
  type Soc2EnvironmentProps,
} from '../../src';

const { PRODUCTION, STAGING } = EnvironmentKind;
const [LIVE, TRIAL, TOOLS] = ['111122223333', '444455556666', '777788889999'];
const region = 'eu-west-1';

/** A stage with an asset, for which the pipeline publishes files to each account. */
class Shop extends EnvironmentStage {
  constructor(scope: Construct, id: string, props: Partial<EnvironmentStageProps>) {
    super(scope, id, { kind: STAGING, account: TRIAL, region, owner: 'shop team', dataClassification: 'internal', ...props });
    const stack = new Stack(this, 'Orders');
    new sns.Topic(stack, 'Topic');
    new lambda.Function(stack, 'Function', {
      code: lambda.Code.fromAsset(__dirname),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_LATEST,
    });
  }
}

interface Delivery {
  readonly app: App;
  readonly stack: Stack;
  readonly pipeline: pipelines.CodePipeline;
}

function delivery(said: Soc2EnvironmentProps | undefined, account = TOOLS): Delivery {
  const app = new App();
  const stack = new Stack(app, 'Delivery', { env: { account, region } });
  const source = pipelines.CodePipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Code', 'shop'), 'main');
  const pipeline = new pipelines.CodePipeline(stack, 'Pipeline', {
    synth: new pipelines.ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }),
    crossAccountKeys: true,
  });
  if (said) Soc2Environment.declare(stack, said);
  return { app, stack, pipeline };
}

const SERVES = { kind: PRODUCTION, owner: 'platform team', servesEveryEnvironment: true };

test.each(['stack of the pipeline', 'app'])('a pipeline deploys to stages in the %s, of every kind', (place) => {
  const { app, stack, pipeline } = delivery(SERVES);
  const scope = place === 'app' ? app : stack;
  pipeline.addStage(new Shop(scope, 'Trial', {}));
  pipeline.addStage(new Shop(scope, 'Live', { kind: PRODUCTION, account: LIVE }));
  const assembly = app.synth();
  const said = (of: typeof assembly) => of.stacks.map(({ template }) => template.Metadata['cdk-soc2'].environment.kind);
  expect(said(assembly)).toEqual(['PRODUCTION']);
  expect(assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => said(nestedAssembly)).sort()).toEqual([
    'PRODUCTION',
    'STAGING',
  ]);
  const { Stages: stages } = Object.values<{ Type: string; Properties: { Stages: { Name: string }[] } }>(
    assembly.getStackByName('Delivery').template.Resources,
  ).find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!.Properties;
  expect(stages.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['Trial', 'Live']));
});

test('the stack of a pipeline is declared before or after its stages are made', () => {
  const { app, stack, pipeline } = delivery(undefined);
  pipeline.addStage(new Shop(stack, 'Trial', {}));
  Soc2Environment.declare(stack, SERVES);
  expect(() => app.synth()).not.toThrow();
  expect(Soc2Environment.of(stack.node.findChild('Trial')).kind).toBe(STAGING);
});

test.each<[string, Soc2EnvironmentProps | undefined, string]>([
  ['says nothing', undefined, `The stack 'Delivery' must belong to an environment, got none for account ${TOOLS}`],
  [
    'is for production alone',
    { kind: PRODUCTION, owner: 'x' },
    `'Delivery' (PRODUCTION) must not refer to what is not production, got account ${TRIAL} of 'Trial' (STAGING) at Delivery/Pipeline`,
  ],
  [
    'is a test',
    { kind: STAGING, owner: 'x' },
    `'Delivery' (STAGING) must not refer to production, got account ${LIVE} of 'Live' (PRODUCTION) at Delivery/Pipeline`,
  ],
])('a pipeline that deploys to both stops synthesis when its stack %s', (_, said, message) => {
  const { app, pipeline } = delivery(said);
  pipeline.addStage(new Shop(app, 'Trial', {}));
  pipeline.addStage(new Shop(app, 'Live', { kind: PRODUCTION, account: LIVE }));
  expect(() => app.synth()).toThrow(message);
});

test('what the CDK makes for a pipeline in further Regions belongs to the environment of the pipeline', () => {
  const { app, pipeline } = delivery(SERVES);
  pipeline.addStage(new Shop(app, 'Trial', {}));
  pipeline.addStage(new Shop(app, 'Live', { kind: PRODUCTION, account: LIVE, region: 'us-east-1' }));
  expect(
    app
      .synth()
      .stacks.map(({ environment: { account, region: each } }) => `${account} ${each}`)
      .sort(),
  ).toEqual([`${TOOLS} eu-west-1`, `${TOOLS} us-east-1`]);
});

test('a pipeline in a stage of its own deploys to stages of every kind', () => {
  const app = new App();
  const tools = new EnvironmentStage(app, 'Tools', { ...SERVES, account: TOOLS, region, dataClassification: 'internal' });
  const stack = new Stack(tools, 'Delivery');
  const source = pipelines.CodePipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Code', 'shop'), 'main');
  const pipeline = new pipelines.CodePipeline(stack, 'Pipeline', {
    synth: new pipelines.ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }),
    crossAccountKeys: true,
  });
  pipeline.addStage(new Shop(app, 'Trial', {}));
  pipeline.addStage(new Shop(app, 'Live', { kind: PRODUCTION, account: LIVE, region: 'us-east-1' }));
  expect(() => app.synth()).not.toThrow();
});

test('a pipeline in the account of a test stops synthesis when it serves production', () => {
  const { app, pipeline } = delivery(SERVES, TRIAL);
  pipeline.addStage(new Shop(app, 'Trial', {}));
  expect(() => app.synth()).toThrow(
    `Account ${TRIAL} must be for production alone, got 'Delivery' (PRODUCTION) and 'Trial' (STAGING)`,
  );
});

test.each([[[LIVE, LIVE]], [[TRIAL, TRIAL]]])('stages of a pipeline that share an account stop synthesis', ([one, other]) => {
  const { app, stack, pipeline } = delivery(SERVES);
  pipeline.addStage(new Shop(stack, 'Trial', { account: one }));
  pipeline.addStage(new Shop(stack, 'Live', { kind: PRODUCTION, account: other }));
  expect(() => app.synth()).toThrow(
    `Account ${one} must be for production alone, got 'Delivery/Live' (PRODUCTION) and 'Delivery/Trial' (STAGING)`,
  );
});
