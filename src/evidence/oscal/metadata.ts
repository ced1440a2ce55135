import type { Evidence } from '../evidence';
import { systemName } from '../system-name';

export const OSCAL_VERSION = '1.2.0';

/** Where names of properties that are ours are explained. */
export const NAMESPACE = 'https://cdk-soc2.dev/ns/oscal';

/** What the identifier of the one component is made from. */
export const COMPONENT = ['component', 'infrastructure'] as const;

export interface Property {
  readonly name: string;
  readonly ns: string;
  readonly value: string;
}

/** A property of ours; OSCAL wants a value on one line, and not an empty one. */
export function property(name: string, value: string): Property[] {
  const text = value.replace(/\s+/g, ' ').trim();
  return text === '' ? [] : [{ name, ns: NAMESPACE, value: text }];
}

export function metadataOf(evidence: Evidence, title: string): object {
  const { synthesis } = evidence.ledger;
  return {
    title: `${title}: ${systemName(evidence)}`,
    'last-modified': synthesis.time,
    version: synthesis.id.slice(0, 16),
    'oscal-version': OSCAL_VERSION,
    props: [
      ...property('ledger', synthesis.id),
      ...property('tool', `cdk-soc2 ${synthesis.versions['cdk-soc2']}`),
      ...property('commit', synthesis.commit ?? ''),
    ],
    remarks:
      'Design evidence that supports SOC 2 criteria. It gives no opinion. Control ids are the numbers of the Trust Services Criteria.',
  };
}

/** The id of a criterion as OSCAL writes ids of controls: `cc6.1`. */
export function controlId(criterion: string): string {
  return criterion.toLowerCase();
}
