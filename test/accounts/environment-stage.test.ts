import { App, Aws, Fn, Lazy, NestedStack, ReferenceStrength, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { EnvironmentKind, EnvironmentStage, type EnvironmentStageProps, Soc2Environment } from '../../src';

const { PRODUCTION, STAGING, DEVELOPMENT } = EnvironmentKind;
const [LIVE, TRIAL, TOOLS] = ['111122223333', '444455556666', '777788889999'];
const region = 'eu-west-1';
const SAID = { owner: 'shop team', dataClassification: 'confidential' };

const stageIn = (scope: Construct, id: string, props: Partial<EnvironmentStageProps> = {}) =>
  new EnvironmentStage(scope, id, { kind: PRODUCTION, account: LIVE, region, ...SAID, ...props });
const live = (scope: Construct, props: Partial<EnvironmentStageProps> = {}) => stageIn(scope, 'Live', props);
const trial = (scope: Construct, props: Partial<EnvironmentStageProps> = {}) =>
  stageIn(scope, 'Trial', { kind: STAGING, account: TRIAL, ...props });

const synthesized = (app: App, stack: Stack) =>
  app.synth().getNestedAssembly(Stage.of(stack)!.artifactId).getStackByName(stack.stackName);

/** What stops the synthesis of an app; nothing when it synthesizes. */
function stopping(app: App): string {
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a stage says where it is and what it is for', () => {
  test.each<[string, Partial<EnvironmentStageProps>, string]>([
    [
      'a token as account',
      { account: Aws.ACCOUNT_ID },
      "'account' of the environment 'Live' must be the 12 digits of an account id, as a string, got a token",
    ],
    ['a lazy account', { account: Lazy.string({ produce: () => LIVE }) }, 'got a token'],
    ['an account of 11 digits', { account: '11112222333' }, 'as a string, got "11112222333": change it'],
    ['an account with dashes', { account: '1111-2222-3333' }, 'got "1111-2222-3333"'],
    ['a number as account', { account: 111122223333 as unknown as string }, 'as a string, got 111122223333'],
    ['no account', { account: undefined }, 'as a string, got nothing'],
    [
      'a token as Region',
      { region: Aws.REGION },
      "'region' of the environment 'Live' must be a Region such as 'eu-west-1', got a token",
    ],
    ['an Availability Zone', { region: 'eu-west-1a' }, 'got "eu-west-1a"'],
    ['no Region', { region: undefined }, 'got nothing'],
    ['no owner', { owner: '  ' }, "'owner' of the environment 'Live' must be 1 to 256 letters"],
    ['an owner that is no tag', { owner: 'team <shop>' }, 'got "team <shop>"'],
    ['no class of data', { dataClassification: '' }, "'dataClassification' of the environment 'Live'"],
    ['a class that is too long', { dataClassification: 'x'.repeat(257) }, 'because it becomes a tag, got'],
    [
      'a test that serves production',
      { kind: STAGING, servesEveryEnvironment: true },
      'must be PRODUCTION, got STAGING: it serves every environment',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(() => live(new App(), props)).toThrow(message);
  });

  test.each(['us-east-1', 'us-gov-west-1', 'ap-southeast-3', 'eusc-de-east-1', 'il-central-1'])('%s is a Region', (each) => {
    expect(live(new App(), { region: each }).region).toBe(each);
  });

  test('its stacks go there, and their templates say what they are for', () => {
    const app = new App();
    const stack = new Stack(live(app), 'Shop');
    expect(Soc2Environment.of(stack)).toMatchObject({ kind: PRODUCTION, ...SAID, isProduction: true });
    expect([stack.account, stack.region]).toEqual([LIVE, region]);
    expect(synthesized(app, stack).template.Metadata['cdk-soc2'].environment).toEqual({ kind: 'PRODUCTION', ...SAID });
  });

  test('a stage of another kind around it is refused', () => {
    expect(() => trial(live(new App()))).toThrow("'kind' of the environment of 'Live/Trial' must be PRODUCTION, got STAGING");
  });
});

describe('everything below has tags', () => {
  const tagsOf = (resource: { Properties: { Tags: { Key: string; Value: string }[] } }) =>
    Object.fromEntries(resource.Properties.Tags.map(({ Key, Value }) => [Key, Value]));
  const expected = { Environment: 'staging', Owner: 'shop team', DataClassification: 'confidential' };

  test('stacks and resources', () => {
    const app = new App();
    const stack = new Stack(trial(app), 'Shop');
    new sns.Topic(stack, 'Topic');
    const { template, tags } = synthesized(app, stack);
    expect(tags).toEqual(expected);
    expect(tagsOf(Object.values<never>(template.Resources)[0])).toEqual(expected);
  });

  test('also in a stage that is made in it later, which says in its templates what it is for', () => {
    const app = new App();
    const outer = trial(app);
    const stack = new Stack(new Stage(outer, 'Half'), 'Shop');
    app.synth();
    const { tags, template } = app.synth().getNestedAssembly(outer.artifactId).getNestedAssembly('assembly-Trial-Half').stacks[0];
    expect(stack.account).toBe(TRIAL);
    expect(tags).toEqual(expected);
    expect(template.Metadata['cdk-soc2'].environment.kind).toBe('STAGING');
  });

  test('a tag that is set nearer comes first', () => {
    const app = new App();
    const stack = new Stack(trial(app), 'Shop');
    Tags.of(stack).add('Owner', 'payments team');
    expect(synthesized(app, stack).tags).toEqual({ ...expected, Owner: 'payments team' });
  });
});

describe('production stacks are protected against deletion', () => {
  const isProtected = (
    props: Partial<EnvironmentStageProps>,
    change: (stage: EnvironmentStage, stack: Stack) => void = () => {},
  ) => {
    const app = new App();
    const stage = stageIn(app, 'Stage', props);
    const stack = new Stack(stage, 'Shop');
    change(stage, stack);
    return synthesized(app, stack).terminationProtection ?? false;
  };
  test('in production', () => expect(isProtected({})).toBe(true));
  test('not elsewhere', () => expect([STAGING, DEVELOPMENT].map((kind) => isProtected({ kind }))).toEqual([false, false]));
  test('elsewhere when a stack says so', () => {
    expect(
      isProtected({ kind: STAGING }, (_, stack) => {
        stack.terminationProtection = true;
      }),
    ).toBe(true);
  });
  test('elsewhere when the stage says so', () => expect(isProtected({ kind: STAGING, terminationProtection: true })).toBe(true));
  test('not when the stage says so', () => expect(isProtected({ terminationProtection: false })).toBe(false));
  test('not a stack that is left out', () =>
    expect(isProtected({}, (stage, stack) => stage.leaveUnprotected(stack))).toBe(false));
  test('only a stack of the stage can be left out', () => {
    expect(() => live(new App()).leaveUnprotected(new Stack(new App(), 'Other'))).toThrow(
      "'stack' must be in the stage 'Live', got 'Other': call 'leaveUnprotected' of its own stage",
    );
  });
  test('also in a stage in it; the nearest environment decides', () => {
    const app = new App();
    const stage = live(app);
    const plain = new Stack(new Stage(stage, 'Plain'), 'Shop');
    const own = new Stack(stageIn(stage, 'Own', { terminationProtection: false }), 'Shop');
    app.synth();
    expect([plain, own].map(({ terminationProtection }) => terminationProtection)).toEqual([true, false]);
  });
});

describe('production shares its account with nothing else', () => {
  const says = (name: string, kind: string) =>
    `Account ${LIVE} must be for production alone, got 'Live' (PRODUCTION) and '${name}' (${kind}): give '${name}' (${kind}) an account`;

  test.each([
    ['first', [live, trial]],
    ['last', [trial, live]],
  ])('production is made %s', (_, makers) => {
    const app = new App();
    for (const make of makers) new Stack(make(app, { account: LIVE }), 'Shop');
    expect(stopping(app)).toContain(says('Trial', 'STAGING'));
  });
  test('in another Region of the account', () => {
    const app = new App();
    live(app);
    trial(app, { account: LIVE, region: 'us-east-1' });
    expect(stopping(app)).toContain(says('Trial', 'STAGING'));
  });
  test('stages without stacks count', () => {
    const app = new App();
    live(app);
    trial(app, { account: LIVE });
    expect(stopping(app)).toContain(says('Trial', 'STAGING'));
  });
  test('all that share it are named', () => {
    const app = new App();
    live(app);
    trial(app, { account: LIVE });
    stageIn(app, 'Lab', { kind: DEVELOPMENT });
    expect(stopping(app)).toContain(
      "and 'Trial' (STAGING) and 'Lab' (DEVELOPMENT): give 'Trial' (STAGING) and 'Lab' (DEVELOPMENT)",
    );
  });
  test.each([true, false])('a plain stage takes part (made first: %s)', (isFirst) => {
    const app = new App();
    if (!isFirst) live(app);
    const stage = new Stage(app, 'Plain', { env: { account: LIVE, region } });
    new Stack(stage, 'Shop');
    Soc2Environment.declare(stage, { kind: DEVELOPMENT, owner: 'x' });
    if (isFirst) live(app);
    expect(stopping(app)).toContain(says('Plain', 'DEVELOPMENT'));
  });
  test('a plain stack takes part', () => {
    const app = new App();
    live(app);
    Soc2Environment.declare(new Stack(app, 'Plain', { env: { account: LIVE, region } }), { kind: STAGING, owner: 'x' });
    expect(stopping(app)).toContain(says('Plain', 'STAGING'));
  });
  test('a stack with an account other than that of its stage takes part', () => {
    const app = new App();
    live(app);
    new Stack(trial(app), 'Stray', { env: { account: LIVE } });
    expect(stopping(app)).toContain(says('Trial', 'STAGING'));
  });
  test('a stack in nested stages takes part', () => {
    const app = new App();
    live(app);
    new Stack(new Stage(trial(app), 'Half', { env: { account: LIVE } }), 'Shop');
    expect(stopping(app)).toContain(says('Trial/Half', 'STAGING'));
  });
  test('environments that are not production may share theirs', () => {
    const app = new App();
    live(app);
    trial(app);
    stageIn(app, 'Lab', { kind: DEVELOPMENT, account: TRIAL });
    expect(stopping(app)).toBe('');
  });
});

describe('every stack belongs to an environment', () => {
  test.each([
    ['an account', { account: TOOLS, region }, `account ${TOOLS}`],
    ['an account that only deployment knows', undefined, 'an account that only deployment knows'],
  ])('a stack without one stops synthesis, in %s', (_, env, place) => {
    const app = new App();
    live(app);
    new Stack(app, 'Plain', { env });
    expect(stopping(app)).toContain(
      `The stack 'Plain' must belong to an environment, got none for ${place}: make it in an 'EnvironmentStage', or call 'Soc2Environment.declare'`,
    );
  });
  test('a stack of a plain stage without one stops synthesis', () => {
    const app = new App();
    live(app);
    new Stack(new Stage(app, 'Plain', { env: { account: TOOLS } }), 'Shop');
    expect(stopping(app)).toContain("The stack 'Plain/Shop' must belong to an environment, got none for account 777788889999");
  });
  test('one that a stack in another account depends on still stops synthesis', () => {
    const app = new App();
    live(app);
    const [plain, known] = ['Plain', 'Known'].map(
      (id, index) => new Stack(app, id, { env: { account: [TRIAL, TOOLS][index], region } }),
    );
    Soc2Environment.declare(known, { kind: PRODUCTION, owner: 'x', servesEveryEnvironment: true });
    known.addStackDependency(plain);
    expect(stopping(app)).toContain(`The stack 'Plain' must belong to an environment, got none for account ${TRIAL}`);
  });
  test('one whose account only deployment knows stops synthesis: it might be that of production', () => {
    const app = new App();
    live(app);
    Soc2Environment.declare(new Stack(app, 'Plain'), { kind: STAGING, owner: 'x' });
    expect(stopping(app)).toContain("'env.account' of the stack 'Plain' must be 12 digits, got none");
  });
  test('one that says what it is for is in order', () => {
    const app = new App();
    live(app);
    Soc2Environment.declare(new Stack(app, 'Plain', { env: { account: TOOLS, region } }), { kind: STAGING, owner: 'x' });
    expect(stopping(app)).toBe('');
  });
});

describe('production and the others refer to nothing of each other', () => {
  const arn = (service: string, account: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const WAYS: Readonly<Record<string, (stack: Stack, account: string) => unknown>> = {
    'an ARN': (stack, account) =>
      new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }).addToPolicy(
        new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [arn('dynamodb', account, 'table/orders')] }),
      ),
    'an ARN with the partition of the stack': (stack, account) =>
      new sns.CfnTopicPolicy(stack, 'Policy', {
        topics: [`arn:${Aws.PARTITION}:sns:${region}:${account}:orders`],
        policyDocument: {},
      }),
    'an ARN in Fn::Sub': (stack, account) =>
      new sns.CfnSubscription(stack, 'Sub', {
        protocol: 'sqs',
        topicArn: Fn.sub(`arn:\${AWS::Partition}:sns:${region}:${account}:orders`),
      }),
    'the account in a policy': (stack, account) => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountPrincipal(account) }),
    'the bare account in a policy': (stack, account) =>
      new iam.CfnRole(stack, 'Role', {
        assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } }] },
      }),
    'a condition of a policy': (stack, account) =>
      new sns.Topic(stack, 'Topic').addToResourcePolicy(
        new iam.PolicyStatement({
          actions: ['sns:Publish'],
          principals: [new iam.AnyPrincipal()],
          resources: ['*'],
          conditions: { StringEquals: { 'aws:PrincipalAccount': account } },
        }),
      ),
    peering: (stack, account) =>
      new ec2.CfnVPCPeeringConnection(stack, 'Peering', { vpcId: 'vpc-1', peerVpcId: 'vpc-2', peerOwnerId: account }),
    'a shared key': (stack, account) =>
      new s3.Bucket(stack, 'Bucket', {
        encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn('kms', account, 'key/11111111-2222-3333-4444-555555555555')),
      }),
    images: (stack, account) =>
      iam.Grant.addToPrincipal({
        actions: ['ecr:BatchGetImage'],
        grantee: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }),
        resourceArns: [ecr.Repository.fromRepositoryArn(stack, 'Images', arn('ecr', account, 'repository/shop')).repositoryArn],
      }),
    'a property override': (stack, account) =>
      (new sns.Topic(stack, 'Topic').node.defaultChild as sns.CfnTopic).addPropertyOverride(
        'KmsMasterKeyId',
        arn('kms', account, 'alias/x'),
      ),
    'a nested stack': (stack, account) =>
      new iam.Role(new NestedStack(stack, 'Nested'), 'Role', { assumedBy: new iam.AccountPrincipal(account) }),
  };

  test.each(Object.entries(WAYS))('by %s: neither from production nor from a test', (_, refer) => {
    const app = new App();
    const [production, test] = [new Stack(live(app), 'Shop'), new Stack(trial(app), 'Shop')];
    refer(production, TRIAL);
    expect(stopping(app)).toContain(
      `'Live' (PRODUCTION) must not refer to what is not production, got account ${TRIAL} of 'Trial' (STAGING) at Live/Shop/`,
    );
    const other = new App();
    new Stack(live(other), 'Shop');
    refer(new Stack(trial(other), 'Shop'), LIVE);
    expect(stopping(other)).toContain(
      `'Trial' (STAGING) must not refer to production, got account ${LIVE} of 'Live' (PRODUCTION) at Trial/Shop/`,
    );
    expect(test.stackName).toBe('Trial-Shop');
  });

  test('the message says where', () => {
    const app = new App();
    trial(app);
    WAYS.peering(new Stack(live(app), 'Shop'), TRIAL);
    expect(stopping(app)).toContain('at Live/Shop/Peering (Properties.PeerOwnerId): give each environment resources of its own');
  });

  test('by the ARN of a bucket, which names no account', () => {
    const app = new App();
    new s3.Bucket(new Stack(trial(app), 'Shop'), 'Bucket', { bucketName: 'trial.uploads' });
    const stack = new Stack(live(app), 'Shop');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    s3.Bucket.fromBucketName(stack, 'Uploads', 'trial.uploads').grantRead(role);
    expect(stopping(app)).toContain("got the bucket trial.uploads of 'Trial' (STAGING) at Live/Shop/Role/DefaultPolicy");
  });
  test('a bucket whose name only begins alike is another', () => {
    const app = new App();
    new s3.Bucket(new Stack(trial(app), 'Shop'), 'Bucket', { bucketName: 'uploads' });
    const stack = new Stack(live(app), 'Shop');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    s3.Bucket.fromBucketName(stack, 'Uploads', 'uploads-live').grantRead(role);
    expect(stopping(app)).toBe('');
  });

  /** Two plain stacks in one app, for references that do not cross a stage. */
  function plainStacks() {
    const app = new App();
    live(app);
    const make = (id: string, account: string, kind: EnvironmentKind) => {
      const stack = new Stack(app, id, { env: { account, region } });
      Soc2Environment.declare(stack, { kind, owner: 'shop team' });
      return stack;
    };
    return { app, production: make('ProductionShop', LIVE, PRODUCTION), test: make('TrialShop', TRIAL, STAGING) };
  }
  test.each([true, false])('by a reference between stacks (from production: %s)', (isProduction) => {
    const { app, production, test } = plainStacks();
    const [from, to] = isProduction ? [production, test] : [test, production];
    const topic = new sns.Topic(to, 'Topic', { topicName: 'orders' });
    new sns.CfnSubscription(from, 'Subscription', { protocol: 'sqs', topicArn: topic.topicArn });
    const message = isProduction
      ? "'ProductionShop' (PRODUCTION) must not refer to what is not production, got 'TrialShop/Topic/Resource' of 'TrialShop' (STAGING)"
      : "'TrialShop' (STAGING) must not refer to production, got 'ProductionShop/Topic/Resource' of 'ProductionShop' (PRODUCTION)";
    expect(stopping(app)).toContain(message);
    expect(stopping(app)).not.toContain('got account');
  });
  test('by a reference that is made weak', () => {
    const { app, production, test } = plainStacks();
    const topic = new sns.CfnTopic(test, 'Topic', { topicName: 'orders' });
    const topicArn = Stack.consumeReference(topic.attrTopicArn, ReferenceStrength.WEAK);
    new sns.CfnSubscription(production, 'Subscription', { protocol: 'sqs', topicArn });
    expect(stopping(app)).toContain("got 'TrialShop/Topic' of 'TrialShop' (STAGING)");
  });
  test('by a reference between stages', () => {
    const app = new App();
    const topic = new sns.Topic(new Stack(trial(app), 'Shop'), 'Topic', { topicName: 'orders' });
    new sns.CfnSubscription(new Stack(live(app), 'Shop'), 'Subscription', { protocol: 'sqs', topicArn: topic.topicArn });
    expect(stopping(app)).toContain(
      "'Live' (PRODUCTION) must not refer to what is not production, got 'Trial/Shop/Topic/Resource' of 'Trial' (STAGING) at Live/Shop/Subscription: give",
    );
  });

  test('many places are counted, three are named', () => {
    const app = new App();
    trial(app);
    const stack = new Stack(live(app), 'Shop');
    for (const id of ['A', 'B', 'C', 'D', 'E']) new iam.Role(stack, id, { assumedBy: new iam.AccountPrincipal(TRIAL) });
    expect(stopping(app)).toMatch(/Live\/Shop\/A .*Live\/Shop\/B .*Live\/Shop\/C .*, and at 2 more places: give/);
  });

  test('it may deny the account something, and write of it in tags and descriptions', () => {
    const app = new App();
    trial(app);
    const stack = new Stack(live(app), 'Shop', { description: `not ${TRIAL}` });
    const topic = new sns.Topic(stack, 'Topic');
    Tags.of(topic).add('not-in', TRIAL);
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        actions: ['sns:Publish'],
        principals: [new iam.AccountPrincipal(TRIAL)],
        resources: ['*'],
      }),
    );
    expect(stopping(app)).toBe('');
  });
  test('a longer number is not the account', () => {
    const app = new App();
    trial(app);
    new sns.Topic(new Stack(live(app), 'Shop'), 'Topic', { topicName: `orders-1${TRIAL}` });
    expect(stopping(app)).toBe('');
  });
  test('tests and development may refer to each other, and production to production', () => {
    const app = new App();
    const lab = '222233334444';
    stageIn(app, 'Lab', { kind: DEVELOPMENT, account: lab });
    WAYS['the account in a policy'](new Stack(trial(app), 'Shop'), lab);
    stageIn(app, 'Backups', { account: TOOLS });
    WAYS['the account in a policy'](new Stack(live(app), 'Shop'), TOOLS);
    expect(stopping(app)).toBe('');
  });
  test('what serves every environment may refer to any of them, and they to it', () => {
    const app = new App();
    const logs = new Stack(stageIn(app, 'Logs', { account: TOOLS, servesEveryEnvironment: true }), 'Archive');
    WAYS['the account in a policy'](logs, TRIAL);
    WAYS['a shared key'](new Stack(trial(app), 'Shop'), TOOLS);
    WAYS['a shared key'](new Stack(live(app), 'Shop'), TOOLS);
    expect(stopping(app)).toBe('');
  });
  test('what serves every environment shares its account with production alone', () => {
    const app = new App();
    stageIn(app, 'Logs', { account: TRIAL, servesEveryEnvironment: true });
    trial(app);
    expect(stopping(app)).toContain(
      `Account ${TRIAL} must be for production alone, got 'Logs' (PRODUCTION) and 'Trial' (STAGING)`,
    );
  });
});
