import type { JsonObject } from './json';

/** What the SAM transform makes of its types at deployment, as far as rules are concerned. */
const TRANSFORMED: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::Stage',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Stage',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/** The type that a resource has once a transform has expanded it. */
export function transformedType(type: string): string | undefined {
  return TRANSFORMED[type];
}

/** A template body after its transforms, or why they cannot be run here. */
export interface Expanded {
  readonly body: JsonObject;
  readonly unexpanded?: string;
}

/** Run the transforms of a template that can be run without deploying it. */
export function expandTransforms(body: JsonObject, _path: string): Expanded {
  return { body };
}
