import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** When a statement holds. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A statement about some actions on some resources. */
export function allow(actions: string[], resources: string[], conditions: Conditions = {}): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources, conditions });
}

/** A statement, where there is something that it is about. */
export function statementFor(actions: string[], resources: string[]): iam.PolicyStatement[] {
  return resources.length > 0 ? [allow(actions, resources)] : [];
}

/** For what has no ARN: the Region of a stack at least. */
export function inRegion(stack: Stack): Conditions {
  return { StringEquals: { 'aws:RequestedRegion': stack.region } };
}
