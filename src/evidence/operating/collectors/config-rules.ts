import {
  ConfigServiceClient,
  DescribeComplianceByConfigRuleCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConformancePackComplianceCommand,
  DescribeConformancePacksCommand,
  GetComplianceDetailsByConfigRuleCommand,
} from '@aws-sdk/client-config-service';
import { everyPage } from '../../../functions/every-page';
import { collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { CONFIG_COMPLIANCE } from './about';

async function* ruleNames(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(ConfigServiceClient);
  const ask = (NextToken?: string) => client.send(new DescribeConfigRulesCommand({ NextToken }));
  for await (const { ConfigRules = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { ConfigRuleName } of ConfigRules) yield ConfigRuleName!;
}

async function* packNames(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(ConfigServiceClient);
  const ask = (NextToken?: string) => client.send(new DescribeConformancePacksCommand({ NextToken }));
  for await (const { ConformancePackDetails = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { ConformancePackName } of ConformancePackDetails) yield ConformancePackName!;
}

export const configCompliance: Collector = {
  ...CONFIG_COMPLIANCE,
  collect: collectParts([
    listing({
      id: 'recorders',
      title: 'Whether configurations of resources are recorded, and since when',
      covers: 'moment',
      controls: ['configuration-recording'],
      api: 'config:DescribeConfigurationRecorderStatus',
      client: ConfigServiceClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeConfigurationRecorderStatusCommand(input)),
      items: ({ ConfigurationRecordersStatus }) => ConfigurationRecordersStatus,
      rowId: ({ name }) => name,
    }),
    listing({
      id: 'rules',
      title: 'Rules that check resources, with what they check',
      covers: 'moment',
      api: 'config:DescribeConfigRules',
      client: ConfigServiceClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeConfigRulesCommand(input)),
      token: 'NextToken',
      items: ({ ConfigRules }) => ConfigRules,
      rowId: ({ ConfigRuleArn }) => ConfigRuleArn,
    }),
    listing({
      id: 'rule-compliance',
      title: 'Whether all resources comply, by rule',
      covers: 'moment',
      api: 'config:DescribeComplianceByConfigRule',
      client: ConfigServiceClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeComplianceByConfigRuleCommand(input)),
      token: 'NextToken',
      items: ({ ComplianceByConfigRules }) => ComplianceByConfigRules,
      rowId: ({ ConfigRuleName }) => ConfigRuleName,
    }),
    listing({
      id: 'resource-compliance',
      title: 'Whether each resource complies, by rule and resource',
      covers: 'moment',
      api: 'config:GetComplianceDetailsByConfigRule',
      client: ConfigServiceClient,
      of: { each: 'each rule', apis: ['config:DescribeConfigRules'], find: ruleNames },
      input: (_, ConfigRuleName) => ({ ConfigRuleName, Limit: 100 }),
      send: (client, input) => client.send(new GetComplianceDetailsByConfigRuleCommand(input)),
      token: 'NextToken',
      items: ({ EvaluationResults }) => EvaluationResults,
      rowId: ({ EvaluationResultIdentifier }, rule) => {
        const { ResourceType, ResourceId, EvaluationMode } = EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
        return [rule, ResourceType, ResourceId, EvaluationMode].join(' ');
      },
    }),
    listing({
      id: 'conformance-packs',
      title: 'Conformance packs that are in place',
      covers: 'moment',
      api: 'config:DescribeConformancePacks',
      client: ConfigServiceClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeConformancePacksCommand(input)),
      token: 'NextToken',
      items: ({ ConformancePackDetails }) => ConformancePackDetails,
      rowId: ({ ConformancePackArn }) => ConformancePackArn,
    }),
    listing({
      id: 'conformance-pack-compliance',
      title: 'Whether the rules of each conformance pack are met',
      covers: 'moment',
      api: 'config:DescribeConformancePackCompliance',
      client: ConfigServiceClient,
      of: { each: 'each conformance pack', apis: ['config:DescribeConformancePacks'], find: packNames },
      input: (_, ConformancePackName) => ({ ConformancePackName }),
      send: (client, input) => client.send(new DescribeConformancePackComplianceCommand(input)),
      token: 'NextToken',
      items: ({ ConformancePackRuleComplianceList }) => ConformancePackRuleComplianceList,
      rowId: ({ ConfigRuleName }, pack) => `${pack} ${ConfigRuleName}`,
      also: (_item, _context, conformancePack) => ({ conformancePack }),
    }),
  ]),
};
