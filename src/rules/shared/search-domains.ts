import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { declaredKind } from './environment-kind';

const ELASTICSEARCH = 'AWS::Elasticsearch::Domain';

/** Domains of OpenSearch Service, under its present and its earlier name. */
export const SEARCH_DOMAINS: readonly string[] = ['AWS::OpenSearchService::Domain', ELASTICSEARCH];

/** The nodes of a domain; the property has the name of the engine. */
export function clusterOf(domain: Resource): Value {
  return domain.at(domain.type === ELASTICSEARCH ? 'ElasticsearchClusterConfig' : 'ClusterConfig');
}

/** Expect a domain to send one of its logs to a log group. */
export function mustPublishLog(domain: Resource, log: string): Observation[] {
  const options = domain.at(`LogPublishingOptions.${log}`);
  const findings = options.at('Enabled').mustBe(true);
  if (findings.length > 0) return findings;
  const group = options.at('CloudWatchLogsLogGroupArn');
  const expected = 'the ARN of a log group';
  return group.isKnown ? group.must(expected, ({ string }) => string?.startsWith('arn:') ?? false) : group.mustBeSet(expected);
}

/** Expect what a domain needs to survive the loss of a node, where it is not declared to be for anything but production. */
export function inProduction(domain: Resource, expect: () => Observation[]): Observation[] {
  if (declaredKind(domain.environment) !== 'non-production') return expect();
  return [{ kind: 'note', resource: domain, text: 'the environment is declared not to be production, and may fail with a node' }];
}

/** For the examples of rules: a template that is declared to be for a kind of environment. */
export function declared(kind: string, Resources: JsonObject): JsonObject {
  return { Metadata: { 'cdk-soc2': { environment: { kind } } }, Resources };
}

/** For the examples of rules: a domain. */
export function searchDomain(properties: object, type = SEARCH_DOMAINS[0]): JsonObject {
  return { Domain: { Type: type, Properties: { ...properties } } };
}

/** For the examples of rules: a domain under the earlier name of the service. */
export function elasticsearchDomain(properties: object): JsonObject {
  return searchDomain(properties, ELASTICSEARCH);
}

/** For the examples of rules about one of the logs. */
export function logExamples(log: string, other: string) {
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:search';
  const sending = (option: JsonObject, name = log) => searchDomain({ LogPublishingOptions: { [name]: option } });
  return {
    pass: {
      'the log goes to a log group': sending({ Enabled: true, CloudWatchLogsLogGroupArn: group }),
      'the log group is of the same template': {
        ...sending({ Enabled: 'true', CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Group', 'Arn'] } }),
        Group: { Type: 'AWS::Logs::LogGroup' },
      },
      'the domain has the earlier name of the service': elasticsearchDomain({
        LogPublishingOptions: { [log]: { Enabled: true, CloudWatchLogsLogGroupArn: group } },
      }),
    },
    fail: {
      'no log is sent': searchDomain({}),
      'the log is switched off': sending({ Enabled: false, CloudWatchLogsLogGroupArn: group }),
      'no log group is named': sending({ Enabled: true }),
      'only another log is sent': sending({ Enabled: true, CloudWatchLogsLogGroupArn: group }, other),
    },
    undetermined: {
      'whether the log is sent is a parameter': {
        Parameters: { Enabled: { Type: 'String' } },
        Resources: sending({ Enabled: { Ref: 'Enabled' }, CloudWatchLogsLogGroupArn: group }),
      },
    },
  };
}
