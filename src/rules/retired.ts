/** Ids of rules that are gone. An id stands in evidence that auditors keep, so it never gets another meaning. */
export const RETIRED_IDS: readonly string[] = [];
