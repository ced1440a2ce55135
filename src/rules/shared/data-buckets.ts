import type { Resource } from '../../model/resource';
import { logSenders } from './log-senders';

/** Buckets of the same environment that hold data rather than logs. */
export function dataBuckets(neighbour: Resource): Resource[] {
  return neighbour.peers('AWS::S3::Bucket').filter((bucket) => logSenders(bucket).length === 0);
}
