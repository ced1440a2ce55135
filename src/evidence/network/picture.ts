import type { Drawing } from './drawing';

/** One page of the network diagram. */
export interface Picture {
  /** Path of its files in the bundle, without the ending. */
  readonly file: string;
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly svg: string;
  /** The page of the draw.io file. */
  readonly cells: string;
  readonly drawing: Drawing;
}
