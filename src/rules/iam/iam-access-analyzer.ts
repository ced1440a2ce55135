import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { missing } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { ACCOUNT_SETTINGS, accountSettings } from '../shared/account-settings';
import { oneIsRight } from '../shared/one-is-right';
import { orInherited } from '../shared/or-inherited';

const analyzer = (Type: Json) => ({ Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type } } });

const judgeAnalyzer = (each: Resource) => each.at('Type').mustBe(EXTERNAL);

/** An analyzer that was there before: `IamBaseline` makes sure of it whenever it is deployed. */
const adopts = (each: Resource) => each.membersAt('Analyzers').some(({ string }) => EXTERNAL.includes(string ?? ''));

/** Kinds that show who is let in from outside. */
const EXTERNAL = ['ACCOUNT', 'ORGANIZATION'];

export default defineRule({
  id: 'IAM.30',
  slug: 'iam-access-analyzer',
  title: 'IAM Access Analyzer shows who is let in from outside',
  criteria: [Criterion.CC7_2, Criterion.CC6_3, Criterion.CC6_8],
  control: 'access-review',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ['AWS::AccessAnalyzer::Analyzer', ACCOUNT_SETTINGS],
  rationale: 'It lists every bucket, key and role that somebody outside can use, also those that no template made.',
  remediation:
    "Add an `IamBaseline`, or create an `accessanalyzer.CfnAnalyzer` with `type: 'ACCOUNT'` in every Region in use; it costs nothing. Where the organization has one, declare an inherited control for `iam-access-analyzer` with an owner and a pointer.",
  references: ['Security Hub IAM.28', 'AWS Config IAM_EXTERNAL_ACCESS_ANALYZER_ENABLED', 'CIS AWS Foundations 1.20'],
  check: (environment) =>
    oneIsRight(
      [
        // One for unused access stands beside the other kind, and is not wrong.
        ...environment
          .resources('AWS::AccessAnalyzer::Analyzer')
          .filter((each) => EXTERNAL.includes(each.at('Type').string ?? EXTERNAL[0])),
        ...environment.resources(ACCOUNT_SETTINGS).filter(adopts),
      ],
      (each) => (each.type === ACCOUNT_SETTINGS ? [] : judgeAnalyzer(each)),
      'this analyzer shows who is let in from outside',
      missing(
        'nothing analyzes who is let in from outside',
        `an analyzer of type 'ACCOUNT' or 'ORGANIZATION', ${orInherited('iam-access-analyzer')}`,
      ),
    ),
  examples: {
    pass: {
      'an analyzer of the account': analyzer('ACCOUNT'),
      'an analyzer of the organization': analyzer('ORGANIZATION'),
      'the baseline of the library makes sure of one': accountSettings({ Analyzers: ['ACCOUNT'] }),
      'one for unused access stands beside it': {
        ...analyzer('ACCOUNT'),
        Unused: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT_UNUSED_ACCESS' } },
      },
    },
    fail: {
      'the baseline makes sure of another kind': accountSettings({ Analyzers: ['ACCOUNT_UNUSED_ACCESS'] }),
      'there is no analyzer': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the only analyzer is for unused access': analyzer('ACCOUNT_UNUSED_ACCESS'),
      'the analyzer is there in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: { Analyzer: { ...analyzer('ACCOUNT').Analyzer, Condition: 'IsProduction' } },
      },
    },
    undetermined: {
      'the kind is a parameter': { Parameters: { Kind: { Type: 'String' } }, Resources: analyzer({ Ref: 'Kind' }) },
    },
  },
});
