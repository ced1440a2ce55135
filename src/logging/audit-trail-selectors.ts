import type * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';

/** Calls on data that a trail records. Each is one event, and events are billed. */
export enum AuditTrailDataEvents {
  /** Who reads, writes and deletes objects in S3. */
  S3_OBJECTS = 'AWS::S3::Object',
  /** Who invokes functions of Lambda. */
  LAMBDA_INVOCATIONS = 'AWS::Lambda::Function',
  /** Who reads, writes and deletes items in DynamoDB. */
  DYNAMODB_ITEMS = 'AWS::DynamoDB::Table',
}

/** What a trail records. */
export interface Recorded {
  readonly dataEvents: readonly AuditTrailDataEvents[];
  /** ARNs of buckets whose objects are left out. */
  readonly buckets: readonly string[];
  /** Sources of management events that are left out. */
  readonly sources: readonly string[];
}

type Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;

/**
 * All management events but those of some sources, and data events of all resources but some buckets.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
export function selectorsFor({ dataEvents, buckets, sources }: Recorded): Selector[] {
  const management: Selector = {
    name: 'Management events',
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Management'] },
      ...(sources.length > 0 ? [{ field: 'eventSource', notEquals: [...sources] }] : []),
    ],
  };
  const data = [...new Set(dataEvents)].map((type): Selector => {
    const leftOut = type === AuditTrailDataEvents.S3_OBJECTS ? buckets.map((arn) => `${arn}/`) : [];
    return {
      name: `Data events of ${type}`,
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: [type] },
        ...(leftOut.length > 0 ? [{ field: 'resources.ARN', notStartsWith: leftOut }] : []),
      ],
    };
  });
  return [management, ...data];
}
