import type { Evidence } from '../evidence';

/** A file of a bundle. */
export interface BundleFile {
  /** Path within the bundle, with forward slashes. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Whether it is a page of ours, with links to other files of the bundle. */
  readonly isPage?: true;
}

/** Makes some files of a bundle. */
export interface Renderer {
  /** The name that `--format` knows it by. */
  readonly format: string;
  /** What is being done while it works. */
  readonly what: string;
  render(evidence: Evidence): Iterable<BundleFile> | AsyncIterable<BundleFile>;
}
