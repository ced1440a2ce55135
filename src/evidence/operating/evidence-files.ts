/** Where evidence is written: a folder, or a bucket. Paths have forward slashes. */
export interface EvidenceFiles {
  /** The content of a file; undefined when there is none. */
  read(path: string): Promise<Buffer | undefined>;
  /** Write a file whole, or not at all. */
  write(path: string, content: Uint8Array): Promise<void>;
}
