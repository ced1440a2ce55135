import type { Json, JsonObject } from '../../model/json';
import { SDK_CALL } from './sdk-call';

/** A call that turns scans of Inspector on. */
export function enabling(...resourceTypes: Json[]) {
  return call({ service: 'Inspector2', action: 'enable', parameters: { resourceTypes } });
}

/** A setting of `VulnerabilityScanning` that turns scans of Inspector on. */
export function setting(...ResourceTypes: Json[]) {
  return { Setting: { Type: 'Custom::Soc2Inspector', Properties: { ServiceToken: 'handler', ResourceTypes } } };
}

export function call(call: JsonObject) {
  return { Call: { Type: SDK_CALL, Properties: { ServiceToken: 'handler', Create: JSON.stringify(call) } } };
}

/** A policy of the organization that turns a scan on in Regions. */
export function ordering(scan: string, enabled: Json[], disabled: Json[] = [], targets: Json = ['r-ab12']) {
  return {
    Policy: {
      Type: 'AWS::Organizations::Policy',
      Properties: {
        Name: 'inspector',
        Type: 'INSPECTOR_POLICY',
        TargetIds: targets,
        Content: {
          inspector: {
            enablement: {
              [scan]: { enable_in_regions: { '@@assign': enabled }, disable_in_regions: { '@@assign': disabled } },
            },
          },
        },
      },
    },
  };
}

/** Examples of a rule about one scan, and another that does not answer it. */
export function scanExamples(
  type: string,
  [scan, key]: readonly [string, string],
  [otherScan, otherKey]: readonly [string, string],
) {
  const work = { Work: { Type: type, Properties: {} } };
  return {
    pass: {
      'a call turns the scan on': { ...work, ...enabling(scan) },
      'a setting turns the scan on': { ...work, ...setting(scan) },
      'the organization turns the scan on': { ...work, ...ordering(key, ['ALL_SUPPORTED']) },
      'there is nothing to scan': { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
    },
    fail: {
      'nothing turns the scan on': work,
      'another scan is turned on': { ...work, ...enabling(otherScan) },
      'a setting turns another scan on': { ...work, ...setting(otherScan) },
      'the organization turns another scan on': { ...work, ...ordering(otherKey, ['ALL_SUPPORTED']) },
    },
    undetermined: {
      'what is scanned is a parameter': {
        Parameters: { Scan: { Type: 'String' } },
        Resources: {
          ...work,
          Call: {
            Type: SDK_CALL,
            Properties: {
              Create: { 'Fn::Sub': '{"service":"Inspector2","action":"enable","parameters":{"resourceTypes":["${Scan}"]}}' },
            },
          },
        },
      },
    },
  };
}
