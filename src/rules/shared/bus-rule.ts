import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Expect a rule of EventBridge to pass what it matches on the default bus, where AWS services put their events, on to a target. */
export function passesOn(rule: Resource): Observation[] {
  return [
    ...rule.at('State').mustBe(['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'], { absent: '' }),
    ...rule.at('EventBusName').must('the default bus', ({ text }) => /(^|\/)default$/.test(text), { absent: '' }),
    ...rule.at('Targets').mustBeSet('a target'),
  ];
}
