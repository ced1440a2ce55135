import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HOST_NAMESPACE, ONLY_SESSIONS, SESSION_LOG_GROUP } from './host-settings';

/**
 * Let a server be managed by Systems Manager, be reached by sessions that are logged and encrypted, and publish its metrics.
 *
 * The policy of AWS is the one that Systems Manager itself gives to servers: unlike `AmazonSSMManagedInstanceCore` it cannot read
 * parameters, which may hold secrets.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function letBeManaged(scope: Construct, role: iam.IRole): void {
  role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedEC2InstanceDefaultPolicy'));
  for (const statement of statementsFor(Stack.of(scope))) role.addToPrincipalPolicy(statement);
}

function statementsFor(stack: Stack): iam.PolicyStatement[] {
  const { COLON_RESOURCE_NAME, SLASH_RESOURCE_NAME } = ArnFormat;
  const logGroup = (resourceName: string) =>
    stack.formatArn({ service: 'logs', resource: 'log-group', resourceName, arnFormat: COLON_RESOURCE_NAME });
  return [
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [logGroup(SESSION_LOG_GROUP), logGroup(`${SESSION_LOG_GROUP}:*`)],
    }),
    // The agent looks whether the log group is encrypted, by a call that has no narrower resource.
    new iam.PolicyStatement({ actions: ['logs:DescribeLogGroups'], resources: [logGroup('*')] }),
    new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*', arnFormat: SLASH_RESOURCE_NAME })],
      conditions: ONLY_SESSIONS,
    }),
    // Neither has resources.
    new iam.PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': HOST_NAMESPACE } },
    }),
    new iam.PolicyStatement({ actions: ['ec2:DescribeTags'], resources: ['*'] }),
  ];
}
