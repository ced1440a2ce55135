import type { JsonObject } from '../../model/json';

/** A record as CloudTrail writes it of a call that somebody makes with a role. */
export function callRecord(service: string, eventName: string, more: JsonObject = {}): JsonObject {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:jane',
      arn: 'arn:aws:sts::111122223333:assumed-role/developer/jane',
      accountId: '111122223333',
    },
    eventSource: `${service}.amazonaws.com`,
    eventName,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.0',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    eventCategory: 'Management',
    ...more,
  };
}

/** The records of several calls of a service. */
export function callRecords(service: string, ...names: string[]): JsonObject[] {
  return names.map((name) => callRecord(service, name));
}

/** A record of somebody who signs in to the console. */
export function signInRecord(type: string, result: 'Success' | 'Failure', more: JsonObject = {}): JsonObject {
  return callRecord('signin', 'ConsoleLogin', {
    userIdentity: { type, accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/jane', userName: 'jane' },
    eventType: 'AwsConsoleSignIn',
    responseElements: { ConsoleLogin: result },
    ...more,
  });
}
