import type { Resource } from '../../model/resource';

/** Whether all that an alarm does is to add and remove capacity. */
export function onlyScales(alarm: Resource): boolean {
  const actions = alarm.membersAt('AlarmActions');
  return (
    actions.length > 0 &&
    actions.every((action) => (action.origin ? SCALING.test(action.origin.type) : action.text.includes(':autoscaling:')))
  );
}

const SCALING = /^AWS::(Application)?AutoScaling::ScalingPolicy$/;
