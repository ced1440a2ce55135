import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';

/** What a cluster of EMR is told about encryption and sign-in. */
export const EMR_SECURITY = 'AWS::EMR::SecurityConfiguration';

/** The encryption that a security configuration describes, as an object or as a text. */
export function emrEncryption(configuration: Resource): Value {
  return configuration.at('SecurityConfiguration').once(fromJsonText).at('EncryptionConfiguration');
}

/** Expect one kind of encryption to be on, and a detail of it to be one of some values. */
export function mustEncryptEmr(configuration: Resource, flag: string, detail: string, values: readonly string[]): Observation[] {
  const encryption = emrEncryption(configuration);
  const findings = encryption.at(flag).mustBe(true);
  return findings.length > 0 ? findings : encryption.at(detail).mustBe(values);
}

/** For the examples of rules: a security configuration. */
export function emrSecurity(EncryptionConfiguration: Json): JsonObject {
  return { Security: { Type: EMR_SECURITY, Properties: { SecurityConfiguration: { EncryptionConfiguration } } } };
}

/** For the examples of rules: a cluster. */
export function emrCluster(properties: object): JsonObject {
  return { Cluster: { Type: 'AWS::EMR::Cluster', Properties: { Name: 'nightly', ...properties } } };
}
