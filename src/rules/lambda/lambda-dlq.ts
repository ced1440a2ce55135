import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { anyOf, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';

const lambda = { Function: { Type: 'AWS::Lambda::Function', Properties: {} } };

const withTarget = (TargetArn: Json) => ({
  Function: { Type: 'AWS::Lambda::Function', Properties: { DeadLetterConfig: { TargetArn } } },
});

const invoker = (type: string, properties: JsonObject) => ({
  ...lambda,
  Invoker: { Type: `AWS::Lambda::${type}`, Properties: { FunctionName: { Ref: 'Function' }, ...properties } },
});

const stream = 'arn:aws:kinesis:eu-west-1:111122223333:stream/orders';

export default defineRule({
  id: 'Lambda.3',
  slug: 'lambda-dlq',
  title: 'Events that a Lambda function fails to process are kept',
  criteria: [Criterion.CC7_4, Criterion.CC7_3],
  control: 'processing-reliability',
  severity: 'warning',
  resourceTypes: ['AWS::Lambda::Function'],
  rationale: 'An event that fails three times is dropped without a word: nobody can investigate it or process it later.',
  remediation:
    'Set `deadLetterQueue` or `onFailure` on the function; for streams, set `onFailure` on the event source, for queues a dead-letter queue on the queue.',
  references: ['AWS Config LAMBDA_DLQ_CHECK', 'cdk-nag LambdaDLQ', 'Checkov CKV_AWS_116'],
  check: (lambda) => {
    const own = lambda.at('DeadLetterConfig.TargetArn').mustBeSet('a queue or topic for failed events');
    if (own.length === 0) return own;
    const destinations = invokers(lambda, 'AWS::Lambda::EventInvokeConfig', 'FunctionName').map((config) =>
      kept(config, 'failed events go to its destination'),
    );
    const elsewhere = failuresElsewhere(lambda);
    return anyOf([own, ...destinations, ...elsewhere], () => elsewhere.flat().find(({ kind }) => kind === 'fail') ?? own[0]);
  },
  examples: {
    pass: {
      'there is a dead-letter queue': withTarget('arn:aws:sqs:eu-west-1:111122223333:failed'),
      'failed events go to a destination': invoker('EventInvokeConfig', {
        Qualifier: '$LATEST',
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } },
      }),
      'the function only reads a queue': {
        ...invoker('EventSourceMapping', { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }),
        Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      },
      'failed records of a stream go to a destination': invoker('EventSourceMapping', {
        EventSourceArn: stream,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:eu-west-1:111122223333:failed' } },
      }),
      'the function only works for a deployment': {
        ...lambda,
        Migration: {
          Type: 'AWS::CloudFormation::CustomResource',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] } },
        },
      },
      'the provider framework of the CDK invokes the function': {
        ...lambda,
        Framework: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' },
            Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
          },
        },
      },
      'the function only answers requests': invoker('Permission', { Principal: 'apigateway.amazonaws.com' }),
    },
    fail: {
      'nothing is mentioned': lambda,
      'the target is empty': withTarget(''),
      'only successful events go to a destination': invoker('EventInvokeConfig', {
        DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:done' } },
      }),
      'failed records of a stream are dropped': invoker('EventSourceMapping', { EventSourceArn: stream }),
      'a topic invokes the function as well as a queue': {
        ...invoker('EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }),
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: { FunctionName: { Ref: 'Function' }, Principal: 'sns.amazonaws.com' },
        },
      },
    },
    undetermined: {
      'the target is a parameter': { Parameters: { Target: { Type: 'String' } }, Resources: withTarget({ Ref: 'Target' }) },
      'the source of the events is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: invoker('EventSourceMapping', { EventSourceArn: { Ref: 'Source' } }),
      },
    },
  },
});

/** Services that wait for the answer of the function, and so learn of its failure. */
const WAITING =
  /^(apigateway|appsync|bedrock|cloudfront|cognito-idp|elasticloadbalancing|lex|lexv2|secretsmanager|vpc-lattice)\./;

/** Why a function that is never invoked asynchronously, as far as the templates show, needs no target; nothing when it may be. */
function failuresElsewhere(lambda: Resource): Observation[][] {
  const mappings = invokers(lambda, 'AWS::Lambda::EventSourceMapping', 'FunctionName');
  const permissions = invokers(lambda, 'AWS::Lambda::Permission', 'FunctionName');
  const callers = [
    ...invokers(lambda, 'AWS::Lambda::Url', 'TargetFunctionArn'),
    ...invokers(lambda, 'AWS::StepFunctions::StateMachine', 'DefinitionString'),
    ...invokers(lambda, 'AWS::CloudFormation::CustomResource', 'ServiceToken'),
    // The provider framework of the CDK stands between CloudFormation and the function, and waits for it.
    ...invokers(lambda, 'AWS::Lambda::Function', 'Environment.Variables.USER_ON_EVENT_FUNCTION_ARN'),
    ...invokers(lambda, 'AWS::Lambda::Function', 'Environment.Variables.USER_IS_COMPLETE_FUNCTION_ARN'),
  ];
  if (mappings.length + permissions.length + callers.length === 0 || !permissions.every(isWaiting)) return [];
  return [
    [
      ...mappings.flatMap((mapping) =>
        isQueue(mapping) ? [metBy(mapping, 'messages of a failed batch return to its queue')] : ofStream(mapping),
      ),
      ...[...permissions, ...callers].map((each) => metBy(each, 'the caller waits for the answer, and learns of a failure')),
    ],
  ];
}

/** Permissions of services that wait, and those for function URLs. */
function isWaiting(permission: Resource): boolean {
  const ofUrl = ['FunctionUrlAuthType', 'InvokedViaFunctionUrl'].some((path) => !permission.at(path).isAbsent);
  return ofUrl || WAITING.test(permission.at('Principal').text);
}

/** Resources that point to the function, one of its versions or one of its aliases. */
function invokers(lambda: Resource, type: string, path: string): Resource[] {
  const faces = ['AWS::Lambda::Alias', 'AWS::Lambda::Version'].flatMap((face) => lambda.pointedAtBy(face, 'FunctionName'));
  return [lambda, ...faces].flatMap((face) => face.pointedAtBy(type, path));
}

/** Queues of SQS, and those of a message broker. */
function isQueue(mapping: Resource): boolean {
  const source = mapping.at('EventSourceArn');
  return source.target?.type === 'AWS::SQS::Queue' || SQS.test(source.text) || !mapping.at('Queues').isAbsent;
}

const SQS = /^arn:(aws[\w-]*|\$\{AWS::Partition\}):sqs:/;

function ofStream(mapping: Resource): Observation[] {
  const source = mapping.at('EventSourceArn');
  const observations = kept(mapping, 'failed records go to its destination');
  const isOpen = source.isUnknown && source.mentions().length === 0 && !source.text.startsWith('arn:');
  const isDropped = observations.some(({ kind }) => kind === 'fail');
  return isOpen && isDropped ? [source.undetermined('a queue, or a destination for what fails')] : observations;
}

function kept(resource: Resource, why: string): Observation[] {
  const missing = resource.at('DestinationConfig.OnFailure.Destination').mustBeSet('a destination for what fails');
  return missing.length === 0 ? [metBy(resource, why)] : missing;
}
