import type { Json, JsonObject } from '../../model/json';
import { byParameter, byStage } from './deciding-examples';

/** Examples of a rule that expects automated backups to be kept for 7 days or more. */
export function retentionExamples(make: (days: Json) => JsonObject) {
  return {
    pass: { 'they are kept for 7 days': make(7), 'the number is text': make('35') },
    fail: {
      'the number of days is not mentioned': make({ Ref: 'AWS::NoValue' }),
      'they are kept for too short': make(1),
      'they are kept for too short in one branch of a condition': byStage(make, 7, 1),
    },
    undetermined: { 'the number of days is a parameter': byParameter(make) },
  };
}
