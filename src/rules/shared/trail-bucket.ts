import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Judges the bucket that a trail writes to; only deployment knows about one that is not among the templates. */
export function byTrailBucket(trail: Resource, expected: string, judge: (bucket: Resource) => Observation[]): Observation[] {
  const name = trail.at('S3BucketName');
  const bucket = name.target ?? trail.peers('AWS::S3::Bucket').find((each) => name.pointsTo(each));
  return bucket?.type === 'AWS::S3::Bucket'
    ? judge(bucket)
    : [name.undetermined(expected, 'the bucket is not among these templates')];
}
