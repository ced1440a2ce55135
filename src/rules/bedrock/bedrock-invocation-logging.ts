import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { missing, type Observation } from '../../model/observation';
import { IDENTITY_POLICY_TYPES, identityPolicies, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';
import { callParameters, makesCall, SDK_CALL } from '../shared/sdk-call';

const MODEL_USERS = [
  'AWS::Bedrock::Agent',
  'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::Bedrock::Flow',
  'AWS::Bedrock::KnowledgeBase',
];

const INVOKES = /^bedrock:(\*|invoke|converse)/i;

function usesModels(environment: EnvironmentView): boolean {
  return (
    MODEL_USERS.some((type) => environment.resources(type).length > 0) ||
    IDENTITY_POLICY_TYPES.some((type) => environment.resources(type).some(mayInvoke))
  );
}

/** A look at the text first: most policies never name Bedrock. */
function mayInvoke(resource: Resource): boolean {
  if (!names(resource.entry.body.Properties)) return false;
  return identityPolicies(resource).some(({ document }) =>
    statementsOf(document).some(({ allows, actions }) => allows && actions.some(({ text }) => INVOKES.test(text))),
  );
}

function names(json: Json | undefined): boolean {
  if (typeof json === 'string') return INVOKES.test(json);
  if (Array.isArray(json)) return json.some(names);
  return isObject(json) && Object.values(json).some(names);
}

function judge(call: Resource): Observation[] {
  const config = callParameters(call).at('loggingConfig');
  const places = [config.at('cloudWatchConfig'), config.at('s3Config')];
  const expected = 'a log group or a bucket for the log';
  const noPlace = config.isUnknown ? [config.undetermined(expected)] : [config.fails(expected, 'the log goes nowhere')];
  return [
    ...(places.some((place) => !place.isAbsent && !place.isUnknown) ? [] : noPlace),
    ...config.at('textDataDeliveryEnabled').mustBe(true, { absent: '' }),
  ];
}

const role = (...Action: Json[]) => ({
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
  },
});
const agent = { Agent: { Type: 'AWS::Bedrock::Agent', Properties: {} } };
const call = (loggingConfig: JsonObject, action = 'putModelInvocationLoggingConfiguration') => ({
  Call: { Type: SDK_CALL, Properties: { Create: JSON.stringify({ service: 'Bedrock', action, parameters: { loggingConfig } }) } },
});
const LOG_GROUP = { cloudWatchConfig: { logGroupName: 'models', roleArn: 'arn:aws:iam::111122223333:role/models' } };

export default defineRule({
  id: 'Bedrock.1',
  slug: 'bedrock-invocation-logging',
  title: 'What Bedrock models are asked and answer is logged',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [SDK_CALL, ...MODEL_USERS],
  rationale:
    'CloudTrail shows that a model was called, not what went in: only this log tells whether data of customers left in a prompt.',
  remediation:
    'Call `putModelInvocationLoggingConfiguration` of Bedrock in an `AwsCustomResource`, with `cloudWatchConfig` or `s3Config`, once in every Region where models are called; CloudFormation has no resource for it. Or declare who does as an inherited control of `bedrock-invocation-logging`.',
  references: ['Prowler bedrock_model_invocation_logging_enabled', 'NIST 800-53 AU-12'],
  check: (environment) => {
    const calls = environment
      .resources(SDK_CALL)
      .filter((each) => makesCall(each, 'Bedrock', 'putModelInvocationLoggingConfiguration') !== false);
    if (calls.length === 0 && !usesModels(environment))
      return [{ kind: 'note', text: 'nothing in the environment calls models' }];
    return oneIsRight(
      calls,
      judge,
      'it turns the log of models on',
      missing(
        'models are called, and nothing turns their log on in this Region',
        `a call of \`putModelInvocationLoggingConfiguration\`, ${orInherited('bedrock-invocation-logging')}`,
      ),
    );
  },
  examples: {
    pass: {
      'a call sends the log to a log group': { ...agent, ...call(LOG_GROUP) },
      'a call with the name of the current SDK sends it to a bucket': {
        ...role('bedrock:InvokeModel'),
        ...call({ s3Config: { bucketName: 'models' } }, 'PutModelInvocationLoggingConfigurationCommand'),
      },
      'no model is called': role('s3:GetObject'),
    },
    fail: {
      'there is an agent and no log': agent,
      'a role may call models and there is no log': role('s3:GetObject', 'bedrock:InvokeModelWithResponseStream'),
      'the log is deleted': { ...agent, ...call({}, 'deleteModelInvocationLoggingConfiguration') },
      'the log goes nowhere': { ...agent, ...call({}) },
      'the log leaves out what was said': { ...agent, ...call({ ...LOG_GROUP, textDataDeliveryEnabled: false }) },
    },
    undetermined: {
      'the call is a parameter': {
        Parameters: { Call: { Type: 'String' } },
        Resources: { ...agent, Call: { Type: SDK_CALL, Properties: { Create: { Ref: 'Call' } } } },
      },
    },
  },
});
