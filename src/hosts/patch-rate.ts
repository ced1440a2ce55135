/** Minutes that one server takes at most: download, install, restart. */
export const MINUTES_PER_SERVER = 30;

/**
 * The part of a fleet of any size that is patched at the same time, so that all of it is done in the time there is. It is as small as can
 * be: what is being patched does not serve.
 *
 * Systems Manager takes a percentage of the servers, and one at least. Which way it rounds is not documented; the worst case is a fleet of
 * just less than two servers a percentage, which it may take one by one.
 *
 * @param minutes from the start of the window until nothing more is started.
 */
export function percentAtOnce(minutes: number): number | undefined {
  const rounds = Math.floor(minutes / MINUTES_PER_SERVER);
  for (let percent = 1; percent <= 100; percent += 1) if (worstRounds(percent) <= rounds) return percent;
  return undefined;
}

/** Rounds that the fleet takes for which rounding down is worst. */
function worstRounds(percent: number): number {
  const fleet = Math.ceil(200 / percent) - 1;
  return Math.max(roundsOf(fleet, percent), roundsOf(LARGEST, percent));
}

/** Servers of which a Region of an account can have Systems Manager patch all; a larger fleet differs by less than a server. */
const LARGEST = 10_000;

/** Rounds in which a fleet is patched, where a percentage of it is rounded down, and is one server at least. */
export function roundsOf(fleet: number, percent: number): number {
  return Math.ceil(fleet / Math.max(1, Math.floor((fleet * percent) / 100)));
}

/** Servers of a fleet that may fail before no further ones are begun; those that are under way are finished. */
export function failuresBorne(fleet: number, percent: number): number {
  return Math.floor((fleet * percent) / 100);
}
