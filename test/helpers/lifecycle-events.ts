import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

type Properties = Readonly<Record<string, unknown>>;

const COMMON = {
  ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:provider',
  ResponseURL: 'https://example.com/answer',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/1',
  RequestId: 'request',
  LogicalResourceId: 'Setting',
  ResourceType: 'Custom::Setting',
} as const;

/** What CloudFormation passes on: text for every number and boolean, and the token of the service among the properties. */
function passedOn(properties: Properties) {
  const asText = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(asText);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asText(each)]));
    return typeof value === 'string' ? value : String(value);
  };
  return { ...(asText(properties) as Properties), ServiceToken: COMMON.ServiceToken };
}

export function created(properties: Properties): CloudFormationCustomResourceEvent {
  return { ...COMMON, RequestType: 'Create', ResourceProperties: passedOn(properties) };
}

export function updated(
  before: Properties,
  properties: Properties,
  PhysicalResourceId = 'id',
): CloudFormationCustomResourceEvent {
  return {
    ...COMMON,
    RequestType: 'Update',
    PhysicalResourceId,
    OldResourceProperties: passedOn(before),
    ResourceProperties: passedOn(properties),
  };
}

export function deleted(properties: Properties, PhysicalResourceId = 'id'): CloudFormationCustomResourceEvent {
  return { ...COMMON, RequestType: 'Delete', PhysicalResourceId, ResourceProperties: passedOn(properties) };
}
