import { assessmentResults } from '../oscal/assessment-results';
import { componentDefinition } from '../oscal/component-definition';
import type { Renderer } from './renderer';

export const OSCAL: Renderer = {
  format: 'oscal',
  what: 'the documents in OSCAL',
  *render(evidence) {
    yield {
      path: 'oscal/component-definition.json',
      content: `${JSON.stringify(componentDefinition(evidence), undefined, 2)}\n`,
    };
    yield { path: 'oscal/assessment-results.json', content: `${JSON.stringify(assessmentResults(evidence), undefined, 2)}\n` };
  },
};
