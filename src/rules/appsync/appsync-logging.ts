import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const LEVELS = ['ERROR', 'INFO', 'DEBUG', 'ALL'];
const ROLE = 'arn:aws:iam::111122223333:role/logs';

const api = (level: Json, role: Json = ROLE) => ({
  Api: {
    Type: 'AWS::AppSync::GraphQLApi',
    Properties: {
      Name: 'orders',
      AuthenticationType: 'AWS_IAM',
      LogConfig: { FieldLogLevel: level, CloudWatchLogsRoleArn: role },
    },
  },
});
const eventApi = (level: Json) => ({
  Api: {
    Type: 'AWS::AppSync::Api',
    Properties: { Name: 'chat', EventConfig: { LogConfig: { LogLevel: level, CloudWatchLogsRoleArn: ROLE } } },
  },
});

export default defineRule({
  id: 'AppSync.1',
  slug: 'appsync-logging',
  title: 'AppSync APIs write down the requests that fail, or more',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api'],
  rationale: 'The API is where requests come in: without its log nobody can say who asked for what, and what was refused.',
  remediation:
    'Set `logConfig: { fieldLogLevel: FieldLogLevel.ERROR }` on the `GraphqlApi`, or `logConfig` of an `EventApi`; `excludeVerboseContent: true` keeps headers out of the log.',
  references: [
    'Security Hub AppSync.2',
    'AWS Config APPSYNC_LOGGING_ENABLED',
    'cdk-nag AppSyncGraphQLRequestLogging',
    'checkov CKV_AWS_193',
    'checkov CKV_AWS_194',
    'NIST 800-53 AU-12',
  ],
  check: (api) => {
    const [config, level] =
      api.type === 'AWS::AppSync::Api' ? ['EventConfig.LogConfig', 'LogLevel'] : ['LogConfig', 'FieldLogLevel'];
    return [
      ...api.at(`${config}.${level}`).mustBe(LEVELS),
      ...api.at(`${config}.CloudWatchLogsRoleArn`).mustBeSet('a role that may write logs'),
    ];
  },
  examples: {
    pass: { 'errors are logged': api('ERROR'), 'everything is logged': api('ALL'), 'an API for events logs': eventApi('ERROR') },
    fail: {
      'logs are not mentioned': { Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'orders' } } },
      'nothing is logged by field': api('NONE'),
      'no role may write': api('ALL', ''),
      'an API for events logs nothing': eventApi('NONE'),
      'nothing is logged in one branch of a condition': byStage(api, 'ERROR', 'NONE'),
    },
    undetermined: { 'the level is a parameter': byParameter(api) },
  },
});
