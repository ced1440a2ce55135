import type { Json } from '../../model/json';

/** A statement that allows actions. */
export function allow(action: Json, resource: Json = '*', more: Record<string, Json> = {}) {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

/** A policy document. */
export function document(...statements: Json[]) {
  return { Version: '2012-10-17', Statement: statements };
}

/** A policy that is written into a role, as grants of CDK make it. */
export function inlinePolicy(...statements: Json[]) {
  return {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'app', Roles: ['app'], PolicyDocument: document(...statements) },
    },
  };
}

/** A customer managed policy that a role has. */
export function managedPolicy(...statements: Json[]) {
  return {
    Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['app'], PolicyDocument: document(...statements) } },
  };
}

/** A role that Lambda functions take. */
export function role(properties: Record<string, Json> = {}) {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document(trust), ...properties } } };
}

/** A template with one parameter that only deployment sets. */
export function withParameter(name: string, resources: Json) {
  return { Parameters: { [name]: { Type: 'String' } }, Resources: resources };
}
