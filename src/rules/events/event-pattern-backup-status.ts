import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { about, inDoubt } from '../shared/about';
import { byParameter } from '../shared/deciding-examples';
import { allowsValue, eventPatternOf, isAbout } from '../shared/event-pattern';

/** Kind of event, the field that says how the job stands, and the one that others have. */
const JOBS = [
  ['Backup Job State Change', 'state', 'status'],
  ['Copy Job State Change', 'state', 'status'],
  ['Restore Job State Change', 'status', 'state'],
] as const;

const rule = (kinds: Json[], detail: Json) => ({
  Jobs: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.backup'], 'detail-type': kinds, detail },
      Targets: [{ Id: 'on-call', Arn: 'arn:aws:sns:eu-west-1:111122223333:on-call' }],
    },
  },
});

function judge(rule: Resource): Observation[] {
  const pattern = eventPatternOf(rule);
  if (pattern.at('detail-type').isAbsent) return [];
  return JOBS.flatMap(([kind, field, other]) => {
    const wrong = pattern.at(`detail.${other}`);
    const matches = allowsValue(pattern, 'detail-type', kind);
    if (wrong.isAbsent || matches === false) return [];
    const found = [wrong.fails(`a condition on '${field}'`, `no "${kind}" has '${other}': the rule never matches one`)];
    return matches ? found : inDoubt(found);
  });
}

export default defineRule({
  id: 'Events.4',
  slug: 'event-pattern-backup-status',
  title: 'Patterns for events of AWS Backup look where those say how a job ended',
  criteria: [Criterion.CC7_2, Criterion.A1_2, Criterion.CC4_2],
  control: 'backup-monitoring',
  severity: 'error',
  resourceTypes: ['AWS::Events::Rule'],
  rationale:
    'Restore jobs report their `status`, backup and copy jobs their `state`: a rule that has it the wrong way round never matches, and looks as if nothing ever failed.',
  remediation:
    'Match `detail: { status: […] }` for "Restore Job State Change", and `detail: { state: […] }` for "Backup Job State Change" and "Copy Job State Change", in a rule each.',
  references: ['AWS Backup Developer Guide, EventBridge', 'NIST 800-53 CP-9'],
  ...about((rule) => isAbout(rule, 'aws.backup'), judge),
  examples: {
    pass: {
      'the status of restore jobs': rule(['Restore Job State Change'], { status: ['FAILED', 'ABORTED'] }),
      'the state of backup and copy jobs': rule(['Backup Job State Change', 'Copy Job State Change'], { state: ['FAILED'] }),
      'either, in one rule': rule(['Backup Job State Change', 'Restore Job State Change'], {
        $or: [{ state: ['FAILED'] }, { status: ['FAILED'] }],
      }),
      'all events of restore jobs': rule(['Restore Job State Change'], { resourceType: ['RDS'] }),
    },
    fail: {
      'the state of restore jobs': rule(['Restore Job State Change'], { state: ['FAILED'] }),
      'the status of backup jobs': rule(['Backup Job State Change'], { status: ['FAILED'] }),
      'the state of backup and restore jobs': rule(['Backup Job State Change', 'Restore Job State Change'], {
        state: ['FAILED'],
      }),
    },
    undetermined: { 'the kind of event is a parameter': byParameter((kind) => rule([kind], { state: ['FAILED'] })) },
  },
});
