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
  'detective-enabled': {
    because: 'opinion',
    why: 'Detective is one of several ways to look into a finding; queries over the trail, or a SIEM, answer the same questions.',
  },
  'kms-cmk-in-use': {
    because: 'duplicate',
    why: 'That some key exists protects nothing; each store of data has a rule of its own about the key that encrypts it.',
  },
  'network-firewall-exists': {
    because: 'opinion',
    why: 'Security groups, web ACLs and DNS firewalls draw the same line; a firewall in every VPC is right for some networks only.',
  },
  'organizations-enabled': {
    because: 'unseen',
    why: 'The templates of an account do not say which organization it is in; `organizations-scps` judges those that manage one.',
  },
  'shield-advanced-enabled': {
    because: 'cost',
    why: 'Shield Standard is always on; the paid subscription is judged by what it protects where it is in use.',
  },
  // --- Networks and servers ---
  // --- The edge ---
  // --- Databases ---
  // --- Files, search, analysis ---
  // --- Containers, functions, delivery, identities ---
};
