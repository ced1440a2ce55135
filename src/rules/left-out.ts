/** Why a check of the field is not a rule here. */
export interface LeftOut {
  /**
   * `duplicate`: another rule answers it. `obsolete`: the service or the setting is gone, or is always on. `cost`: it costs money and
   * secures nothing. `opinion`: good designs differ. `unseen`: a template cannot show it.
   */
  readonly because: 'duplicate' | 'obsolete' | 'cost' | 'opinion' | 'unseen';
  /** In a sentence, for somebody who misses the check. */
  readonly why: string;
}

/** Checks that others map to SOC 2 and that a template could show, yet that are not worth a stop; by the name that they have in the field. */
export const LEFT_OUT: Readonly<Record<string, LeftOut>> = {
  // --- Alarms, events, messages ---
  // --- The account ---
  // --- Networks and servers ---
  // --- The edge ---
  // --- Databases ---
  // --- Files, search, analysis ---
  // --- Containers, functions, delivery, identities ---
};
