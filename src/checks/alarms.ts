import type { PolicyViolation } from 'aws-cdk-lib';
import { constructPathOf } from '../model/resource';
import type { Acknowledgement } from './acknowledgements';
import { blocks } from './blocks';
import type { Judgement } from './judge';
import { PACK } from './names';
import type { Synthesis } from './synthesis';

/** A violation that no selection of stacks and no acknowledgement hides: it has no construct path and is fatal. */
export function alarm(ruleName: string, description: string, fix: string): PolicyViolation {
  return { ruleName: `${PACK}-${ruleName}`, description, fix, severity: 'fatal', violatingResources: [{ locations: [] }] };
}

/**
 * What would otherwise pass in silence.
 *
 * @param judged how many verdicts there are.
 * @param judgements those of them that are no pass.
 */
export function alarms(
  judged: number,
  judgements: readonly Judgement[],
  synthesis: Synthesis,
  strict: boolean,
): PolicyViolation[] {
  const resources = synthesis.assembly.resources.filter(({ type }) => type !== 'AWS::CDK::Metadata').length;
  const found: PolicyViolation[] = [];
  if (resources === 0 || judged === 0) {
    const what = resources === 0 ? 'the app has no resources' : 'no rule applies to anything in the app';
    found.push(
      alarm(
        'NothingJudged',
        `Nothing was judged: ${what}`,
        'Check that the app creates its stacks, and that one copy of aws-cdk-lib is installed.',
      ),
    );
  }
  const hidden = judgements.filter(
    (each) => blocks(each, strict) && (each.evaluation.crash !== undefined || !synthesis.isTold(pathOf(each))),
  );
  if (hidden.length > 0) {
    const first = hidden
      .slice(0, 3)
      .map(
        ({ evaluation: { rule, entry, crash } }) =>
          `${rule.id} ${rule.title} (${entry?.template.path ?? 'the environment'} ${entry?.logicalId ?? ''}${crash ? `: ${crash}` : ''})`,
      );
    const more = hidden.length > first.length ? [`and ${hidden.length - first.length} more, see soc2/ledger.json`] : [];
    const description = [
      `${hidden.length} blocking ${hidden.length === 1 ? 'finding' : 'findings'} in stages or in rules that broke`,
      ...first,
      ...more,
    ].join('\n   ');
    found.push(alarm('Blocked', description, "Run `cdk synth '**'` to see every finding."));
  }
  return found;
}

function pathOf({ evaluation: { entry } }: Judgement): string | undefined {
  return entry && constructPathOf(entry);
}

export function describeBare({ id, at, reason }: Acknowledgement): string {
  return `${id} is acknowledged at '${at}' without an owner, a ticket and an expiry (reason given: ${reason || 'none'})`;
}

export function bareViolation(acknowledgement: Acknowledgement, { isTold }: Synthesis): PolicyViolation {
  const { at } = acknowledgement;
  return {
    ruleName: `${PACK}-BareAcknowledgement`,
    description: describeBare(acknowledgement),
    fix: 'Use `Soc2Exception.of(construct).add({ rule, reason, owner, ticket, expires })` instead of `Validations.of(construct).acknowledge(…)`.',
    severity: 'fatal',
    violatingResources: [{ constructPath: isTold(at) ? at : undefined, locations: [] }],
  };
}
