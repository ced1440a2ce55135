/** The files that a trail delivered, or the reports that constructs wrote: in their bucket, or in a folder that holds a copy of it. */
export interface Archive {
  /** Where it is, such as `s3://bucket/prefix`. */
  readonly place: string;
  /**
   * Every key below a prefix, in the order of UTF-8, which is that of S3. Keys of a trail begin with `AWSLogs/`: its prefix is cut off.
   *
   * @param after only keys that come after this one.
   */
  list(prefix: string, after?: string): AsyncIterable<string>;
  /** A file; undefined when there is none of that key. */
  read(key: string): Promise<ArchivedFile | undefined>;
}

/** A file of an archive, as it was delivered. */
export interface ArchivedFile {
  readonly content: Buffer;
  /**
   * Its metadata of S3, such as `signature`, by names in lower case. A copy in a folder has them in a file beside it, `<key>.metadata.json`,
   * as the `Metadata` that `aws s3api head-object` prints.
   */
  readonly metadata: Readonly<Record<string, string>>;
}
