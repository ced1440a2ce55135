import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Judges a trail by what it does or another trail beside it does: what one trail records, the others need not. */
export function byAnyTrail(trail: Resource, judge: (trail: Resource) => Observation[]): Observation[] {
  const own = judge(trail);
  if (isRight(own)) return own;
  const others = trail
    .accountPeers(trail.type)
    .filter((peer) => peer.entry !== trail.entry)
    .map((peer) => {
      const observations = [...peer.at('IsLogging').mustBe(true), ...judge(peer)];
      return isRight(observations) ? [metBy(peer, 'another trail of the account does')] : observations;
    });
  const all = [own, ...others];
  return all.find(isRight) ?? all.find(isOpen) ?? own;
}

const isRight = (observations: readonly Observation[]) => observations.every(({ kind }) => kind === 'note');

const isOpen = (observations: readonly Observation[]) => !observations.some(({ kind }) => kind === 'fail');
