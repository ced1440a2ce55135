import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as targets from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** A shop that is in production for years. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2 });
    const database = new rds.DatabaseInstance(this, 'Database', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_9 }),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),
      vpc,
    });

    const pictures = new s3.Bucket(this, 'Pictures');
    const carts = new dynamodb.Table(this, 'Carts', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    const failedOrders = new sqs.Queue(this, 'FailedOrders', { retentionPeriod: Duration.days(14) });
    const orders = new sqs.Queue(this, 'Orders', { deadLetterQueue: { queue: failedOrders, maxReceiveCount: 3 } });
    const news = new sns.Topic(this, 'News');
    news.addSubscription(new subscriptions.SqsSubscription(orders));

    const shop = new lambda.Function(this, 'Function', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "ok" });'),
      vpc,
      logGroup: new logs.LogGroup(this, 'Logs'),
      environment: { PICTURES: pictures.bucketName, CARTS: carts.tableName, ORDERS: orders.queueUrl },
    });
    shop.addEventSource(new SqsEventSource(orders));
    pictures.grantReadWrite(shop);
    carts.grantReadWriteData(shop);
    database.connections.allowDefaultPortFrom(shop);

    const payments = new lambda.Function(this, 'Payments', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
      environment: { ORDERS: orders.queueUrl },
    });
    payments.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    orders.grantSendMessages(payments);

    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', { vpc, internetFacing: true });
    const certificate = acm.Certificate.fromCertificateArn(
      this,
      'Certificate',
      `arn:aws:acm:${this.region}:${this.account}:certificate/12345678-1234-1234-1234-123456789012`,
    );
    const https = loadBalancer.addListener('Https', { port: 443, certificates: [certificate] });
    https.addTargets('Shop', { targets: [new targets.LambdaTarget(shop)] });
  }
}
