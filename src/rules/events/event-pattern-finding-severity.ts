import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { allowsValue, eventPatternOf, isAbout } from '../shared/event-pattern';

/** GuardDuty gives numbers with one decimal place: a list of numbers must leave none out. */
function asNumbers(detail: Value): Observation[] {
  const items = detail.at('severity').items();
  const words = items.filter(({ scalar }) => typeof scalar === 'string');
  if (words.length > 0)
    return words.map((word) =>
      word.fails("a number, such as { numeric: ['>=', 7] }", `no finding has the severity ${word.found}`),
    );
  const open = items.find(({ isUnknown }) => isUnknown);
  if (open) return [open.undetermined("a number, such as { numeric: ['>=', 7] }")];
  const listed = items.flatMap(({ scalar }) => (typeof scalar === 'number' ? [scalar] : []));
  if (listed.length === 0) return [];
  for (let tenths = Math.round(Math.min(...listed) * 10); tenths < Math.max(...listed) * 10; tenths++) {
    if (allowsValue(detail, 'severity', tenths / 10) === false)
      return [
        detail.at('severity').fails("a range, such as { numeric: ['>=', 7] }", `findings of severity ${tenths / 10} are missed`),
      ];
  }
  return [];
}

const LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function asLabels(detail: Value): Observation[] {
  return detail
    .at('findings.Severity.Label')
    .items()
    .flatMap((label) => (label.isKnown && label.scalar === undefined ? [] : label.mustBe(LABELS)));
}

const rule = (source: string, detail: Json) => ({
  Findings: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: [`aws.${source}`], detail },
      Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
    },
  },
});

export default defineRule({
  id: 'Events.5',
  slug: 'event-pattern-finding-severity',
  title: 'Patterns for security findings ask for severities that findings have',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'alert-routing',
  severity: 'error',
  resourceTypes: ['AWS::Events::Rule'],
  applies: (rule) => isAbout(rule, 'aws.guardduty', 'aws.securityhub') !== false,
  rationale:
    'GuardDuty rates by number, from 0.1 to 10.0: a rule that waits for `HIGH`, or for a list of whole numbers, keeps silent when it matters.',
  remediation:
    "Match `severity: [{ numeric: ['>=', 7] }]` for findings of GuardDuty, and `Severity: { Label: ['HIGH', 'CRITICAL'] }` for those of Security Hub.",
  references: ['Amazon GuardDuty User Guide, severity levels', 'NIST 800-53 SI-4'],
  check: (rule) => {
    const detail = eventPatternOf(rule).at('detail');
    return [
      ...when(isAbout(rule, 'aws.guardduty'), asNumbers(detail)),
      ...when(isAbout(rule, 'aws.securityhub'), asLabels(detail)),
    ];
  },
  examples: {
    pass: {
      'a range': rule('guardduty', { severity: [{ numeric: ['>=', 7] }] }),
      'all severities': rule('guardduty', { type: [{ prefix: 'Impact' }] }),
      'labels of Security Hub': rule('securityhub', { findings: { Severity: { Label: ['HIGH', 'CRITICAL'] } } }),
    },
    fail: {
      'a word': rule('guardduty', { severity: ['HIGH'] }),
      'a number in quotes': rule('guardduty', { severity: ['8'] }),
      'whole numbers only': rule('guardduty', { severity: [7, 8, 9, 10] }),
      'labels in lower case': rule('securityhub', { findings: { Severity: { Label: ['high', 'critical'] } } }),
    },
    undetermined: {
      'the severity is a parameter': {
        Parameters: { Severity: { Type: 'String' } },
        Resources: rule('guardduty', { severity: [{ Ref: 'Severity' }] }),
      },
    },
  },
});
