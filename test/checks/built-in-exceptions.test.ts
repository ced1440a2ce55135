import { type App, CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { synthesize } from '../helpers/synth';

/** Everything with which the CDK brings functions of its own into a stack. */
function build(app: App): void {
  const stack = new Stack(app, 'S', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
  bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SnsDestination(new sns.Topic(stack, 'Topic')));
  new s3deploy.BucketDeployment(stack, 'Deployment', {
    sources: [s3deploy.Source.data('a.txt', 'a')],
    destinationBucket: bucket,
  });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: true, natGateways: 0 });
  new rds.DatabaseInstance(stack, 'Database', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    cloudwatchLogsExports: ['postgresql'],
    cloudwatchLogsRetention: logs.RetentionDays.ONE_YEAR,
  });
  new AwsCustomResource(stack, 'Call', {
    onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: PhysicalResourceId.of('call') },
    policy: AwsCustomResourcePolicy.fromStatements([
      new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }),
    ]),
    installLatestAwsSdk: false,
  });
  const onEvent = new lambda.Function(stack, 'OnEvent', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({})'),
  });
  new CustomResource(stack, 'Resource', {
    serviceToken: new Provider(stack, 'Provider', { onEventHandler: onEvent, isCompleteHandler: onEvent }).serviceToken,
  });
}

/** Parts of construct paths by which a reader knows the helpers of the CDK. */
const HELPERS =
  /CustomResourceProvider|LogRetention|BucketNotificationsHandler|AWS679f53fac|CDKBucketDeployment|framework-|waiter-state-machine|VpcRestrictDefaultSG/;

describe('resources that CDK itself creates', () => {
  const { ledger, report } = synthesize(build);
  const helpers = ledger.evaluations.filter(({ constructPath }) => HELPERS.test(constructPath ?? ''));

  test('are judged', () => {
    expect(helpers.length).toBeGreaterThan(30);
    expect(helpers.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(['pass', 'exception']));
  });

  test('make no noise', () => {
    const reported = report!.violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs
        .filter(({ constructPath }) => HELPERS.test(constructPath ?? ''))
        .map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(reported).toEqual([]);
  });

  test('stand in the ledger with the reason', () => {
    const builtIn = ledger.exceptions.filter(({ state }) => state === 'built-in');
    expect(builtIn.length).toBeGreaterThan(0);
    for (const { reason, owner, findings } of builtIn) {
      expect(reason).toMatch(
        /^CDK creates and configures .*; it runs only while a stack is deployed, and the app cannot change it$/,
      );
      expect({ owner, some: findings > 0 }).toEqual({ owner: 'cdk-soc2', some: true });
    }
  });
});

test("an app's own function beside them is judged as ever", () => {
  const { ledger } = synthesize(build);
  const own = ledger.evaluations.filter(({ constructPath }) => constructPath === 'S/OnEvent/Resource');
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ verdict }) => verdict === 'exception')).toEqual([]);
});
