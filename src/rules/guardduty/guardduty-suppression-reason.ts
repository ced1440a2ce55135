import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';

/** Three words or more: `test` and `known issue` say nothing. */
const REASON = /\S+\s+\S+\s+\S+/;
const DATE = /\b20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/;
const EXPIRY_KEY = /expir|until|review/i;

/** Whether the tags, or the description, say until when. */
function mustExpire(filter: Resource, description: Value): Observation[] {
  const expected = "a date such as '2027-03-31' in the description, or in a tag such as 'expires'";
  const tags = filter.at('Tags');
  const dated = tags.items().filter((tag) => EXPIRY_KEY.test(tag.at('Key').text));
  if (DATE.test(description.text) || dated.some((tag) => DATE.test(tag.at('Value').text))) return [];
  const open = [tags, ...dated.map((tag) => tag.at('Value')), description].find((value) => value.isUnknown);
  return [open ? open.undetermined(expected) : tags.fails(expected, 'nothing says until when findings are suppressed')];
}

const filter = (properties: JsonObject) => ({
  Filter: {
    Type: 'AWS::GuardDuty::Filter',
    Properties: {
      DetectorId: 'detector',
      Name: 'scanner',
      Action: 'ARCHIVE',
      FindingCriteria: { Criterion: { type: { Eq: ['Recon:EC2/Portscan'] } } },
      ...properties,
    },
  },
});
const REASON_GIVEN = 'Port scans of our own scanner, ticket SEC-12';
const tag = (Key: string, Value: Json) => ({ Tags: [{ Key, Value }] });

export default defineRule({
  id: 'GuardDuty.9',
  slug: 'guardduty-suppression-reason',
  title: 'A filter that suppresses findings says why, and until when',
  criteria: [Criterion.CC7_3, Criterion.CC7_2],
  control: 'threat-detection',
  severity: 'warning',
  resourceTypes: ['AWS::GuardDuty::Filter'],
  applies: (filter) => filter.at('Action').string !== 'NOOP' && !filter.at('Action').isAbsent,
  rationale:
    'A suppressed finding reaches nobody; without a reason and an end, what was right for one server hides an attack years later.',
  remediation:
    'Write the reason into `description` of the `CfnFilter`, and until when it holds into a tag `expires`, as in 2027-03-31.',
  references: ['NIST 800-53 SI-4', 'NIST 800-53 CA-7'],
  check: (filter) => {
    const description = filter.at('Description');
    const findings = [
      ...description.must('why findings are suppressed, in words', ({ text }) => REASON.test(text)),
      ...mustExpire(filter, description),
    ];
    const action = filter.at('Action');
    return action.isUnknown && findings.length > 0 ? [action.undetermined("'NOOP', or a reason and an end")] : findings;
  },
  examples: {
    pass: {
      'the reason is in the description and the end in a tag': filter({
        Description: REASON_GIVEN,
        ...tag('expires', '2027-03-31'),
      }),
      'both are in the description': filter({ Description: `${REASON_GIVEN}, until 2027-03-31` }),
    },
    fail: {
      'nothing is said': filter({}),
      'there is no end': filter({ Description: REASON_GIVEN }),
      'there is no reason': filter({ Description: 'noise', ...tag('expires', '2027-03-31') }),
      'the end is no date': filter({ Description: REASON_GIVEN, ...tag('expires', 'never') }),
      'a tag is about something else': filter({ Description: REASON_GIVEN, ...tag('created', '2026-03-31') }),
    },
    undetermined: {
      'the end is a parameter': {
        Parameters: { End: { Type: 'String' } },
        Resources: filter({ Description: REASON_GIVEN, ...tag('expires', { Ref: 'End' }) }),
      },
      'what the filter does is a parameter': {
        Parameters: { Action: { Type: 'String' } },
        Resources: filter({ Action: { Ref: 'Action' } }),
      },
    },
  },
});
