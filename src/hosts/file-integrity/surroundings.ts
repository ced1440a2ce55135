import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { HostObjects } from './host-objects';
import type { HostRecords } from './host-record';

/** What judging needs. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  /** The construct. */
  readonly program: string;
  readonly objects: HostObjects;
  readonly records: HostRecords;
  readonly ssm: SSMClient;
  readonly events: EventBridgeClient;
  /** Ids of maintenance windows in which changes are planned. */
  readonly windows: readonly string[];
  readonly now: () => Date;
  /** Whether a host was made so short a time before that its first state is as it was provisioned. */
  readonly isNew: (host: string, at: string) => Promise<boolean>;
}
