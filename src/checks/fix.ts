import { isInheritable } from '../rules/rule';
import { isMissing, type Judgement } from './judge';

/** What to change; and where somebody else may provide what is missing, what to declare. */
export function fixOf({ evaluation }: Pick<Judgement, 'evaluation'>): string {
  const { rule } = evaluation;
  const declaration = `inherited: [{ rule: '${rule.slug}', owner: '…', pointer: '…' }]`;
  if (!isInheritable(rule) || !isMissing(evaluation) || rule.remediation.includes(declaration)) return rule.remediation;
  const isSaid = rule.remediation.includes('inherited control');
  return `${rule.remediation} ${isSaid ? 'The declaration' : 'Where another team provides it, declare it'}: \`${declaration}\`.`;
}
