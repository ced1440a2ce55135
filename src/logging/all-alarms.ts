import { CIS_ALARMS } from './cis-alarms';
import { CONTROL_ALARMS } from './control-alarms';
import { DATA_ALARMS } from './data-alarms';
import type { MetricAlarm } from './metric-alarm';

/** Every alarm on what a trail records, in the order in which they are made. */
export const ALL_ALARMS: readonly MetricAlarm[] = [...CIS_ALARMS, ...CONTROL_ALARMS, ...DATA_ALARMS];
