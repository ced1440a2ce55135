import { COLUMN_NAMES, totalOf } from '../counts';
import type { CriterionView, Evidence, RuleView } from '../evidence';
import { STATUSES } from '../status';
import { visible } from '../text';
import { wordsOf } from '../words';
import { COMPONENT, controlId, metadataOf, property } from './metadata';
import { type UuidOf, uuidsOf } from './uuid';

/** What the rules found, as assessment results of OSCAL: an observation for each rule, a finding for each criterion. */
export function assessmentResults(evidence: Evidence): object {
  const { alarms, synthesis } = evidence.ledger;
  const { id, time } = synthesis;
  const own = uuidsOf(evidence);
  const judged = evidence.rules.filter(({ results }) => results.length > 0);
  const inScope = evidence.criteria.filter((view) => view.inScope && totalOf(view.counts) > 0);
  return {
    'assessment-results': {
      uuid: own('assessment-results', id),
      metadata: metadataOf(evidence, 'Assessment results'),
      'import-ap': { href: '#', remarks: 'The plan is the catalogue of rules of cdk-soc2: there is no document of its own.' },
      results: [
        {
          uuid: own('result', id),
          title: 'Design of the infrastructure',
          description: ['Rules judged the synthesized CloudFormation templates.', ...alarms.map(visible)].join(' '),
          start: time,
          end: time,
          'reviewed-controls': {
            'control-selections': [
              inScope.length === 0
                ? { 'include-all': {} }
                : { 'include-controls': inScope.map(({ criterion }) => ({ 'control-id': controlId(criterion.id) })) },
            ],
          },
          ...(judged.length === 0 ? {} : { observations: judged.map((rule) => observation(rule, time, own)) }),
          ...(inScope.length === 0 ? {} : { findings: inScope.map((view) => finding(view, judged, own)) }),
        },
      ],
    },
  };
}

function observation({ rule, results, counts }: RuleView, time: string, own: UuidOf): object {
  return {
    uuid: own('observation', rule.rule),
    title: `${visible(rule.rule)} ${visible(rule.title)}`,
    description: `${wordsOf(counts)}.`,
    methods: ['TEST'],
    types: ['control-objective'],
    props: [
      ...property('rule', visible(rule.rule)),
      ...property('severity', rule.severity),
      ...COLUMN_NAMES.filter((column) => counts[column] > 0).flatMap((column) => property(column, String(counts[column]))),
    ],
    subjects: [{ 'subject-uuid': own(...COMPONENT), type: 'component', title: 'Infrastructure' }],
    collected: time,
    remarks: `Results ${results
      .slice(0, 200)
      .map(({ number }) => number)
      .join(', ')}${results.length > 200 ? ' and more' : ''} of the ledger.`,
  };
}

function finding({ criterion, status, counts }: CriterionView, judged: readonly RuleView[], own: UuidOf): object {
  const related = judged.filter(({ rule }) => rule.criteria.includes(criterion.id));
  return {
    uuid: own('finding', criterion.id),
    title: criterion.id,
    description: `${criterion.title}. ${STATUSES[status]}: ${wordsOf(counts)}.`,
    target: {
      type: 'objective-id',
      'target-id': `${controlId(criterion.id)}_obj`,
      // OSCAL knows two states: what a person still has to look at is not satisfied yet.
      status: {
        state: status === 'supported' ? 'satisfied' : 'not-satisfied',
        reason: status === 'open' ? 'fail' : status === 'supported' ? 'pass' : 'other',
      },
    },
    ...(related.length === 0
      ? {}
      : { 'related-observations': related.map(({ rule }) => ({ 'observation-uuid': own('observation', rule.rule) })) }),
  };
}
