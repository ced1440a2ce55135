import { Criterion } from '../../criteria/criterion';
import type { EnvironmentView } from '../../model/environment-view';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { missing, type Observation } from '../../model/observation';
import { IDENTITY_POLICY_TYPES, identityPolicies, patternOf, type Reading, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';
import { callParameters, makesCall, SDK_CALL } from '../shared/sdk-call';
import { anyIs, type Ternary } from '../shared/ternary';

const MODEL_USERS = [
  'AWS::Bedrock::Agent',
  'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::Bedrock::Flow',
  'AWS::Bedrock::KnowledgeBase',
];

const INVOKES = /^bedrock:(\*|invoke|converse)/i;

function usesModels(environment: EnvironmentView): Ternary {
  if (MODEL_USERS.some((type) => environment.resources(type).length > 0)) return true;
  return anyIs(IDENTITY_POLICY_TYPES.flatMap((type) => environment.resources(type).map(invokes)));
}

/** A look at the text first: most policies never name Bedrock. */
function invokes(resource: Resource): Ternary {
  if (!mayName(resource.entry.body.Properties)) return false;
  return anyIs(
    identityPolicies(resource).flatMap(({ document }) =>
      statementsOf(document).map((statement) => {
        const names = (reading: Reading) => statement.actions.some((action) => namesModels(action, reading));
        if (statement.allows && names('surely')) return true;
        return statement.mayAllow('possibly') && names('possibly') ? undefined : false;
      }),
    ),
  );
}

/** Whether an action names Bedrock, or may; `*` does not. */
function namesModels(action: Value, reading: Reading): boolean {
  const pattern = patternOf(action, reading);
  return INVOKES.test(pattern) || (!action.isKnown && pattern === '*');
}

/** Whether there is an action of Bedrock, or one that a function gives. */
function mayName(json: Json | undefined, isAction = false): boolean {
  if (typeof json === 'string') return INVOKES.test(json);
  if (Array.isArray(json)) return json.some((member) => mayName(member, isAction));
  if (!isObject(json)) return false;
  if (isAction) return true;
  for (const key in json) if (key !== 'Resource' && key !== 'Condition' && mayName(json[key], key === 'Action')) return true;
  return false;
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
    const isUsed = calls.length > 0 || usesModels(environment);
    if (isUsed === false) return [{ kind: 'note', text: 'nothing in the environment calls models' }];
    const otherwise = missing(
      'models are called, and nothing turns their log on in this Region',
      `a call of \`putModelInvocationLoggingConfiguration\`, ${orInherited('bedrock-invocation-logging')}`,
    );
    return when(isUsed, oneIsRight(calls, judge, 'it turns the log of models on', otherwise));
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
