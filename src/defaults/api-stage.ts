import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { encryptedLogGroup } from './encrypted-log-group';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * API Gateway writes logs of REST APIs by a role that the account has once. The CDK makes one with each API unless a feature flag
 * says that it is there already.
 */
export const restApiDefaults: Defaults<apigateway.RestApiBaseProps> = (props) => withDefaults(props, { cloudWatchRole: true });

/** A stage logs who called and what went wrong, traces requests, keeps their data out of the log, and encrypts what it caches. */
export const restStageDefaults: Defaults<apigateway.StageProps> = (props, { scope, id }) => {
  const caches = props?.cachingEnabled ?? props?.cacheClusterEnabled ?? props?.cacheClusterSize !== undefined;
  return withDefaults(props, {
    ...(props?.accessLogDestination === undefined
      ? {
          accessLogDestination: new apigateway.LogGroupLogDestination(accessLogGroup(scope, id)),
          accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
        }
      : {}),
    loggingLevel: apigateway.MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    tracingEnabled: true,
    ...(caches ? { cacheDataEncrypted: true } : {}),
  });
};

/** A stage logs who called. */
export const httpStageDefaults: Defaults<apigatewayv2.HttpStageProps> = (props, { scope, id }) =>
  props?.accessLogSettings === undefined
    ? withDefaults(props, {
        accessLogSettings: {
          destination: new apigatewayv2.LogGroupLogDestination(accessLogGroup(scope, id)),
          format: apigateway.AccessLogFormat.jsonWithStandardFields(),
        },
      })
    : props;

function accessLogGroup(scope: Construct, id: string) {
  return encryptedLogGroup(scope, `${id}AccessLogs`);
}
