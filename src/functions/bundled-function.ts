import { join } from 'node:path';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { SecureQueue } from '../data/secure-queue';
import { addAlarms } from '../defaults/alarms';
import { encryptedLogGroup } from '../defaults/encrypted-log-group';
import { partOfSafeguard } from '../defaults/part-of-safeguard';
import { domainKey } from '../environment/domain-keys';

/** A function of the library, and what it may do. */
export interface BundledFunctionProps {
  /** The folder of the handler, `src/<concern>/<handler>/handler.ts`. */
  readonly handler: string;
  /** What it does. */
  readonly description: string;
  /** What its code calls, and on what. */
  readonly statements: readonly iam.PolicyStatement[];
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 1 minute */
  readonly timeout?: Duration;
  /** @default 256 MB */
  readonly memorySize?: number;
  /** Whether events wait in a queue when it fails; functions that somebody waits for report failure themselves. */
  readonly deadLetters: boolean;
  readonly alarmTopic?: sns.ITopic;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** The folder of the bundles, seen from `lib/functions` and from `src/functions`. */
const BUNDLES = join(__dirname, '..', '..', 'assets', 'functions');

/**
 * How every function of the library is deployed: with a role of its own that may do what it is told and write its log, an encrypted
 * log kept for a year, and a queue for events that it could not handle, with an alarm.
 */
export class BundledFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    const { handler, deadLetters, statements, alarmTopic, environment, ...rest } = props;
    const role = new iam.Role(scope, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `Role of the function that serves to: ${props.description}`,
    });
    const logGroup = encryptedLogGroup(scope, `${id}Log`);
    const deadLetterQueue = deadLetters
      ? partOfSafeguard(new SecureQueue(scope, `${id}DeadLetters`, { isDeadLetterQueue: true, alarmTopic }))
      : undefined;
    super(scope, id, {
      ...rest,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(BUNDLES, handler)),
      timeout: props.timeout ?? Duration.minutes(1),
      memorySize: props.memorySize ?? 256,
      environment: { ...environment },
      environmentEncryption: domainKey(scope, 'data'),
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      deadLetterQueue,
    });
    partOfSafeguard(this);
    const ownRights = [
      mayWrite(logGroup.logGroupArn),
      ...(deadLetterQueue ? [mayEncrypt(domainKey(scope, 'data').keyArn)] : []),
      ...(props.vpc ? mayJoin(Stack.of(this)) : []),
    ];
    for (const statement of [...ownRights, ...statements]) role.addToPolicy(statement);
    addAlarms(this, alarmTopic, {
      Errors: {
        metric: this.metricErrors({ period: Duration.minutes(5) }),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        alarmDescription: `The function ${this.node.path} failed. It serves to: ${props.description}. Its log group says why.`,
      },
    });
  }
}

function mayWrite(logGroupArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] });
}

/** Lambda sends what failed to the queue with the role of the function, and the queue is encrypted. */
function mayEncrypt(keyArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] });
}

/**
 * What Lambda does with the role to put a function into a VPC. Network interfaces have no names beforehand, hence every resource;
 * the code of the function, which has the same role, may do none of it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function mayJoin(stack: Stack): iam.PolicyStatement[] {
  const actions = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ];
  const anyFunction = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [
    new iam.PolicyStatement({ actions, resources: ['*'] }),
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions,
      resources: ['*'],
      conditions: { ArnLike: { 'lambda:SourceFunctionArn': anyFunction } },
    }),
  ];
}
