import type { JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

const CONFIGURATION = 'AWS::Glue::SecurityConfiguration';

/** What runs in Glue, and where it names its security configuration. */
export const GLUE_RUNS: Readonly<Record<string, string>> = {
  'AWS::Glue::Crawler': 'CrawlerSecurityConfiguration',
  'AWS::Glue::DevEndpoint': 'SecurityConfiguration',
  'AWS::Glue::Job': 'SecurityConfiguration',
  'AWS::Glue::Session': 'SecurityConfiguration',
};

/** Expect a setting of the security configuration of something that runs in Glue to be one of some modes. */
export function mustEncrypt(run: Resource, modeIn: (encryption: Value) => Value, modes: readonly string[]): Observation[] {
  const name = run.at(GLUE_RUNS[run.type]);
  const expected = `a security configuration with ${modes.join(' or ')}`;
  if (name.isAbsent) return [name.fails(expected, 'no security configuration is named')];
  const configuration = configurationOf(name);
  if (!configuration) return [name.undetermined(expected, 'the security configuration is not among these templates')];
  const findings = modeIn(configuration.at('EncryptionConfiguration')).mustBe(modes);
  return findings.length > 0 ? findings : [metBy(configuration, 'this security configuration encrypts it')];
}

function configurationOf(name: Value): Resource | undefined {
  const { target, string } = name;
  if (target?.type === CONFIGURATION) return target;
  return string === undefined ? undefined : name.resource.peers(CONFIGURATION).find((peer) => peer.at('Name').string === string);
}

/** An argument of a job; one that cannot be overridden comes first. */
export function argumentOf(job: Resource, name: string): Value {
  const fixed = job.at(`NonOverridableArguments.${name}`);
  return fixed.isAbsent ? job.at(`DefaultArguments.${name}`) : fixed;
}

/** For the examples of rules: a job. */
export function glueJob(properties: object): JsonObject {
  return { Job: { Type: 'AWS::Glue::Job', Properties: { Command: { Name: 'glueetl' }, ...properties } } };
}

/** For the examples of rules: a job with a security configuration. */
export function securedJob(EncryptionConfiguration: JsonObject, properties: object = {}): JsonObject {
  return {
    ...glueJob({ SecurityConfiguration: { Ref: 'Security' }, ...properties }),
    Security: { Type: CONFIGURATION, Properties: { Name: 'secure', EncryptionConfiguration } },
  };
}
