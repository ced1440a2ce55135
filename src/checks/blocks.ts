import type { Judgement } from './judge';

/** Whether a judgement stops synthesis, and makes an audit or a gate fail. */
export function blocks({ evaluation, verdict, exception }: Judgement, strict: boolean): boolean {
  if (evaluation.crash !== undefined || exception?.state === 'expired') return true;
  return evaluation.rule.severity === 'error' && (verdict === 'fail' || (strict && verdict === 'undetermined'));
}
