/** Whose digest files are meant: those of one trail, about one account in one Region. */
export interface DigestChain {
  readonly account: string;
  /** Region that the events are of. */
  readonly region: string;
  /** Name of the trail. */
  readonly trail: string;
  /** Region that the trail was made in. */
  readonly homeRegion: string;
}

/** Where a trail delivers to. */
export interface DigestPlace {
  readonly bucket: string;
  /** What stands before `AWSLogs/`: empty, or with a slash at its end. */
  readonly prefix: string;
  /** The id of the organisation, for a trail of one. */
  readonly organization?: string;
}

/** A file in a bucket. */
export interface FileName {
  readonly bucket: string;
  readonly key: string;
}

/** What the name of a digest file tells. */
export interface DigestName extends DigestPlace, DigestChain {
  readonly endTime: Date;
  readonly isBackfill: boolean;
}

const NAME =
  /^(?<prefix>(?:.*\/)?)AWSLogs\/(?:(?<organization>o-[a-z0-9]+)\/)?(?<account>\d{12})\/CloudTrail-Digest\/(?<region>[a-z0-9-]+)\/\d{4}\/\d{2}\/\d{2}\/\k<account>_CloudTrail-Digest_\k<region>_(?<trail>.+)_(?<homeRegion>[a-z0-9-]+)_(?<time>\d{8}T\d{6}Z)(?<backfill>_backfill)?\.json\.gz$/;

/**
 * Read the name of a digest file.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function readDigestName({ bucket, key }: FileName): DigestName | undefined {
  const found = NAME.exec(key)?.groups;
  if (!found) return undefined;
  const { prefix, organization, account, region, trail, homeRegion, time, backfill } = found;
  const endTime = new Date(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(endTime.getTime())) return undefined;
  return { bucket, prefix, organization, account, region, trail, homeRegion, endTime, isBackfill: backfill !== undefined };
}

/** Whether a name is that of a digest file of a trail, wherever it delivered to. */
export function isOfChain(name: DigestName, { account, region, trail, homeRegion }: DigestChain): boolean {
  return name.account === account && name.region === region && name.trail === trail && name.homeRegion === homeRegion;
}

/** The folder of an archive with the digest files about an account in a Region. */
export function digestFolder({ organization }: DigestPlace, { account, region }: DigestChain): string {
  return `AWSLogs/${organization ? `${organization}/` : ''}${account}/CloudTrail-Digest/${region}/`;
}

/** The folder of a day: `2026/11/22`. */
export function dayFolder(time: Date): string {
  return time.toISOString().slice(0, 10).replaceAll('-', '/');
}

/** Where a file is in the archive of a place; undefined when it is not of the place. */
export function keyInArchive({ bucket, key }: FileName, place: DigestPlace): string | undefined {
  return bucket === place.bucket && key.startsWith(place.prefix) ? key.slice(place.prefix.length) : undefined;
}

/** A file as it is spoken of: `s3://bucket/key`. */
export function s3Uri({ bucket, key }: FileName): string {
  return `s3://${bucket}/${key}`;
}
