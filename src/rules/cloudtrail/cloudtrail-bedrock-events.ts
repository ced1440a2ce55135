import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byAnyTrail } from '../shared/any-trail';
import { mustRecord } from '../shared/trail-events';

/** Type of data events, by the type of the resource that they happen on. */
const DATA_EVENTS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::Agent': 'AWS::Bedrock::AgentAlias',
  'AWS::Bedrock::AgentAlias': 'AWS::Bedrock::AgentAlias',
  'AWS::Bedrock::Flow': 'AWS::Bedrock::FlowAlias',
  'AWS::Bedrock::FlowAlias': 'AWS::Bedrock::FlowAlias',
  'AWS::Bedrock::Guardrail': 'AWS::Bedrock::Guardrail',
  'AWS::Bedrock::KnowledgeBase': 'AWS::Bedrock::KnowledgeBase',
};

function dataEventsNear(trail: Resource): string[] {
  const types = Object.keys(DATA_EVENTS).filter((type) => trail.peers(type).length > 0);
  return [...new Set(types.map((type) => DATA_EVENTS[type]))];
}

const trail = (...selected: [type: Json, ...fields: JsonObject[]][]) => ({
  Assistant: { Type: 'AWS::Bedrock::Agent', Properties: {} },
  Manuals: { Type: 'AWS::Bedrock::KnowledgeBase', Properties: {} },
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    Properties: {
      S3BucketName: 'trail-logs',
      IsLogging: true,
      AdvancedEventSelectors: [
        { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        ...selected.map(([type, ...fields]) => ({
          FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: [type] }, ...fields],
        })),
      ],
    },
  },
});

export default defineRule({
  id: 'CloudTrail.9',
  slug: 'cloudtrail-bedrock-events',
  title: 'A trail records the use of Bedrock agents, flows, knowledge bases and guardrails',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'info',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  applies: (trail) => dataEventsNear(trail).length > 0,
  rationale: 'Stolen credentials are spent on models first; invoking an agent or querying a knowledge base is a data event.',
  remediation:
    'Give the `CfnTrail` an advanced event selector for each type of Bedrock resource in use, and one for management events, which hold the direct calls of models. Data events are billed.',
  references: ['Prowler cloudtrail_bedrock_logging_enabled', 'NIST 800-53 AU-12'],
  check: (trail) =>
    byAnyTrail(trail, (each) =>
      (['Read', 'Write'] as const).flatMap((access) => [
        ...mustRecord(each, { category: 'Management', access }),
        ...dataEventsNear(each).flatMap((type) => mustRecord(each, { category: 'Data', access, type })),
      ]),
    ),
  examples: {
    pass: { 'every type in use is selected': trail(['AWS::Bedrock::AgentAlias'], ['AWS::Bedrock::KnowledgeBase']) },
    fail: {
      'one of two types in use is selected': trail(['AWS::Bedrock::AgentAlias']),
      'only writes of a type are selected': trail(
        ['AWS::Bedrock::AgentAlias'],
        ['AWS::Bedrock::KnowledgeBase', { Field: 'readOnly', Equals: ['false'] }],
      ),
      'no data events are selected': trail(),
    },
    undetermined: {
      'a type is a parameter': {
        Parameters: { Type: { Type: 'String' } },
        Resources: trail(['AWS::Bedrock::AgentAlias'], [{ Ref: 'Type' }]),
      },
    },
  },
});
