import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { about } from '../shared/about';
import {
  HTTP_API,
  HTTP_STAGE,
  isStage,
  isWebSocket,
  REST_DEPLOYMENT,
  REST_STAGES,
  restStage,
  stageSettings,
} from '../shared/api-stages';

const LEVELS = ['ERROR', 'INFO'];
const EXPECTED = "'ERROR' or 'INFO' for all methods";

const logging = (level: Json, method: JsonObject = {}) =>
  restStage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: level, ...method }] });
const socket = (settings: JsonObject) => ({
  Api: { Type: HTTP_API, Properties: { ProtocolType: 'WEBSOCKET' } },
  Stage: { Type: HTTP_STAGE, Properties: { ApiId: { Ref: 'Api' }, StageName: 'live', DefaultRouteSettings: settings } },
});

export default defineRule({
  id: 'APIGateway.1',
  slug: 'apigw-execution-logging',
  title: 'Stages of REST and WebSocket APIs log what goes wrong',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: [...REST_STAGES, HTTP_STAGE],
  // HTTP APIs have access logs only.
  ...about((stage) => (stage.type === HTTP_STAGE ? isWebSocket(stage) : isStage(stage)), judge),
  rationale: 'A request that is refused or fails in front of the code shows up nowhere but in this log.',
  remediation:
    "Set `deployOptions: { loggingLevel: apigateway.MethodLoggingLevel.ERROR }`. For a WebSocket stage, set `defaultRouteSettings: { loggingLevel: 'ERROR' }` on the `CfnStage` that is its `node.defaultChild`.",
  references: [
    'Security Hub APIGateway.1',
    'AWS Config API_GW_EXECUTION_LOGGING_ENABLED',
    'cdk-nag APIGWExecutionLoggingEnabled',
  ],
  examples: {
    pass: {
      'all methods log errors': logging('ERROR'),
      'a deployment makes a stage that logs': {
        Stage: { Type: REST_DEPLOYMENT, Properties: { StageName: 'live', StageDescription: { LoggingLevel: 'INFO' } } },
      },
      'a websocket stage logs': socket({ LoggingLevel: 'INFO' }),
    },
    fail: {
      'nothing logs': restStage({}),
      'logging is off': logging('OFF'),
      'one method of many logs': logging('INFO', { HttpMethod: 'GET', ResourcePath: '/' }),
      'a websocket stage does not log': socket({}),
    },
    undetermined: {
      'the level is a parameter': { Parameters: { Level: { Type: 'String' } }, Resources: logging({ Ref: 'Level' }) },
    },
  },
});

function judge(stage: Resource): Observation[] {
  if (stage.type === HTTP_STAGE) return stage.at('DefaultRouteSettings.LoggingLevel').mustBe(LEVELS);
  const settings = stageSettings(stage);
  const methods = settings.at('MethodSettings');
  if (methods.isUnknown) return [methods.undetermined(EXPECTED)];
  const everywhere = methods.items().filter(isForAll);
  const levels = [settings.at('LoggingLevel'), ...everywhere.map((each) => each.at('LoggingLevel'))];
  const level = levels.filter((each) => !each.isAbsent).pop();
  const others = methods.items().flatMap((each) => (isForAll(each) ? [] : mustNotBeOff(each.at('LoggingLevel'))));
  return [...(level?.mustBe(LEVELS) ?? [methods.fails(EXPECTED, 'no setting makes all methods log')]), ...others];
}

function isForAll(setting: Value): boolean {
  return setting.at('HttpMethod').string === '*' && setting.at('ResourcePath').string === '/*';
}

function mustNotBeOff(level: Value): Observation[] {
  return level.mustBe(LEVELS, { absent: '', problem: `one method has the level ${level.found}` });
}
