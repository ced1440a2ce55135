import type { ControlView, CriterionView, Evidence } from '../evidence';
import { OWNERS, STATUSES } from '../status';
import { systemName } from '../system-name';
import { COMPONENT, controlId, metadataOf, property } from './metadata';
import { type UuidOf, uuidsOf } from './uuid';

/** What the infrastructure implements, criterion by criterion, as a component definition of OSCAL. */
export function componentDefinition(evidence: Evidence): object {
  const own = uuidsOf(evidence);
  const inScope = evidence.criteria.filter((view) => view.inScope);
  return {
    'component-definition': {
      uuid: own('component-definition', evidence.ledger.synthesis.id),
      metadata: metadataOf(evidence, 'Component definition'),
      components: [
        {
          uuid: own(...COMPONENT),
          type: 'software',
          title: systemName(evidence),
          description: 'Infrastructure that is described by CloudFormation templates.',
          props: evidence.ledger.templates.flatMap(({ path, sha256 }) => property('template', `${sha256} ${path}`)),
          'control-implementations': [
            {
              uuid: own('control-implementation'),
              source:
                'https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022',
              description: 'How the controls of the infrastructure support the Trust Services Criteria.',
              'implemented-requirements': inScope.map((view) => requirement(view, own)),
            },
          ],
        },
      ],
    },
  };
}

function requirement({ criterion, controls, status }: CriterionView, own: UuidOf): object {
  return {
    uuid: own('requirement', criterion.id),
    'control-id': controlId(criterion.id),
    description: `${criterion.title}. ${criterion.templates}`,
    props: property('design', STATUSES[status]),
    ...(controls.length === 0 ? {} : { statements: controls.map((control) => statement(criterion.id, control, own)) }),
  };
}

function statement(criterion: string, { id, control, rules, status }: ControlView, own: UuidOf): object {
  return {
    'statement-id': `${controlId(criterion)}_smt.${id}`,
    uuid: own('statement', criterion, id),
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
