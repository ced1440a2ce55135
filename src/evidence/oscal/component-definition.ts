import type { ControlView, CriterionView, Evidence } from '../evidence';
import { OWNERS, STATUSES } from '../status';
import { systemName } from '../system-name';
import { COMPONENT, controlId, metadataOf, property } from './metadata';
import { uuidOf } from './uuid';

/** What the infrastructure implements, criterion by criterion, as a component definition of OSCAL. */
export function componentDefinition(evidence: Evidence): object {
  const inScope = evidence.criteria.filter((view) => view.inScope);
  return {
    'component-definition': {
      uuid: uuidOf('component-definition', evidence.ledger.synthesis.id),
      metadata: metadataOf(evidence, 'Component definition'),
      components: [
        {
          uuid: COMPONENT,
          type: 'software',
          title: systemName(evidence),
          description: 'Infrastructure that is described by CloudFormation templates.',
          props: evidence.ledger.templates.flatMap(({ path, sha256 }) => property('template', `${sha256} ${path}`)),
          'control-implementations': [
            {
              uuid: uuidOf('control-implementation'),
              source:
                'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
              description: 'How the controls of the infrastructure support the Trust Services Criteria.',
              'implemented-requirements': inScope.map(requirement),
            },
          ],
        },
      ],
    },
  };
}

function requirement({ criterion, controls, status }: CriterionView): object {
  return {
    uuid: uuidOf('requirement', criterion.id),
    'control-id': controlId(criterion.id),
    description: `${criterion.title}. ${criterion.templates}`,
    props: property('design', STATUSES[status]),
    ...(controls.length === 0 ? {} : { statements: controls.map((control) => statement(criterion.id, control)) }),
  };
}

function statement(criterion: string, { id, control, rules, status }: ControlView): object {
  return {
    'statement-id': `${controlId(criterion)}_smt.${id}`,
    uuid: uuidOf('statement', criterion, id),
    description: `${control.title}.`,
    props: [
      ...property('control', id),
      ...property('answered-by', OWNERS[control.owner]),
      ...property('design', STATUSES[status]),
      ...rules.flatMap(({ rule }) => property('rule', rule.rule)),
    ],
    ...(control.remainder ? { remarks: `What people still do: ${control.remainder}` } : {}),
  };
}
