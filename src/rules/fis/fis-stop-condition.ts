import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';

const ALARM = 'aws:cloudwatch:alarm';

const template = (...conditions: Json[]) => ({
  Experiment: {
    Type: 'AWS::FIS::ExperimentTemplate',
    Properties: { Description: 'Stop a zone', StopConditions: conditions },
  },
});

export default defineRule({
  id: 'FIS.2',
  slug: 'fis-stop-condition',
  title: 'Fault injection experiments stop when an alarm goes off',
  criteria: [Criterion.A1_2, Criterion.CC7_4, Criterion.CC8_1],
  control: 'high-availability',
  severity: 'error',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  rationale: 'An experiment that nothing stops turns a test of availability into an outage.',
  remediation:
    "Name an alarm in `stopConditions` of the `fis.CfnExperimentTemplate`: `{ source: 'aws:cloudwatch:alarm', value: alarm.alarmArn }`.",
  references: ['ElectricEye FIS.2', 'NIST 800-53 CP-4'],
  check: (each) => {
    const list = each.at('StopConditions');
    const expected = `a condition with the source '${ALARM}' and an alarm`;
    const conditions = list.items().map((condition) => ({
      source: condition.at('Source'),
      alarm: condition.at('Value').mustBeSet('an alarm'),
    }));
    const alarms = conditions.filter(({ source }) => source.string === ALARM);
    if (alarms.some(({ alarm }) => alarm.length === 0)) return [];
    const open = [list, ...conditions.map(({ source }) => source)].find(({ isUnknown }) => isUnknown);
    if (open) return [open.undetermined(expected)];
    return alarms[0]?.alarm ?? [list.fails(expected, 'nothing stops the experiment')];
  },
  examples: {
    pass: {
      'an alarm stops it': template({ Source: ALARM, Value: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors' }),
    },
    fail: {
      'it says that nothing does': template({ Source: 'none' }),
      'no condition is mentioned': template(),
      'no alarm is named': template({ Source: ALARM }),
    },
    undetermined: {
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: template({ Source: { Ref: 'Source' }, Value: 'arn' }),
      },
      'the alarm is a parameter': {
        Parameters: { Arn: { Type: 'String' } },
        Resources: template({ Source: ALARM, Value: { Ref: 'Arn' } }),
      },
    },
  },
});
