import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** The right to make the role that a service works with, which it makes when it is turned on for the first time. */
export function mayCreateServiceLinkedRole(scope: Construct, service: string, role: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: `aws-service-role/${service}/${role}`,
      }),
    ],
    conditions: { StringEquals: { 'iam:AWSServiceName': service } },
  });
}
