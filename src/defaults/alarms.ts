import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { Soc2Environment } from '../environment/soc2-environment';

/** An alarm of a construct. */
export interface AlarmOptions extends cloudwatch.CreateAlarmOptions {
  readonly metric: cloudwatch.IMetric;
  /** What is wrong, and what to look at. */
  readonly alarmDescription: string;
}

/**
 * Make the alarms of a construct, by their ids: none where there is nowhere to send them.
 *
 * An alarm goes off, unless it says otherwise, when its metric reaches the threshold; no data is no alarm.
 *
 * @param topic where they are sent; what the environment says when it is not given.
 */
export function addAlarms(
  scope: Construct,
  topic: sns.ITopic | undefined,
  alarms: Readonly<Record<string, AlarmOptions>>,
): cloudwatch.Alarm[] {
  const { alarmTopic, alarmRunbook } = Soc2Environment.of(scope);
  const receiver = topic ?? alarmTopic;
  if (receiver === undefined) return [];
  return Object.entries(alarms).map(([id, options]) => {
    const alarm = new cloudwatch.Alarm(scope, id, {
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      ...options,
      alarmDescription: [options.alarmDescription, alarmRunbook && `What to do: ${alarmRunbook}`].filter(Boolean).join(' '),
    });
    alarm.addAlarmAction(new SnsAction(receiver));
    alarm.addOkAction(new SnsAction(receiver));
    return alarm;
  });
}
