import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** A detector, and one that `ThreatDetection` adopts: its properties are the same. */
export const DETECTORS = ['AWS::GuardDuty::Detector', 'Custom::Soc2Detector'] as const;

/** Property of the earlier form, `DataSources`, that stands for a feature. */
const DATA_SOURCES: Readonly<Record<string, string>> = {
  EBS_MALWARE_PROTECTION: 'MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes',
  EKS_AUDIT_LOGS: 'Kubernetes.AuditLogs.Enable',
  S3_DATA_EVENTS: 'S3Logs.Enable',
};

/** What GuardDuty does about a feature that a detector does not mention. */
const BY_DEFAULT = { absent: 'GuardDuty turns on what a new detector does not mention, but for runtime monitoring' };

/** Expect a detector to have a feature that GuardDuty turns on unless told otherwise. */
export function mustHaveFeature(detector: Resource, name: string): Observation[] {
  const feature = detector.at('Features').pick('Name', name);
  const source = DATA_SOURCES[name];
  if (feature.isAbsent && source !== undefined) return detector.at(`DataSources.${source}`).mustBe(true, BY_DEFAULT);
  return feature.isAbsent || feature.isUnknown ? feature.mustBe('ENABLED', BY_DEFAULT) : feature.at('Status').mustBe('ENABLED');
}

/** A detector with some properties. */
export function detector(properties: JsonObject) {
  return { Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true, ...properties } } };
}

/** A detector that is adopted, with one feature. */
export function adoptedWith(Name: Json, Status: Json) {
  return {
    Detector: {
      Type: 'Custom::Soc2Detector',
      Properties: { ServiceToken: 'handler', Enable: true, Features: [{ Name, Status }] },
    },
  };
}

/** A detector with one feature. */
export function withFeature(Name: Json, Status: Json) {
  return detector({ Features: [{ Name, Status }] });
}

/** Examples of a rule about a feature that GuardDuty turns on unless told otherwise. */
export function featureExamples(name: string) {
  return {
    pass: {
      'the feature is on': withFeature(name, 'ENABLED'),
      'the feature is left to the default': detector({}),
      'the feature of an adopted detector is on': adoptedWith(name, 'ENABLED'),
    },
    fail: {
      'the feature is off': withFeature(name, 'DISABLED'),
      'the feature of an adopted detector is off': adoptedWith(name, 'DISABLED'),
      'the feature is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: withFeature(name, { 'Fn::If': ['IsProduction', 'ENABLED', 'DISABLED'] }),
      },
    },
    undetermined: {
      'the status is a parameter': {
        Parameters: { Status: { Type: 'String' } },
        Resources: withFeature(name, { Ref: 'Status' }),
      },
    },
  };
}
