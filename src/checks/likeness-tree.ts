import type { Likenesses } from './likenesses';

/** What is kept; or what to look at next when a resource is compared with those before, and where each of its values leads. */
class Place<T> {
  public kept?: T = undefined;
  public read?: string = undefined;
  public readonly byLikeness = new Map<string, Place<T>>();

  /** The place that a value of what is looked at leads to. */
  public next(likeness: string): Place<T> {
    const next = this.byLikeness.get(likeness) ?? new Place<T>();
    this.byLikeness.set(likeness, next);
    return next;
  }
}

/** Keeps something for all resources that are alike in what was read for it. */
export class LikenessTree<T> {
  private readonly root = new Place<T>();

  /** What was kept for a resource that is alike. */
  public find(likenesses: Likenesses): T | undefined {
    let place: Place<T> | undefined = this.root;
    while (place?.read !== undefined) {
      const likeness = likenesses.of(place.read);
      place = likeness === undefined ? undefined : place.byLikeness.get(likeness);
    }
    return place?.kept;
  }

  /** Keep something, when nothing that was read is without its like; tells whether it is kept. */
  public keep(reads: readonly string[], likenesses: Likenesses, value: T): boolean {
    if (reads.some((read) => likenesses.of(read) === undefined)) return false;
    let place = this.root;
    for (const read of reads) {
      // What is read next is the same for all that are alike so far: else nothing is kept.
      if (place.kept !== undefined || (place.read ?? read) !== read) return false;
      place.read = read;
      place = place.next(likenesses.of(read) ?? '');
    }
    if (place.read !== undefined) return false;
    place.kept ??= value;
    return true;
  }
}
