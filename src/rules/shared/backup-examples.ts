import type { Json, JsonObject } from '../../model/json';

interface Subject {
  readonly type: string;
  readonly properties?: JsonObject;
  /** The ARN of the resource `Data`, as CDK writes it. */
  readonly arn: Json;
  /** ARNs of all resources of the type. */
  readonly pattern: string;
  /** The property with the tags. */
  readonly tags?: string;
}

/** A plan for the resource `Data`, and what the plan selects. */
export function selecting(selection: JsonObject) {
  return {
    Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanName: 'daily', BackupPlanRule: [] } } },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { SelectionName: 'data', ...selection } },
    },
  };
}

/** An ARN that ends in the id of the resource `Data`. */
export function arnOfData(service: string, before: string): JsonObject {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${before}\${Data}` };
}

/** Examples of every rule about resources in a backup plan. */
export function backupExamples({ type, properties = {}, arn, pattern, tags = 'Tags' }: Subject) {
  const data = (...pairs: Json[]) => ({
    Data: { Type: type, Properties: { ...properties, ...(pairs.length > 0 && { [tags]: pairs }) } },
  });
  const tagged = data({ Key: 'backup', Value: 'daily' });
  const listed = (value: Json) => [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: value }];
  const conditions = (value: Json) => ({ StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: value }] });
  return {
    pass: {
      'a selection names it': { ...data(), ...selecting({ Resources: [arn] }) },
      'a selection covers all of its type': { ...data(), ...selecting({ Resources: [pattern] }) },
      'a selection asks for its tag': { ...tagged, ...selecting({ ListOfTags: listed('daily') }) },
      'a selection covers everything with its tag': {
        ...tagged,
        ...selecting({ Resources: ['*'], Conditions: conditions('daily') }),
      },
    },
    fail: {
      'there is no backup selection': data(),
      'a selection asks for another tag': { ...tagged, ...selecting({ ListOfTags: listed('hourly') }) },
      'a selection names something else': {
        ...data(),
        ...selecting({ Resources: ['arn:aws:s3:::orders'] }),
      },
      'a selection names a bucket of the app': {
        ...data(),
        Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
        ...selecting({ Resources: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }] }),
      },
      'a selection leaves it out': { ...data(), ...selecting({ Resources: ['*'], NotResources: [pattern] }) },
      'a selection covers only those with a tag': {
        ...data(),
        ...selecting({ Resources: [pattern], Conditions: conditions('daily') }),
      },
    },
    undetermined: {
      'the tag of a selection is a parameter': {
        Parameters: { Wanted: { Type: 'String' } },
        Resources: { ...tagged, ...selecting({ ListOfTags: listed({ Ref: 'Wanted' }) }) },
      },
      'the ARN of a selection is a parameter': {
        Parameters: { Wanted: { Type: 'String' } },
        Resources: { ...data(), ...selecting({ Resources: [{ Ref: 'Wanted' }] }) },
      },
    },
  };
}
