import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { mayPut } from '../functions/may-put';

const may = (actions: string[], ...resources: string[]) => new iam.PolicyStatement({ actions, resources });

/**
 * What a host may do: write below its own identity, which names the host. Nothing of it can be read, changed or deleted by the host.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function maySend(bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  return mayPut(bucket, `${prefix}inbox/*i-*/\${aws:userid}/`);
}

/** What judging states calls. */
export function judgeStatements(
  scope: Construct,
  bucket: s3.IBucket,
  { prefix }: { readonly prefix: string },
): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const arn = (service: string, resource: string, resourceName: string) => stack.formatArn({ service, resource, resourceName });
  return [
    // To who may not list baselines S3 does not say that one is gone.
    mayList(bucket, `${prefix}inbox/*`, `${prefix}baselines/*`),
    may(
      ['s3:GetObject', 's3:GetObjectVersion'],
      bucket.arnForObjects(`${prefix}inbox/*`),
      bucket.arnForObjects(`${prefix}baselines/*`),
    ),
    may(['s3:PutObject'], bucket.arnForObjects(`${prefix}baselines/*`)),
    ...mayPut(bucket, `${prefix}reports/`),
    may(['events:PutEvents'], arn('events', 'event-bus', 'default')),
    may(['ssm:GetAutomationExecution'], arn('ssm', 'automation-execution', '*')),
    may(['ssm:DescribeMaintenanceWindowExecutions'], arn('ssm', 'maintenancewindow', '*')),
    // None of them has resources; they read.
    may(['ec2:DescribeInstances', 'ssm:DescribeSessions', 'ssm:ListCommandInvocations'], '*'),
  ];
}

/** What the hourly look calls. */
export function sweepStatements(bucket: s3.IBucket, prefix: string): iam.PolicyStatement[] {
  return [
    mayList(bucket, `${prefix}inbox/*`),
    ...mayPut(bucket, `${prefix}reports/`),
    // It has no resources, and reads.
    may(['ec2:DescribeInstances'], '*'),
  ];
}

/** What the document does that accepts the state of a host: run the check, on hosts that are checked. */
export function mayCheck(stack: Stack, document: string, tag: string, value: string): iam.PolicyStatement[] {
  const arn = (service: string, resource: string, resourceName: string) => stack.formatArn({ service, resource, resourceName });
  return [
    may(['ssm:SendCommand'], arn('ssm', 'document', document)),
    new iam.PolicyStatement({
      actions: ['ssm:SendCommand'],
      resources: [arn('ec2', 'instance', '*')],
      conditions: { StringEquals: { [`aws:ResourceTag/${tag}`]: value } },
    }),
    // None of them has resources; they read.
    may(['ssm:DescribeInstanceInformation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'], '*'),
  ];
}

function mayList(bucket: s3.IBucket, ...prefixes: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': prefixes } },
  });
}
