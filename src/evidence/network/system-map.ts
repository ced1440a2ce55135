import type { Assembly, Environment } from '../../model/assembly';
import type { Resource } from '../../model/resource';
import type { GlyphName } from './glyphs';
import type { Kind, Zone } from './kinds';

/** Resources of one kind, drawn as one box. */
export interface MapNode {
  readonly id: string;
  readonly zone: Zone;
  readonly kind: Kind;
  readonly title: string;
  readonly names: readonly string[];
  /** What their templates say for all of them. */
  readonly facts: readonly string[];
  readonly resources: readonly Resource[];
}

/** The id of what is outside. */
export const INTERNET = 'internet';

/** A connection that firewalls or permissions let through. */
export interface MapLink {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface Safeguard {
  readonly title: string;
  readonly glyph: GlyphName;
  readonly lines: readonly string[];
  readonly isEmpty: boolean;
}

/** One environment as people who are no engineers see it. */
export interface SystemMap {
  readonly assembly: Assembly;
  readonly environment: Environment;
  /** `Production`, or the name of its stage. */
  readonly title: string;
  /** `Account 111122223333, eu-west-1`. */
  readonly place: string;
  readonly hasNetwork: boolean;
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
  readonly safeguards: readonly Safeguard[];
  /** How many functions, queues and stores belong to the safeguards, and are not drawn. */
  readonly ownParts: number;
}
