import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { missing } from '../../model/observation';
import { defineRule } from '../rule';

/** What an environment declares, and what a reader of the evidence learns from it. */
const DECLARED = {
  kind: "its kind: 'PRODUCTION', 'STAGING' or 'DEVELOPMENT'",
  owner: 'its owner',
  dataClassification: 'the class of its data',
} as const;

const NAMES = Object.keys(DECLARED) as (keyof typeof DECLARED)[];

const declaring = (environment: JsonObject) => ({
  Metadata: { 'cdk-soc2': { environment } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
});

export default defineRule({
  id: 'Environment.3',
  slug: 'environment-declared',
  title: 'An environment says what it is for, who owns it, and how sensitive its data is',
  criteria: [Criterion.CC2_1, Criterion.CC8_1, Criterion.C1_1],
  control: 'environment-separation',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ['AWS::CloudFormation::Stack'],
  rationale: 'Scope is the first question of an audit: which accounts are production, whose they are, and what is in them.',
  remediation:
    "Declare each stage: `Soc2Environment.declare(stage, { kind: EnvironmentKind.PRODUCTION, owner: 'platform team', dataClassification: 'confidential' })`.",
  references: ['NIST 800-53 CM-8', 'NIST 800-53 RA-2'],
  check: ({ environment: { declared } }) => {
    const said = NAMES.map((name) => [name, [...new Set(declared.flatMap((each) => each[name] ?? []))]] as const);
    const left = said.filter(([, values]) => values.length === 0).map(([name]) => name);
    if (left.length === 0)
      return [{ kind: 'note', text: said.map(([name, values]) => `${name}: ${values.join(', ')}`).join('; ') }];
    const expected = left.map((name) => DECLARED[name]).join(', ');
    return [missing(`the environment does not declare ${left.join(', ')}`, expected)];
  },
  examples: {
    pass: {
      'everything is declared': declaring({ kind: 'PRODUCTION', owner: 'platform team', dataClassification: 'confidential' }),
    },
    fail: {
      'nothing is declared': { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
      'there is no owner': declaring({ kind: 'STAGING', dataClassification: 'internal' }),
      'the kind is another word': declaring({ kind: 'QA', owner: 'platform team', dataClassification: 'internal' }),
    },
  },
});
