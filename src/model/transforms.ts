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
